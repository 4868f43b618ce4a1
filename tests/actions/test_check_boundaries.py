"""Boundaries of a bad census: each fault from its file, on both sides of a limit; and a mess."""

import json
import random

import numpy as np
import pytest
import shapely
from shapely.geometry import mapping

from dingdian.core.errors import Severity
from dingdian.core.faults import KINDS
from dingdian.storage.census_files import read_census
from tests.ledgers import SOUND, kinds, ledger, places
from tests.located import HOMES, WIDE, checked, of, town

#: Kinds of fault that the tests of this module show.
SHOWN = [
    "boundary_of_several",
    "boundary_missing",
    "boundary_of_two",
    "boundary_wrong_code",
    "boundary_overlap",
    "boundary_self_crossing",
    "boundary_outside_china",
    "boundary_swapped",
    "boundary_empty",
    "boundary_code_unknown",
    "boundary_unfit",
    "boundary_far",
    "boundary_hole",
    "boundary_enclave",
]

HOLE = shapely.box(123.1, 41.1, 123.2, 41.2)  # 8.39 km by 11.1 km
HOLED = WIDE["210102"].difference(HOLE)
BOW = {
    "type": "Polygon",
    "coordinates": [[[123, 41], [123.5, 42], [123.5, 41], [123, 42], [123, 41]]],
}
KM = 1 / 111.0  # a kilometre of latitude in degrees, nearly


def test_a_hole_is_named_and_a_point_in_it_is_outside(tmp_path):
    rows = [("", "210102", 123.05, 41.05, "WGS84"), ("", "210102", 123.15, 41.15, "WGS84")]
    found = checked(tmp_path, rows, {**WIDE, "210102": HOLED})
    assert places(found, "coordinate_outside_district") == ["institutions.csv:经度:3"]
    assert set(kinds(found)) == {"coordinate_outside_district", "boundary_hole"}
    (hole,) = of(found, "boundary_hole")
    assert hole.fields == {
        "value": "210102（甲区）",
        "n": 1,
        "km2": "93.23",
        "at": "123.1500, 41.1500",
    }


@pytest.mark.parametrize(
    ("filled", "kind", "km2"),
    [
        (HOLE, "boundary_enclave", "93.23"),
        (shapely.box(123.1, 41.1, 123.2, 41.1999), "boundary_enclave", "93.23"),  # 0.09 km² left
        (shapely.box(123.1, 41.1, 123.2, 41.1998), "boundary_hole", "0.19"),
        (shapely.box(123.1, 41.1, 123.2, 41.15), "boundary_hole", "46.60"),
    ],
)
def test_a_hole_that_another_boundary_fills_is_an_enclave(tmp_path, filled, kind, km2):
    rows = [("", "210102", 123.05, 41.05, "WGS84")]
    other = WIDE["210103"].union(filled)
    found = checked(tmp_path, rows, {"210102": HOLED, "210103": other})
    told = [each for each in found if each.kind in ("boundary_hole", "boundary_enclave")]
    assert [(each.kind, each.fields["km2"]) for each in told] == [(kind, km2)]


def test_the_outline_of_the_whole_fills_no_hole_and_several_are_summed(tmp_path):
    second = shapely.box(123.3, 41.1, 123.31, 41.11)
    shapes = {"210100": shapely.box(123, 41, 124, 42), "210102": HOLED.difference(second)}
    found = checked(tmp_path, [("", "210102", 123.05, 41.05, "WGS84")], shapes)
    (hole,) = of(found, "boundary_hole")
    assert (hole.fields["n"], hole.fields["km2"]) == (2, "94.16")
    assert hole.fields["at"] == "123.1500, 41.1500"


