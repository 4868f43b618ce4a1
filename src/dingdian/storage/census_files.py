"""A census on disk: one workbook, or a folder of csv, xlsx and parquet files and boundaries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dingdian.core.census.census import Census, make_census
from dingdian.core.census.headings import ASIDE, plain, table_of
from dingdian.core.census.schema import TABLES, TableSchema
from dingdian.core.census.table import Table, joined
from dingdian.core.errors import CensusError, Fault, Place, fault
from dingdian.storage.boundaries import read_boundaries
from dingdian.storage.census_mend import settle_about, settle_regions
from dingdian.storage.census_read import Headings, guessed, part_of
from dingdian.storage.sheets import SUFFIXES, Sheet, sheets_of


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What reading a census gave.

    ``census`` is ``None`` when no table was recognised; with blocking faults it is only good
    for finding more of them. ``headings`` say where each table stands in its file.
    """

    census: Census | None
    faults: tuple[Fault, ...]
    headings: tuple[Headings, ...] = ()


@dataclass
class _Found:
    parts: dict[str, list[Table]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    boundaries: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    headings: list[Headings] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_census(path: Path, seen: Callable[[Sheet], None] | None = None) -> Reading:
    """Read a census; every fault is in the list, none is raised.

    ``seen`` is given each raw sheet as it is read: who marks cells need not read them again.
    """
    if not path.exists():
        return Reading(None, (fault("no_file", Place(path.name), path=str(path)),))
    found = _Found()
    for file in files_of(path):
        _read_file(file, found, seen)
    if not found.seen:
        found.faults.append(fault("no_table", Place(path.name)))
        return Reading(None, tuple(found.faults), tuple(found.headings))
    _required(found)
    tables = {name: joined(parts) for name, parts in found.parts.items()}
    tables = settle_regions(settle_about(tables, found.faults), found.faults)
    census = make_census(tables, found.boundaries)
    return Reading(census, tuple(found.faults), tuple(found.headings))


def files_of(path: Path) -> list[Path]:
    """The files of a census, in order of name; hidden and lock files are left out."""
    if path.is_file():
        return [path]
    inside = sorted(path.iterdir(), key=lambda each: each.name)
    return [each for each in inside if each.is_file() and not each.name.startswith((".", "~$"))]


def _read_file(path: Path, found: _Found, seen: Callable[[Sheet], None] | None) -> None:
    try:
        if path.suffix.lower() in (".geojson", ".json"):
            _read_shapes(path, found)
        elif path.suffix.lower() not in SUFFIXES:
            found.faults.append(not_read(path))
        else:
            for sheet, schema in tables_in(path):
                if seen is not None:
                    seen(sheet)
                _read_sheet(sheet, schema, found)
    except CensusError as error:
        found.faults.extend(error.faults)


def not_read(path: Path) -> Fault:
    """A file of another format: an old workbook stops, anything else is only not read."""
    old = path.suffix.lower() in (".xls", ".xlsb", ".et", ".ods")
    return fault("not_a_workbook" if old else "unknown_file", Place(path.name), name=path.name)


def tables_in(
    path: Path, known: Mapping[str, TableSchema] | None = None
) -> Iterator[tuple[Sheet, TableSchema | None]]:
    """The sheets of a file, each with the table that it holds, ``None`` where it holds none.

    A sheet is known by its name; the first sheet of a file that is named as a table is that
    table when no sheet's own name says so. ``known`` as in ``table_of``.

    Raises:
        CensusError: as ``sheets_of``.
    """
    by_file = table_of(path.stem, known)
    for sheet in sheets_of(path):
        schema = table_of(sheet.name, known) if sheet.name else by_file
        if schema is None and sheet.rows and plain(sheet.name) not in ASIDE:
            schema = by_file
        if schema is by_file:
            by_file = None  # the name of the file stands for one sheet only
        yield sheet, schema


def _read_sheet(sheet: Sheet, schema: TableSchema | None, found: _Found) -> None:
    if schema is None:
        if sheet.rows and plain(sheet.name) not in ASIDE:
            found.faults.append(unknown_sheet(sheet))
        return
    part = part_of(schema, sheet)
    found.seen.add(schema.name)
    found.faults.extend(part.faults)
    if part.table is not None and part.headings is not None:
        found.parts.setdefault(schema.name, []).append(part.table)
        found.headings.append(part.headings)


def unknown_sheet(sheet: Sheet, tables: Iterable[TableSchema] = TABLES.values()) -> Fault:
    """That a sheet is not read, and which of ``tables`` its headings resemble."""
    guess = guessed(sheet, tables)
    zh = f"，表头像是“{guess.zh}”" if guess else ""
    en = f"; its headings look like table {guess.name}" if guess else ""
    name = sheet.name or sheet.file
    return fault("unknown_sheet", sheet.place(), name=name, guess_zh=zh, guess_en=en)


def _read_shapes(path: Path, found: _Found) -> None:
    shapes, faults = read_boundaries(path)
    found.faults.extend(faults)
    for code, shape in shapes.items():
        if code in found.boundaries:
            found.faults.append(fault("boundary_repeated", Place(path.name), value=code))
        else:
            found.boundaries[code] = shape


def _required(found: _Found) -> None:
    for schema in TABLES.values():
        if schema.required and not any(map(len, found.parts.get(schema.name, ()))):
            kind = "empty_table" if schema.name in found.seen else "missing_table"
            found.faults.append(fault(kind, table=schema.name, table_zh=schema.zh))


def raw_sheets(path: Path) -> Iterator[Sheet]:
    """The sheets of a census once more, for a report that marks cells, without faulty files."""
    for file in files_of(path) if path.exists() else ():
        if file.suffix.lower() in SUFFIXES:
            with suppress(CensusError):
                yield from sheets_of(file)
