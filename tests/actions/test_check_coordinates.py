"""Coordinates of a bad census: each fault from its file, on both sides of a limit."""

import numpy as np
import pytest
import shapely

from dingdian.core.census.positions import Why
from dingdian.core.coordinates import from_wgs84
from dingdian.storage.census_files import read_census
from dingdian.storage.census_write import write_census
from tests.ledgers import SOUND, kinds, places
from tests.located import HOMES, checked, of, town

#: Kinds of fault that the tests of this module show.
SHOWN = [
    "degrees_minutes",
    "crs_other_datum",
    "coordinate_unfit",
    "coordinate_far",
    "crs_likely",
    "crs_contradicted",
    "crs_of_twin",
    "boundary_crs_contradicted",
]

# ---------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("41°47′N", "41.783333"),
        ("41 47 24", "41.790000"),
        ("41°47'24.5\"", "41.790139"),
        ("北纬41度47分24秒", "41.790000"),
        ("41：47：24", "41.790000"),
        ("N41-47-24", "41.790000"),
        ("41°59.999'", "41.999983"),
    ],
)
def test_degrees_and_minutes_are_named_and_not_read(tmp_path, text, read_as):
    quoted = '"' + text.replace('"', '""') + '"'
    found = checked(
        tmp_path, institutions=SOUND["institutions"].replace("123.4,41.8", f"123.4,{quoted}")
    )
    (fault,) = of(found, "degrees_minutes")
    assert fault.fields["read"] == read_as
    assert str(fault.place) == "institutions.csv:lat:2"
    assert kinds(found)["coordinate_half"] == 1


@pytest.mark.parametrize("text", ["41°60′", "41 47 60", "41°47′N 123°", "abc", "1234°5′"])
def test_what_is_no_degrees_and_minutes_is_only_no_degree(tmp_path, text):
    found = kinds(
        checked(tmp_path, institutions=SOUND["institutions"].replace("123.4,41.8", f"123.4,{text}"))
    )
    assert found["not_a_degree"] == 1
    assert not found["degrees_minutes"]


@pytest.mark.parametrize(
    ("crs", "kind"),
    [
        ("西安80", "crs_other_datum"),
        ("EPSG:2385", "crs_other_datum"),
        ("地方坐标系", "crs_other_datum"),
        ("某系", "unknown_choice"),
    ],
)
def test_a_system_that_cannot_be_converted_is_named(tmp_path, crs, kind):
    found = checked(tmp_path, institutions=SOUND["institutions"].replace("WGS84", crs, 1))
    assert places(found, kind) == ["institutions.csv:crs:2"]
    assert kinds(found)["crs_unknown"] == 1


# ---------------------------------------------------------------- positions


def test_each_row_is_converted_by_the_system_it_states_and_kept_as_stated(tmp_path):
    rows = []
    for at, crs in enumerate(("WGS84", "CGCS2000", "GCJ-02", "BD-09", "EPSG:4550", "EPSG:32651")):
        x, y = from_wgs84(123.42 + at / 1e4, 41.72, crs)
        rows.append(("", "210102", f"{float(x):.9f}", f"{float(y):.9f}", crs))
    found = checked(tmp_path, rows, HOMES)
    assert set(kinds(found)) == {"mixed_crs"}
    census = read_census(tmp_path).census
    positions = census.positions("institutions")
    assert positions.known.all()
    assert positions.lon == pytest.approx([123.42 + at / 1e4 for at in range(6)], abs=1e-8)
    assert positions.lat == pytest.approx([41.72] * 6, abs=1e-8)
    assert positions.x[4] == pytest.approx(535000, abs=1000)
    assert [positions.stated(row) for row in range(6)] == [
        "wgs84",
        "cgcs2000",
        "gcj02",
        "bd09",
        "EPSG:4550",
        "EPSG:32651",
    ]
    assert next((s.id, r.tolist()) for s, r in positions.by_system()) == ("EPSG:32651", [5])
    write_census(census, tmp_path / "copy")
    again = read_census(tmp_path / "copy").census.positions("institutions")
    assert again.lon.tolist() == positions.lon.tolist()
    assert again.x.tolist() == positions.x.tolist()


