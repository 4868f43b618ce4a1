"""Ways along streets against a slow oracle, and what holds for every street."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.circles import distance_mm
from dingdian.core.streets import By, Network, Streets, StreetSites
from dingdian.core.streets.graph import Lines
from tests.core.streets.oracle import distances
from tests.core.streets.worlds import at, streets

spots = st.tuples(st.integers(0, 12).map(lambda n: n / 2), st.integers(0, 12).map(lambda n: n / 2))
corners = st.tuples(st.integers(0, 6), st.integers(0, 6))
passages = st.sampled_from(["wfb", "wf", "wb", "w", "f", "fb", "b"])
lines = st.lists(
    st.tuples(st.lists(corners, min_size=2, max_size=5), passages), min_size=1, max_size=12
)
points = st.lists(spots, min_size=1, max_size=6)
radii = st.integers(0, 1_500_000)


def asked(town, people, shops, by):
    network = Network.of(streets(*town), by)
    return StreetSites.of(network, at(*shops)), network.snap(at(*people))


def pairs_of(found):
    point = np.repeat(np.arange(len(found)), np.diff(found.starts))
    keys = zip(point.tolist(), found.sites.tolist(), strict=True)
    return dict(zip(keys, found.distance_mm.tolist(), strict=True))


@settings(max_examples=40, deadline=None)
@given(lines, points, points, radii, st.booleans(), st.sampled_from(By))
def test_every_answer_is_that_of_the_oracle(town, people, shops, radius, rim, by):
    sites, here = asked(town, people, shops, by)
    all_of_them = distances(sites.network, here, sites.snapped)

    inside = {
        pair: length
        for pair, length in all_of_them.items()
        if (length <= radius if rim else length < radius)
    }
    assert pairs_of(sites.neighbours(here, radius, rim=rim)) == inside
    assert sites.counts(here, radius, rim=rim).tolist() == [
        sum(point == at for at, _ in inside) for point in range(len(here))
    ]
    assert sites.reached(here, radius, rim=rim).tolist() == [
        any(point == at for at, _ in inside) for point in range(len(here))
    ]
    found = sites.nearest(here)
    for point in range(len(here)):
        own = [(length, site) for (at, site), length in all_of_them.items() if at == point]
        length, site = min(own, default=(-1, -1))
        assert (found.distance_mm[point, 0], found.sites[point, 0]) == (length, site)


@settings(max_examples=30, deadline=None)
@given(lines, points, points, st.sampled_from(By))
def test_no_way_is_shorter_than_the_straight_line(town, people, shops, by):
    sites, here = asked(town, people, shops, by)
    there = at(*people)
    found = pairs_of(sites.neighbours(here, 5_000_000, rim=True))
    for (point, site), length in found.items():
        straight = distance_mm(
            there.lon[point : point + 1],
            there.lat[point : point + 1],
            sites.points.lon[site : site + 1],
            sites.points.lat[site : site + 1],
        )
        assert length >= straight[0]


@settings(max_examples=30, deadline=None)
@given(lines, points, points)
def test_on_foot_there_and_back_are_the_same(town, people, shops):
    there, here = asked(town, people, shops, By.WALKING)
    back, ends = asked(town, shops, people, By.WALKING)
    found = pairs_of(there.neighbours(here, 5_000_000, rim=True))
    turned = pairs_of(back.neighbours(ends, 5_000_000, rim=True))
    assert found == {(point, site): length for (site, point), length in turned.items()}


@settings(max_examples=40, deadline=None)
@given(lines, points, points, st.randoms(use_true_random=False), st.sampled_from(By))
def test_the_order_of_lines_people_and_sites_does_not_matter(town, people, shops, chance, by):
    sites, here = asked(town, people, shops, by)
    order = chance.sample(range(len(shops)), len(shops))
    turn = chance.sample(range(len(people)), len(people))
    shuffled = chance.sample(town, len(town))
    again, others = asked(
        shuffled, [people[each] for each in turn], [shops[each] for each in order], by
    )

    assert sites.network.streets.fingerprint == again.network.streets.fingerprint
    found = pairs_of(again.neighbours(others, 900_000, rim=True))
    assert pairs_of(sites.neighbours(here, 900_000, rim=True)) == {
        (turn[point], order[site]): length for (point, site), length in found.items()
    }


@settings(max_examples=40, deadline=None)
@given(lines, points, points, radii, radii)
def test_a_wider_circle_never_reaches_fewer(town, people, shops, one, other):
    sites, here = asked(town, people, shops, By.WALKING)
    few, many = (sites.counts(here, each, rim=True) for each in sorted((one, other)))
    assert (few <= many).all()


def test_a_radius_is_a_whole_number_of_millimetres():
    sites, here = asked([([(0, 0), (1, 0)], "w")], [(0, 0)], [(1, 0)], By.WALKING)
    with pytest.raises(ValueError, match="whole number"):
        sites.counts(here, -1, rim=True)


def test_no_street_at_all_reaches_nobody():
    nothing = Streets.of(Lines(at(), np.array([0]), *(np.zeros(0, bool) for _ in range(3))))
    network = Network.of(nothing, By.WALKING)
    sites = StreetSites.of(network, at((0, 0)))

    assert sites.nearest(at((0, 0))).distance_mm.tolist() == [[-1]]
    assert sites.counts(at((0, 0)), 800_000, rim=True).tolist() == [0]
