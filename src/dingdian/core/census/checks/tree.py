"""The region tree and the people on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from dingdian.core.census.census import Census
from dingdian.core.census.places import place_of
from dingdian.core.census.table import Cell, Table
from dingdian.core.errors import Fault, Place, fault

#: Insured people per resident above which a unit or a region must be wrong.
FAR_OVER = 3


def tree_faults(census: Census) -> Iterator[Fault]:
    """Roots, circles, levels that contradict names, and regions of the plan without population."""
    regions = census.tables["regions"]
    codes, parents, levels = (regions[name].cells() for name in ("code", "parent", "level"))
    above = {str(c): str(p) for c, p in zip(codes, parents, strict=True) if p is not None}
    roots = [row for row, parent in enumerate(parents) if parent is None]
    sheet = Place(sheet=regions.schema.zh)
    if codes and not roots:
        yield fault("root_missing", sheet)
    if codes and "county" not in levels:
        yield fault("no_districts", sheet)
    if len(roots) > 1:
        value = "、".join(str(codes[row]) for row in roots)
        for row in roots[1:]:
            yield fault("several_roots", place_of(regions, row, "parent"), value=value)
    for row, code in enumerate(codes):
        if _circular(str(code), above):
            yield fault("cycle", place_of(regions, row, "parent"), value=code)
    people = census.tables["populations"]
    cells = zip(people["region"].cells(), people["resident"].cells(), strict=True)
    counted = {region for region, resident in cells if resident}
    names = regions["name"].cells()
    for row, (code, level) in enumerate(zip(codes, levels, strict=True)):
        if level == "township" and str(names[row]).removesuffix("办事处").endswith("街道"):
            yield fault("street_as_township", place_of(regions, row, "level"), value=names[row])
        if level == "county" and code not in counted:
            place = place_of(regions, row, "code")
            yield fault("region_without_population", place, value=code, name=names[row])


def _circular(code: str, above: Mapping[str, str]) -> bool:
    at = above.get(code)
    for _ in range(len(above)):
        if at == code:
            return True
        at = above.get(at) if at is not None else None
    return False


def insured_faults(census: Census) -> Iterator[Fault]:
    """Regions whose latest insured outnumber their latest residents.

    A region without numbers of its own has the sum of the regions right below it.
    """
    regions = census.tables["regions"]
    people = census.tables["populations"]
    residents = with_sums(regions, latest(people, ("resident",)))
    schemes = ("insured_employee", "insured_resident")
    insured_of = with_sums(regions, latest(people, schemes))
    cells = zip(regions["code"].cells(), regions["name"].cells(), strict=True)
    for row, (region, name) in enumerate(cells):
        insured, resident = insured_of.get(region), residents.get(region)
        if insured is None or resident is None or insured <= resident:
            continue
        far = insured > FAR_OVER * resident
        yield fault(
            "insured_far_over_resident" if far else "insured_over_resident",
            place_of(regions, row, "code"),
            value=region,
            name=name,
            insured=int(insured),
            resident=int(resident),
            percent=f"{float(insured / resident * 100):.1f}" if resident else "∞",
        )


def with_sums(regions: Table, own: Mapping[Cell, Fraction]) -> dict[Cell, Fraction]:
    """The numbers by region, with sums for the regions above that have none."""
    below: dict[Cell, list[Cell]] = {}
    for code, parent in zip(regions["code"].cells(), regions["parent"].cells(), strict=True):
        below.setdefault(parent, []).append(code)
    sums = {
        code: sum((own[each] for each in parts), Fraction(0))
        for code, parts in below.items()
        if code not in own and all(each in own for each in parts)
    }
    return {**sums, **own}


def latest(people: Table, columns: tuple[str, ...]) -> dict[Cell, Fraction]:
    """For each region the sum of the columns in its latest year in which one is known."""
    found: dict[Cell, tuple[Fraction, Fraction]] = {}
    cells = zip(*(people[name].cells() for name in ("region", "year", *columns)), strict=True)
    for region, year, *numbers in cells:
        known = [cell for cell in numbers if isinstance(cell, Fraction)]
        if not known or not isinstance(year, Fraction):
            continue
        if region not in found or year > found[region][0]:
            found[region] = (year, sum(known, Fraction(0)))
    return {region: total for region, (_, total) in found.items()}


def city_faults(census: Census, place: str | None) -> Iterator[Fault]:
    """Whether the census is of the place (its region code) that the policy is for."""
    regions = census.tables["regions"]
    cells = zip(regions["code"].cells(), regions["parent"].cells(), strict=True)
    roots = [(row, code) for row, (code, parent) in enumerate(cells) if parent is None]
    if place is not None and roots and place not in {code for _, code in roots}:
        row, code = roots[0]
        yield fault("other_city", place_of(regions, row, "code"), value=code, policy=place)