@pytest.mark.parametrize(
    ("lon", "lat", "crs", "why", "kind"),
    [
        ("123.42", "41.72", "WGS84", Why.USABLE, None),
        ("", "", "WGS84", Why.MISSING, "coordinate_missing"),
        ("123.42", "", "WGS84", Why.HALF, "coordinate_half"),
        ("123.42", "41.72", "", Why.NO_SYSTEM, "crs_unknown"),
        ("536000", "4620000", "", Why.NO_SYSTEM, "crs_unknown"),
        ("0", "0", "WGS84", Why.ZERO, "coordinate_zero"),
        ("0", "41.72", "", Why.ZERO, "coordinate_zero"),
        ("41.72", "123.42", "GCJ-02", Why.SWAPPED, "coordinate_swapped"),
        ("4620645", "534942", "EPSG:4550", Why.SWAPPED, "coordinate_swapped"),
        ("536000", "4620000", "WGS84", Why.UNFIT, "coordinate_unfit"),
        ("123.42", "41.72", "EPSG:4550", Why.UNFIT, "coordinate_unfit"),
        ("41536000", "4620000", "EPSG:4550", Why.UNFIT, "coordinate_unfit"),
        ("41536000", "4620000", "EPSG:4529", Why.USABLE, None),
        ("72.9999", "41.72", "WGS84", Why.OUTSIDE, "coordinate_outside_china"),
        ("73", "41.72", "WGS84", Why.USABLE, None),
        ("136", "54", "WGS84", Why.USABLE, None),
        ("120", "54.0001", "WGS84", Why.OUTSIDE, "coordinate_outside_china"),
        ("-122.4", "37.8", "WGS84", Why.OUTSIDE, "coordinate_outside_china"),
    ],
)  # fmt: skip
def test_a_row_has_a_position_or_a_reason(tmp_path, lon, lat, crs, why, kind):
    found = checked(tmp_path, [("", "210102", lon, lat, crs)], None)
    positions = read_census(tmp_path).census.positions("institutions")
    assert positions.why.tolist() == [why]
    assert np.isnan(positions.lon).tolist() == [why != Why.USABLE]
    told = {each for each in kinds(found) if each.startswith(("coordinate", "crs"))}
    assert (kind in told) if kind else not told


@pytest.mark.parametrize(("north", "far"), [(4.4, 0), (4.6, 1)])
def test_a_point_more_than_500_km_from_the_middle_is_in_another_place(tmp_path, north, far):
    # 4.4 degrees of latitude are 489 km, 4.6 are 511 km
    rows = [("", "210102", 123.4 + at / 1e3, 41.8, "WGS84") for at in range(5)]
    found = checked(tmp_path, [*rows, ("", "210102", 123.402, 41.8 - north, "WGS84")], None)
    assert kinds(found)["coordinate_far"] == far


def test_four_points_have_no_middle(tmp_path):
    rows = [("", "210102", 123.4 + at / 1e3, 41.8, "WGS84") for at in range(3)]
    assert not kinds(checked(tmp_path, [*rows, ("", "210102", 110, 25, "WGS84")], None))[
        "coordinate_far"
    ]


def test_points_in_another_system_are_held_against_boundaries_after_conversion(tmp_path):
    found = checked(tmp_path, town(29, "gcj02", "GCJ-02"), HOMES)
    assert set(kinds(found)) <= {"shared_point"}
    moved = {
        code: shapely.transform(each, lambda at: np.column_stack(from_wgs84(*at.T, "EPSG:4550")))
        for code, each in HOMES.items()
    }
    assert set(kinds(checked(tmp_path, town(29, "bd09", "BD-09"), moved, crs="EPSG:4550"))) <= {
        "shared_point"
    }


def test_a_point_outside_says_in_which_system_it_would_be_inside(tmp_path):
    lon, lat = (float(each) for each in from_wgs84(123.449, 41.72, "gcj02"))
    (fault,) = of(
        checked(tmp_path, [("", "210102", lon, lat, "WGS84")], HOMES), "coordinate_outside_district"
    )
    assert fault.fields["found_zh"] == "，落在乙县，按 GCJ-02 读则在区划内"


# ---------------------------------------------------------------- systems


@pytest.mark.parametrize(
    ("system", "stated", "likely"),
    [
        ("gcj02", "WGS84", "GCJ-02"),
        ("bd09", "CGCS2000", "BD-09"),
        ("wgs84", "GCJ-02", "WGS84/CGCS2000"),
        ("gcj02", "BD-09", "GCJ-02"),
    ],
)
def test_the_detector_speaks_when_it_contradicts_what_is_stated(tmp_path, system, stated, likely):
    found = checked(tmp_path, town(300, system, stated), HOMES)
    (fault,) = of(found, "crs_contradicted")
    assert fault.fields["likely"] == likely
    assert f"{likely} 100.0 %" in fault.fields["figures_zh"]
    assert str(fault.place) == "机构:坐标系"


