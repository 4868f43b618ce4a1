"""Covering and centre with room for so many, against every choice and every way to share out."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.siting import (
    UNREACHABLE,
    Distances,
    Reach,
    Terms,
    centre,
    centre_with_room,
    cover_with_room,
    fewest_with_room,
)
from dingdian.core.solving import Ending, Limits, Status
from tests.core.siting.test_median_room import few_people, shared_out
from tests.siting import SITES, all_terms, bounds, choices, plane, rows, values

rooms = st.lists(st.integers(0, 4), min_size=SITES, max_size=SITES).map(lambda own: rows(*own))


def reach_of(distances: Distances) -> Reach:
    """Who is reached: whoever is within 6."""
    near = (distances.far >= 0) & (distances.far <= 6)
    starts = np.concatenate([[0], np.cumsum(near.sum(axis=1))]).astype(np.int64)
    return Reach(distances.weights, starts, np.nonzero(near)[1].astype(np.int64), SITES)


def within(distances: Distances, most: int) -> Distances:
    near = (distances.far >= 0) & (distances.far <= most)
    return Distances(distances.weights, np.where(near, 0, UNREACHABLE))


@settings(max_examples=25, deadline=None)
@given(few_people(), rooms, all_terms())
def test_no_choice_covers_more_people_with_room(
    distances: Distances, room: np.ndarray, terms: Terms
) -> None:
    answer = cover_with_room(reach_of(distances), room, terms, Limits())
    near, people = within(distances, 6), int(distances.weights.sum())
    every = [people - shared_out(near, room, chosen)[0] for chosen in choices(terms)]
    assert (answer.solution is None) == (not every)
    if every:
        assert (values(answer), bounds(answer)) == ((max(every),), (max(every),))
        assert terms.kept(answer.solution.chosen)
        assert int(answer.solution.people.sum()) == max(every)


@settings(max_examples=25, deadline=None)
@given(few_people(), rooms, all_terms())
def test_no_fewer_sites_have_room_for_as_many(
    distances: Distances, room: np.ndarray, terms: Terms
) -> None:
    answer = fewest_with_room(reach_of(distances), room, terms, Limits())
    near = within(distances, 6)
    every = [(shared_out(near, room, chosen)[0], len(chosen)) for chosen in choices(terms)]
    if every:
        assert (values(answer), bounds(answer)) == (min(every), min(every))
        assert len(answer.solution.chosen) == min(every)[1]


@settings(max_examples=25, deadline=None)
@given(few_people(), rooms, all_terms())
def test_no_sharing_out_has_a_shorter_longest_way(
    distances: Distances, room: np.ndarray, terms: Terms
) -> None:
    answer = centre_with_room(distances, room, terms, Limits())
    every = []
    for chosen in choices(terms):
        least = shared_out(within(distances, 99), room, chosen)[0]
        ways = range(-1, 13)
        far = next(w for w in ways if shared_out(within(distances, w), room, chosen)[0] == least)
        every.append((least, max(far, 0)))
    assert (answer.solution is None) == (not every)
    if every:
        assert (values(answer), bounds(answer)) == (min(every), min(every))


def test_room_enough_changes_nothing() -> None:
    world, terms = plane(15), Terms(15, places=3)
    room = np.full(15, int(world.weights.sum()))
    assert values(centre_with_room(world, room, terms, Limits())) == values(
        centre(world, terms, Limits())
    )


def test_limits_of_nothing_give_a_first_choice_and_say_so() -> None:
    world = plane(12)
    answer = centre_with_room(world, np.full(12, 20), Terms(12, places=4), Limits(nodes=0))
    assert (answer.status, answer.ending) == (Status.FEASIBLE, Ending.LIMIT)


def test_nobody_needs_a_site() -> None:
    world, room = Distances(rows(), np.zeros((0, 2), np.int64)), rows(3, 3)
    assert values(centre_with_room(world, room, Terms(2, places=1), Limits())) == (0, 0)
    none = Reach(rows(), rows(0), rows(), 2)
    assert values(fewest_with_room(none, room, Terms(2), Limits())) == (0, 0)
    assert values(cover_with_room(none, room, Terms(2), Limits())) == (0,)
