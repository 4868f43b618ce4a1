from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingdian.core.circles.chord import (
    distance_mm,
    geocentric,
    lat_reach,
    lon_reach,
    millimetres,
    squared_chord,
    squared_limit,
)
from tests.core.circles.geodesic import destination


def chord_m(lon: float, lat: float, to_lon: float, to_lat: float) -> float:
    x, y, z = geocentric(np.array([lon, to_lon]), np.array([lat, to_lat]))
    return math.sqrt(squared_chord(*(axis[:1] - axis[1:] for axis in (x, y, z)))[0])


@pytest.mark.parametrize(("length_m", "least_m"), [(800, 0.001), (5000, 0.1)])
def test_a_chord_is_the_geodesic_everywhere_in_china(length_m: float, least_m: float) -> None:
    worst = 0.0
    for lat in (3.8, 18.2, 30.0, 41.8, 53.56):
        for lon in (73.5, 104.0, 135.1):
            for azimuth in range(0, 360, 15):
                to_lon, to_lat = destination(lon, lat, azimuth, length_m)
                worst = max(worst, abs(chord_m(lon, lat, to_lon, to_lat) - length_m))
    assert worst < least_m


def test_known_distances() -> None:
    # From the equator to the pole along a meridian is 10 001.966 km; a degree of it near the
    # equator 110.574 km; a degree of the equator 111.319 km.
    assert destination(10.0, 0.0, 0, 110_574.3886)[1] == pytest.approx(1.0, abs=1e-9)
    assert chord_m(0, 0, 1, 0) == pytest.approx(2 * 6378137 * math.sin(math.pi / 360), abs=1e-6)
    assert chord_m(0, 90, 0, -90) == pytest.approx(2 * 6356752.314, abs=1e-3)


@pytest.mark.parametrize(
    ("metres", "whole"),
    [(0.0, 0), (0.0004999, 0), (0.0005, 1), (0.0015, 2), (0.0025, 3), (799.9994, 799_999)],
)
def test_halves_round_up(metres: float, whole: int) -> None:
    assert millimetres(metres) == whole
    assert millimetres(np.array([metres])).tolist() == [whole]


@given(st.integers(0, 20_000_000_000), st.booleans())
def test_the_squared_limit_is_the_last_that_is_within(radius: int, rim: bool) -> None:
    limit = squared_limit(radius, rim=rim)
    last = radius if rim else radius - 1
    if last < 0:
        assert limit == -1.0
        return
    assert millimetres(math.sqrt(limit)) == last
    assert millimetres(math.sqrt(math.nextafter(limit, math.inf))) == last + 1


@pytest.mark.parametrize("radius", [-1, 0.5, "800"])
def test_a_radius_that_is_none_is_refused(radius: object) -> None:
    with pytest.raises(ValueError, match="whole number of millimetres"):
        squared_limit(radius, rim=True)  # type: ignore[arg-type]


@given(st.floats(-89.9, 89.9), st.floats(0, 360), st.integers(1, 3_000_000), st.floats(0.5, 1.0))
def test_nothing_within_the_radius_lies_beyond_the_reach_in_degrees(
    lat: float, azimuth: float, radius: int, part: float
) -> None:
    to_lon, to_lat = destination(0.0, lat, azimuth, radius / 1000 * part)
    away = distance_mm(np.zeros(1), np.array([lat]), np.array([to_lon]), np.array([to_lat]))[0]
    assert away <= radius
    assert abs(to_lat - lat) <= lat_reach(radius)
    farthest = np.array([min(abs(lat) + lat_reach(radius), 90.0)])
    assert abs(to_lon) <= lon_reach(radius, farthest)[0]
