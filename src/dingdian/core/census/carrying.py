"""What a census that is brought in keeps of the one before it, though it does not say so itself."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from dingdian.core.census.canonical import column_of_spellings, spelt
from dingdian.core.census.census import Census, make_census
from dingdian.core.census.personal import personal
from dingdian.core.census.table import Column, Table


def carried(census: Census, before: Census | None) -> Census:
    """A census whose unchanged rows came from where they came from before.

    A row that is brought in again word for word is no news: its origin stays. Boundaries stay
    where the census came without any, and so does a column of personal data that came without any:
    the workbook to edit leaves such columns out. They stay with the key of their row.
    """
    if before is None:
        return census
    census = make_census(
        MappingProxyType({name: _with_persons(census, before, name) for name in census.tables}),
        census.boundaries,
    )
    tables = {
        name: Table(table.schema, table.columns, _origins(census, before, name))
        for name, table in census.tables.items()
    }
    return make_census(MappingProxyType(tables), census.boundaries or before.boundaries)


def _with_persons(census: Census, before: Census, name: str) -> Table:
    """A table with those columns of personal data that it came without."""
    table, was = census.tables[name], before.tables[name]
    kept = {
        each: _kept(census, before, (name, each))
        for each in personal(name)
        if was[each].known.any() and not table[each].known.any()
    }
    return Table(table.schema, {**table.columns, **kept}, table.origin) if kept else table


def _kept(census: Census, before: Census, at: tuple[str, str]) -> Column:
    """The cells of a column as the census before has them, by the key of the row."""
    name, column = at
    held = dict(zip(_keys(before, name), spelt(before, name)[column], strict=True))
    cells = [held.get(key, "") for key in _keys(census, name)]
    return column_of_spellings(census.tables[name].schema[column], cells)


def _keys(census: Census, name: str) -> Iterator[tuple[str, ...]]:
    table, columns = census.tables[name], spelt(census, name)
    absent = [""] * len(table)
    return zip(*(columns.get(each, absent) for each in table.schema.key), strict=True)


def _origins(census: Census, before: Census, name: str) -> tuple[str, ...]:
    was = dict(zip(_rows(before, name), before.tables[name].origin, strict=True))
    own = census.tables[name].origin
    return tuple(was.get(row, origin) for row, origin in zip(_rows(census, name), own, strict=True))


def _rows(census: Census, name: str) -> Iterator[tuple[str, ...]]:
    """The rows of a table as the spelling of all its cells."""
    table, columns = census.tables[name], spelt(census, name)
    absent = [""] * len(table)
    return zip(*(columns.get(field.name, absent) for field in table.schema), strict=True)
