"""What people write for a system, and that nothing is computed across several."""
# ruff: noqa: E501 -- one case a line

import numpy as np
import pytest

from dingdian.core.coordinates import (
    CoordinateSystemError,
    Points,
    agreed,
    find_system,
    system_of,
    to_wgs84,
)
from dingdian.core.coordinates.systems import DEGREES, grids, names_other_datum
from dingdian.core.faults import KINDS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("WGS84", "wgs84"), ("wgs-84", "wgs84"), ("WGS 84", "wgs84"), ("EPSG:4326", "wgs84"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", None), ("urn:ogc:def:crs:EPSG::4490", "cgcs2000"),
        ("国家2000", "cgcs2000"), ("ＣＧＣＳ２０００", "cgcs2000"), ("4490", "cgcs2000"),
        ("GCJ02", "gcj02"), ("gcj-02", "gcj02"), ("高德", "gcj02"), ("百度", "bd09"),
        ("EPSG：4547", "EPSG:4547"), ("epsg4547", "EPSG:4547"), ("4547", "EPSG:4547"),
        ("CGCS2000 / 3-degree Gauss-Kruger CM 114E", "EPSG:4547"),
        ("EPSG:2385", None), ("EPSG:3857", None), ("45470", None), ("", None), ("XY", None),
    ],
)  # fmt: skip
def test_a_text_names_its_system_or_none(text, found):
    system = find_system(text)
    assert (system and system.id) == found


@pytest.mark.parametrize("system", [*DEGREES.values(), *grids().values()])
def test_every_name_of_a_system_finds_it(system):
    for word in (system.id, system.zh, system.en, *system.also):
        assert find_system(word) is system
    assert system.unit == ("metre" if system.id.startswith("EPSG") else "degree")


@pytest.mark.parametrize(("text", "other"), [("1954北京坐标系", True), ("西安80", True), ("EPSG:4610", True), ("沈阳地方坐标系", True), ("CGCS2000", False), ("X", False)])  # fmt: skip
def test_a_system_of_another_datum_is_known_to_be_one(text, other):
    assert names_other_datum(text) is other


def test_an_unknown_system_is_refused_with_an_example():
    for ask in (lambda: system_of("西安80"), lambda: to_wgs84(1, 1, "x"), lambda: Points([1], [1], "")):  # fmt: skip
        with pytest.raises(CoordinateSystemError) as caught:
            ask()
        (fault,) = caught.value.faults
        assert "EPSG:4550" in KINDS[fault.kind].cure.say("zh", **fault.fields)


def test_points_of_two_systems_are_never_joined():
    one, other = Points([123.4], [41.7], "wgs84"), Points([123.5], [41.8], "gcj02")
    with pytest.raises(CoordinateSystemError) as caught:
        one.joined(other)
    assert caught.value.faults[0].fields == {"value": "GCJ-02、WGS84"}
    both = one.joined(other.wgs84())
    assert both.x == pytest.approx([123.4, float(to_wgs84(123.5, 41.8, "gcj02")[0])])
    assert other.x.tolist() == [123.5]  # what was stated is kept


def test_the_system_of_no_points_is_no_system():
    with pytest.raises(CoordinateSystemError):
        agreed([])


def test_any_shape_is_kept():
    lon, lat = to_wgs84(np.full((2, 3), 123.0), 41.0, "gcj02")
    assert lon.shape == lat.shape == (2, 3)
    assert to_wgs84([], [], "bd09")[0].shape == (0,)
