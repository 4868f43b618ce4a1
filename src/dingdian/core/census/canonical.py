"""The canonical text of a census: what is kept beside a plan, and what its fingerprint is of.

A cell has one spelling only: choices by identifier, numbers without trailing zeros, days as
2025-07-02, flags yes/no, unknown as empty text. The copy reads back as the same census.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from fractions import Fraction

import numpy as np

from dingdian.core.census.census import Census
from dingdian.core.census.schema import Kind
from dingdian.core.census.table import TEXTUAL, Cell, Column, Table

ORIGIN = "origin"


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
    """The spelling of every cell of a column."""
    kind = column.field.kind
    if not column.known.any():
        return [""] * len(column)
    values, known = column.values.tolist(), column.known.tolist()
    if kind in TEXTUAL:
        return [column.labels[v] if k else "" for v, k in zip(values, known, strict=True)]
    if kind is Kind.NUMBER:
        scale = column.field.scale
        return [_decimal(v, scale) if k else "" for v, k in zip(values, known, strict=True)]
    return [spelling(cell) for cell in column.cells()]


def rows_of(table: Table) -> tuple[list[str], list[tuple[str, ...]]]:
    """Header and rows of a table, in the order of the ledger; empty columns are left out."""
    filled = [name for name, column in table.columns.items() if column.known.any()]
    keep = filled or [field.name for field in table.schema if field.required]
    return keep, list(zip(*(spellings(table[name]) for name in keep), strict=True))


def fingerprint(census: Census) -> str:
    """SHA-256 over the content, independent of row order, files and origins."""
    digest = hashlib.sha256()
    for name in sorted(census.tables):
        header, rows = rows_of(census.tables[name])
        if not rows:
            continue
        order = np.argsort(np.array(header)).tolist()
        digest.update(json.dumps([name, [header[i] for i in order]]).encode())
        joined = sorted("\x1f".join(map(row.__getitem__, order)) for row in rows)
        digest.update("\x1e".join(joined).encode())
    shapes = {code: dict(shape) for code, shape in census.boundaries.items()}
    digest.update(json.dumps(shapes, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()
