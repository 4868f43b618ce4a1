"""Prices prove, rounded rows hold, narrowing loses nothing: against every choice there is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.solving import (
    Aim,
    Ending,
    Limits,
    Programme,
    Proof,
    Sense,
    Status,
    solve_in_order,
)
from dingdian.core.solving.prices import priced
from dingdian.core.solving.tightening import tighten

SIDES = st.integers(-3, 4)


@st.composite
def programmes(draw: st.DrawFn) -> tuple[Programme, list[Aim]]:
    """Three goals of a small programme; some variables may be 2 or -1 as well."""
    programme = Programme()
    size = draw(st.integers(2, 5))
    take = programme.variables(size, low=0, high=1)
    programme.variables(1, low=-1, high=2)
    every = [*take.tolist(), size]
    for _ in range(draw(st.integers(1, 5))):
        of = draw(st.lists(st.sampled_from(every), unique=True, min_size=1))
        by = draw(st.lists(st.integers(-3, 3), min_size=len(of), max_size=len(of)))
        side = draw(SIDES)
        sides = draw(st.sampled_from(({"most": side}, {"least": side}, {"least": -2, "most": 3})))
        programme.row(of, by, **sides)
    weights = st.lists(st.integers(-5, 9), min_size=len(every), max_size=len(every))
    senses = st.sampled_from(Sense)
    aims = [
        programme.goal("any", draw(senses), every, draw(weights), constant=draw(SIDES))
        for _ in range(3)
    ]
    return programme, aims


def choices(programme: Programme) -> list[np.ndarray]:
    """Every answer in whole numbers: the slow, obvious oracle."""
    ranges = (range(low, high + 1) for low, high in zip(programme.low, programme.high, strict=True))
    return [one for one in map(np.array, itertools.product(*ranges)) if programme.kept(one)]


def odd_ring(count: int) -> tuple[Programme, Aim]:
    """Neighbours in a ring exclude one another: fractions reach half, whole numbers less."""
    programme = Programme()
    take = programme.variables(count, low=0, high=1)
    for at in range(count):
        programme.row([take[at], take[(at + 1) % count]], most=1)
    return programme, programme.goal("taken", Sense.MOST, take, [1] * count)


@settings(max_examples=40, deadline=None)
@given(programmes(), st.lists(st.floats(-9, 9), min_size=5, max_size=5))
def test_whatever_the_prices_no_answer_beats_what_they_prove(
    it: tuple[Programme, list[Aim]], drawn: list[float]
) -> None:
    programme, aims = it
    prices = np.array(drawn[: len(programme.least)])
    for aim in aims:
        proved = priced(programme, aim, prices)
        assert proved is not None
        for one in choices(programme):
            assert aim.way * (proved.bound - aim.value(one)) >= 0


@settings(max_examples=40, deadline=None)
@given(programmes(), st.lists(st.floats(-9, 9), min_size=5, max_size=5), st.integers(0, 30))
def test_narrowing_keeps_every_answer_that_is_good_enough(
    it: tuple[Programme, list[Aim]], drawn: list[float], below: int
) -> None:
    programme, (aim, *_) = it
    before = programme.copy()
    proved = priced(programme, aim, np.array(drawn[: len(programme.least)]))
    assert proved is not None
    wanted = proved.bound - aim.way * below
    narrow = proved.narrowed(programme, wanted)
    good = [one for one in choices(programme) if aim.way * (aim.value(one) - wanted) >= 0]
    assert all(narrow.kept(one) for one in good)
    left = (programme.low, programme.high, programme.least, programme.most)
    assert left == (before.low, before.high, before.least, before.most), "it is left as it was"


def test_narrowing_settles_what_cannot_be_otherwise() -> None:
    programme = Programme()
    take = programme.variables(3, low=0, high=1)
    programme.row(take, most=1)
    aim = programme.goal("worth", Sense.MOST, take, [9, 8, 2])
    proved = priced(programme, aim, np.array([8.0]))
    assert proved is not None
    assert proved.bound == 9
    narrow = proved.narrowed(programme, 8)
    assert (narrow.low, narrow.high, narrow.least) == ([0, 0, 0], [1, 1, 0], [1])
    narrow = proved.narrowed(programme, 9)
    assert (narrow.low, narrow.high, narrow.least) == ([1, 0, 0], [1, 1, 0], [1])
    assert proved.narrowed(programme, 10).low == [0, 0, 0], "beyond the bound nothing is told"


def test_what_64_bits_cannot_count_proves_nothing() -> None:
    programme = Programme()
    programme.row(programme.variables(1, low=0, high=1 << 31), 1 << 40, most=1 << 52)
    aim = programme.goal("worth", Sense.MOST, [0], [1 << 40])
    assert priced(programme, aim, np.array([1.0])) is None


@settings(max_examples=30, deadline=None)
@given(programmes())
def test_rows_that_are_added_take_no_answer_away(it: tuple[Programme, list[Aim]]) -> None:
    programme, aims = it
    before = choices(programme)
    for aim in aims:
        tight = tighten(programme, aim, Limits())
        if tight.proved is not None and before:
            best = max(aim.way * aim.value(one) for one in before)
            assert aim.way * tight.proved.bound >= best
    assert all(programme.kept(one) for one in before)


@pytest.mark.parametrize("count", [3, 5, 7, 9])
def test_an_odd_ring_is_tight_after_its_rows_are_halved(count: int) -> None:
    programme, aim = odd_ring(count)
    rows = len(programme.least)
    loose = tighten(programme.copy(), aim, Limits(rounds=0)).proved
    tight = tighten(programme, aim, Limits()).proved
    assert loose is not None
    assert tight is not None
    assert (loose.bound, tight.bound) == (count // 2, count // 2)
    assert loose.limit > loose.scale * loose.bound, "fractions reach half a one more"
    assert tight.limit < tight.scale * tight.bound + tight.scale // 1000
    assert programme.most[rows:] == [count // 2]


@settings(max_examples=30, deadline=None)
@given(programmes(), st.sampled_from((Limits(), Limits(rounds=0))))
def test_goals_in_order_are_the_best_of_all(
    it: tuple[Programme, list[Aim]], limits: Limits
) -> None:
    """Without rows added, HiGHS has to close what the linear programme leaves open."""
    programme, aims = it
    every = choices(programme)
    answer = solve_in_order(programme, aims, limits)
    if not every:
        assert answer.status is Status.INFEASIBLE
        return
    wanted = max([aim.way * aim.value(one) for aim in aims] for one in every)
    assert [aim.way * (goal.value or 0) for aim, goal in zip(aims, answer.goals, strict=True)] == (
        wanted
    )
    assert [goal.bound for goal in answer.goals] == [goal.value for goal in answer.goals]
    assert (answer.status, answer.ending) == (Status.OPTIMAL, Ending.PROOF)


def test_a_bound_that_whole_numbers_reach_is_counted() -> None:
    programme, aim = odd_ring(5)
    goal = solve_in_order(programme, (aim,), Limits()).goals[0]
    assert (goal.value, goal.bound, goal.proof) == (2, 2, Proof.COUNTED)


def test_who_says_no_to_an_answer_gets_no_later_goal() -> None:
    programme, aim = odd_ring(5)
    refused = solve_in_order(programme, (aim, aim), Limits(), unless=lambda found: found.sum() == 2)
    assert len(refused.goals) == 1
    assert len(solve_in_order(programme, (aim, aim), Limits(), unless=lambda _: False).goals) == 2
