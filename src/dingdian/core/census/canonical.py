"""The canonical text of a census: what is kept beside a plan, and what its fingerprint is of.

A cell has one spelling only: choices by identifier, numbers without trailing zeros, days as
2025-07-02, flags yes/no, unknown as empty text. The copy reads back as the same census.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from dingdian.core.census.census import Census
from dingdian.core.census.schema import Field, Kind
from dingdian.core.census.table import DTYPES, TEXTUAL, Cell, Column, Table, text_column

ORIGIN = "origin"
_EPOCH = dt.date(1970, 1, 1).toordinal()


def spelling(cell: Cell, scale: int = 0) -> str:
    """The one spelling of a cell.

    >>> spelling(Fraction(592, 10), 6), spelling(None), spelling(True)
    ('59.2', '', 'yes')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Fraction):
        return _decimal(int(cell * 10**scale), scale)
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return cell if isinstance(cell, str) else repr(cell)


def _decimal(mantissa: int, scale: int) -> str:
    if not scale:
        return str(mantissa)
    whole, part = divmod(abs(mantissa), 10**scale)
    digits = f"{part:0{scale}d}".rstrip("0")
    return ("-" if mantissa < 0 else "") + str(whole) + (f".{digits}" if digits else "")


def spellings(column: Column) -> list[str]:
    """The spelling of every cell of a column; each distinct value is spelt once."""
    if not column.known.any():
        return [""] * len(column)
    at, distinct = column.values, list(column.labels)
    if column.field.kind not in TEXTUAL:
        values, at = np.unique(column.values, return_inverse=True)
        distinct = _spelt(column.field, values)
    words = np.array([*distinct, ""], np.object_)
    cells: list[str] = words[np.where(column.known, at, len(distinct))].tolist()
    return cells


def _spelt(field: Field, values: npt.NDArray[np.generic]) -> list[str]:
    """The spelling of stored values that are no labels, as if all were known."""
    if field.kind is Kind.DAY:
        days = (values.astype(np.int64) - _EPOCH).astype("datetime64[D]")
        return np.datetime_as_string(days).tolist()  # type: ignore[no-any-return]
    if field.kind is Kind.NUMBER:
        return [_decimal(value, field.scale) for value in values.tolist()]
    if field.kind is Kind.FLAG:
        return [spelling(bool(value)) for value in values.tolist()]
    return list(map(repr, values.tolist()))


def column_of_spellings(field: Field, cells: Sequence[str]) -> Column:
    """The column whose ``spellings`` are ``cells``.

    Raises:
        ValueError: a cell is no spelling of this kind of field.

    >>> from dingdian.core.census.schema import REGIONS
    >>> column_of_spellings(REGIONS["area_km2"], ["59.2", ""]).cells()
    [Fraction(296, 5), None]
    """
    if field.kind in TEXTUAL:
        return text_column(field, [cell or None for cell in cells])
    meant = {cell: _meant(field, cell) for cell in set(cells) - {""}} | {"": 0}
    return Column(
        field,
        np.array([meant[cell] for cell in cells], DTYPES[field.kind]),
        np.array([cell != "" for cell in cells], np.bool_),
    )


def _meant(field: Field, cell: str) -> int | float:
    """The stored value of a spelling that is not empty."""
    if field.kind is Kind.DAY:
        return dt.date.fromisoformat(cell).toordinal()
    if field.kind is Kind.FLAG:
        return ("no", "yes").index(cell)
    if field.kind is Kind.DEGREE:
        return float(cell)
    scaled = Fraction(cell) * 10**field.scale
    if scaled.denominator != 1:
        raise ValueError(f"{field.name} keeps {field.scale} decimals, not {cell}")
    return int(scaled)


def columns_of(table: Table) -> dict[str, list[str]]:
    """The spelling of every column of a table by name; empty columns are left out.

    Required columns stand even when they are empty: without them the copy would not read.
    """
    keep = [f.name for f in table.schema if f.required or table[f.name].known.any()]
    return {name: spellings(table[name]) for name in keep}


def spelt(census: Census, table: str) -> Mapping[str, list[str]]:
    """``columns_of`` a table of a census, spelt once: its fingerprint and its copy need it."""
    return census.cached((table, "spelt"), lambda: columns_of(census.tables[table]))


def fingerprint(census: Census) -> str:
    """SHA-256 over the content, independent of row order, files and origins."""
    digest = hashlib.sha256()
    for name in sorted(census.tables):
        if not len(census.tables[name]):
            continue
        columns = sorted(spelt(census, name).items())
        digest.update(json.dumps([name, [header for header, _ in columns]]).encode())
        rows = zip(*(cells for _, cells in columns), strict=True)
        digest.update("\x1e".join(sorted(map("\x1f".join, rows))).encode())
    shapes = {code: dict(shape) for code, shape in census.boundaries.items()}
    digest.update(json.dumps(shapes, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()
