"""Columns and tables: frozen, columnar, exact, with unknown kept apart from zero."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt

from dingdian.core.census.schema import Field, Kind, TableSchema

Cell = str | Fraction | dt.date | bool | float | None
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

TEXTUAL = frozenset({Kind.TEXT, Kind.CODE, Kind.CHOICE})
DTYPES: Mapping[Kind, type[np.generic]] = {
    Kind.TEXT: np.int32,
    Kind.CODE: np.int32,
    Kind.CHOICE: np.int32,
    Kind.NUMBER: np.int64,
    Kind.DAY: np.int32,
    Kind.FLAG: np.int8,
    Kind.DEGREE: np.float64,
}


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of ``n`` cells.

    ``values`` has shape (n,): for text, code and choice the index into ``labels``; for a
    number the value times ``10 ** field.scale``; for a day its proleptic ordinal; for a flag
    0 or 1; for a degree the float itself. Where ``known`` is false the cell is unknown and
    the value is 0 and means nothing.
    """

    field: Field
    values: npt.NDArray[Any]
    known: Mask
    labels: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.known)

    def cell(self, row: int) -> Cell:
        """The value in ``row`` (0 is the first); ``None`` where it is unknown."""
        if not self.known[row]:
            return None
        return self._meant(self.values[row].item())

    def _meant(self, value: Any) -> Cell:
        """The cell that a stored value of this column stands for."""
        kind = self.field.kind
        if kind in TEXTUAL:
            return self.labels[value] if self.labels else None
        if kind is Kind.NUMBER:
            return Fraction(value, 10**self.field.scale)
        if kind is Kind.DAY:
            return dt.date.fromordinal(value) if value > 0 else None
        return bool(value) if kind is Kind.FLAG else float(value)

    def cells(self) -> list[Cell]:
        """All cells, in row order."""
        at, meant = self.values, list[Cell](self.labels)
        if self.field.kind not in TEXTUAL:
            distinct, at = np.unique(self.values, return_inverse=True)
            meant = [self._meant(value) for value in distinct.tolist()]
        words = np.array([*meant, None], np.object_)
        cells: list[Cell] = words[np.where(self.known, at, -1)].tolist()
        return cells

    def take(self, rows: Rows) -> Column:
        """The column of ``rows``; a row of -1 gives an unknown cell."""
        inside = rows >= 0
        if not len(self):
            return unknown_column(self.field, len(rows))
        return Column(
            self.field,
            np.where(inside, self.values[rows], 0).astype(self.values.dtype),
            inside & self.known[rows],
            self.labels,
        )

    def used_labels(self) -> frozenset[str]:
        """The labels that stand in a known cell."""
        used = np.bincount(self.values[self.known], minlength=len(self.labels))
        return frozenset(compress(self.labels, used.tolist()))

    def among(self, wanted: Iterable[str]) -> Mask:
        """The cells that are known and whose label is among ``wanted``."""
        if not self.labels:
            return np.zeros(len(self), np.bool_)
        labels = frozenset(wanted)
        hits = np.array([label in labels for label in self.labels], np.bool_)
        found: Mask = self.known & hits[self.values]
        return found


def unknown_column(field: Field, n: int) -> Column:
    """A column of ``n`` unknown cells: what a column that the ledger lacks is read as."""
    return Column(field, np.zeros(n, DTYPES[field.kind]), np.zeros(n, np.bool_))


def text_column(field: Field, cells: Sequence[str | None]) -> Column:
    """A text, code or choice column from its cells; ``None`` is unknown.

    Labels stand in order of first appearance.
    """
    seen: dict[str, int] = {}
    values = np.fromiter(
        (-1 if cell is None else seen.setdefault(cell, len(seen)) for cell in cells),
        np.int32,
        len(cells),
    )
    known = values >= 0
    return Column(field, np.where(known, values, 0).astype(np.int32), known, tuple(seen))


