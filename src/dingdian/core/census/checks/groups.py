"""Rows that say the same: the one grouping that several checks need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from dingdian.core.census.table import Mask, Rows, Table


def known_in(table: Table, names: Iterable[str]) -> Mask:
    """The rows in which all the columns are known."""
    known: Mask = np.logical_and.reduce([table[name].known for name in names])
    return known


def keys(table: Table, names: Iterable[str]) -> npt.NDArray[np.int64]:
    """A number for each row, the same for rows that agree in all the columns.

    Unknown cells agree with one another.
    """
    joint = np.zeros(len(table), np.int64)
    for name in names:
        column = table[name]
        values = np.where(column.known, column.values, column.values.dtype.type(0))
        _, own = np.unique(values, return_inverse=True)
        own = np.where(column.known, own + 1, 0)
        _, joint = np.unique(joint * (own.max(initial=0) + 1) + own, return_inverse=True)
    return joint


def repeated(joint: npt.NDArray[np.int64], among: Mask) -> Iterator[Rows]:
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
