"""The median with room for so many, against every choice and every way to share people out."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.siting import UNREACHABLE, Distances, Terms, median, median_with_room
from dingdian.core.solving import Ending, Limits, Status
from tests.siting import SITES, all_terms, bounds, choices, plane, rows, values, worlds

rooms = st.lists(st.integers(0, 12), min_size=SITES, max_size=SITES).map(lambda own: rows(*own))


def shared_out(distances: Distances, room: np.ndarray, chosen: np.ndarray) -> tuple[int, int]:
    """The best way to share people out among chosen sites, person by person."""
    ways = [
        [int(far[site]) for site in chosen]
        for weight, far in zip(distances.weights, distances.far, strict=True)
        for _ in range(weight)
    ]

    @cache
    def best(person: int, free: tuple[int, ...]) -> tuple[int, int]:
        if person == len(ways):
            return 0, 0
        left, far = best(person + 1, free)
        found = [(left + 1, far)]
        for at, way in enumerate(ways[person]):
            if way != UNREACHABLE and free[at]:
                rest = (*free[:at], free[at] - 1, *free[at + 1 :])
                left, far = best(person + 1, rest)
                found.append((left, far + way))
        return min(found)

    return best(0, tuple(room[chosen].tolist()))


@st.composite
def few_people(draw: st.DrawFn) -> Distances:
    world = draw(worlds())
    kept = np.cumsum(world.weights) <= 7
    return Distances(world.weights[kept], world.far[kept])


@settings(max_examples=25, deadline=None)
@given(few_people(), st.lists(st.integers(0, 4), min_size=SITES, max_size=SITES), all_terms())
def test_no_choice_and_no_sharing_is_better(
    distances: Distances, own: list[int], terms: Terms
) -> None:
    room = rows(*own)
    answer = median_with_room(distances, room, terms, Limits())
    every = [shared_out(distances, room, chosen) for chosen in choices(terms)]
    assert (answer.solution is None) == (not every)
    if answer.solution is None:
        return
    assert (values(answer), bounds(answer)) == (min(every), min(every))
    assert terms.kept(answer.solution.chosen)


@settings(max_examples=25, deadline=None)
@given(worlds(), rooms, all_terms(), st.integers(0, 1))
def test_who_goes_where_is_counted(
    distances: Distances, room: np.ndarray, terms: Terms, nodes: int
) -> None:
    answer = median_with_room(distances, room, terms, Limits(nodes=nodes))
    if answer.solution is None:
        return
    found = answer.solution
    going = np.zeros((len(distances.weights), SITES), np.int64)
    np.add.at(going, (found.points, found.sites), found.people)
    assert (going.sum(axis=0) <= room).all()
    assert (going.sum(axis=1) <= distances.weights).all()
    assert np.isin(found.sites, found.chosen).all()
    assert (distances.far[found.points, found.sites] >= 0).all()
    left = int(distances.weights.sum() - going.sum())
    assert values(answer) == (left, int((going * distances.far).sum()))


def test_room_enough_changes_nothing() -> None:
    world, terms = plane(20), Terms(20, places=4, fixed=rows(2))
    room = np.full(20, int(world.weights.sum()))
    assert values(median_with_room(world, room, terms, Limits())) == values(
        median(world, terms, Limits())
    )


def test_too_little_room_leaves_people_and_says_how_many() -> None:
    world = Distances(rows(5, 5), np.array([[1, 9], [2, 9]]))
    answer = median_with_room(world, rows(6, 1), Terms(2, places=2), Limits())
    assert (answer.status, values(answer)) == (Status.OPTIMAL, (3, 5 + 2 + 9))


def test_a_first_choice_does_not_mislead_the_solver() -> None:
    """Begun from the first choice, HiGHS 1.16.0 called it the best, at 6."""
    world = Distances(rows(7), np.array([[0, 1, 0, 4, 2, 3]]))
    answer = median_with_room(world, rows(0, 2, 4, 1, 2, 3), Terms(6), Limits())
    assert (answer.status, values(answer)) == (Status.OPTIMAL, (0, 2 * 1 + 1 * 2))


def test_limits_of_nothing_give_a_first_choice_and_say_so() -> None:
    world = plane(12)
    answer = median_with_room(world, np.full(12, 20), Terms(12, places=4), Limits(nodes=0))
    assert (answer.status, answer.ending) == (Status.FEASIBLE, Ending.LIMIT)


def test_room_that_does_not_fit_is_refused() -> None:
    world = Distances(rows(1), np.ones((1, 2), np.int64))
    for room in (rows(1), rows(1, -1)):
        with pytest.raises(ValueError, match="one a site"):
            median_with_room(world, room, Terms(2), Limits())
