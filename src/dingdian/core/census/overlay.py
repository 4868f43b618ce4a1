"""Overlays: a census with some cells changed, to see what would follow; and what counties ask for.

A cell is told by its table, the key of its row and its column, all as they are spelt in the
canonical copy. A changed row says so in its origin, and the whole census in its ``about`` table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from dingdian.core.census.canonical import column_of_spellings, spelt
from dingdian.core.census.census import Census, make_census
from dingdian.core.census.personal import personal
from dingdian.core.census.schema import ABOUT, SUBMISSIONS, TABLES
from dingdian.core.census.table import Table, joined, table_from_rows
from dingdian.core.errors import Fault, Place, RequestError, fault

#: Put before the origin of a row that an overlay changed.
ASSUMED = "测算:"
#: Tables of which no cell may be assumed: they say what the census is, or tell of persons.
FIXED = frozenset({"about", "regions", "records"})


@dataclass(frozen=True, slots=True)
class Change:
    """One assumed cell: ``row`` is the spelling of the key of its row, ``old`` what it holds.

    An empty ``new`` or ``old`` is unknown.
    """

    table: str
    row: tuple[str, ...]
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a county asks for: places of a resource in a year, and where that was told."""

    region: str
    year: int
    resource: str
    asked: int
    reason: str = ""
    document: str = ""
    origin: str = ""


def row_at(census: Census, table: str, key: Sequence[str]) -> int | None:
    """The row of a table whose key is spelt so; ``None`` where there is none."""
    return _rows(census, table).get(tuple(key))


def key_at(census: Census, table: str, row: int) -> tuple[str, ...]:
    """The spelling of the key of a row."""
    columns = spelt(census, table)
    return tuple(columns[name][row] if name in columns else "" for name in TABLES[table].key)


def cell_at(census: Census, table: str, row: int, column: str) -> str:
    """The spelling of a cell; empty where it is unknown."""
    columns = spelt(census, table)
    return columns[column][row] if column in columns else ""


def changeable(table: str) -> tuple[str, ...]:
    """The columns of a table whose cells may be assumed; none of a fixed one.

    These are all but its key and those that hold personal data.
    """
    if table not in TABLES or table in FIXED:
        return ()
    fixed = {*TABLES[table].key, *personal(table)}
    return tuple(each.name for each in TABLES[table] if each.name not in fixed)


def overlaid(census: Census, changes: Iterable[Change], name: str) -> Census:
    """The census with the changes laid over it, under a name that it then says of itself.

    Raises:
        RequestError: every change that does not fit this census.
    """
    wanted = list(changes)
    faults = [found for each in wanted if (found := misfit(census, each)) is not None]
    if faults:
        raise RequestError(tuple(faults))
    if not wanted:
        return census
    tables = dict(census.tables)
    for table in dict.fromkeys(each.table for each in wanted):
        tables[table] = _changed(census, table, [e for e in wanted if e.table == table])
    said = table_from_rows(ABOUT, [{"item": "overlay", "value": name}], [ASSUMED])
    tables["about"] = joined([tables["about"], said])
    return make_census(tables, census.boundaries)


def misfit(census: Census, change: Change) -> Fault | None:
    """Why a change does not fit a census; ``None`` where it does."""
    place = Place(change.table, "", 0, change.column)
    if change.column not in changeable(change.table):
        return fault("overlay_column", place, table=change.table, column=change.column)
    row, key = row_at(census, change.table, change.row), " · ".join(change.row)
    if row is None:
        return fault("overlay_row", place, row=key)
    held = cell_at(census, change.table, row, change.column)
    if held != change.old:
        return fault("overlay_old", place, row=key, old=change.old or "—", found=held or "—")
    try:
        column_of_spellings(TABLES[change.table][change.column], [change.new])
    except (ValueError, ZeroDivisionError):
        return fault("overlay_value", place, row=key, value=change.new)
    return None


def _rows(census: Census, table: str) -> Mapping[tuple[str, ...], int]:
    return census.cached((table, "by_key"), lambda: dict(_keys(census, table)))


def _keys(census: Census, table: str) -> Iterator[tuple[tuple[str, ...], int]]:
    columns, n = spelt(census, table), len(census.tables[table])
    parts = [columns.get(name) or [""] * n for name in TABLES[table].key]
    for row, key in enumerate(zip(*parts, strict=True)):
        yield key, row


def _changed(census: Census, table: str, changes: Sequence[Change]) -> Table:
    held, columns = census.tables[table], dict(census.tables[table].columns)
    spellings = spelt(census, table)
    origin = list(held.origin)
    for name in dict.fromkeys(each.column for each in changes):
        cells = list(spellings.get(name) or [""] * len(held))
        for each in (e for e in changes if e.column == name):
            cells[_rows(census, table)[each.row]] = each.new
        columns[name] = column_of_spellings(held.schema[name], cells)
    for at in {_rows(census, table)[each.row] for each in changes}:
        origin[at] = f"{ASSUMED}{origin[at]}"
    return replace(held, columns=columns, origin=tuple(origin))


def with_submissions(census: Census, asked: Sequence[Asked]) -> Census:
    """The census with what counties ask for in its table of submissions.

    A row of the same region, year and resource gives way to it.
    """
    if not asked:
        return census
    held = census.tables["submissions"]
    new = {(each.region, each.year, each.resource) for each in asked}
    rows = [held.row(at) for at in range(len(held))]
    kept = [at for at, row in enumerate(rows) if _of_submission(row) not in new]
    cells = [rows[at] for at in kept]
    cells += [
        {
            "region": each.region,
            "year": Fraction(each.year),
            "resource": each.resource,
            "asked": Fraction(each.asked),
            "reason": each.reason or None,
            "document": each.document or None,
        }
        for each in asked
    ]
    origin = [*(held.origin[at] for at in kept), *(each.origin for each in asked)]
    tables = {**census.tables, "submissions": table_from_rows(SUBMISSIONS, cells, origin)}
    return make_census(tables, census.boundaries)


def _of_submission(row: Mapping[str, object]) -> tuple[object, object, object]:
    return row["region"], row["year"], row["resource"]


__all__ = [
    "ASSUMED",
    "FIXED",
    "Asked",
    "Change",
    "cell_at",
    "changeable",
    "key_at",
    "misfit",
    "overlaid",
    "row_at",
    "with_submissions",
]
