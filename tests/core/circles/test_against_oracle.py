from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingdian.core.circles import Points, ServiceSites, Sites, counting, joining
from tests.core.circles.oracle import CALM, distances, inside, worlds

World = tuple[Points, Points, int]


@CALM
@given(worlds(), st.booleans(), st.integers(1, 3), st.booleans())
def test_counts(world: World, rim: bool, workers: int, tiled: bool) -> None:
    sites, points, radius = world
    with pytest.MonkeyPatch.context() as patch:
        if tiled:
            patch.setattr(counting, "FEW", -1)
            patch.setattr(counting, "PACKED", 40)
            patch.setattr(counting, "TILED", 7)
            patch.setattr(counting, "CANDIDATES", 50)
        counted = Sites.of(sites).counts(points, radius, rim=rim, workers=workers)
    assert counted.dtype == np.int32
    assert counted.tolist() == inside(points, sites, radius, rim=rim).sum(axis=1).tolist()


@CALM
@given(worlds(), st.booleans())
def test_points_with_an_index_of_their_own_are_counted_alike(world: World, rim: bool) -> None:
    sites, points, radius = world
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "AT_ONCE", 3)
        patch.setattr(joining, "AT_ONCE", 3)
        counted = Sites.of(sites).counts(Sites.of(points), radius, rim=rim)
    assert counted.tolist() == inside(points, sites, radius, rim=rim).sum(axis=1).tolist()


@CALM
@given(worlds(), st.booleans(), st.integers(0, 4))
def test_at_least(world: World, rim: bool, n: int) -> None:
    sites, points, radius = world
    enough = Sites.of(sites).at_least(points, radius, n, rim=rim)
    assert enough.tolist() == (inside(points, sites, radius, rim=rim).sum(axis=1) >= n).tolist()


@CALM
@given(worlds(), st.booleans())
def test_neighbours(world: World, rim: bool) -> None:
    sites, points, radius = world
    near = Sites.of(sites).neighbours(points, radius, rim=rim)
    expected = inside(points, sites, radius, rim=rim)
    point, site = np.nonzero(expected)
    assert near.sites.tolist() == site.tolist()
    assert near.distance_mm.tolist() == distances(points, sites)[point, site].tolist()
    assert np.diff(near.starts).tolist() == expected.sum(axis=1).tolist()
    assert len(near) == len(points)
    assert all(
        near.of(i).tolist() == np.flatnonzero(expected[i]).tolist() for i in range(len(near))
    )


@CALM
@given(worlds(), st.booleans())
def test_pairs(world: World, rim: bool) -> None:
    sites, _, radius = world
    found = Sites.of(sites).pairs(radius, rim=rim)
    first, second = np.nonzero(np.triu(inside(sites, sites, radius, rim=rim), 1))
    assert found.first.tolist() == first.tolist()
    assert found.second.tolist() == second.tolist()
    assert found.distance_mm.tolist() == distances(sites, sites)[first, second].tolist()


@CALM
@given(worlds(), st.integers(1, 5), st.sampled_from([0, 1 << 22]))
def test_nearest(world: World, k: int, few: int) -> None:
    sites, points, _ = world
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dingdian.core.circles.nearest.FEW", few)
        near = Sites.of(sites).nearest(points, k)
    assert near.sites.shape == near.distance_mm.shape == (len(points), k)
    measured = distances(points, sites)
    for row, (found, away) in enumerate(zip(near.sites, near.distance_mm, strict=True)):
        by = np.lexsort((np.arange(len(sites)), measured[row]))[:k]
        none = [-1] * (k - len(by))
        assert found.tolist() == by.tolist() + none
        assert away.tolist() == measured[row][by].tolist() + none


@CALM
@given(worlds(), st.booleans())
def test_within_one_place(world: World, rim: bool) -> None:
    sites, points, radius = world
    index = Sites.of(sites)
    for row in range(min(3, len(points))):
        found, away = index.within(points.lon[row], points.lat[row], radius, rim=rim)
        measured = distances(points.take(slice(row, row + 1)), sites)[0]
        by = np.lexsort((np.arange(len(sites)), measured))
        kept = by[measured[by] <= radius] if rim else by[measured[by] < radius]
        assert found.tolist() == kept.tolist()
        assert away.tolist() == measured[kept].tolist()


@CALM
@given(worlds(), st.booleans(), st.integers(0, 2**32))
def test_classes_of_service(world: World, rim: bool, seed: int) -> None:
    sites, points, radius = world
    service = np.random.default_rng(seed).choice([3, 1, 40], len(sites))
    index = ServiceSites.of(sites, service)
    assert list(index.sites) == sorted(set(service.tolist()))
    expected = inside(points, sites, radius, rim=rim)
    counted = index.counts(points, radius, rim=rim)
    assert counted.shape == (len(points), len(index.sites))
    for column, each in enumerate(index.sites):
        assert counted[:, column].tolist() == expected[:, service == each].sum(axis=1).tolist()
    found = index.pairs(radius, rim=rim)
    same = service[:, None] == service[None, :]
    first, second = np.nonzero(np.triu(inside(sites, sites, radius, rim=rim) & same, 1))
    assert (found.first.tolist(), found.second.tolist()) == (first.tolist(), second.tolist())
    assert found.distance_mm.tolist() == distances(sites, sites)[first, second].tolist()


@pytest.mark.parametrize("lat", [53.5, 18.2, 39.995])
@pytest.mark.parametrize("rim", [True, False])
def test_points_exactly_on_the_rim(lat: float, rim: bool) -> None:
    """Each radius is exactly one of the distances: one more millimetre decides."""
    rng = np.random.default_rng(7)
    sites = Points(110 + rng.uniform(-0.02, 0.02, 300), lat + rng.uniform(-0.02, 0.02, 300))
    here = Points(np.array([110.0]), np.array([lat]))
    index, measured = Sites.of(sites), distances(here, sites)[0]
    for radius in np.sort(measured)[::10].tolist():
        expected = (measured <= radius) if rim else (measured < radius)
        assert index.counts(here, radius, rim=rim).tolist() == [expected.sum()]


@pytest.mark.parametrize("size_m", [50, 800, 20_000])
def test_many_points_in_many_tiles(size_m: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough points and sites that every size of block occurs."""
    monkeypatch.setattr(counting, "FEW", 0)
    rng = np.random.default_rng(11)
    for middle in [(122.35, 53.48), (109.5, 18.2)]:
        deg = size_m / 111_000
        sites = Points(middle[0] + rng.normal(0, deg, 1500), middle[1] + rng.normal(0, deg, 1500))
        points = Points(middle[0] + rng.normal(0, deg, 4000), middle[1] + rng.normal(0, deg, 4000))
        for radius in (10_000, 300_000, 800_000, 6_000_000):
            expected = inside(points, sites, radius, rim=True).sum(axis=1)
            for workers in (1, 2):
                counted = Sites.of(sites).counts(points, radius, rim=True, workers=workers)
                assert np.array_equal(counted, expected)


def test_a_point_of_many_with_no_site_in_reach_counts_none() -> None:
    far = Points(np.array([109.5, 1e-6]), np.array([18.2, -1e-6]))
    points = Points(np.array([109.502, 109.497]), np.array([18.19, 18.206]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "FEW", -1)
        assert Sites.of(far).counts(points, 0, rim=True).tolist() == [0, 0]
