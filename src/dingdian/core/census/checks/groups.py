"""Rows that say the same: the one grouping that several checks need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from dingdian.core.census.table import TEXTUAL, Column, Mask, Rows, Table


def known_in(table: Table, names: Iterable[str]) -> Mask:
    """The rows in which all the columns are known."""
    known: Mask = np.logical_and.reduce([table[name].known for name in names])
    return known


def keys(table: Table, names: Iterable[str]) -> Rows:
    """A number for each row, the same for rows that agree in all the columns.

    Unknown cells agree with one another.
    """
    first, *others = (_own(table[name]) for name in names)
    joint = first
    for own in others:
        _, joint = np.unique(joint * (own.max(initial=0) + 1) + own, return_inverse=True)
    return joint


def _own(column: Column) -> Rows:
    """A number for each cell, the same for equal cells; 0 for those that are unknown."""
    at = column.values
    if column.field.kind not in TEXTUAL:
        _, at = np.unique(at, return_inverse=True)
    return np.where(column.known, at + 1, 0).astype(np.int64)


def repeated(joint: Rows, among: Mask) -> Iterator[Rows]:
    """The groups of two and more rows with equal keys, rows in order.

    >>> [rows.tolist() for rows in repeated(np.array([3, 1, 3]), np.array([True] * 3))]
    [[0, 2]]
    """
    rows = np.flatnonzero(among)
    order = rows[np.argsort(joint[rows], kind="stable")]
    ends = np.append(np.flatnonzero(np.diff(joint[order])) + 1, len(order))
    starts = np.append(0, ends[:-1])
    several = ends - starts > 1
    spans = zip(starts[several].tolist(), ends[several].tolist(), strict=True)
    yield from sorted((order[start:end] for start, end in spans), key=lambda group: int(group[0]))
