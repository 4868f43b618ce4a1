"""Covering against every choice there is: the best, its bound, and what limits leave of both."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.siting import (
    Clash,
    Quota,
    Reach,
    Reason,
    Siting,
    Terms,
    Wish,
    cover_in_order,
    maximal_cover,
)
from dingdian.core.solving import Ending, Limits, Proof, Sense, Status
from tests.core.siting.oracle import Question, best, questions, reach_of, rows_of, worth

NONE = Limits(nodes=0, rounds=0)
orders = st.lists(st.sampled_from(list(Wish)), min_size=1, max_size=4, unique=True).map(tuple)


def asked(question: Question, wishes: tuple[Wish, ...], limits: Limits) -> Siting:
    return cover_in_order(
        question.reach, question.terms, wishes, limits, priority=question.priority
    )


def rightly_told(question: Question, wishes: tuple[Wish, ...], found: Siting) -> None:
    """What holds of every answer, whatever the limits were."""
    answer = found.answer
    assert answer.solution is not None
    assert answer.solution.tolist() == sorted(set(answer.solution.tolist()))
    assert question.terms.kept(answer.solution)
    for wish, goal in zip(wishes, answer.goals, strict=True):
        assert (goal.name, goal.sense) == (wish.value, wish.sense)
        assert goal.value == worth(question, wish, answer.solution)
    assert (answer.status is Status.OPTIMAL) == all(goal.gap == 0 for goal in answer.goals)


@settings(max_examples=80)
@given(questions(), orders)
def test_the_best_is_the_best_of_all_choices(question: Question, wishes: tuple[Wish, ...]) -> None:
    found, oracle = asked(question, wishes, Limits()), best(question, wishes)
    if oracle is None:
        assert found.answer.status is Status.INFEASIBLE
        assert found.answer.solution is None
        assert found.clashes
        return
    rightly_told(question, wishes, found)
    assert [goal.value for goal in found.answer.goals] == oracle
    assert [goal.bound for goal in found.answer.goals] == oracle
    assert (found.answer.status, found.clashes) == (Status.OPTIMAL, ())


@settings(max_examples=80)
@given(questions(), orders, st.sampled_from([NONE, Limits(halted=lambda: True)]))
def test_without_a_search_there_is_an_answer_and_a_counted_bound(
    question: Question, wishes: tuple[Wish, ...], limits: Limits
) -> None:
    found, oracle = asked(question, wishes, limits), best(question, wishes)
    if oracle is None:
        assert found.answer.status is Status.INFEASIBLE
        return
    rightly_told(question, wishes, found)
    for wish, goal in zip(wishes, found.answer.goals, strict=True):
        alone = best(question, (wish,))
        assert goal.proof is Proof.COUNTED
        assert alone is not None
        assert goal.bound is not None
        assert goal.bound <= alone[0] if goal.sense is Sense.LEAST else goal.bound >= alone[0]
    if found.answer.status is Status.FEASIBLE:
        halted = limits.halted()
        assert found.answer.ending is (Ending.HALTED if halted else Ending.LIMIT)


@given(questions())
def test_a_search_is_never_worse_than_none(question: Question) -> None:
    plain = asked(question, (Wish.COVERED,), NONE).answer
    exact = asked(question, (Wish.COVERED,), Limits()).answer
    if plain.solution is not None:
        assert exact.goals[0].value >= plain.goals[0].value
        assert exact.goals[0].bound <= plain.goals[0].bound


@given(questions(simple=True))
def test_more_places_never_cover_less(question: Question) -> None:
    fixed = question.terms.fixed
    sizes = range(len(fixed), question.terms.sites + 1)
    found = [
        maximal_cover(question.reach, Terms(question.terms.sites, places, fixed), Limits())
        for places in sizes
    ]
    values = [each.answer.goals[0].value for each in found]
    assert values == sorted(values)


@given(questions(simple=True), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_value(question: Question, chance: object) -> None:
    reach, terms = question.reach, question.terms
    points, sites = list(range(len(reach))), list(range(reach.sites))
    chance.shuffle(points)  # type: ignore[attr-defined]
    chance.shuffle(sites)  # type: ignore[attr-defined]
    rows = [
        (
            int(reach.weights[at]),
            {sites[each] for each in reach.reached_by[reach.starts[at] : reach.starts[at + 1]]},
        )
        for at in points
    ]
    moved = Terms(terms.sites, terms.places, rows_of({sites[each] for each in terms.fixed}))
    one = maximal_cover(reach, terms, Limits()).answer
    other = maximal_cover(reach_of(rows, reach.sites), moved, Limits()).answer
    assert [each.value for each in one.goals] == [each.value for each in other.goals]
    assert one.status == other.status


def test_points_that_nobody_reaches_are_told_and_weigh_nothing() -> None:
    reach = reach_of([(5, {0}), (9, set()), (4, {1})], 2)
    found = maximal_cover(reach, Terms(2, closed=np.array([1])), Limits())
    assert found.unserved.tolist() == [1, 2]
    assert (found.answer.goals[0].value, found.answer.goals[0].bound) == (5, 5)


@pytest.mark.parametrize("limits", [NONE, Limits(), Limits(halted=lambda: True)])
def test_nothing_to_choose_and_nobody_to_serve_are_answers(limits: Limits) -> None:
    for sites, rows, places in (
        (0, [], None),
        (0, [(7, set())], 3),
        (2, [], 1),
        (2, [(7, {0})], 0),
        (2, [(0, {0}), (0, {0, 1})], 2),
    ):
        found = maximal_cover(reach_of(rows, sites), Terms(sites, places=places), limits)
        answer = found.answer
        assert (answer.status, answer.ending) == (Status.OPTIMAL, Ending.PROOF)
        assert (answer.goals[0].value, answer.goals[0].bound) == (0, 0)
        assert answer.solution is not None
        assert answer.solution.tolist() == []


def test_terms_that_clash_are_an_answer_with_their_reasons() -> None:
    quota = Quota("district", np.array([0, 1]), 1)
    terms = Terms(3, places=1, fixed=np.array([0, 1]), quotas=(quota,))
    found = maximal_cover(reach_of([(5, {0})], 3), terms, Limits())
    assert found.answer.status is Status.INFEASIBLE
    assert [(goal.value, goal.bound) for goal in found.answer.goals] == [(None, None)]
    assert found.clashes == (
        Clash(Reason.MORE_FIXED_THAN_PLACES),
        Clash(Reason.MORE_FIXED_THAN_QUOTA, (0,)),
    )


def test_what_cannot_be_asked_is_said() -> None:
    reach = reach_of([(5, {0})], 1)
    with pytest.raises(ValueError, match="1 sites and the terms 2"):
        maximal_cover(reach, Terms(2), Limits())
    with pytest.raises(ValueError, match="at least one wish"):
        cover_in_order(reach, Terms(1), (), Limits())
    with pytest.raises(ValueError, match="one priority for each site"):
        cover_in_order(reach, Terms(1), (Wish.PRIORITY,), Limits(), priority=np.zeros(2, np.int64))
    with pytest.raises(ValueError, match="negative"):
        maximal_cover(reach_of([(-1, {0})], 1), Terms(1), Limits())
    with pytest.raises(OverflowError, match="beyond 2\\^53"):
        maximal_cover(reach_of([(1 << 52, {0}), (1 << 52, {0})], 1), Terms(1), Limits())


def scattered(points: int, sites: int, *, radius: float = 0.15, seed: int = 3) -> Reach:
    """Points and sites in a unit square."""
    chance = np.random.default_rng(seed)
    here, there = chance.random((points, 2)), chance.random((sites, 2))
    near = ((here[:, None] - there) ** 2).sum(axis=2) <= radius**2
    starts = np.concatenate([[0], np.cumsum(near.sum(axis=1))])
    return Reach(chance.integers(1, 100, points), starts, np.nonzero(near)[1], sites)


def test_one_more_wish_costs_the_first_nothing() -> None:
    reach = scattered(300, 40)
    alone = maximal_cover(reach, Terms(40, places=9), Limits()).answer
    wishes = (Wish.COVERED, Wish.COVERED_TWICE)
    both = cover_in_order(reach, Terms(40, places=9), wishes, Limits()).answer
    assert both.goals[0].value == alone.goals[0].value
    assert both.goals[1].value >= reach.covered(alone.solution, times=2)


def test_a_second_site_beside_every_first_is_backup() -> None:
    reach = reach_of([(5, {0, 1}), (7, {2, 3}), (1, {4})], 5)
    found = cover_in_order(reach, Terms(5, places=2), (Wish.COVERED_TWICE,), Limits()).answer
    assert (found.goals[0].value, found.solution.tolist()) == (7, [2, 3])


def test_every_order_of_wishes_is_kept() -> None:
    reach = scattered(30, 7, radius=0.3)
    question = Question(reach, Terms(7, places=3), np.arange(7))
    for wishes in itertools.permutations(Wish):
        found = asked(question, wishes, Limits()).answer
        assert [goal.value for goal in found.goals] == best(question, wishes)
