"""Points of equal area: against areas known exactly, a fine grid, and the error they state."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.circles import Points, Sites
from dingdian.core.coordinates import from_wgs84
from dingdian.core.coordinates.lattice import lattice
from dingdian.core.coordinates.outlines import area_m2, latitude, metres_per_degree, northing

CITY = shapely.box(123.3, 41.6, 123.7, 41.9)
EAST, NORTH = metres_per_degree(41.75)


def near(found, lon, lat, metres=800):
    """Which points have a site within so many metres."""
    sites = Sites.of(Points(np.asarray(lon, float), np.asarray(lat, float)))
    points = Points(found.lon, found.lat)
    return sites.at_least(points, int(metres * 1000), 1, rim=True)


def scattered(n, seed):
    rng = np.random.default_rng(seed)
    return rng.uniform(123.32, 123.68, n), rng.uniform(41.62, 41.88, n)


def test_the_equal_area_cylinder_there_and_back():
    lat = np.linspace(-66, 66, 1001)
    assert np.abs(latitude(northing(lat)) - lat).max() < 1e-11


@pytest.mark.parametrize("n", [100, 2_000, 10_000])
@pytest.mark.parametrize(
    "shape",
    [
        CITY,
        shapely.box(121, 50, 127, 53.5),  # a prefecture of the north, 3.5 degrees high
        CITY.difference(shapely.box(123.4, 41.7, 123.5, 41.8)),
        shapely.union(shapely.box(123, 41, 123.1, 41.1), shapely.box(124, 42, 124.1, 42.1)),
    ],
)
def test_as_many_points_as_asked_each_of_one_area(shape, n):
    found = lattice(shape, n)
    assert len(found) == pytest.approx(n, rel=1.3 / np.sqrt(n))
    assert found.area_m2 == area_m2(shape)
    # the north of a high district has fewer points a degree, as it has less land
    half = (shapely.bounds(shape)[1] + shapely.bounds(shape)[3]) / 2
    south = shapely.intersection(shape, shapely.box(100, 0, 140, half))
    share = area_m2(south) / found.area_m2
    assert (found.lat < half).mean() == pytest.approx(share, abs=1.2 / np.sqrt(n))


@pytest.mark.parametrize(("metres", "sites"), [(800, 60), (1000, 60), (3000, 5)])
def test_circles_apart_have_the_area_of_circles(metres, sites):
    step = 2.1 * metres
    at = np.arange(sites)
    wide = int(np.sqrt(sites)) + 1
    lon = 123.34 + (at % wide) * step / EAST
    lat = 41.64 + (at // wide) * step / NORTH
    found = lattice(CITY, 2_000)
    inside = near(found, lon, lat, metres)
    exact = sites * np.pi * metres**2 / found.area_m2
    assert abs(inside.mean() - exact) < 3 * found.error(inside)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [10, 100, 400])
def test_a_share_is_that_of_a_fine_grid_within_its_error(seed, n):
    lon, lat = scattered(n, seed)
    found, fine = lattice(CITY, 2_000), lattice(CITY, 400_000)
    inside = near(found, lon, lat)
    exact = near(fine, lon, lat).mean()
    assert abs(inside.mean() - exact) < 3.5 * found.error(inside)
    assert abs(inside.mean() - exact) < 0.01


@pytest.mark.parametrize("seed", range(3))
def test_a_share_is_that_of_circles_laid_together_on_a_map(seed):
    lon, lat = scattered(120, seed)
    grid = "EPSG:4550"  # Gauss-Krüger at 123°E: here true to 0.0003
    fine = shapely.segmentize(CITY, 0.01)
    city = shapely.transform(fine, lambda at: np.column_stack(from_wgs84(*at.T, grid)))
    disks = shapely.buffer(shapely.points(*from_wgs84(lon, lat, grid)), 800, quad_segs=64)
    pairs = shapely.STRtree(disks).query(disks, predicate="intersects").T
    twice = [shapely.intersection(disks[a], disks[b]) for a, b in pairs.tolist() if a < b]
    found = lattice(CITY, 2_000)
    sites = Sites.of(Points(lon, lat))
    for n, covered in ((1, disks), (2, twice)):
        land = shapely.intersection(shapely.union_all(covered), city)
        exact = shapely.area(land) / shapely.area(city)
        inside = sites.at_least(Points(found.lon, found.lat), 800_000, n, rim=True)
        assert abs(inside.mean() - exact) < 3 * found.error(inside)


def test_the_error_it_makes_is_no_larger_than_the_one_it_states_and_not_far_below():
    lon, lat = scattered(150, 1)
    exact = near(lattice(CITY, 400_000), lon, lat).mean()
    rng = np.random.default_rng(2)
    errors, stated = [], []
    for east, north in rng.uniform(0, 0.02, (60, 2)):
        # the same circles, the lattice laid elsewhere
        moved = lattice(shapely.box(123.3 - east, 41.6 - north, 123.7, 41.9), 2_000)
        inside = near(moved, lon, lat)
        errors.append(inside.mean() - exact * area_m2(CITY) / moved.area_m2)
        stated.append(moved.error(inside))
    assert 0.4 * np.mean(stated) < np.std(errors) < 1.1 * np.mean(stated)
    assert abs(np.mean(errors)) < np.std(errors)


def test_all_or_none_have_no_error():
    found = lattice(CITY, 500)
    assert found.error(np.ones(len(found), bool)) == 0
    assert found.error(np.zeros(len(found), bool)) == 0


def test_a_sliver_between_the_points_has_none():
    thin = shapely.Polygon([(123, 41), (124, 42), (124, 42.000001)])
    found = lattice(thin, 1)
    assert len(found) <= 1
    assert found.error(np.zeros(len(found), bool)) == 0


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 1000), st.integers(100, 3000), st.integers(0, 500))
def test_a_wider_circle_never_covers_less(seed, metres, more):
    lon, lat = scattered(20, seed)
    found = lattice(CITY, 300)
    assert (near(found, lon, lat, metres) <= near(found, lon, lat, metres + more)).all()
