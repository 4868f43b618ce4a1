"""Gauss-Krüger and UTM against PROJ, and what cannot be a point of a grid."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.coordinates import from_wgs84, to_wgs84
from dingdian.core.coordinates.systems import find_system, grids

# System, lon, lat, easting, northing as pyproj 3.7.2 (PROJ 9.5) gives them. Over 2,000 random
# points in each of the 75 grids the largest difference is 0.0002 mm.
PROJ = [
    ("EPSG:4524", 108.94, 34.34, 36586495.601011, 3801776.366760),
    ("EPSG:4547", 114.3, 30.6, 528770.237256, 3386666.250562),
    ("EPSG:4550", 123.47, 41.68, 539134.392903, 4616201.158469),
    ("EPSG:4549", 121.47, 31.23, 640060.337694, 3457406.435497),
    ("EPSG:4554", 134.3, 48.3, 448065.976468, 5352022.441420),
    ("EPSG:4499", 124.12, 50.42, 21579596.578280, 5588164.586699),
    ("EPSG:4510", 123.47, 41.68, 539134.392903, 4616201.158469),
    ("EPSG:4534", 75.99, 39.47, 585190.703419, 4371151.249466),
    ("EPSG:32651", 123.47, 41.68, 539118.739146, 4614354.678121),
    ("EPSG:32643", 75.99, 39.47, 585156.627137, 4369402.789079),
]


@pytest.mark.parametrize(("system", "lon", "lat", "easting", "northing"), PROJ)
def test_both_ways_agree_with_proj(system, lon, lat, easting, northing):
    found = [float(each) for each in from_wgs84(lon, lat, system)]
    assert found == pytest.approx([easting, northing], rel=0, abs=2e-6)
    back = [float(each) for each in to_wgs84(easting, northing, system)]
    assert back == pytest.approx([lon, lat], rel=0, abs=2e-11)


def test_there_are_75_grids_of_their_codes():
    codes = [int(code.removeprefix("EPSG:")) for code in grids()]
    assert codes == [*range(4491, 4555), *range(32643, 32654)]
    assert find_system("EPSG:4547").en == "CGCS2000 / 3-degree Gauss-Kruger CM 114E"
    assert find_system("EPSG:4524").en == "CGCS2000 / 3-degree Gauss-Kruger zone 36"
    assert find_system("EPSG:4499").grid.false_easting == 21_500_000


@settings(deadline=None)
@given(st.sampled_from(sorted(grids())), st.floats(-6, 6), st.floats(1, 60))
def test_there_and_back_is_the_same_point_within_a_micrometre(code, east, lat):
    lon = grids()[code].grid.meridian + east
    back = [float(each) for each in to_wgs84(*from_wgs84(lon, lat, code), code)]
    assert back == pytest.approx([lon, lat], rel=0, abs=1e-11)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (123.47, 41.68),  # degrees: 500 km west of the meridian, at the equator
        (40539134.0, 4616201.0),  # a zone number that EPSG:4550 does not have
        (539134.0, -1.0),
        (539134.0, 10_002_001.0),
        (np.nan, 4616201.0),
    ],
)
def test_metres_that_cannot_be_of_the_grid_are_unknown_or_far_away(x, y):
    lon, lat = to_wgs84(x, y, "EPSG:4550")
    assert np.isnan(lon) or lat < 1


def test_a_point_ten_degrees_off_is_not_one_of_the_grid():
    assert np.isfinite(from_wgs84(133.0, 41.0, "EPSG:4550")).all()
    assert np.isnan(from_wgs84(133.0 + 1e-9, 41.0, "EPSG:4550")).all()
