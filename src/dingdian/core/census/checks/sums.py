"""Whether numbers add up: of the regions below a region, of the localities in a district."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np

from dingdian.core.census.canonical import spelling
from dingdian.core.census.census import Census
from dingdian.core.census.checks.tree import latest, with_sums
from dingdian.core.census.counties import counties_of
from dingdian.core.census.places import place_of
from dingdian.core.census.schema import Kind
from dingdian.core.census.table import Table
from dingdian.core.errors import Fault, Text, fault

#: Share of a district's residents by which its localities may differ without a word: the number
#: of the national reading ``grid_disagreement``.
GRID_DIFFERS = Fraction(1, 10)
#: Column of localities -> whom of the district its sum is held against.
_WHOSE = {"persons": Text("常住人口", "residents"), "insured": Text("参保人数", "insured people")}


def sum_faults(census: Census) -> Iterator[Fault]:
    """Every sum that differs: of people and areas by region, and of localities by district."""
    below = _children(census)
    people = census.tables["populations"]
    years = [_year(cell) for cell in people["year"].cells()]
    regions = census.tables["regions"]
    for field in people.schema:
        if field.kind is Kind.NUMBER and field.name != "year":
            yield from _column(people, ("region", field.name), years, below)
    yield from _column(regions, ("code", "area_km2"), [""] * len(regions), below)
    yield from _localities(census)


def _year(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, Fraction) else ""


def _children(census: Census) -> Mapping[str, list[str]]:
    regions = census.tables["regions"]
    found: dict[str, list[str]] = {}
    for code, parent in zip(regions["code"].cells(), regions["parent"].cells(), strict=True):
        if parent is not None:
            found.setdefault(str(parent), []).append(str(code))
    return found


def _column(
    table: Table, names: tuple[str, str], years: list[str], below: Mapping[str, list[str]]
) -> Iterator[Fault]:
    key, name = names
    field = table.schema[name]
    codes = [str(cell) for cell in table[key].cells()]
    cells = table[name].cells()
    numbers = {
        (code, year): cell
        for code, year, cell in zip(codes, years, cells, strict=True)
        if isinstance(cell, Fraction)
    }
    for row, (code, year) in enumerate(zip(codes, years, strict=True)):
        own = numbers.get((code, year))
        parts = [numbers.get((child, year)) for child in below.get(code, ())]
        if own is None or not parts or None in parts:
            continue
        total = sum((part for part in parts if part is not None), Fraction(0))
        if total != own:
            yield fault(
                "sums_disagree",
                place_of(table, row, name),
                value=code,
                name=_name(table, row),
                year=f" {year}" if year else "",
                column=field.en,
                column_zh=field.zh,
                own=spelling(own, field.scale),
                below=spelling(total, field.scale),
            )


def _name(table: Table, row: int) -> object:
    return table["name"].cell(row) if "name" in table.columns else ""


def _localities(census: Census) -> Iterator[Fault]:
    """Districts whose localities hold more or fewer people than the district by far.

    The residents, and the insured where localities give them. A district with a locality whose
    people are unknown, or without people, is passed over.
    """
    insured = ("insured_employee", "insured_resident")
    for name, columns in (("persons", ("resident",)), ("insured", insured)):
        if census.column("localities", name).known.any():
            yield from _located(census, name, columns)


def _located(census: Census, name: str, columns: tuple[str, ...]) -> Iterator[Fault]:
    regions, people = census.tables["regions"], census.tables["populations"]
    wholes = with_sums(regions, latest(people, columns))
    own, codes = counties_of(census, "localities")
    persons = census.column("localities", name)
    unknown = np.bincount(own[~persons.known] + 1, minlength=len(codes) + 1)
    sums = np.zeros(len(codes) + 1, np.int64)
    np.add.at(sums, own[persons.known] + 1, persons.values[persons.known])
    at = {code: row for row, code in enumerate(regions["code"].cells())}
    scale, whose = persons.field.scale, _WHOSE[name]
    for number, code in enumerate(codes, 1):
        located, whole = Fraction(int(sums[number]), 10**scale), wholes.get(code)
        if unknown[number] or not whole or abs(located / whole - 1) <= GRID_DIFFERS:
            continue
        yield fault(
            "grid_disagrees",
            place_of(regions, at[code], "code"),
            value=code,
            name=census.tree.names[code],
            located=spelling(located, scale),
            whose_zh=whose.zh,
            whose_en=whose.en,
            whole=spelling(whole, 0),
            percent=f"{float(100 * located / whole):.1f}",
        )