@pytest.mark.parametrize("system", ["wgs84", "gcj02", "bd09"])
def test_the_detector_is_silent_when_it_agrees(tmp_path, system):
    stated = {"wgs84": "WGS84", "gcj02": "GCJ-02", "bd09": "BD-09"}[system]
    assert not kinds(checked(tmp_path, town(300, system, stated), HOMES)).keys() & {
        "crs_contradicted",
        "boundary_crs_contradicted",
    }


@pytest.mark.parametrize(("telling", "told"), [(9, 1), (8, 0)])
def test_nine_points_tell_and_eight_do_not(tmp_path, telling, told):
    lon, lat = (float(each) for each in from_wgs84(123.4495, 41.72, "gcj02"))
    odd = [("", "210102", lon + at / 1e6, lat, "WGS84") for at in range(telling)]
    inside = [("", "210102", 123.42 + at / 1e4, 41.72, "WGS84") for at in range(20)]
    assert kinds(checked(tmp_path, [*odd, *inside], HOMES))["crs_contradicted"] == told


def test_one_district_in_another_system_is_found_among_many_that_are_not(tmp_path):
    sound = town(1500)
    mixed = [
        ("", "210102", f"{float(x):.7f}", f"{float(y):.7f}", "WGS84")
        for x, y in (from_wgs84(123.4495, 41.70 + at / 1e3, "gcj02") for at in range(1, 30))
    ]
    rows = [each for each in sound if each[1] == "210103"] + mixed
    (fault,) = of(checked(tmp_path, rows, HOMES), "crs_contradicted")
    assert fault.fields["where_zh"] == "（甲区）"
    assert fault.fields["likely"] == "GCJ-02"


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_points_without_a_system_are_told_what_they_look_like_and_not_used(tmp_path, system):
    found = checked(tmp_path, town(300, system, ""), HOMES)
    (fault,) = of(found, "crs_likely")
    assert fault.fields["likely"] == {"gcj02": "GCJ-02", "bd09": "BD-09"}[system]
    assert kinds(found)["crs_unknown"] == 300
    assert not read_census(tmp_path).census.positions("institutions").known.any()


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_boundaries_in_another_system_than_they_state(tmp_path, system):
    moved = {
        code: shapely.transform(each, lambda at: np.column_stack(from_wgs84(*at.T, system)))
        for code, each in HOMES.items()
    }
    found = checked(tmp_path, town(600), moved)
    (fault,) = of(found, "boundary_crs_contradicted")
    assert fault.fields["likely"] == {"gcj02": "GCJ-02", "bd09": "BD-09"}[system]
    assert not of(found, "crs_contradicted")


def twins(system, *, shift=0.0, name="甲院", other="甲院", stated=("WGS84", "WGS84")):
    x, y = from_wgs84(123.42, 41.72, system)
    return [
        (name, "210102", 123.42, 41.72, stated[0]),
        (other, "210102", float(x) + shift, float(y), stated[1]),
    ]


@pytest.mark.parametrize(
    ("rows", "likely"),
    [
        (twins("gcj02"), "GCJ-02"),
        (twins("bd09"), "BD-09"),
        (twins("gcj02", name="甲院（总院）", other="甲院 总院"), "GCJ-02"),
        (twins("gcj02", shift=0.0011), "GCJ-02"),  # 92 m beside
        (twins("gcj02", shift=0.0013), None),  # 108 m beside
        (twins("gcj02", other="乙院"), None),
        (twins("gcj02", stated=("WGS84", "GCJ-02")), None),
        (twins("wgs84", shift=0.001), None),  # the same place, 83 m beside
        (twins("gcj02", stated=("WGS84", "BD-09")), "GCJ-02"),
    ],
)
def test_two_of_one_name_that_are_one_place_in_two_systems(tmp_path, rows, likely):
    found = of(checked(tmp_path, rows), "crs_of_twin")
    assert [each.fields["likely"] for each in found] == ([likely] if likely else [])
    if found:
        assert str(found[0].place) == "institutions.csv:坐标系:3"
        assert found[0].fields["other"] == "institutions.csv 2"
