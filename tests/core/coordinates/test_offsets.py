"""GCJ-02 and BD-09 against a slow twin, two published libraries and the table of offsets."""
# ruff: noqa: E501 -- one case a line

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.coordinates import BD09, GCJ02, WGS84, from_wgs84, to_wgs84
from dingdian.core.coordinates.offsets import BOX
from tests.core.coordinates import slow

#: Metres in a degree of latitude; a degree of longitude has fewer.
DEGREE = 111_320
CHINA = (st.floats(73.5, 135.1), st.floats(3.4, 53.6))

# lon, lat in WGS84; GCJ-02; BD-09 as prcoords 1.0.2 (Python) gives them. coordTransform 0.2.1
# (C) agrees to its 6 digits.
PRCOORDS = [
    (123.47, 41.68, 123.476027992, 41.682338762, 123.482420770, 41.688706315),
    (124.12, 50.42, 124.127618555, 50.421684896, 124.134255931, 50.427394888),
    (122.54, 52.97, 122.547023134, 52.971508078, 122.553506361, 52.977568563),
    (120.62, 31.30, 120.624177109, 31.297822857, 120.630631166, 31.303926877),
    (103.83, 36.06, 103.832412118, 36.059680537, 103.838926061, 36.065641410),
    (87.62, 43.83, 87.622853701, 43.831205609, 87.629323490, 43.837310619),
    (108.94, 34.34, 108.944656036, 34.338444047, 108.951100205, 34.344675899),
    (91.11, 29.65, 91.111565391, 29.647297438, 91.118079764, 29.653277367),
    (110.33, 20.03, 110.334368111, 20.027952292, 110.340913994, 20.033633469),
    (75.99, 39.47, 75.992955638, 39.470227497, 75.999465199, 39.476187842),
    (105.00, 35.00, 105.003286241, 34.999098632, 105.009666828, 35.005403668),
    (134.30, 48.30, 134.307688682, 48.302413944, 134.314168815, 48.308461734),
    (2.35, 48.85, 2.350000000, 48.850000000, 2.356627397, 48.856003883),
]
#: Metres WGS84 to GCJ-02, GCJ-02 to BD-09, WGS84 to BD-09, on a sphere.
OFFSETS = {
    "Shenyang": (123.47, 41.68, 566, 883, 1415),
    "Jiagedaqi": (124.12, 50.42, 571, 790, 1302),
    "Mohe": (122.54, 52.97, 499, 802, 1235),
}


def sphere(one, other):
    lon1, lat1, lon2, lat2 = np.radians([*map(float, one), *map(float, other)])
    a = np.sin((lat2 - lat1) / 2) ** 2
    a += np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6_371_000 * np.arcsin(np.sqrt(a))


@pytest.mark.parametrize("row", PRCOORDS)
def test_forward_agrees_with_two_published_libraries(row):
    lon, lat, *others = row
    found = (*from_wgs84(lon, lat, GCJ02), *from_wgs84(lon, lat, BD09))
    assert [float(each) for each in found] == pytest.approx(others, abs=1.1e-9)


@pytest.mark.parametrize("place", OFFSETS)
def test_the_offsets_are_those_of_the_table(place):
    lon, lat, *metres = OFFSETS[place]
    gcj, bd = from_wgs84(lon, lat, GCJ02), from_wgs84(lon, lat, BD09)
    found = [sphere((lon, lat), gcj), sphere(gcj, bd), sphere((lon, lat), bd)]
    assert found == pytest.approx(metres, abs=2)


@settings(deadline=None)
@given(*CHINA)
def test_forward_is_the_slow_twin(lon, lat):
    for system, twin in ((GCJ02, slow.gcj02), (BD09, slow.bd09)):
        found = [float(each) for each in from_wgs84(lon, lat, system)]
        assert found == pytest.approx(twin(lon, lat), abs=1e-11)


@settings(deadline=None)
@given(*CHINA)
def test_the_inverse_is_the_slow_twins_within_a_micrometre(lon, lat):
    for system, twin in ((GCJ02, slow.gcj02), (BD09, slow.bd09)):
        there = twin(lon, lat)
        found = [float(each) for each in to_wgs84(*there, system)]
        assert found == pytest.approx(slow.inverse(twin, *there), abs=1e-6 / DEGREE)


@settings(deadline=None)
@given(*CHINA)
def test_there_and_back_is_the_same_point_within_a_micrometre(lon, lat):
    for system in (GCJ02, BD09):
        found = to_wgs84(*from_wgs84(lon, lat, system), system)
        assert [float(each) for each in found] == pytest.approx([lon, lat], abs=1e-6 / DEGREE)
        back = from_wgs84(*to_wgs84(lon, lat, system), system)
        assert [float(each) for each in back] == pytest.approx([lon, lat], abs=1e-6 / DEGREE)


@settings(deadline=None)
@given(st.lists(st.tuples(*CHINA), min_size=2, max_size=20))
def test_a_point_does_not_depend_on_those_beside_it(points):
    lon, lat = np.array(points).T
    together = np.column_stack(to_wgs84(lon, lat, BD09))
    alone = np.array([[float(e) for e in to_wgs84(*at, BD09)] for at in points])
    turned = np.column_stack(to_wgs84(lon[::-1], lat[::-1], BD09))[::-1]
    assert together == pytest.approx(alone, abs=1e-12)
    assert together == pytest.approx(turned, abs=1e-12)


def test_the_box_is_the_public_one_and_nothing_moves_outside():
    (west, east), (south, north) = BOX
    for lon, lat in ((west, 30.0), (east, 30.0), (100.0, south), (100.0, north)):
        assert float(from_wgs84(lon, lat, GCJ02)[0]) != lon
    outside = [(west - 1e-6, 30.0), (east + 1e-6, 30.0), (100.0, south - 1e-6), (100.0, north + 1e-6)]  # fmt: skip
    for lon, lat in outside:
        assert [float(e) for e in from_wgs84(lon, lat, GCJ02)] == [lon, lat]
    for lon, lat in ((2.35, 48.85), (-122.4, 37.8), (0.0, 0.0)):
        assert [float(e) for e in to_wgs84(lon, lat, GCJ02)] == [lon, lat]


@pytest.mark.parametrize(("lon", "lat"), [(np.nan, 41.0), (123.0, np.inf), (181.0, 41.0), (123.0, -90.1)])  # fmt: skip
def test_what_is_no_point_on_earth_is_unknown_in_every_system(lon, lat):
    for system in (WGS84, GCJ02, BD09, "EPSG:4550"):
        assert np.isnan(from_wgs84(lon, lat, system)).all()
    for system in (WGS84, GCJ02, BD09):
        assert np.isnan(to_wgs84(lon, lat, system)).all()
