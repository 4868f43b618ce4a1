"""What a census that is brought in keeps of the one before it, though it does not say so itself."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from dingdian.core.census.canonical import spelt
from dingdian.core.census.census import Census, make_census
from dingdian.core.census.table import Table


def carried(census: Census, before: Census | None) -> Census:
    """A census whose unchanged rows came from where they came from before.

    A row that is brought in again word for word is no news: its origin stays. Boundaries stay
    where the census came without any.
    """
    if before is None:
        return census
    tables = {
        name: Table(table.schema, table.columns, _origins(census, before, name))
        for name, table in census.tables.items()
    }
    return make_census(MappingProxyType(tables), census.boundaries or before.boundaries)


def _origins(census: Census, before: Census, name: str) -> tuple[str, ...]:
    was = dict(zip(_rows(before, name), before.tables[name].origin, strict=True))
    own = census.tables[name].origin
    return tuple(was.get(row, origin) for row, origin in zip(_rows(census, name), own, strict=True))


def _rows(census: Census, name: str) -> Iterator[tuple[str, ...]]:
    """The rows of a table as the spelling of all its cells."""
    table, columns = census.tables[name], spelt(census, name)
    absent = [""] * len(table)
    return zip(*(columns.get(field.name, absent) for field in table.schema), strict=True)
