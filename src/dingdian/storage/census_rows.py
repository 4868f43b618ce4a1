"""A census as rows that a storage of the ledger keeps, and the census that such rows make."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from dingdian.core.census import Census
from dingdian.core.census.canonical import column_of_spellings, spelt
from dingdian.core.census.census import make_census
from dingdian.core.census.schema import TABLES, TableSchema
from dingdian.core.census.table import Table
from dingdian.core.errors import RequestError, fault

#: Stands for a table in rows that hold a district's boundary.
BOUNDARIES = "boundaries"

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class KeptRow(NamedTuple):
    """One row of a census as it is kept.

    ``key`` is what its table is keyed by, and a number that tells rows of the same key apart,
    as JSON. ``content`` are its known cells in their canonical spelling by column, as JSON.
    ``origin`` and ``position`` (from 0) say where it came from and where it stands.
    """

    table: str
    key: str
    content: str
    origin: str
    position: int


def rows_of(census: Census) -> Iterator[KeptRow]:
    """The rows of a census, table by table in their order, then the boundaries."""
    for name, table in census.tables.items():
        if len(table):
            yield from _rows_of_table(census, name, table)
    for position, (code, shape) in enumerate(census.boundaries.items()):
        yield KeptRow(BOUNDARIES, _encode([code, 1]), _encode(dict(shape)), "", position)


def _rows_of_table(census: Census, name: str, table: Table) -> Iterator[KeptRow]:
    columns = spelt(census, name)
    absent = [""] * len(table)
    keys = zip(*(columns.get(each, absent) for each in table.schema.key), strict=True)
    cells = zip(*columns.values(), strict=True)
    headings = tuple(columns)
    seen: Counter[tuple[str, ...]] = Counter()
    for position, (key, row) in enumerate(zip(keys, cells, strict=True)):
        seen[key] += 1
        content = {head: cell for head, cell in zip(headings, row, strict=True) if cell}
        yield KeptRow(
            name, _encode([*key, seen[key]]), _encode(content), table.origin[position], position
        )


def census_of(rows: Iterable[KeptRow]) -> Census:
    """The census that was kept as ``rows``, which may come in any order.

    Raises:
        RequestError: a row is of a table or column that this program does not know.
    """
    by_table: defaultdict[str, list[KeptRow]] = defaultdict(list)
    for row in rows:
        by_table[row.table].append(row)
    for kept in by_table.values():
        kept.sort(key=lambda row: row.position)
    shapes = {
        json.loads(row.key)[0]: json.loads(row.content) for row in by_table.pop(BOUNDARIES, ())
    }
    unknown = sorted(set(by_table) - set(TABLES))
    if unknown:
        raise RequestError((fault("census_newer", found=", ".join(unknown)),))
    return make_census(
        {name: _table(TABLES[name], kept) for name, kept in by_table.items()}, shapes
    )


def _table(schema: TableSchema, kept: Sequence[KeptRow]) -> Table:
    cells: dict[str, list[str]] = {}
    for at, row in enumerate(kept):
        content: dict[str, Any] = json.loads(row.content)
        for name, cell in content.items():
            if name not in cells:
                cells[name] = [""] * len(kept)
            cells[name][at] = cell
    unknown = sorted(set(cells) - {field.name for field in schema})
    if unknown:
        found = ", ".join(f"{schema.name}.{name}" for name in unknown)
        raise RequestError((fault("census_newer", found=found),))
    absent = [""] * len(kept)
    columns = {f.name: column_of_spellings(f, cells.get(f.name, absent)) for f in schema}
    return Table(schema, columns, tuple(row.origin for row in kept))
