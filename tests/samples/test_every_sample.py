"""What holds for every sample: it fits the contract, hangs together, and is reproducible."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from dingdian.actions.check_census import check
from dingdian.core.census import TABLES, Kind, make_census, table_from_rows
from dingdian.core.census.checks.identity import uscc_check_digits
from dingdian.core.census.vocabulary import CHOICES, SERVICES
from dingdian.core.errors import Severity
from dingdian.core.faults import KINDS
from dingdian.samples import SAMPLES, Sample
from dingdian.samples.ledger import FLAGS

TYPES = {
    Kind.TEXT: str,
    Kind.CODE: str,
    Kind.CHOICE: str,
    Kind.NUMBER: Fraction,
    Kind.DAY: date,
    Kind.FLAG: bool,
    Kind.DEGREE: float,
}
OUTSIDE = {"daxinganling": 0, "shenyang": 5}
SHARED = {"daxinganling": 0, "shenyang": 1}
#: What the check of a census warns of, kind by kind: what docs/guide/samples.md says, no more.
WARNED = {
    "daxinganling": {"sums_disagree": 1},
    "shenyang": {"shared_uscc": 2, "coordinate_outside_district": 5},
}


def name_of(sample: Sample) -> str:
    root = next(row for row in sample.tables["about"] if row["item"] == "region_code")
    return {"232700": "daxinganling", "210100": "shenyang"}[str(root["value"])]


def text_of(sample: Sample) -> str:
    return json.dumps([sample.tables, sample.boundaries], default=str, ensure_ascii=False)


def cells_of_kind(sample: Sample, kind: Kind) -> Iterator[tuple[object, str]]:
    for name, schema in TABLES.items():
        for field in schema:
            if field.kind is kind:
                for row in sample.tables[name]:
                    yield row.get(field.name), field.choice


def test_every_table_of_the_contract_is_there_and_takes_every_row(sample: Sample) -> None:
    assert set(sample.tables) == set(TABLES)
    for name, rows in sample.tables.items():
        assert len(table_from_rows(TABLES[name], rows)) == len(rows)


def test_every_cell_has_the_type_of_its_column(sample: Sample) -> None:
    for kind, expected in TYPES.items():
        assert {type(c) for c, _ in cells_of_kind(sample, kind)} <= {expected, type(None)}


def test_every_choice_is_in_the_vocabulary(sample: Sample) -> None:
    found = {(cell, choice) for cell, choice in cells_of_kind(sample, Kind.CHOICE)}
    assert [(c, choice) for c, choice in found if c is not None and c not in CHOICES[choice]] == []


def test_cells_that_must_be_filled_are(sample: Sample) -> None:
    for name, schema in TABLES.items():
        for field in schema:
            if field.filled:
                assert all(row.get(field.name) is not None for row in sample.tables[name])


def test_keys_are_unique(sample: Sample) -> None:
    for name, schema in TABLES.items():
        keys = Counter(tuple(row.get(k) for k in schema.key) for row in sample.tables[name])
        assert [key for key, n in keys.items() if n > 1] == [], name


def test_every_reference_leads_somewhere(sample: Sample) -> None:
    for name, schema in TABLES.items():
        for field in schema:
            if field.refers:
                table, column = field.refers.split(".")
                there = {row[column] for row in sample.tables[table]} | {None}
                assert {row.get(field.name) for row in sample.tables[name]} <= there


def test_every_service_and_flag_says_yes_or_no(sample: Sample) -> None:
    for row in sample.tables["institutions"]:
        assert all(isinstance(row[name], bool) for name in (*SERVICES, *FLAGS))


def test_a_service_opens_no_earlier_and_closes_no_later_than_the_designation(
    sample: Sample,
) -> None:
    for row in sample.tables["institutions"]:
        for service in SERVICES:
            if row[service]:
                since, until = row[f"{service}_since"], row.get(f"{service}_until")
                assert since >= row["designated_since"]
                assert until is None or until <= (row.get("designated_until") or until)


def test_institutions_open_before_they_are_designated(sample: Sample) -> None:
    for row in sample.tables["institutions"]:
        if row.get("designated_since") and row["opened_on"]:
            assert row["opened_on"] < row["designated_since"]


def test_codes_are_right_in_form_and_check_digit(sample: Sample) -> None:
    for row in sample.tables["institutions"]:
        letter = "P" if row["kind"] == "retail_pharmacy" else "H"
        assert re.fullmatch(rf"{letter}\d{{6}}9\d{{4}}", row["code"])
        assert row["code"][1:7] == row["region"][:6]
        assert row["uscc"][17] == uscc_check_digits([row["uscc"][:17]])[0]


def test_credit_codes_are_shared_only_where_documented(sample: Sample) -> None:
    codes = Counter(row["uscc"] for row in sample.tables["institutions"])
    assert sum(n > 1 for n in codes.values()) == SHARED[name_of(sample)]


def test_names_say_that_they_are_invented(sample: Sample) -> None:
    assert all("示例" in row["name"] for row in sample.tables["institutions"])
    about = {row["item"]: row["value"] for row in sample.tables["about"]}
    assert about["invented"] == "是"
    assert about["taken_on"] == "2025-12-31"
    assert about["made_by"] == "dingdian sample generator"
    assert about["note"].startswith("示例数据，机构为虚构，边界为示意图")
    assert all(each["properties"]["schematic"] for each in sample.boundaries["features"])


def test_same_seed_gives_the_same_and_another_seed_another(sample: Sample) -> None:
    make = SAMPLES[name_of(sample)]
    assert text_of(make()) == text_of(sample)
    assert text_of(make(seed=7)) != text_of(sample)


def test_points_stand_in_their_district_apart_from_the_documented_ones(sample: Sample) -> None:
    parents = {row["code"]: row["parent"] for row in sample.tables["regions"]}
    shapes = {f["properties"]["code"]: shape(f["geometry"]) for f in sample.boundaries["features"]}

    def district(code: object) -> str:
        while code not in shapes:
            code = parents[code]
        return str(code)

    for table, outside in (("localities", 0), ("institutions", OUTSIDE[name_of(sample)])):
        rows = [row for row in sample.tables[table] if row["lon"] is not None]
        codes = np.array([district(row["region"]) for row in rows])
        lon = np.array([row["lon"] for row in rows])
        lat = np.array([row["lat"] for row in rows])
        inside = sum(
            int(shapely.contains_xy(polygon, lon[codes == code], lat[codes == code]).sum())
            for code, polygon in shapes.items()
        )
        assert len(rows) - inside == outside


def test_coordinates_come_with_their_system(sample: Sample) -> None:
    for table in ("institutions", "localities"):
        for row in sample.tables[table]:
            assert {row["lon"] is None, row["lat"] is None} == {row["crs"] is None}
    assert {row["crs"] for row in sample.tables["localities"]} == {"cgcs2000"}


def test_boundaries_tile_without_overlap(sample: Sample) -> None:
    shapes = [shape(feature["geometry"]) for feature in sample.boundaries["features"]]
    assert all(each.is_valid for each in shapes)
    union = shapely.union_all(shapes)
    assert union.area == pytest.approx(sum(each.area for each in shapes), rel=1e-4)
    assert union.area == pytest.approx(union.convex_hull.area, rel=1e-3)


def test_months_add_up_from_balance_to_balance(sample: Sample) -> None:
    by_fund: dict[object, list[dict[str, object]]] = {}
    for row in sample.tables["fund"]:
        by_fund.setdefault(row["fund"], []).append(row)
    for rows in by_fund.values():
        assert [row["entry"] for row in rows] == ["actual"] * 24 + ["forecast"] * 12
        for before, after in pairwise(rows):
            assert after["balance"] == before["balance"] + after["income"] - after["spending"]


def test_no_bed_is_occupied_twice(sample: Sample) -> None:
    assert all(r["occupied_bed_days"] <= r["open_bed_days"] for r in sample.tables["bed_use"])


def test_the_check_of_the_census_warns_of_what_is_documented_and_nothing_else(
    sample: Sample,
) -> None:
    tables = {name: table_from_rows(TABLES[name], rows) for name, rows in sample.tables.items()}
    shapes = {
        feature["properties"]["code"]: feature["geometry"] | {"crs": "cgcs2000", "schematic": True}
        for feature in sample.boundaries["features"]
    }
    found = Counter(fault.kind for fault in check(make_census(tables, shapes)))
    warned = {k: n for k, n in found.items() if KINDS[k].severity is not Severity.NOTE}
    assert warned == WARNED[name_of(sample)]
