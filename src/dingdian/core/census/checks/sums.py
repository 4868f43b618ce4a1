"""Whether the numbers of the regions below add up to the number of the region above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from dingdian.core.census.canonical import spelling
from dingdian.core.census.census import Census
from dingdian.core.census.places import place_of
from dingdian.core.census.schema import Kind
from dingdian.core.census.table import Table
from dingdian.core.errors import Fault, fault


def sum_faults(census: Census) -> Iterator[Fault]:
    """Every number of ``populations`` and every area whose children's sum differs."""
    below = _children(census)
    people = census.tables["populations"]
    years = [_year(cell) for cell in people["year"].cells()]
    regions = census.tables["regions"]
    for field in people.schema:
        if field.kind is Kind.NUMBER and field.name != "year":
            yield from _column(people, ("region", field.name), years, below)
    yield from _column(regions, ("code", "area_km2"), [""] * len(regions), below)


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
