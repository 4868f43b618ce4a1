"""Regions, people and places of 大兴安岭: real counties, invented units below them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dingdian.samples.draw import Draw, apportion
from dingdian.samples.places import DAXINGANLING
from dingdian.samples.sample import Row, num
from dingdian.samples.tiling import Point, Tiling

ROOT = "232700"
ROOT_NAME = "大兴安岭地区"
COUNTIES = {place.code: place for place in DAXINGANLING}

#: 参保 at the end of 2024, as the draft plan prints it: 18.26 + 15.30 = 33.56 万.
INSURED_EMPLOYEE = 182_600
INSURED_RESIDENT = 153_000


def _by_county(*numbers: int) -> dict[str, int]:
    """A number for each county, in the order of the codes."""
    return dict(zip(COUNTIES, numbers, strict=True))


#: Invented shares of the plan's 41 townships and streets and 171 villages; the two counties
#: without rural residents have no village. Communities are not counted in the plan: invented.
TOWNSHIPS = _by_county(6, 8, 7, 8, 3, 5, 4)
VILLAGES = _by_county(31, 54, 40, 30, 16, 0, 0)
COMMUNITIES = _by_county(8, 5, 8, 26, 4, 5, 4)
#: How many of the townships of the seat of the area are streets.
STREETS = 6

TILING = Tiling(
    tuple(COUNTIES),
    tuple(place.name for place in DAXINGANLING),
    tuple(place.centre for place in DAXINGANLING),
    outline=(
        (123.4, 50.1), (126.2, 50.2), (127.1, 50.9), (127.1, 52.4), (125.8, 53.3), (122.3, 53.6),
        (121.2, 53.3), (121.3, 52.3),
    ),
    squeeze=0.62,
)  # fmt: skip

#: Squeezed degrees that a place keeps from the border, so that what stands near it is inside.
PLACE_DEPTH = 0.05
COMMUNITY_SPREAD = 0.02


@dataclass(frozen=True, slots=True)
class Unit:
    """A region below a county, with its point; a street is drawn as a township is."""

    code: str
    name: str
    level: str
    parent: str
    county: str
    at: Point
    seat: bool = False
    street: bool = False


@dataclass(frozen=True)
class Land:
    """The invented units below the real counties."""

    units: tuple[Unit, ...]

    @classmethod
    def drawn(cls, seed: int) -> Land:
        """Units with their points from a seed."""
        draw = Draw(seed, "dx land")
        spots = _spots(draw)
        return cls(
            tuple(unit for code in COUNTIES for unit in _county_units(draw, code, spots[code]))
        )

    @cached_property
    def county_of(self) -> dict[str, str]:
        """The county of every region at or below county level."""
        below = {unit.code: unit.county for unit in self.units}
        return {code: code for code in COUNTIES} | below

    def of(self, county: str, level: str) -> list[Unit]:
        """The units of a level in a county."""
        return [unit for unit in self.units if unit.county == county and unit.level == level]

    def region_rows(self) -> list[Row]:
        """Rows of ``regions``: the area of the whole is the plan's 8.3万, the others are real."""
        root: Row = {
            "code": ROOT,
            "name": ROOT_NAME,
            "parent": None,
            "level": "prefecture",
            "code_system": "统计用区划代码",
            "main_urban_area": False,
            "area_km2": num(83_000),
        }
        return [root, *(_county_row(code) for code in COUNTIES), *map(_unit_row, self.units)]

    def locality_rows(self, seed: int) -> list[Row]:
        """Rows of ``localities``: the persons of a county add up to its census.

        A township's point holds the people of the town itself, outside its communities.
        """
        draw = Draw(seed, "dx persons")
        rows: list[Row] = []
        for code, place in COUNTIES.items():
            rural = self.of(code, "village")
            urban = [*self.of(code, "community"), *self.of(code, "township")]
            rows += _people(draw, rural, place.rural)
            rows += _people(draw, urban, place.urban)
        return rows