@pytest.mark.parametrize(("east", "told"), [(0.58, []), (0.62, [50, 50])])
def test_a_boundary_more_than_50_km_from_every_other_is_of_another_place(tmp_path, east, told):
    # a degree of longitude has 83.4 km where the two come nearest (42°N has 82.9, 41°N 84.1)
    shapes = {
        "210102": shapely.box(123, 41.69, 123.1, 41.7),
        "210103": shapely.box(123.1 + east, 41.69, 124, 41.7),
    }
    rows = [("", "210102", 123.05, 41.695, "WGS84")]
    found = of(checked(tmp_path, rows, shapes), "boundary_far")
    assert [each.fields["km"] for each in found] == [pytest.approx(at, abs=2) for at in told]


@pytest.mark.parametrize(("held", "told"), [(3, "，其 5 个坐标有 3 个在其中"), (2, "")])
def test_a_code_of_no_region_is_held_against_the_district_without_boundary(tmp_path, held, told):
    rows = [
        ("", "210103", (123.6 if at < held else 123.1) + at / 100, 41.5, "WGS84") for at in range(5)
    ]
    found = checked(tmp_path, rows, {"210102": WIDE["210102"], "999999": WIDE["210103"]})
    (fault,) = of(found, "boundary_code_unknown")
    assert (fault.fields["value"], fault.fields["other"]) == ("999999", "210103（乙县）")
    assert fault.fields["held_zh"] == told
    assert KINDS["boundary_code_unknown"].severity is Severity.WARNING


def test_a_neighbour_s_boundary_is_only_noted_where_every_district_has_its_own(tmp_path):
    rows = [("", "210103", 123.6, 41.5, "WGS84")]
    found = checked(tmp_path, rows, {**WIDE, "999999": shapely.box(124, 41, 125, 42)})
    assert kinds(found) == {"boundary_of_nothing": 1}


def test_a_province_s_boundaries_are_noted_but_for_the_one_that_holds_a_district(tmp_path):
    rows = [("", "210103", 123.6 + at / 100, 41.5, "WGS84") for at in range(5)]
    others = {f"99999{at}": shapely.box(124 + at, 41, 125 + at, 42) for at in range(3)}
    found = checked(tmp_path, rows, {"210102": WIDE["210102"], "x": WIDE["210103"], **others})
    assert len(of(found, "boundary_of_nothing")) == 3
    assert [each.fields["value"] for each in of(found, "boundary_code_unknown")] == ["x"]


@pytest.mark.parametrize(("inside", "told"), [(4, 0), (3, 1)])
def test_a_boundary_that_holds_fewer_than_half_of_its_points_is_not_its_own(tmp_path, inside, told):
    rows = [
        ("", "210102", 123.1 + at / 100, 41.5 if at < inside else 40.5, "WGS84") for at in range(8)
    ]
    found = of(checked(tmp_path, rows), "boundary_unfit")
    assert [each.fields for each in found] == [
        {"value": "210102（甲区）", "n": 8, "inside": 3}
    ] * told


def test_a_boundary_that_crosses_itself_is_mended_and_told(tmp_path):
    found = checked(
        tmp_path,
        [("", "210102", 123.25, 41.9, "WGS84"), ("", "210102", 123.05, 41.5, "WGS84")],
        {**WIDE, "210102": BOW},
    )
    (fault,) = of(found, "boundary_self_crossing")
    assert fault.fields["value"] == "210102（甲区）"
    assert "Self-intersection" in fault.fields["reason"]
    # the two triangles left and right of the crossing hold the second point, not the first
    assert places(found, "coordinate_outside_district") == ["institutions.csv:经度:2"]


@pytest.mark.parametrize(("metres", "told"), [(0, 0), (3, 0), (5, 1)])
def test_an_overlap_of_more_than_a_tenth_of_a_square_kilometre_is_told(tmp_path, metres, told):
    # the rim is 27.8 km long: 3 m are 0.08 km², 5 m are 0.14 km²
    east = metres / 83_000
    shapes = {
        "210102": shapely.box(123.40, 41.5, 123.45 + east, 41.75),
        "210103": shapely.box(123.45, 41.5, 123.50, 41.75),
    }
    found = of(
        checked(tmp_path, [("", "210102", 123.42, 41.72, "WGS84")], shapes), "boundary_overlap"
    )
    assert len(found) == told
    if told:
        assert found[0].fields == {
            "value": "210102（甲区）",
            "other": "210103（乙县）",
            "km2": "0.14",
        }


