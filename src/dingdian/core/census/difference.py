"""What differs between two censuses: rows that came, went or changed, cell by cell."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dingdian.core.census.canonical import spelt
from dingdian.core.census.census import Census
from dingdian.core.census.schema import TABLES
from dingdian.core.census.table import Table
from dingdian.core.census.vocabulary import DESIGNATED

#: Stands for a table: the outlines of regions, each under its region code.
BOUNDARIES = "boundaries"
#: The one cell of an outline.
SHAPE = "shape"
#: Columns through which a row speaks of an institution.
_INSTITUTION = "institution"

Row = Mapping[str, str]
_NOTHING: Row = MappingProxyType({})


class Change(StrEnum):
    """What became of a row."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that changed, in its canonical spelling; empty text is unknown."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that came, went or changed.

    ``key`` are the cells of the table's key. ``old`` and ``new`` are the known cells before and
    after, in their canonical spelling by column: empty where the row was not or is no longer there.
    """

    table: str
    change: Change
    key: tuple[str, ...]
    old: Row
    new: Row

    @property
    def cells(self) -> tuple[CellChange, ...]:
        """The cells that differ, in the order of the table's columns."""
        names = [f.name for f in TABLES[self.table]] if self.table in TABLES else [SHAPE]
        pairs = ((name, self.old.get(name, ""), self.new.get(name, "")) for name in names)
        return tuple(CellChange(*each) for each in pairs if each[1] != each[2])

    @property
    def institution(self) -> str:
        """The code of the institution that the row speaks of; empty where it speaks of none."""
        if self.table == "institutions":
            return self.key[0]
        return self.new.get(_INSTITUTION) or self.old.get(_INSTITUTION, "")


def difference(before: Census | None, after: Census) -> tuple[RowChange, ...]:
    """The rows in which two censuses differ, table by table; ``None`` before: all were added.

    Where a row stands and where it came from do not count. Rows of the same key are compared as
    they come, the equal ones first, so that their order does not count either.
    """
    found: list[RowChange] = []
    for name, schema in TABLES.items():
        old = _by_key(rows(before, name) if before else (), schema.key)
        new = _by_key(rows(after, name), schema.key)
        for key in dict.fromkeys((*old, *new)):
            found.extend(_of_key(name, key, old.get(key, []), new.get(key, [])))
    found.extend(_of_shapes(before, after))
    return tuple(found)


def rows(census: Census, table: str) -> Iterator[Row]:
    """The rows of a table (or the boundaries) as their known cells in canonical spelling."""
    if table == BOUNDARIES:
        for code, shape in census.boundaries.items():
            yield {"region": code, SHAPE: json.dumps(dict(shape), sort_keys=True)}
        return
    columns = spelt(census, table)
    for cells in zip(*columns.values(), strict=True):
        yield {name: cell for name, cell in zip(columns, cells, strict=True) if cell}


def _by_key(rows: Iterable[Row], key: Sequence[str]) -> dict[tuple[str, ...], list[Row]]:
    found: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row.get(name, "") for name in key)].append(row)
    return dict(found)


def _of_key(
    table: str, key: tuple[str, ...], old: Sequence[Row], new: Sequence[Row]
) -> Iterator[RowChange]:
    if len(old) == len(new) == 1:
        if old[0] != new[0]:
            yield RowChange(table, Change.CHANGED, key, old[0], new[0])
        return
    left, right = _without_equals(old, new)
    for was, now in zip(left, right, strict=False):
        yield RowChange(table, Change.CHANGED, key, was, now)
    for was in left[len(right) :]:
        yield RowChange(table, Change.GONE, key, was, _NOTHING)
    for now in right[len(left) :]:
        yield RowChange(table, Change.ADDED, key, _NOTHING, now)


