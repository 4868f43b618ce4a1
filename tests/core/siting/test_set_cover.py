"""The fewest sites that reach everybody, against every choice there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from dingdian.core.siting import Clash, Quota, Reach, Reason, Terms, set_cover
from dingdian.core.siting.both_ways import merged
from dingdian.core.siting.fewest import fewer
from dingdian.core.siting.greedy import greedy
from dingdian.core.siting.room import Room
from dingdian.core.solving import Limits, Proof, Status
from tests.core.siting.oracle import Question, fewest, questions, reach_of

NONE = Limits(nodes=0, rounds=0)


@settings(max_examples=100)
@given(questions())
def test_the_fewest_are_the_fewest_of_all_choices(question: Question) -> None:
    found, oracle = set_cover(question.reach, question.terms, Limits()), fewest(question)
    answer, terms = found.answer, question.terms
    if oracle is None:
        assert answer.status is Status.INFEASIBLE
        assert found.clashes
        return
    assert (answer.status, answer.goals[0].value, answer.goals[0].bound) == (
        Status.OPTIMAL,
        oracle,
        oracle,
    )
    assert answer.solution is not None
    assert terms.kept(answer.solution)
    reached = question.reach.times_covered(answer.solution) > 0
    assert set(np.flatnonzero(~reached)) == set(found.unserved)


@given(questions())
def test_without_a_search_it_says_what_it_knows(question: Question) -> None:
    found, oracle = set_cover(question.reach, question.terms, NONE), fewest(question)
    answer = found.answer
    if oracle is None:
        assert answer.status in (Status.INFEASIBLE, Status.UNKNOWN)
        return
    assert answer.status is not Status.INFEASIBLE
    assert answer.goals[0].bound is not None
    assert answer.goals[0].bound <= oracle
    if answer.solution is not None:
        assert question.terms.kept(answer.solution)
        assert answer.goals[0].value == len(answer.solution) >= oracle


@given(questions(most=5))
def test_without_any_one_of_the_reasons_the_others_can_be_kept(question: Question) -> None:
    found, terms = set_cover(question.reach, question.terms, Limits()), question.terms
    if found.answer.status is not Status.INFEASIBLE or next(terms.clashes(), None):
        return
    shut = np.flatnonzero(~terms.open)
    told = {clash.reason: clash.about for clash in found.clashes}
    rows = told.get(Reason.QUOTA_TOO_LOW, ())
    left = replace(
        terms,
        closed=shut,
        places=terms.places if Reason.TOO_FEW_PLACES in told else None,
        quotas=tuple(terms.quotas[row] for row in rows),
        apart=terms.apart if Reason.SITES_TOO_NEAR in told else terms.apart[:0],
    )
    assert fewest(replace(question, terms=left)) is None
    lighter = [replace(left, places=None)] * (Reason.TOO_FEW_PLACES in told)
    lighter += [replace(left, apart=left.apart[:0])] * (Reason.SITES_TOO_NEAR in told)
    for at in range(len(rows)):
        lighter.append(replace(left, quotas=(*left.quotas[:at], *left.quotas[at + 1 :])))
    for each in lighter:
        assert fewest(replace(question, terms=each)) is not None


@given(questions())
def test_fewer_sites_reach_everybody_and_the_bound_holds(question: Question) -> None:
    terms, oracle = question.terms, fewest(question)
    if oracle is None:
        return
    cover, _ = merged(question.reach, terms.open)
    room = Room(terms)
    cover = cover.only(np.flatnonzero(cover.times(room.fixed) == 0))
    cover = replace(cover, weights=np.ones(len(cover), np.int64))
    begin = np.flatnonzero(room.free)
    if not terms.kept(np.concatenate([room.fixed, begin])):
        return
    found = fewer(cover, room, begin=begin, least=0, limits=Limits(rounds=100))
    assert terms.kept(np.concatenate([room.fixed, found.sites]))
    assert cover.times(found.sites).all()
    assert found.least <= oracle - len(room.fixed) <= len(found.sites)


def test_a_town_is_served_by_few_and_it_is_told_how_few_are_too_few() -> None:
    chance = np.random.default_rng(8)
    here, there = chance.random((500, 2)), chance.random((120, 2))
    near = ((here[:, None] - there) ** 2).sum(axis=2) <= 0.2**2
    starts = np.concatenate([[0], np.cumsum(near.sum(axis=1))])
    reach = Reach(np.ones(500, np.int64), starts, np.nonzero(near)[1], 120)
    exact = set_cover(reach, Terms(120), Limits()).answer.goals[0]
    cover, _ = merged(reach, np.ones(120, bool))
    cover, room = replace(cover, weights=np.ones(len(cover), np.int64)), Room(Terms(120))
    begin = greedy(cover, room)
    found = fewer(cover, room, begin=begin, least=0, limits=Limits(rounds=600))
    assert exact.gap == 0
    assert 1 < found.least <= exact.value <= len(found.sites) < len(begin)
    assert cover.times(found.sites).all()


def test_too_few_places_are_counted_without_a_search() -> None:
    reach = reach_of([(1, {0}), (1, {1}), (0, {2})], 3)
    found = set_cover(reach, Terms(3, places=2), NONE)
    assert found.answer.status is Status.INFEASIBLE
    assert found.clashes == (Clash(Reason.TOO_FEW_PLACES),)
    assert found.answer.goals[0].proof is Proof.COUNTED
    assert set_cover(reach, Terms(3, places=3), NONE).answer.status is Status.OPTIMAL


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        (Terms(3, places=1), Clash(Reason.TOO_FEW_PLACES)),
        (Terms(3, quotas=(Quota("q", np.arange(3), 1),)), Clash(Reason.QUOTA_TOO_LOW, (0,))),
        (Terms(3, apart=np.array([[0, 1], [0, 2], [1, 2]])), Clash(Reason.SITES_TOO_NEAR)),
    ],
)
def test_each_reason_is_named(terms: Terms, reason: Clash) -> None:
    triangle = reach_of([(1, {0, 1}), (1, {1, 2}), (1, {0, 2})], 3)
    assert set_cover(triangle, terms, Limits()).clashes == (reason,)


def test_what_stands_serves_and_is_counted() -> None:
    reach = reach_of([(1, {0}), (1, {0, 1}), (1, {1, 2})], 3)
    answer = set_cover(reach, Terms(3, fixed=np.array([2])), Limits()).answer
    assert answer.solution is not None
    assert (answer.goals[0].value, answer.solution.tolist()) == (2, [0, 2])
