from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dingdian.core.circles import Points, Sites
from tests.core.circles.oracle import CALM, worlds

World = tuple[Points, Points, int]


@CALM
@given(worlds(), st.integers(0, 2_000_000))
def test_a_wider_circle_never_covers_fewer(world: World, more: int) -> None:
    sites, points, radius = world
    index = Sites.of(sites)
    narrow = index.counts(points, radius, rim=True)
    assert (index.counts(points, radius + more, rim=True) >= narrow).all()
    assert (index.counts(points, radius, rim=False) <= narrow).all()


@CALM
@given(worlds())
def test_without_the_rim_is_one_millimetre_less(world: World) -> None:
    sites, points, radius = world
    index = Sites.of(sites)
    less = index.counts(points, radius, rim=True)
    assert np.array_equal(index.counts(points, radius + 1, rim=False), less)


@CALM
@given(worlds(), st.integers(0, 2**32))
def test_another_order_of_input_changes_only_the_order_of_output(world: World, seed: int) -> None:
    sites, points, radius = world
    rng = np.random.default_rng(seed)
    of_points, of_sites = rng.permutation(len(points)), rng.permutation(len(sites))
    index, mixed = Sites.of(sites), Sites.of(sites.take(of_sites))
    counted = index.counts(points, radius, rim=True)
    assert np.array_equal(
        mixed.counts(points.take(of_points), radius, rim=True), counted[of_points]
    )
    pairs, again = index.pairs(radius, rim=True), mixed.pairs(radius, rim=True)
    there = {
        (*sorted((of_sites[one], of_sites[other])), away)
        for one, other, away in zip(again.first, again.second, again.distance_mm, strict=True)
    }
    assert there == set(zip(pairs.first, pairs.second, pairs.distance_mm, strict=True))


@CALM
@given(worlds())
def test_counts_are_the_lengths_of_the_rows_of_neighbours(world: World) -> None:
    sites, points, radius = world
    index = Sites.of(sites)
    near = index.neighbours(points, radius, rim=True)
    assert index.counts(points, radius, rim=True).tolist() == np.diff(near.starts).tolist()


@CALM
@given(worlds())
def test_each_pair_is_seen_from_both_sides(world: World) -> None:
    sites, _, radius = world
    index = Sites.of(sites)
    pairs, near = index.pairs(radius, rim=True), index.neighbours(sites, radius, rim=True)
    point = np.repeat(np.arange(len(sites)), np.diff(near.starts))
    seen = {(one, other) for one, other in zip(point, near.sites, strict=True) if one != other}
    listed = set(zip(pairs.first, pairs.second, strict=True))
    assert seen == listed | {(other, one) for one, other in listed}


@CALM
@given(worlds())
def test_the_nearest_is_the_first_of_a_circle_that_reaches_it(world: World) -> None:
    sites, points, _ = world
    index = Sites.of(sites)
    near = index.nearest(points.take(slice(3)))
    for row in range(min(3, len(points)) if len(sites) else 0):
        reach = int(near.distance_mm[row, 0])
        found, _away = index.within(points.lon[row], points.lat[row], reach, rim=True)
        assert found[0] == near.sites[row, 0]
