"""The median against every choice there is: values, bounds, terms, and what cannot be reached."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.siting import (
    UNREACHABLE,
    Clash,
    Distances,
    Quota,
    Reason,
    Terms,
    cut_off,
    median,
    median_with_room,
)
from dingdian.core.siting.median import MANY
from dingdian.core.solving import Ending, Limits, Proof, Status
from tests.siting import SITES, all_terms, bounds, choices, plane, rows, values, worlds


def worth(distances: Distances, chosen: np.ndarray) -> tuple[int, int]:
    """People whom no chosen site reaches, and the distance of the others: point by point."""
    unreached = far = 0
    for weight, ways in zip(distances.weights.tolist(), distances.far.tolist(), strict=True):
        own = [ways[site] for site in chosen if ways[site] >= 0]
        unreached += 0 if own else weight
        far += weight * min(own) if own else 0
    return unreached, far


@settings(max_examples=60, deadline=None)
@given(worlds(), all_terms())
def test_none_of_all_choices_is_better(distances: Distances, terms: Terms) -> None:
    answer = median(distances, terms, Limits())
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


@settings(max_examples=60, deadline=None)
@given(worlds(), all_terms(), st.integers(0, 2), st.integers(0, 30))
def test_limits_never_lift_a_bound_over_the_best(
    distances: Distances, terms: Terms, nodes: int, rounds: int
) -> None:
    every = [worth(distances, chosen) for chosen in choices(terms)]
    answer = median(distances, terms, Limits(nodes=nodes, rounds=rounds))
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


@settings(max_examples=30, deadline=None)
@given(worlds(reached=True), st.integers(1, SITES - 1))
def test_one_more_place_is_never_farther(distances: Distances, places: int) -> None:
    fewer = median(distances, Terms(SITES, places=places), Limits())
    more = median(distances, Terms(SITES, places=places + 1), Limits())
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
    before, after = median(distances, terms, Limits()), median(turned, terms, Limits())
    assert (values(before), bounds(before)) == (values(after), bounds(after))


def test_a_middling_size_is_proved_by_counting_and_again_the_same() -> None:
    terms = Terms(80, places=5, fixed=rows(3), closed=rows(7, 8))
    one, other = (median(plane(80), terms, Limits()) for _ in range(2))
    assert one.status is Status.OPTIMAL
    assert one.goals[1].proof is Proof.COUNTED
    assert one.effort == other.effort
    assert one.solution is not None
    assert other.solution is not None
    assert one.solution.tolist() == other.solution.tolist()


def test_with_quotas_a_middling_size_meets_the_value_of_the_plain_programme() -> None:
    quota = Quota("district", np.arange(0, 30), 1)
    terms = Terms(60, places=6, quotas=(quota,), apart=rows(31, 32, 40, 41).reshape(2, 2))
    climbed, plain = (median(plane(60), terms, Limits(rounds=some)) for some in (2_000, 0))
    assert climbed.status is plain.status is Status.OPTIMAL
    assert values(climbed) == values(plain)


def test_streets_that_do_not_join_are_told_apart() -> None:
    far = np.full((5, 4), UNREACHABLE)
    far[:2, :2] = [[0, 5], [5, 0]]
    far[2:4, 2:] = [[1, 4], [4, 1]]
    distances = Distances(rows(10, 1, 3, 7, 6), far)
    both = median(distances, Terms(4, places=2), Limits())
    assert cut_off(distances, Terms(4, places=2)).tolist() == [4]
    assert (values(both), bounds(both)) == ((6, 5 + 12 + 7), (6, 5 + 12 + 7))
    one = median(distances, Terms(4, places=1), Limits())
    assert (values(one), one.solution.tolist() if one.solution is not None else None) == (
        (6 + 10, 5),
        [0],
    )


def test_no_person_is_left_out_to_save_distance() -> None:
    far = np.array([[1, 100], [1, 100], [UNREACHABLE, 100]])
    answer = median(Distances(rows(50, 50, 1), far), Terms(2, places=1), Limits())
    assert answer.solution is not None
    assert (answer.solution.tolist(), values(answer)) == ([1], (0, 10_100))


@pytest.mark.parametrize(
    ("terms", "clash"),
    [
        (Terms(3, places=1, fixed=rows(0, 1)), Clash(Reason.MORE_FIXED_THAN_PLACES)),
        (
            Terms(3, fixed=rows(0, 1), quotas=(Quota("one", rows(0, 1, 2), 1),)),
            Clash(Reason.MORE_FIXED_THAN_QUOTA, (0,)),
        ),
    ],
)
def test_terms_that_clash_say_why(terms: Terms, clash: Clash) -> None:
    answer = median(Distances(rows(1), np.ones((1, 3), np.int64)), terms, Limits())
    assert (answer.status, answer.solution) == (Status.INFEASIBLE, None)
    assert list(terms.clashes()) == [clash]


@pytest.mark.parametrize("terms", [Terms(3, places=0), Terms(3, closed=rows(0, 1, 2))])
def test_where_nothing_may_stand_everybody_is_unreached(terms: Terms) -> None:
    answer = median(Distances(rows(4, 5), np.ones((2, 3), np.int64)), terms, Limits(nodes=0))
    assert (answer.status, values(answer)) == (Status.OPTIMAL, (9, 0))


@pytest.mark.parametrize("weights", [rows(0, 0), rows()])
def test_nobody_to_serve_is_served_by_what_stands(weights: np.ndarray) -> None:
    far = np.ones((len(weights), 3), np.int64)
    answer = median(Distances(weights, far), Terms(3, places=2, fixed=rows(1)), Limits())
    assert answer.solution is not None
    assert (answer.solution.tolist(), values(answer)) == ([1], (0, 0))


def test_without_any_site_everybody_is_unreached() -> None:
    answer = median(Distances(rows(4), np.ones((1, 0), np.int64)), Terms(0, places=2), Limits())
    assert (answer.status, values(answer)) == (Status.OPTIMAL, (4, 0))


def test_halted_at_once_gives_a_first_choice_and_says_so() -> None:
    answer = median(plane(80), Terms(80, places=5), Limits(halted=lambda: True))
    assert (answer.status, answer.ending) == (Status.FEASIBLE, Ending.HALTED)
    assert answer.by_clock
    assert answer.goals[1].proof is Proof.COUNTED


def test_limits_of_nothing_give_a_first_choice_and_say_so() -> None:
    answer = median(plane(80), Terms(80, places=5), Limits(nodes=0, rounds=0))
    assert (answer.status, answer.ending) == (Status.FEASIBLE, Ending.LIMIT)
    assert (answer.effort.nodes, answer.effort.rounds) == (0, 0)


def test_wrong_shapes_and_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="one column a site"):
        median(Distances(rows(1), np.ones((1, 2), np.int64)), Terms(3), Limits())
    with pytest.raises(ValueError, match=r"weights\[1\] is negative"):
        median(Distances(rows(1, -1), np.ones((2, 2), np.int64)), Terms(2), Limits())
    with pytest.raises(OverflowError, match="use metres"):
        median(Distances(rows(1 << 40), np.full((1, 2), 1 << 30)), Terms(2), Limits())


@pytest.mark.slow
def test_where_few_sites_are_of_use_to_anybody_the_best_is_proved_all_the_same():
    world = plane(600)
    own = np.sort(world.far, axis=1)[:, 30:31]
    far = np.where(world.far < own, world.far, UNREACHABLE)[:, ::3]
    sparse = Distances(world.weights, np.concatenate([far, own], axis=1))  # the last one stands
    some = np.arange(0, 200, 2)
    terms = Terms(201, places=9, fixed=np.array([200]), quotas=(Quota("even", some, 3),))
    room = np.full(201, int(sparse.weights.sum()))

    assert np.count_nonzero(sparse.far != UNREACHABLE) >= MANY
    answer = median(sparse, terms, Limits())

    assert answer.status is Status.OPTIMAL
    assert values(answer) == values(median_with_room(sparse, room, terms, Limits()))
