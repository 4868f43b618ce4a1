"""Odd censuses: names that are markup, formulas or rare; nothing known; very many districts."""

from __future__ import annotations

import functools

from dingdian.core.record import Record
from tests import city
from tests.reports.plans import as_if_record

MARKUP, FORMULA, RARE = "<script>alert('甲')</script>", "=1+1", "𠮷𡈽县 & 㐂"


@functools.cache
def odd_names() -> Record:
    """The tiny city with districts and institutions of odd names."""
    rows = city.rows()
    names = {city.JIA: MARKUP, city.YI: FORMULA, city.BING: RARE}
    for row in rows["regions"]:
        row["name"] = names.get(row["code"], row["name"])
    for row in rows["institutions"]:
        row["name"] = "@SUM(A1)"
    return as_if_record(city.census(rows))


@functools.cache
def nothing_known() -> Record:
    """Three districts of which the ledger says nothing, and a hospital without beds."""
    rows = city.rows()
    bare = {name: [] for name in rows if name not in ("about", "regions", "institutions")}
    regions = [{**row, "area_km2": None, "zone": None} for row in rows["regions"]]
    hospital = {**rows["institutions"][0], "kind": None, "standing": None, "inpatient": None}
    return as_if_record(
        city.census({**rows, **bare, "regions": regions, "institutions": [hospital]})
    )


@functools.cache
def many_districts(n: int = 300) -> Record:
    """A city of very many districts, with people and land and nothing else."""
    rows = city.rows()
    root = rows["regions"][0]
    codes = [f"8{number:05d}" for number in range(n)]
    regions = [
        {
            "code": code,
            "name": f"第{at}区",
            "parent": root["code"],
            "level": "county",
            "zone": "main_urban",
            "area_km2": city.n(10 + at),
        }
        for at, code in enumerate(codes, 1)
    ]
    people = [
        {
            "region": code,
            "year": city.n(2024),
            "resident": city.n(1000 + at),
            "insured_employee": city.n(500),
            "insured_resident": city.n(400),
        }
        for at, code in enumerate(codes)
    ]
    empty = {name: [] for name in rows if name not in ("about", "regions", "populations")}
    return as_if_record(
        city.census({**rows, **empty, "regions": [root, *regions], "populations": people})
    )
