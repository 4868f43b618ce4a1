"""Regions and people of 沈阳: real districts and census, invented zones and insured."""

from __future__ import annotations

import datetime as dt

from dingdian.samples.places import SHENYANG
from dingdian.samples.sample import Row, num
from dingdian.samples.tiling import Tiling

ROOT = "210100"
ROOT_NAME = "沈阳市"
DISTRICTS = {place.code: place for place in SHENYANG}
CODES = tuple(DISTRICTS)

#: Invented: the plan names the three zones and publishes no list.
ZONES = dict(zip(CODES, ["main_urban"] * 5 + ["suburban"] * 4 + ["county"] * 4, strict=True))
ZONE_ORDER = ("main_urban", "suburban", "county")
ZONE_SINCE = dt.date(2025, 1, 1)
DENSITIES = {"main_urban": "dense", "suburban": "ordinary", "county": "sparse"}

#: Invented: insured as per mille of residents in 2020, and of the insured of 2020 later.
INSURED_2020, INSURED_2024, INSURED_2025 = 790, 1041, 1046
EMPLOYEE_PER_CENT = 57

TILING = Tiling(
    CODES,
    tuple(place.name for place in SHENYANG),
    tuple(place.centre for place in SHENYANG),
    outline=(
        (122.60, 41.20),
        (123.50, 41.40),
        (123.85, 41.70),
        (123.85, 42.20),
        (123.75, 42.75),
        (123.50, 43.00),
        (122.85, 43.00),
        (122.45, 42.20),
        (122.40, 41.50),
    ),
    squeeze=0.745,
)


def insured(code: str, year: int) -> int:
    """Invented number of insured in a district at the end of 2020, 2024 or 2025."""
    first = DISTRICTS[code].resident * INSURED_2020 // 1000
    later = {2020: 1000, 2024: INSURED_2024, 2025: INSURED_2025}
    return first * later[year] // 1000


def region_rows() -> list[Row]:
    """Rows of ``regions``: the city and its 13 districts and counties."""
    root: Row = {
        "code": ROOT,
        "name": ROOT_NAME,
        "parent": None,
        "level": "prefecture",
        "code_system": "统计用区划代码",
        "main_urban_area": False,
        "area_km2": num(sum(int(place.area_km2) for place in SHENYANG)),
    }
    return [root, *map(_district_row, CODES)]


def _district_row(code: str) -> Row:
    zone = ZONES[code]
    return {
        "code": code,
        "name": DISTRICTS[code].name,
        "parent": ROOT,
        "level": "county",
        "code_system": "统计用区划代码",
        "zone": zone,
        "zone_since": ZONE_SINCE,
        "main_urban_area": zone == "main_urban",
        "density": DENSITIES[zone],
        "area_km2": num(DISTRICTS[code].area_km2),
    }


def populations() -> list[Row]:
    """Rows of ``populations``: the census of 2020, and invented insured of three years."""
    census: list[Row] = [
        _insured_row(place.code, 2020)
        | {
            "resident": num(place.resident),
            "aged_0_14": num(place.aged_0_14),
            "aged_60": num(place.aged_60),
            "aged_65": num(place.aged_65),
            "aged_80": num(place.aged_80),
            "source": "常住人口及年龄：第七次全国人口普查；参保：示例",
        }
        for place in SHENYANG
    ]
    return census + [_insured_row(code, year) for year in (2024, 2025) for code in CODES]


def _insured_row(code: str, year: int) -> Row:
    total = insured(code, year)
    employee = total * EMPLOYEE_PER_CENT // 100
    return {
        "region": code,
        "year": num(year),
        "insured_employee": num(employee),
        "insured_resident": num(total - employee),
        "source": "示例",
    }