def column_from_cells(field: Field, cells: Sequence[Cell]) -> Column:
    """A column of any kind from clean Python cells.

    Raises:
        ValueError: a number has more decimals than the field keeps.

    >>> from dingdian.core.census.schema import REGIONS
    >>> column_from_cells(REGIONS["area_km2"], [Fraction("59.2"), None]).cells()
    [Fraction(296, 5), None]
    """
    if field.kind in TEXTUAL:
        return text_column(field, [None if cell is None else str(cell) for cell in cells])
    known = np.fromiter((cell is not None for cell in cells), np.bool_, len(cells))
    return Column(
        field,
        np.array([_stored(field, cell) for cell in cells], DTYPES[field.kind]),
        known,
    )


def _stored(field: Field, cell: Cell) -> int | float:
    if cell is None:
        return 0
    if field.kind is Kind.NUMBER:
        scaled = Fraction(cell) * 10**field.scale  # type: ignore[arg-type]
        if scaled.denominator != 1:
            raise ValueError(f"{field.name} keeps {field.scale} decimals, not {cell}")
        return int(scaled)
    if isinstance(cell, dt.date):
        return cell.toordinal()
    return float(cell) if field.kind is Kind.DEGREE else int(bool(cell))


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table of the census: one column for each field of the schema, in its order.

    ``origin`` says for each row where it came from, as a person would look it up
    (``ledger.xlsx 机构 15``); it is evidence, and no part of any fingerprint.
    """

    schema: TableSchema
    columns: Mapping[str, Column]
    origin: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.origin)

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def row(self, row: int) -> dict[str, Cell]:
        """One row as cells by field name."""
        return {name: column.cell(row) for name, column in self.columns.items()}


def table_from_rows(
    schema: TableSchema, rows: Sequence[Mapping[str, Cell]], origin: Sequence[str] | None = None
) -> Table:
    """A table from clean rows; fields that a row lacks are unknown.

    Raises:
        KeyError: a row names a field that the table does not have.
    """
    names = {field.name for field in schema}
    for row in rows:
        if unknown := sorted(set(row) - names):
            raise KeyError(f"table {schema.name} has no column {', '.join(unknown)}")
    return Table(
        schema,
        {f.name: column_from_cells(f, [row.get(f.name) for row in rows]) for f in schema},
        tuple(origin) if origin is not None else tuple(str(i + 2) for i in range(len(rows))),
    )


def joined(tables: Sequence[Table]) -> Table:
    """One table of the rows of several of the same schema, in order.

    >>> from dingdian.core.census.schema import LETTERS
    >>> one = table_from_rows(LETTERS, [{"number": "a"}])
    >>> joined([one, one])["number"].cells()
    ['a', 'a']
    """
    if len(tables) == 1:
        return tables[0]
    schema = tables[0].schema
    columns = {f.name: _joined_column([each[f.name] for each in tables]) for f in schema}
    return Table(schema, columns, tuple(origin for each in tables for origin in each.origin))


def _joined_column(columns: Sequence[Column]) -> Column:
    labels: dict[str, int] = {}
    values = []
    for column in columns:
        if column.labels:
            at = [labels.setdefault(label, len(labels)) for label in column.labels]
            values.append(np.where(column.known, np.array(at, np.int32)[column.values], 0))
        else:
            values.append(column.values)
    field = columns[0].field
    return Column(
        field,
        np.concatenate(values).astype(DTYPES[field.kind]),
        np.concatenate([column.known for column in columns]),
        tuple(labels),
    )


def relabelled(column: Column, new: Mapping[str, str]) -> Column:
    """A textual column with some of its labels replaced."""
    labels: dict[str, int] = {}
    at = [labels.setdefault(new.get(each, each), len(labels)) for each in column.labels]
    values = np.array(at, np.int32)[column.values] if at else column.values
    return Column(column.field, values, column.known, tuple(labels))
