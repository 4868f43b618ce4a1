"""A raw column -> a column of the census, fast: each distinct value is looked at once.

Plain columns (all numbers, all days, clean codes) take paths without a Python loop; every
other value goes through ``cells.read``, which says what each cell means.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

from dingdian.core.census.schema import Field, Kind
from dingdian.core.census.table import DTYPES, TEXTUAL, Column, unknown_column
from dingdian.storage.cells import FARTHEST, PLACEHOLDERS, Raw, Remark, read

#: Called with a row (0 is the first) and a remark.
Report = Callable[[int, Remark], None]

_NUMBERS = frozenset({float, int})
_EQUAL = frozenset({bool, float, int})  # True == 1.0: told apart before they are hashed
_DAYS = frozenset({dt.date, dt.datetime, str, type(None)})
_EMPTY = frozenset({"", None})
# A value that the fast path of text leaves to ``cells.read``: odd ends, a sign, private use.
_ODD_TEXT = re.compile(
    r"^[\s\ufeff=+\-@'’‘`\[/\\—]|[\s\ufeff'’‘`]$|\r|[\ue000-\uf8ff\U000f0000-\U0010ffff]",
    re.MULTILINE,
)
_ODD_CODE = re.compile(r"[^0-9A-Za-z_-]|^-|^[0-9.]+[eE]", re.MULTILINE)
_LOOKS_EMPTY = frozenset(PLACEHOLDERS | {word.upper() for word in PLACEHOLDERS})
_EXACT = 2.0**53


def column_of(field: Field, raw: Sequence[Raw], report: Report) -> Column:
    """The column of ``field`` from its raw cells; ``report`` is told of every odd cell."""
    if field.kind in (Kind.NUMBER, Kind.DEGREE):
        types = set(map(type, raw))
        column = _numbers(field, raw, types) if types <= _NUMBERS | {str, type(None)} else None
        if column is not None:
            return column
    return _by_distinct_value(field, raw, report)


def _numbers(field: Field, raw: Sequence[Raw], types: set[type]) -> Column | None:
    """Numbers and empty cells; ``None`` when any cell needs a closer look."""
    if types <= _NUMBERS:
        cells: Any = raw
    elif not types & _NUMBERS:
        return None
    else:
        cells = [np.nan if cell in _EMPTY else cell for cell in raw]
        if str in set(map(type, cells)):
            return None
    values = np.array(cells, np.float64)
    known = ~np.isnan(values)
    values = np.where(known, values, 0.0)
    if field.kind is Kind.DEGREE:
        return Column(field, values, known) if (np.abs(values) < FARTHEST).all() else None
    scaled = np.rint(values * 10.0**field.scale)
    plain = (np.abs(scaled) < _EXACT) & (scaled / 10.0**field.scale == values)
    if not plain.all() or (not field.signed and (values < 0).any()):
        return None
    return Column(field, scaled.astype(np.int64), known)


def _by_distinct_value(field: Field, raw: Sequence[Raw], report: Report) -> Column:
    index, distinct = _numbered(raw)
    types = set(map(type, distinct))
    if types & _EQUAL and bool in map(type, raw):
        index, distinct = _numbered([str(c) if type(c) is bool else c for c in raw])
        types = set(map(type, distinct))
    if _EMPTY.issuperset(distinct):
        return unknown_column(field, len(raw))
    if _clean(field, distinct, types):
        stored: list[Any] = [None if cell in _EMPTY else cell for cell in distinct]
    elif field.kind is Kind.DAY and types <= _DAYS and _only_days(distinct):
        stored = [cell.toordinal() if isinstance(cell, dt.date) else None for cell in distinct]
    else:
        found = [read(field, cell) for cell in distinct]
        stored = [value for value, _ in found]
        _tell(index, [remarks for _, remarks in found], report)
    return _column(field, index, stored)


def _numbered(raw: Sequence[Raw]) -> tuple[npt.NDArray[np.int32], list[Raw]]:
    """For each cell the number of its value, and the distinct values in order."""
    position: defaultdict[Raw, int] = defaultdict(count().__next__)
    index = np.fromiter(map(position.__getitem__, raw), np.int32, len(raw))
    return index, list(position)


def _clean(field: Field, distinct: list[Raw], types: set[type]) -> bool:
    """Whether every distinct value of a text or code column stands for itself."""
    if not types <= {str, type(None)} or not _LOOKS_EMPTY.isdisjoint(distinct):
        return False
    if field.kind is Kind.TEXT:
        return _ODD_TEXT.search("\n".join(filter(None, distinct))) is None  # type: ignore[arg-type]
    if field.kind is Kind.CODE:
        return _ODD_CODE.search("".join(filter(None, distinct))) is None  # type: ignore[arg-type]
    return False


def _only_days(distinct: list[Raw]) -> bool:
    return all(isinstance(cell, dt.date) or cell in _EMPTY for cell in distinct)


def _tell(index: npt.NDArray[np.int32], remarks: list[tuple[Remark, ...]], report: Report) -> None:
    odd = np.fromiter(map(bool, remarks), np.bool_, len(remarks))
    for row in np.flatnonzero(odd[index]).tolist():
        for remark in remarks[index[row]]:
            report(row, remark)


def _column(field: Field, index: npt.NDArray[np.int32], stored: list[Any]) -> Column:
    labels: dict[str, None] = {}
    if field.kind in TEXTUAL:
        labels = dict.fromkeys(stored)
        labels.pop(None, None)  # type: ignore[call-overload]
        if len(labels) == len(stored):
            return Column(field, index, np.ones(len(index), np.bool_), tuple(labels))
        at = dict(zip(labels, range(len(labels)), strict=True))
        stored = list(map(at.get, stored))
    known = np.array([s is not None for s in stored], np.bool_)
    values = np.array([0 if s is None else s for s in stored], DTYPES[field.kind])
    return Column(field, values[index], known[index], tuple(labels))
