"""What can be read only when all tables are there: regions by name, the items of ``about``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

from dingdian.core.census.headings import plain
from dingdian.core.census.places import place_of
from dingdian.core.census.schema import TABLES, Field, Kind
from dingdian.core.census.table import Table, relabelled, text_column
from dingdian.core.census.vocabulary import ABOUT_ITEMS
from dingdian.core.errors import Fault, fault
from dingdian.storage.cells import read

_ITEMS = {
    plain(word): term.id
    for term in ABOUT_ITEMS.values()
    for word in (term.id, term.zh, term.en, *term.also)
}
_DAY = Field("taken_on", "", "", Kind.DAY, "")


def settle_about(tables: Mapping[str, Table], faults: list[Fault]) -> dict[str, Table]:
    """The items of ``about`` by identifier, and its day spelled 2025-12-31."""
    about = tables.get("about")
    if about is None:
        return dict(tables)
    items = [_item(about, row, faults) for row in range(len(about))]
    values = [
        _taken_on(about, row, faults) if item == "taken_on" else about["value"].cell(row)
        for row, item in enumerate(items)
    ]
    columns = {
        "item": text_column(about.schema["item"], items),
        "value": text_column(
            about.schema["value"], [None if v is None else str(v) for v in values]
        ),
    }
    return {**tables, "about": Table(about.schema, columns, about.origin)}


def _item(about: Table, row: int, faults: list[Fault]) -> str | None:
    cell = about["item"].cell(row)
    if cell is None:
        return None
    known = _ITEMS.get(plain(str(cell)))
    if known is None:
        choices = "、".join(f"{t.zh}（{t.id}）" for t in ABOUT_ITEMS.values())
        place = place_of(about, row, "item")
        faults.append(fault("unknown_item", place, value=cell, choices=choices))
    return known or str(cell)


def _taken_on(about: Table, row: int, faults: list[Fault]) -> str | None:
    cell = about["value"].cell(row)
    ordinal, _ = read(_DAY, None if cell is None else str(cell))
    if ordinal is None:
        if cell is not None:
            place = place_of(about, row, "value")
            faults.append(fault("taken_on_not_a_day", place, value=cell))
        return None
    return str(np.datetime64(int(ordinal) - 719163, "D"))


def settle_regions(tables: Mapping[str, Table], faults: list[Fault]) -> dict[str, Table]:
    """References to regions by name or former code, where just one region bears it."""
    regions = tables.get("regions")
    if regions is None:
        return dict(tables)
    codes = {str(code) for code in regions["code"].cells() if code is not None}
    words = [pair for pair in _words(regions) if pair[0] not in codes]
    counts = Counter(word for word, _ in words)
    by_word = {word: code for word, code in words if counts[word] == 1}
    return {name: _resolved(table, by_word, faults) for name, table in tables.items()}


def _words(regions: Table) -> list[tuple[str, str]]:
    """Each name and former name or code, with the code of its region."""
    found = set()
    columns = (regions[name].cells() for name in ("code", "name", "aliases"))
    for code, name, aliases in zip(*columns, strict=True):
        others = str(aliases or "").replace("；", ";").split(";")
        found |= {(word.strip(), str(code)) for word in (str(name or ""), *others) if word.strip()}
    return sorted(found)


def _resolved(table: Table, by_word: Mapping[str, str], faults: list[Fault]) -> Table:
    columns = dict(table.columns)
    for field in TABLES[table.schema.name]:
        column = columns[field.name]
        new = {each: by_word[each] for each in column.labels if each in by_word}
        if field.refers == "regions.code" and new:
            faults.extend(_named(table, field.name, new))
            columns[field.name] = relabelled(column, new)
    return Table(table.schema, columns, table.origin)


def _named(table: Table, name: str, new: Mapping[str, str]) -> Iterator[Fault]:
    column = table[name]
    for row in np.flatnonzero(column.among(new)).tolist():
        value = str(column.cell(row))
        yield fault("region_by_name", place_of(table, row, name), value=value, read=new[value])