def test_a_city_and_its_districts_are_meant_to_overlap(tmp_path):
    found = checked(
        tmp_path,
        [("", "210102", 123.42, 41.72, "WGS84")],
        {**WIDE, "210100": shapely.box(123, 41, 124, 42)},
    )
    assert not found


def test_the_outline_of_the_city_alone_is_enough(tmp_path):
    found = checked(
        tmp_path,
        [("", "210102", 123.42, 41.72, "WGS84"), ("", "210102", 124.1, 41.72, "WGS84")],
        {"210100": shapely.box(123, 41, 124, 42)},
    )
    assert set(kinds(found)) == {"coordinate_outside_district"}


@pytest.mark.parametrize(("held", "told"), [(4, 0), (5, 1)])
def test_a_district_without_boundary_and_the_boundary_that_holds_it(tmp_path, held, told):
    rows = [("", "210103", 123.6 + at / 100, 41.5, "WGS84") for at in range(held)]
    found = checked(
        tmp_path,
        [("", "210102", 123.2, 41.5, "WGS84"), *rows],
        {"210102": shapely.box(123, 41, 124, 42)},
    )
    assert [each.fields["value"] for each in of(found, "boundary_missing")] == ["210103（乙县）"]
    assert len(of(found, "boundary_of_two")) == told


@pytest.mark.parametrize(("area", "told"), [(4000, 1), (500, 0)])
def test_areas_show_two_districts_in_one_boundary(tmp_path, area, told):
    # the outline has 9,266 km²; the ledger says 5,266 and 4,000 (or 9,000 and 500)
    regions = (
        SOUND["regions"]
        .replace(",60\n", f",{9266 - area if told else 9000}\n")
        .replace(",40\n", f",{area}\n")
    )
    found = checked(
        tmp_path,
        [("", "210102", 123.2, 41.5, "WGS84")],
        {"210102": shapely.box(123, 41, 124, 42)},
        regions=regions,
    )
    assert len(of(found, "boundary_of_two")) == told


def test_one_boundary_with_two_codes(tmp_path):
    found = checked(
        tmp_path,
        [("", "210102", 123.2, 41.5, "WGS84")],
        {"210102;210103": shapely.box(123, 41, 124, 42)},
    )
    assert [each.fields["value"] for each in of(found, "boundary_of_several")] == ["210102;210103"]
    assert not of(found, "boundary_of_nothing")


@pytest.mark.parametrize(("n", "told"), [(5, 2), (4, 0)])
def test_two_boundaries_with_each_others_code(tmp_path, n, told):
    rows = [
        ("", code, west + at / 100, 41.5, "WGS84")
        for code, west in (("210102", 123.1), ("210103", 123.6))
        for at in range(n)
    ]
    exchanged = {"210102": WIDE["210103"], "210103": WIDE["210102"]}
    found = of(checked(tmp_path, rows, exchanged), "boundary_wrong_code")
    assert len(found) == told
    if told:
        assert found[0].fields == {
            "value": "210102（甲区）",
            "other": "210103（乙县）",
            "n": 5,
            "inside": 0,
            "elsewhere": 5,
        }


@pytest.mark.parametrize(("inside", "told"), [(4, 0), (3, 1)])
def test_half_of_the_points_keep_a_boundary_its_code(tmp_path, inside, told):
    rows = [
        ("", "210102", (123.1 if at < inside else 123.6) + at / 100, 41.5, "WGS84")
        for at in range(8)
    ]
    assert len(of(checked(tmp_path, rows), "boundary_wrong_code")) == told


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        (shapely.box(41, 123, 42, 124), "boundary_swapped"),
        (shapely.box(41, 80, 42, 81), "boundary_swapped"),
        (shapely.box(2, 48, 3, 49), "boundary_outside_china"),
        (shapely.box(123, 95, 124, 96), "boundary_outside_china"),
        (shapely.Polygon(), "boundary_empty"),
        (shapely.Polygon([(123, 41), (124, 41), (123, 41)]), "boundary_empty"),
    ],
)
def test_a_boundary_abroad_with_latitude_first_or_without_area_is_not_used(tmp_path, shape, kind):
    found = checked(tmp_path, [("", "210102", 123.2, 41.5, "WGS84")], {**WIDE, "210102": shape})
    assert kinds(found) == {kind: 1}


