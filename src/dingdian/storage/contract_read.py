"""Tables of a contract on disk: one workbook, or a folder of csv, xlsx and parquet files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from dingdian.core.census.headings import ASIDE, named, plain
from dingdian.core.census.places import place_of
from dingdian.core.census.schema import Field, Kind, TableSchema
from dingdian.core.census.table import Table, joined, text_column
from dingdian.core.census.vocabulary import Term
from dingdian.core.errors import CensusError, Fault, Place, fault
from dingdian.storage.cells import read
from dingdian.storage.census_files import files_of, not_read, tables_in, unknown_sheet
from dingdian.storage.census_read import Headings, Part, guessed, part_of
from dingdian.storage.sheets import SUFFIXES, Sheet

_DAY = Field("day", "", "", Kind.DAY, "")


@dataclass(frozen=True, slots=True)
class Contract:
    """What is read: tables by name, and the one that says what the whole is.

    ``about`` is that table, with ``items`` that it may say and ``days`` among them; a single sheet
    of any name is read as the table ``alone`` where its headings are those.
    """

    tables: Mapping[str, TableSchema]
    about: str
    items: Mapping[str, Term]
    days: tuple[str, ...]
    alone: str


@dataclass(frozen=True, slots=True, eq=False)
class ContractTables:
    """The tables that were there, and every fault of reading them.

    ``headings`` say where each table stands in its file.
    """

    tables: Mapping[str, Table]
    faults: tuple[Fault, ...]
    headings: tuple[Headings, ...] = ()


@dataclass
class _Found:
    contract: Contract
    parts: dict[str, list[Table]] = field(default_factory=dict)
    unnamed: list[Sheet] = field(default_factory=list)
    headings: list[Headings] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_contract(
    path: Path, contract: Contract, seen: Callable[[Sheet], None] | None = None
) -> ContractTables:
    """Read the tables of a contract; every fault is in the list, none is raised.

    A sheet in which only the example of the template stands is as if it were not there. ``seen``
    is given each raw sheet as it is read: who marks cells need not read them again.
    """
    if not path.exists():
        return ContractTables({}, (fault("no_file", Place(path.name), path=str(path)),))
    found, known = _Found(contract), named(contract.tables.values())
    for file in files_of(path):
        try:
            if file.suffix.lower() not in SUFFIXES:
                found.faults.append(not_read(file))
                continue
            for sheet, schema in tables_in(file, known):
                if seen is not None:
                    seen(sheet)
                _read_sheet(sheet, schema, found)
        except CensusError as error:
            found.faults.extend(error.faults)
    _read_unnamed(found)
    tables = {n: joined(found.parts[n]) for n in contract.tables if n in found.parts}
    if contract.about in tables:
        tables[contract.about] = _settled(tables[contract.about], found)
    return ContractTables(tables, tuple(found.faults), tuple(found.headings))


def _read_sheet(sheet: Sheet, schema: TableSchema | None, found: _Found) -> None:
    if schema is None:
        if sheet.rows and plain(sheet.name) not in ASIDE:
            found.unnamed.append(sheet)
        return
    part = part_of(schema, sheet)
    found.faults.extend(part.faults)
    if part.headings is not None:
        found.headings.append(part.headings)
    if part.table is not None and not _is_untouched(part):
        found.parts.setdefault(schema.name, []).append(part.table)


def _is_untouched(part: Part) -> bool:
    """Whether a sheet holds the example of the template alone: it says nothing yet."""
    example = any(each.kind == "example_row" for each in part.faults)
    return example and not len(part.table or ())


def _read_unnamed(found: _Found) -> None:
    """A single sheet may bear any name; others without a known one are not read."""
    contract = found.contract
    only = not found.parts and len(found.unnamed) == 1
    for sheet in found.unnamed:
        if only and guessed(sheet, contract.tables.values()) is contract.tables[contract.alone]:
            _read_sheet(sheet, contract.tables[contract.alone], found)
        else:
            found.faults.append(unknown_sheet(sheet, contract.tables.values()))


def _settled(table: Table, found: _Found) -> Table:
    """The items of the table ``about`` by identifier, and its days spelled 2026-03-01."""
    contract, faults = found.contract, found.faults
    words = {
        plain(word): term.id
        for term in contract.items.values()
        for word in (term.id, term.zh, term.en, *term.also)
    }
    items: list[str | None] = []
    values: list[str | None] = []
    pairs = zip(table["item"].cells(), table["value"].cells(), strict=True)
    for row, (item, value) in enumerate(pairs):
        known = words.get(plain(str(item)))
        if item is not None and known is None:
            choices = "、".join(f"{term.zh}（{term.id}）" for term in contract.items.values())
            place = place_of(table, row, "item")
            faults.append(fault("unknown_item", place, value=item, choices=choices))
        text = None if value is None else str(value)
        if known in contract.days and text is not None:
            day = _day(text)
            if day is None:
                place = place_of(table, row, "value")
                details = {"item": contract.items[known].zh, "value": text}
                faults.append(fault("round_item_not_a_day", place, **details))
            text = day
        items.append(known or (None if item is None else str(item)))
        values.append(text)
    columns = {
        "item": text_column(table.schema["item"], items),
        "value": text_column(table.schema["value"], values),
    }
    return Table(table.schema, columns, table.origin)


def _day(text: str) -> str | None:
    """A day as people write it, spelled 2026-03-01; ``None`` for another text."""
    ordinal, _ = read(_DAY, text)
    return None if ordinal is None else str(np.datetime64(int(ordinal) - 719163, "D"))
