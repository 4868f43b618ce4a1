"""The centre against every choice there is: values, bounds, terms, and what cannot be reached."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.siting import UNREACHABLE, Distances, Quota, Terms, centre
from dingdian.core.siting.centre_within import reduced
from dingdian.core.solving import Ending, Limits, Status
from tests.siting import SITES, all_terms, bounds, choices, plane, rows, values, worlds


def worth(distances: Distances, chosen: np.ndarray) -> tuple[int, int]:
    """People whom no chosen site reaches, and how far the farthest of the others is."""
    unreached = far = 0
    for weight, ways in zip(distances.weights.tolist(), distances.far.tolist(), strict=True):
        own = [ways[site] for site in chosen if ways[site] >= 0]
        unreached += 0 if own else weight
        far = max(far, min(own)) if own and weight else far
    return unreached, far


@settings(max_examples=60)
@given(worlds(), all_terms())
def test_none_of_all_choices_is_better(distances: Distances, terms: Terms) -> None:
    answer = centre(distances, terms, Limits())
    every = list(choices(terms))
    assert (answer.status is Status.INFEASIBLE) == (not every) == any(terms.clashes())
    if not every:
        return
    best = min(worth(distances, chosen) for chosen in every)
    assert answer.solution is not None
    assert terms.kept(answer.solution)
    assert (values(answer), bounds(answer)) == (best, best)
    assert worth(distances, answer.solution) == best
    assert (answer.status, answer.ending) == (Status.OPTIMAL, Ending.PROOF)


@settings(max_examples=60)
@given(worlds(), all_terms(), st.integers(0, 2), st.integers(0, 30))
def test_limits_never_lift_a_bound_over_the_best(
    distances: Distances, terms: Terms, nodes: int, rounds: int
) -> None:
    every = [worth(distances, chosen) for chosen in choices(terms)]
    answer = centre(distances, terms, Limits(nodes=nodes, rounds=rounds))
    if not every:
        return
    assert answer.solution is not None
    assert worth(distances, answer.solution) == values(answer)
    first, second = answer.goals
    assert first.bound is not None
    assert second.bound is not None
    assert first.bound <= min(every)[0]
    held = [far for unreached, far in every if unreached <= (first.value or 0)]
    assert second.bound <= min(held)


@settings(max_examples=30)
@given(worlds(reached=True), st.integers(1, SITES - 1))
def test_one_more_place_is_never_farther(distances: Distances, places: int) -> None:
    fewer = centre(distances, Terms(SITES, places=places), Limits())
    more = centre(distances, Terms(SITES, places=places + 1), Limits())
    assert values(more) <= values(fewer)


@settings(max_examples=30)
@given(worlds(), st.integers(0, SITES), st.permutations(range(SITES)), st.randoms())
def test_the_order_of_rows_changes_nothing(
    distances: Distances, places: int, sites: list[int], chance: object
) -> None:
    points = list(range(len(distances.weights)))
    chance.shuffle(points)  # type: ignore[attr-defined]
    turned = Distances(distances.weights[points], distances.far[np.ix_(points, sites)])
    terms = Terms(SITES, places=places)
    before, after = centre(distances, terms, Limits()), centre(turned, terms, Limits())
    assert (values(before), bounds(before)) == (values(after), bounds(after))


@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=7))
def test_what_is_left_out_changes_no_need_of_sites(near: list[list[bool]]) -> None:
    whole = np.array(near) | np.eye(6, dtype=bool)[np.arange(len(near)) % 6]
    small = whole[np.ix_(*reduced(whole))]

    def fewest(table: np.ndarray) -> int:
        taken = (np.arange(1 << table.shape[1])[:, None] >> np.arange(table.shape[1])) & 1
        served = (taken @ table.T.astype(int) > 0).all(axis=1)
        return int(taken.sum(axis=1)[served].min())

    assert fewest(whole) == fewest(small)


def test_a_middling_size_is_proved_and_again_the_same() -> None:
    terms = Terms(80, places=5, fixed=rows(3), closed=rows(7, 8))
    one, other = (centre(plane(80), terms, Limits()) for _ in range(2))
    assert one.status is Status.OPTIMAL
    assert one.effort == other.effort
    assert one.solution is not None
    assert other.solution is not None
    assert one.solution.tolist() == other.solution.tolist()


def test_quotas_that_do_not_bind_change_no_value() -> None:
    loose = Terms(60, places=6, quotas=(Quota("district", np.arange(60), 6),))
    assert values(centre(plane(60), loose, Limits())) == values(
        centre(plane(60), Terms(60, places=6), Limits())
    )


def test_streets_that_do_not_join_are_told_apart() -> None:
    far = np.full((5, 4), UNREACHABLE)
    far[:2, :2] = [[0, 5], [5, 0]]
    far[2:4, 2:] = [[1, 4], [4, 2]]
    distances = Distances(rows(10, 1, 3, 7, 6), far)
    both = centre(distances, Terms(4, places=3), Limits())
    assert (values(both), bounds(both)) == ((6, 4), (6, 4))
    one = centre(distances, Terms(4, places=1), Limits())
    assert (values(one), bounds(one)) == ((6 + 10, 5), (6 + 10, 5))


@pytest.mark.parametrize("terms", [Terms(3, places=0), Terms(3, closed=rows(0, 1, 2))])
def test_where_nothing_may_stand_everybody_is_unreached(terms: Terms) -> None:
    answer = centre(Distances(rows(4, 5), np.ones((2, 3), np.int64)), terms, Limits(nodes=0))
    assert (answer.status, values(answer)) == (Status.OPTIMAL, (9, 0))


@pytest.mark.parametrize("weights", [rows(0, 0), rows()])
def test_nobody_to_serve_is_served_by_what_stands(weights: np.ndarray) -> None:
    far = np.ones((len(weights), 3), np.int64)
    answer = centre(Distances(weights, far), Terms(3, places=2, fixed=rows(1)), Limits())
    assert answer.solution is not None
    assert (answer.solution.tolist(), values(answer)) == ([1], (0, 0))


def test_more_fixed_than_places_is_no_answer() -> None:
    terms = Terms(3, places=1, fixed=rows(0, 1))
    answer = centre(Distances(rows(1), np.ones((1, 3), np.int64)), terms, Limits())
    assert (answer.status, answer.solution) == (Status.INFEASIBLE, None)


def test_halted_at_once_gives_a_first_choice_and_says_so() -> None:
    answer = centre(plane(80), Terms(80, places=5), Limits(halted=lambda: True))
    assert (answer.status, answer.ending) == (Status.FEASIBLE, Ending.HALTED)


def test_limits_of_nothing_give_a_first_choice_and_say_so() -> None:
    answer = centre(plane(80), Terms(80, places=5), Limits(nodes=0, rounds=0))
    assert (answer.status, answer.ending) == (Status.FEASIBLE, Ending.LIMIT)
    assert (answer.effort.nodes, answer.effort.rounds) == (0, 0)
