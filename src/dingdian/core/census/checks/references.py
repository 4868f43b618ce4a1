"""Keys that occur twice and references to nothing: with these no table can be joined."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dingdian.core.census.canonical import spelling
from dingdian.core.census.census import Census
from dingdian.core.census.checks.groups import keys, known_in, repeated
from dingdian.core.census.places import place_of
from dingdian.core.census.table import Table
from dingdian.core.errors import Fault, fault


def reference_faults(census: Census) -> Iterator[Fault]:
    """Every repeated key and every reference to a row that does not exist."""
    for table in census.tables.values():
        yield from _repeated_keys(table)
        yield from _dangling(census, table)


def _repeated_keys(table: Table) -> Iterator[Fault]:
    names = table.schema.key
    filled = [name for name in names if table.schema[name].filled]
    if not len(table):
        return
    for rows in repeated(keys(table, names), known_in(table, filled)):
        first = table.origin[int(rows[0])]
        for row in rows[1:].tolist():
            value = " ".join(
                spelling(table[name].cell(row), table.schema[name].scale) for name in names
            )
            place = place_of(table, row, names[0])
            yield fault("duplicate_key", place, value=value.strip(), first=first)


def _dangling(census: Census, table: Table) -> Iterator[Fault]:
    for field in table.schema:
        if not field.refers:
            continue
        name, _, key = field.refers.partition(".")
        other, column = census.tables[name], table[field.name]
        nothing = column.among(set(column.labels) - other[key].used_labels())
        for row in np.flatnonzero(nothing).tolist():
            value = column.cell(row)
            place = place_of(table, row, field.name)
            yield fault("unknown_reference", place, value=value, other=other.schema.zh)