def populations() -> list[Row]:
    """Rows of ``populations``: the census of 2020 and the insured at the end of 2024."""
    places = list(COUNTIES.values())
    employee = apportion(INSURED_EMPLOYEE, [p.urban for p in places])
    resident = apportion(INSURED_RESIDENT, [p.resident + p.rural for p in places])
    census: list[Row] = [
        {
            "region": p.code,
            "year": num(2020),
            "resident": num(p.resident),
            "aged_0_14": num(p.aged_0_14),
            "aged_60": num(p.aged_60),
            "aged_65": num(p.aged_65),
            "aged_80": num(p.aged_80),
            "source": "第七次全国人口普查",
        }
        for p in places
    ]
    insured: list[Row] = [
        {
            "region": p.code,
            "year": num(2024),
            "insured_employee": num(e),
            "insured_resident": num(r),
            "source": "全区合计见规划征求意见稿，各区县为示例分摊",
        }
        for p, e, r in zip(places, employee, resident, strict=True)
    ]
    return [*census, *insured]


def _county_row(code: str) -> Row:
    place = COUNTIES[code]
    dense = place.urban > 100_000
    aliases = "代码232701在2018年以前为加格达奇区" if code == "232701" else None
    if code == "232761":
        aliases = "2018年以前代码为232701"
    return {
        "code": code,
        "name": place.name,
        "parent": ROOT,
        "level": "county",
        "code_system": "统计用区划代码",
        "aliases": aliases,
        "main_urban_area": False,
        "density": "dense" if dense else "sparse",
        "area_km2": num(place.area_km2),
    }


def _unit_row(unit: Unit) -> Row:
    dense = unit.level == "community" and unit.county == "232761"
    return {
        "code": unit.code,
        "name": unit.name,
        "parent": unit.parent,
        "level": "subdistrict" if unit.street else unit.level,
        "code_system": "示例代码",
        "main_urban_area": unit.seat,
        "density": "sparse" if unit.level == "village" else "dense" if dense else "ordinary",
    }


def _spots(draw: Draw) -> dict[str, Iterator[Point]]:
    """An endless-enough supply of points well inside each county's tile."""
    n = 40_000
    lon = np.round(121.0 + 6.2 * draw.fractions(n), 6)
    lat = np.round(50.0 + 3.7 * draw.fractions(n), 6)
    owner, depth = TILING.depth(lon, lat)
    good = depth > PLACE_DEPTH
    return {
        code: iter(list(zip(lon[mine].tolist(), lat[mine].tolist(), strict=True)))
        for tile, code in enumerate(TILING.codes)
        for mine in [good & (owner == tile)]
    }


def _county_units(draw: Draw, county: str, spots: Iterator[Point]) -> Iterator[Unit]:
    """Townships first (the first is the seat), then communities and villages below them."""
    name = COUNTIES[county].name
    towns = []
    for i in range(1, TOWNSHIPS[county] + 1):
        at = COUNTIES[county].centre if i == 1 else next(spots)
        street = county == "232761" and i <= STREETS
        towns.append(
            Unit(
                f"{county}T{i:02d}",
                f"{name}示例{'街道' if street else '镇'}{i}",
                "township",
                county,
                county,
                at,
                seat=i == 1,
                street=street,
            )
        )
    yield from towns
    for i in range(1, COMMUNITIES[county] + 1):
        town = towns[0] if i % 2 else towns[i % len(towns)]
        yield Unit(
            f"{county}C{i:03d}",
            f"{name}示例社区{i}",
            "community",
            town.code,
            county,
            near(draw, town.at),
        )
    for i in range(1, VILLAGES[county] + 1):
        town = towns[i % len(towns)]
        yield Unit(
            f"{county}V{i:03d}", f"{name}示例村{i}", "village", town.code, county, next(spots)
        )


def near(draw: Draw, at: Point, spread: float = COMMUNITY_SPREAD) -> Point:
    """A point within ``spread`` degrees of latitude, and as far in longitude, of ``at``."""
    east, north = (draw.fractions(2) * 2 - 1).tolist()
    return round(at[0] + east * spread, 6), round(at[1] + north * spread, 6)


def _people(draw: Draw, units: list[Unit], persons: int) -> list[Row]:
    """Localities of ``units`` that hold ``persons`` people together."""
    if not units:
        return []
    weights = [
        w * (3 if u.seat else 1)
        for u, w in zip(units, draw.integers(20, 101, len(units)), strict=True)
    ]
    return [
        {
            "code": f"L{unit.code}",
            "name": unit.name,
            "region": unit.code,
            "kind": "community" if unit.street else unit.level,
            "persons": num(share),
            "lon": unit.at[0],
            "lat": unit.at[1],
            "crs": "cgcs2000",
        }
        for unit, share in zip(units, apportion(persons, weights), strict=True)
    ]
