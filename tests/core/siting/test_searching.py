"""The parts of a large search, each against counting: merging, greedy, swaps, multipliers."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.siting import Reach, Terms, Wish, maximal_cover
from dingdian.core.siting.both_ways import Cover, merged
from dingdian.core.siting.greedy import greedy
from dingdian.core.siting.maximal import Search, decided, most_covered
from dingdian.core.siting.multipliers import relax
from dingdian.core.siting.room import Room
from dingdian.core.siting.swaps import EMPTY, NEVER, Swaps, improved
from dingdian.core.siting.windows import around, window
from dingdian.core.solving import Ending, Limits, Proof, Status
from tests.core.siting.oracle import Question, best, choices, questions, reach_of

ROUNDS = Limits(nodes=0, rounds=60)


def waiting(question: Question) -> tuple[Cover, Room]:
    """What is left to choose: points that no fixed site reaches."""
    cover, _ = merged(question.reach, question.terms.open)
    room = Room(question.terms)
    return cover.only(np.flatnonzero(cover.times(room.fixed) == 0)), room


def weight(cover: Cover, chosen: np.ndarray) -> int:
    return int(cover.weights[cover.times(chosen) > 0].sum())


def possible(question: Question) -> list[np.ndarray]:
    """The free sites of every choice that keeps the terms."""
    fixed = question.terms.fixed
    return [np.setdiff1d(chosen, fixed) for chosen in choices(question.terms)]


keeping = questions().filter(lambda each: next(each.terms.clashes(), None) is None)


@given(keeping)
def test_points_made_one_are_reached_as_before(question: Question) -> None:
    reach, terms = question.reach, question.terms
    cover, unserved = merged(reach, terms.open)
    open_ = np.flatnonzero(terms.open)
    assert unserved.tolist() == np.flatnonzero(reach.times_covered(open_) == 0).tolist()
    rows = {tuple(cover.sites_of[a:b]) for a, b in itertools.pairwise(cover.starts)}
    assert len(rows) == len(cover), "no two points have the same sites"
    for chosen in possible(question):
        assert weight(cover, chosen) == reach.covered(chosen)
    for site in range(cover.sites):
        near = [p for p in range(len(cover)) if site in cover.sites_near(np.array([p]))[0]]
        assert sorted(cover.points(site).tolist()) == near


def test_the_order_of_a_row_and_a_site_named_twice_change_nothing() -> None:
    reach = Reach(np.array([1, 2]), np.array([0, 3, 5]), np.array([2, 0, 2, 0, 2]), 3)
    cover, _ = merged(reach, np.ones(3, bool))
    assert (cover.weights.tolist(), cover.sites_of.tolist()) == ([3], [0, 2])


@settings(max_examples=60)
@given(keeping)
def test_prices_never_prove_too_much(question: Question) -> None:
    cover, room = waiting(question)
    most = max(weight(cover, chosen) for chosen in possible(question))
    for rounds in (0, 1, 40):
        assert relax(cover, room, 0, Limits(rounds=rounds)).bound >= most


@given(keeping)
def test_sites_are_decided_only_against_nothing_better(question: Question) -> None:
    cover, room = waiting(question)
    value = weight(cover, greedy(cover, room))
    terms = decided(room, relax(cover, room, value, ROUNDS), value)
    for chosen in possible(question):
        if weight(cover, chosen) > value:
            assert np.isin(terms.fixed, chosen).all()
            assert not np.isin(terms.closed, chosen).any()
            assert not next(terms.clashes(), None)


@settings(max_examples=60)
@given(keeping, st.integers(0, 12))
def test_every_swap_is_worth_what_it_says(question: Question, times: int) -> None:
    cover, room = waiting(question)
    swaps = Swaps(cover, room, greedy(cover, room))
    for _ in range(times):
        if not len(swaps.chosen):
            return
        told, site, slot = swaps.best()
        worths = {}
        for comes in np.flatnonzero(room.free & (swaps.slot == EMPTY)):
            for leaves in range(len(swaps.chosen)):
                other = np.append(np.delete(swaps.chosen, leaves), comes)
                other = other[other != EMPTY]
                if question.terms.kept(np.concatenate([room.fixed, other])):
                    worths[int(comes), leaves] = weight(cover, other) - swaps.value
        if not worths:
            assert told < -NEVER // 2
            return
        assert told == max(worths.values()) == worths[site, slot]
        swaps.swap(site, slot)
        assert swaps.value == weight(cover, swaps.sites)


@given(keeping)
def test_swaps_keep_the_terms_and_never_lose(question: Question) -> None:
    cover, room = waiting(question)
    begin = greedy(cover, room)
    found = improved(Swaps(cover, room, begin), ROUNDS, enough=cover.total, idle=30)
    assert found.value == weight(cover, found.sites) >= weight(cover, begin)
    assert question.terms.kept(np.concatenate([room.fixed, found.sites]))


@given(keeping, st.integers(0, 6), st.integers(1, 4))
def test_a_window_is_chosen_anew_within_the_terms(question: Question, at: int, many: int) -> None:
    cover, room = waiting(question)
    chosen = greedy(cover, room)
    if not len(chosen):
        return
    seed = int(chosen[at % len(chosen)])
    inside, near = window(cover, chosen, seed, many)
    assert inside[0] == seed
    assert len(inside) <= many
    assert np.isin(inside, chosen).all()
    assert np.isin(inside, near).all()
    part = Room(around(room, chosen, inside, near))
    stay = np.setdiff1d(chosen, inside)
    for other in (inside, greedy(cover, part)):
        assert part.free[other].all()
        assert question.terms.kept(np.concatenate([room.fixed, stay, other]))


@settings(max_examples=40)
@given(keeping)
def test_windows_keep_the_terms_and_never_lose(question: Question) -> None:
    cover, room = waiting(question)
    begin = greedy(cover, room)
    search = Search(cover, room, Limits(rounds=100), begin=begin, bound=cover.total)
    search.renew()
    assert search.value == weight(cover, search.sites) >= weight(cover, begin)
    assert question.terms.kept(np.concatenate([room.fixed, search.sites]))


def test_windows_find_what_the_greedy_missed() -> None:
    cover, room = town()
    begin = greedy(cover, room)
    search = Search(cover, room, Limits(rounds=400), begin=begin, bound=cover.total)
    search.renew()
    assert search.value > weight(cover, begin)


@settings(max_examples=40)
@given(keeping)
def test_without_a_solver_the_bound_is_counted_and_holds(question: Question) -> None:
    found = maximal_cover(question.reach, question.terms, ROUNDS).answer
    most = best(question, (Wish.COVERED,))
    assert most is not None
    assert found.goals[0].proof is Proof.COUNTED
    assert found.goals[0].value <= most[0] <= found.goals[0].bound
    assert question.terms.kept(found.solution)


def town(seed: int = 5) -> tuple[Cover, Room]:
    """Points and sites in a square; too many to be counted through."""
    chance = np.random.default_rng(seed)
    here, there = chance.random((800, 2)), chance.random((120, 2))
    near = ((here[:, None] - there) ** 2).sum(axis=2) <= 0.08**2
    rows = [
        (int(weight), set(np.flatnonzero(row).tolist()))
        for weight, row in zip(chance.integers(1, 50, 800), near, strict=True)
    ]
    cover, _ = merged(reach_of(rows, 120), np.ones(120, bool))
    return cover, Room(Terms(120, places=25))


def test_prices_come_near_what_can_be_reached() -> None:
    cover, room = town()
    begin = greedy(cover, room)
    found = most_covered(cover, room, begin=begin, bound=cover.total, limits=Limits(nodes=0))
    exact = most_covered(cover, room, begin=begin, bound=cover.total, limits=Limits())
    assert exact.value == exact.bound
    assert found.value <= exact.value <= found.bound <= exact.value * 1.03
    assert weight(cover, begin) < found.value
    assert (found.proof, found.ending) == (Proof.COUNTED, Ending.LIMIT)


def test_the_same_limits_give_the_same_answer() -> None:
    cover, room = town()
    limits = Limits(nodes=0, rounds=300)
    one, other = (
        most_covered(cover, room, begin=greedy(cover, room), bound=cover.total, limits=limits)
        for _ in range(2)
    )
    assert (one.sites.tolist(), one.bound, one.effort) == (
        other.sites.tolist(),
        other.bound,
        other.effort,
    )


@pytest.mark.parametrize("breaths", [1, 5, 40, 200])
def test_whenever_it_is_halted_it_has_an_answer(breaths: int) -> None:
    cover, room = town()
    left = iter(range(breaths))
    limits = Limits(halted=lambda: next(left, None) is None)
    found = most_covered(cover, room, begin=greedy(cover, room), bound=cover.total, limits=limits)
    assert found.value == weight(cover, found.sites) <= found.bound
    assert found.ending in (Ending.HALTED, Ending.PROOF)
    if breaths < 5:
        assert found.ending is Ending.HALTED


def test_as_many_people_as_floats_tell_apart_are_counted() -> None:
    big = 1 << 51
    reach = reach_of([(big + 1, {0, 1}), (big, {1}), (big + 3, {2}), (5, {0, 2})], 3)
    for limits in (ROUNDS, Limits()):
        found = maximal_cover(reach, Terms(3, places=1), limits).answer
        assert (found.status, found.goals[0].value) == (Status.OPTIMAL, 2 * big + 1)