def _without_equals(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of both sides that have no equal on the other."""
    same = Counter(map(_frozen, old)) & Counter(map(_frozen, new))
    return _less(old, same.copy()), _less(new, same.copy())


def _less(rows: Sequence[Row], same: Counter[tuple[tuple[str, str], ...]]) -> list[Row]:
    left = []
    for row in rows:
        if same[_frozen(row)]:
            same[_frozen(row)] -= 1
        else:
            left.append(row)
    return sorted(left, key=_frozen)


def _frozen(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(row.items()))


def _of_shapes(before: Census | None, after: Census) -> Iterator[RowChange]:
    old = _by_key(rows(before, BOUNDARIES) if before else (), ("region",))
    new = _by_key(rows(after, BOUNDARIES), ("region",))
    for key in dict.fromkeys((*old, *new)):
        yield from _of_key(BOUNDARIES, key, old.get(key, []), new.get(key, []))


# -- what is unusual -------------------------------------------------------------------

#: From which share of the rows of a table that went, or changed standing, it is unusual; and from
#: how many rows on.
SHARE, FEW = 0.05, 3
#: A number of people or beds that shrinks to this share, or grows by its inverse, is unusual.
HALF = 0.5
#: Tables and columns whose sums are watched.
_SUMS = (
    ("populations", ("resident", "insured_employee", "insured_resident")),
    ("beds", ("approved", "open", "contracted")),
    ("localities", ("persons", "insured")),
)


@dataclass(frozen=True, slots=True)
class Unusual:
    """What somebody should look at before they apply it.

    ``kind``: ``table_gone``, ``column_gone``, ``many_gone``, ``designated_gone``,
    ``many_standings`` or ``number_moved``. ``table`` and
    ``column`` name what it is about, ``key`` the row (empty: the whole table), ``old`` and ``new``
    the numbers: rows or sums before and after, or how many of how many.
    """

    kind: str
    table: str
    column: str = ""
    key: str = ""
    old: str = ""
    new: str = ""


def unusual(
    before: Census | None, after: Census, changes: Sequence[RowChange]
) -> tuple[Unusual, ...]:
    """What is unusual about a difference; nothing where there was no census before."""
    if before is None:
        return ()
    found: list[Unusual] = []
    gone = Counter(each.table for each in changes if each.change is Change.GONE)
    for name in TABLES:
        was, now = len(before.tables[name]), len(after.tables[name])
        if was and not now:
            found.append(Unusual("table_gone", name, old=str(was), new="0"))
        elif gone[name] >= FEW and gone[name] > SHARE * was:
            found.append(Unusual("many_gone", name, old=str(was), new=str(gone[name])))
        if was and now:
            found.extend(_emptied(before.tables[name], after.tables[name]))
    found.extend(_designated(changes))
    found.extend(_standings(before, changes))
    found.extend(_sums(before, after))
    found.extend(_people(changes))
    return tuple(found)


def _emptied(before: Table, after: Table) -> Iterator[Unusual]:
    """Columns in which nothing is left: their heading may be written in another way."""
    for name, column in before.columns.items():
        filled = int(column.known.sum())
        if filled >= FEW and not after[name].known.any():
            yield Unusual("column_gone", before.schema.name, name, old=str(filled), new="0")


def _designated(changes: Sequence[RowChange]) -> Iterator[Unusual]:
    """Designated institutions that would be gone, whatever their cases say."""
    gone = sum(
        each.table == "institutions"
        and each.change is Change.GONE
        and each.old.get("standing") in DESIGNATED
        for each in changes
    )
    if gone:
        yield Unusual("designated_gone", "institutions", "standing", old=str(gone), new="0")


def _standings(before: Census, changes: Sequence[RowChange]) -> Iterator[Unusual]:
    moved = sum(
        each.table == "institutions"
        and each.change is Change.CHANGED
        and each.old.get("standing") != each.new.get("standing")
        for each in changes
    )
    total = len(before.tables["institutions"])
    if moved >= FEW and moved > SHARE * total:
        yield Unusual("many_standings", "institutions", "standing", old=str(total), new=str(moved))


def _sums(before: Census, after: Census) -> Iterator[Unusual]:
    """Sums that moved: only where rows that are in both could be added up."""
    for table, columns in _SUMS:
        if not (len(before.tables[table]) and len(after.tables[table])):
            continue
        for column in columns:
            was, now = (_sum(each, table, column) for each in (before, after))
            if _moved(was, now):
                yield Unusual("number_moved", table, column, old=str(was), new=str(now))


def _sum(census: Census, table: str, column: str) -> int:
    """The sum of a column in whole units; unknown cells are left out."""
    found = census.tables[table][column]
    total = int(found.values[found.known].sum(dtype="int64"))
    return total // int(10**found.field.scale)


def _people(changes: Sequence[RowChange]) -> Iterator[Unusual]:
    for each in changes:
        if each.table != "populations" or each.change is not Change.CHANGED:
            continue
        for cell in each.cells:
            known = cell.column in _SUMS[0][1] and cell.old and cell.new
            if known and _moved(int(cell.old), int(cell.new)):
                key = " · ".join(each.key)
                yield Unusual("number_moved", each.table, cell.column, key, cell.old, cell.new)


def _moved(was: int, now: int) -> bool:
    return was > 0 and (now <= was * HALF or now * HALF >= was)