@pytest.mark.parametrize("crs", ["西安80", "EPSG:2385", "foo"])
def test_boundaries_of_a_system_that_is_not_known_are_not_used(tmp_path, crs):
    found = checked(tmp_path, [("", "210102", 123.2, 41.5, "WGS84")], crs=crs)
    assert kinds(found) == {"boundary_crs_unknown": 1}


def test_a_system_not_understood_is_not_passed_over_for_the_crs_member(tmp_path):
    ledger(tmp_path)
    member = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    feature = {
        "type": "Feature",
        "properties": {"code": "210102"},
        "geometry": mapping(WIDE["210102"]),
    }
    path = tmp_path / "boundaries.geojson"
    for stated, used in (({}, 1), ({"crs_name": "西安80"}, 0)):
        path.write_text(json.dumps({"crs": member, **stated, "features": [feature]}), "utf-8")
        assert len(read_census(tmp_path).census.boundaries) == used


def test_everything_odd_at_once_is_told_without_an_error(tmp_path):

    rows = [
        *town(40),
        ("", "999999", 0, 0, ""),
        ("", "210102", 1, "41°47′", "西安80"),
        ("", "", "", "", ""),
    ]
    shapes = {
        **HOMES,
        "210103": BOW,
        "x": HOMES["210102"],
        "210100": {"type": "Polygon", "coordinates": []},
    }
    assert {"boundary_of_nothing", "boundary_empty", "degrees_minutes"} <= kinds(
        checked(tmp_path, rows, shapes)
    ).keys()


MESS = [
    "0",
    "",
    "123.4",
    "41.7",
    "-5",
    "539134",
    "4616201",
    "40539134",
    "41°47′",
    "NaN",
    "inf",
    "1e5",
    "999999999",
    "123.45",
    "41.72",
]
SYSTEMS = ["WGS84", "GCJ-02", "BD-09", "EPSG:4550", "EPSG:4524", "西安80", "", "x"]


def messy_shape(chance):
    around = [
        [
            chance.choice([123, 123.5, 124, 41, 500000, 1e9]) + chance.random(),
            chance.choice([41, 42, 124, 4600000]) + chance.random(),
        ]
        for _ in range(chance.randint(0, 6))
    ]
    ring = around + around[:1]
    rings = chance.choice([[ring], [[ring]], [], [ring, ring], None, [[ring], [ring]]])
    messy = {"type": chance.choice(["Polygon", "MultiPolygon"]), "coordinates": rings}
    return chance.choice([messy, messy, WIDE["210102"], WIDE["210103"]])


@pytest.mark.parametrize("seed", range(60))
def test_no_mess_is_an_error(tmp_path, seed):
    chance = random.Random(seed)
    codes = ["210102", "210103", "210100", "9", ""]
    rows = [
        (
            chance.choice(["", "同名"]),
            chance.choice(codes),
            chance.choice(MESS),
            chance.choice(MESS),
            chance.choice(SYSTEMS),
        )
        for _ in range(30)
    ]
    rows += town(chance.choice([0, 30]), chance.choice(["wgs84", "gcj02"]))
    shapes = {
        code: messy_shape(chance) for code in [*codes[:4], "210102;210103"] if chance.random() < 0.6
    }
    found = checked(
        tmp_path, rows, shapes, crs=chance.choice(["wgs84", "gcj02", "EPSG:4550", "bd09"])
    )
    positions = read_census(tmp_path).census.positions("institutions")
    assert len(found) > 0
    assert (positions.known == ~np.isnan(positions.lon)).all()
