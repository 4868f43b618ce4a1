"""Which stay under a cap: against every choice there is, on small stocks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.retention import (
    DEFAULT_ORDER,
    UNSCORED,
    Aspect,
    Least,
    Question,
    Tier,
    choose,
    choosing,
)
from dingdian.core.retention.choosing import simple_bound
from dingdian.core.retention.greedy import first_choice
from dingdian.core.retention.losses import losses
from dingdian.core.retention.model import build, cells_of, likely
from dingdian.core.retention.needs import Rule, needs
from dingdian.core.siting import Reach
from dingdian.core.solving import Ending, Limits, Proof, Status

LIMITS = Limits()


def reach_of(cells: list[list[int]], weights: list[int], sites: int) -> Reach:
    sizes = np.array([len(each) for each in cells], np.int64)
    reached = np.array([site for each in cells for site in each], np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Reach(np.array(weights, np.int64), starts, reached, sites)


def question(
    cap: int,
    cells: list[list[int]],
    weights: list[int] | None = None,
    *,
    points: list[int] | None = None,
    stock: int = 4,
    **more: object,
) -> Question:
    nobody = np.zeros(stock, bool)
    plain = Question(
        cap=cap,
        leaving=nobody,
        held=nobody,
        reach=reach_of(cells, weights or [1] * len(cells), stock),
        points=np.array(points or [100_000] * stock, np.int64),
        dual_channel=nobody,
        district=np.zeros(stock, np.int64),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def choices(asked: Question) -> Iterator[np.ndarray]:
    """Everyone who might stay that keeps every rule: the slow, obvious oracle."""
    for every in itertools.product((False, True), repeat=asked.stock):
        kept = np.array(every, bool)
        if not any(asked.broken(kept)):
            yield kept


def best(asked: Question, tiers: tuple[Tier, ...]) -> list[int] | None:
    def rank(kept: np.ndarray) -> list[int]:
        return [
            sum(
                asked.counted(kept, aspect) * weight * (-1 if aspect is Aspect.EVEN_SPREAD else 1)
                for aspect, weight in tier
            )
            for tier in tiers
        ]

    return max((rank(kept) for kept in choices(asked)), default=None)


@st.composite
def asked(draw: st.DrawFn) -> Question:
    stock = draw(st.integers(2, 7))
    rows = st.lists(st.integers(0, stock - 1), unique=True, max_size=min(stock, 4))
    some = st.lists(st.integers(0, stock - 1), unique=True, min_size=1, max_size=min(stock, 4))
    cells = draw(st.lists(rows, max_size=6))
    weights = draw(st.lists(st.integers(0, 9), min_size=len(cells), max_size=len(cells)))
    masks = st.lists(st.integers(0, 5), min_size=stock, max_size=stock)
    kinds = np.array(draw(masks))
    minimums = draw(st.lists(st.tuples(some, st.integers(0, 2)), max_size=2))
    caps = draw(st.dictionaries(st.integers(0, 1), st.integers(0, 4), max_size=2))
    scores = st.sampled_from([60_000, 80_000, 100_000, UNSCORED])
    return Question(
        cap=draw(st.integers(0, stock)),
        leaving=kinds == 0,
        held=kinds == 1,
        reach=reach_of(cells, weights, stock),
        points=np.array(draw(st.lists(scores, min_size=stock, max_size=stock)), np.int64),
        dual_channel=np.array(draw(masks)) == 0,
        district=np.array(draw(st.lists(st.integers(0, 1), min_size=stock, max_size=stock))),
        minimums=tuple(
            Least(f"m{at}", np.array(of, np.int64), least)
            for at, (of, least) in enumerate(minimums)
        ),
        caps=caps,
        hold_localities=draw(st.booleans()),
    )


tiers = st.permutations(list(Aspect)).map(lambda order: tuple(((each, 1),) for each in order))


@pytest.mark.clause("SY-07", "SY-08")
@settings(max_examples=25, deadline=None)
@given(asked(), tiers)
def test_no_choice_is_better_in_the_order_of_the_goals(
    it: Question, order: tuple[Tier, ...]
) -> None:
    wanted = best(it, order)
    found = choose(it, LIMITS, order)
    if wanted is None:
        assert found.answer.status is Status.INFEASIBLE
        assert found.kept is None
        return
    assert found.kept is not None
    assert not [*it.broken(found.kept)]
    signs = [-1 if tier[0][0] is Aspect.EVEN_SPREAD else 1 for tier in order]
    values = [goal.value or 0 for goal in found.answer.goals]
    assert [sign * value for sign, value in zip(signs, values, strict=True)] == wanted
    assert [goal.bound for goal in found.answer.goals] == [
        goal.value for goal in found.answer.goals
    ]
    assert found.answer.status is Status.OPTIMAL


@settings(max_examples=15, deadline=None)
@given(asked())
def test_weights_within_a_tier_are_weighed_together(it: Question) -> None:
    order: tuple[Tier, ...] = (
        ((Aspect.COVERED_TWICE, 3), (Aspect.DUAL_CHANNEL, 2), (Aspect.EVEN_SPREAD, 1)),
    )
    wanted, found = best(it, order), choose(it, LIMITS, order)
    values = [goal.value for goal in found.answer.goals]
    assert (values if found.kept is not None else None) == wanted


@settings(max_examples=25, deadline=None)
@given(asked())
def test_the_plain_choice_keeps_the_rules_and_is_never_better(it: Question) -> None:
    rows = first_choice(it)
    if rows is None:
        return
    kept = np.zeros(it.stock, bool)
    kept[rows] = True
    assert not [*it.broken(kept)]
    found = choose(it, LIMITS)
    goal = found.answer.goals[0]
    assert goal.value is not None
    assert goal.value >= it.counted(kept, Aspect.SCORE)


@settings(max_examples=15, deadline=None)
@given(asked(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_value(it: Question, chance: object) -> None:
    turned = list(range(it.stock))
    chance.shuffle(turned)  # type: ignore[attr-defined]
    back = np.argsort(turned)
    moved = replace(
        it,
        leaving=it.leaving[turned],
        held=it.held[turned],
        points=it.points[turned],
        dual_channel=it.dual_channel[turned],
        district=it.district[turned],
        reach=replace(it.reach, reached_by=back[it.reach.reached_by]),
        minimums=tuple(replace(each, of=back[each.of]) for each in it.minimums),
    )
    one, other = choose(it, LIMITS), choose(moved, LIMITS)
    assert [goal.value for goal in one.answer.goals] == [g.value for g in other.answer.goals]


@pytest.mark.parametrize(("cap", "stays"), [(4, 4), (5, 4), (3, 3), (0, 0)])
def test_as_many_stay_as_the_cap_allows_and_no_fewer(cap: int, stays: int) -> None:
    found = choose(question(cap, []), LIMITS)
    assert found.kept is not None
    assert int(found.kept.sum()) == stays


def test_a_locality_keeps_its_last_one_whatever_its_score() -> None:
    it = question(3, [[0], [1, 2]], points=[10_000, 50_000, 90_000, 80_000])
    found = choose(it, LIMITS)
    assert found.kept is not None
    assert found.kept.tolist() == [True, False, True, True]


def test_localities_may_give_way_by_order() -> None:
    it = question(1, [[0], [1]], [5, 7], stock=2, hold_localities=False)
    found = choose(it, LIMITS, (((Aspect.COVERED, 1),),))
    assert found.kept is not None
    assert found.kept.tolist() == [False, True]
    assert choose(replace(it, hold_localities=True), LIMITS).answer.status is Status.INFEASIBLE


def test_nobody_scored_leaves_the_scores_without_a_say() -> None:
    it = question(3, [[0], [1], [2]], points=[UNSCORED] * 4)
    found = choose(it, LIMITS)
    assert found.kept is not None
    assert found.kept.tolist() == [True, True, True, False]
    assert found.answer.goals[0].value == 0


@pytest.mark.parametrize(
    ("limits", "ending"),
    [(Limits(nodes=0), Ending.LIMIT), (Limits(halted=lambda: True), Ending.HALTED)],
)
def test_without_any_time_the_plain_choice_is_told_as_what_it_is(
    limits: Limits, ending: Ending
) -> None:
    found = choose(question(3, [[0]], points=[1, 2, 3, 4]), limits)
    assert found.kept is not None
    assert found.kept.tolist() == [True, False, True, True]
    assert (found.answer.status, found.answer.ending) == (Status.FEASIBLE, ending)
    goal = found.answer.goals[0]
    assert (goal.value, goal.bound, goal.proof) == (8, 9, Proof.COUNTED)


def test_a_locality_with_many_is_taken_in_where_the_answer_needs_it() -> None:
    """Six of sixty go, and just those with the fewest points serve one locality, seven of them."""
    it = question(54, [list(range(7))], [9], points=[*range(1, 61)], stock=60)
    assert not likely(it, cells_of(it)).any(), "nobody expects it to lose all but one"
    order: tuple[Tier, ...] = (((Aspect.COVERED_TWICE, 1),), ((Aspect.SCORE, 1),))
    found = choose(it, LIMITS, order)
    assert found.kept is not None
    assert np.flatnonzero(~found.kept).tolist() == [0, 1, 2, 3, 4, 7]
    assert [(goal.value, goal.bound) for goal in found.answer.goals] == [(9, 9), (1807, 1807)]
    by_score = choose(it, LIMITS, order[::-1])
    assert [goal.value for goal in by_score.answer.goals] == [1809, 0]
    assert by_score.answer.status is Status.OPTIMAL


def test_a_clock_that_ends_it_before_what_was_overlooked_is_taken_in_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    it = question(
        54, [list(range(7))], [9], points=[UNSCORED] * 60, stock=60, hold_localities=False
    )
    over: list[bool] = []
    nearest = choosing._nearest

    def after_a_round(*given: object, **more: object) -> object:
        over.append(True)
        return nearest(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(choosing, "_nearest", after_a_round)
    monkeypatch.setattr(choosing, "likely", lambda _it, cells, **_: np.zeros(len(cells), bool))
    monkeypatch.setattr(choosing, "first_choice", lambda _it: np.arange(6, 60))
    order: tuple[Tier, ...] = (((Aspect.SCORE, 1),), ((Aspect.COVERED_TWICE, 1),))
    found = choose(it, Limits(halted=lambda: bool(over)), order)

    assert found.answer.status is Status.FEASIBLE
    assert found.answer.ending is Ending.HALTED


@settings(max_examples=15, deadline=None)
@given(asked())
def test_what_the_rules_need_is_the_fewest_that_keep_them(it: Question) -> None:
    fewest = {each.rule: each.answer.goals[0] for each in needs(it, LIMITS)}
    free = replace(it, caps={})
    kept = [
        np.array(every, bool)
        for every in itertools.product((False, True), repeat=it.stock)
        if not {rule.split(":")[0] for rule in free.broken(np.array(every, bool))} - {"number"}
    ]
    least = min(int(each.sum()) for each in kept)
    together = fewest[Rule.TOGETHER]
    assert (together.value, together.bound) == (least, least)
    assert all((fewest[rule].value or 0) <= least for rule in fewest)


@settings(max_examples=15, deadline=None)
@given(asked())
def test_what_the_rules_need_in_a_district_is_the_fewest_there(it: Question) -> None:
    every = [np.array(each, bool) for each in itertools.product((False, True), repeat=it.stock)]
    free = replace(it, caps={})
    kept = [one for one in every if not set(free.broken(one)) - {"number"}]
    asked_for = replace(it, caps={0: 1, 1: it.stock})
    found = {each.district: each for each in needs(asked_for, LIMITS) if each.district is not None}

    assert set(found) == {0, 1}
    for district, need in found.items():
        least = min(int(one[it.district == district].sum()) for one in kept)
        assert (need.rule, need.answer.goals[0].value) == (Rule.DISTRICT, least)


@settings(max_examples=15, deadline=None)
@given(asked())
def test_an_exchange_keeps_every_rule_and_differs_as_it_says(it: Question) -> None:
    found = choose(it, LIMITS)
    if found.kept is None:
        return
    for loss in losses(it, found.tiers, found.kept):
        own = [at for at in range(len(it.reach)) if loss.row in served_by(it, at)]
        times = it.reach.times_covered(np.flatnonzero(found.kept))
        assert loss.people == sum(int(it.reach.weights[at]) for at in own)
        assert loss.down_to_none == sum(int(it.reach.weights[at]) for at in own if not times[at])
        if loss.exchange is None:
            continue
        other = found.kept.copy()
        other[loss.row], other[loss.exchange.row] = True, False
        assert not [*it.broken(other)]
        differences = tuple(
            (it.counted(other, tier[0][0]) - it.counted(found.kept, tier[0][0]))
            * (-1 if tier[0][0] is Aspect.EVEN_SPREAD else 1)
            for tier in DEFAULT_ORDER
        )
        assert loss.exchange.differences == differences
        assert differences <= (0,) * len(differences), "no exchange beats the best"


def served_by(it: Question, at: int) -> list[int]:
    return list(it.reach.reached_by[it.reach.starts[at] : it.reach.starts[at + 1]])


@settings(max_examples=25, deadline=None)
@given(asked(), tiers)
def test_the_simple_bound_is_never_beaten(it: Question, order: tuple[Tier, ...]) -> None:
    for tier in order:
        if (wanted := best(it, (tier,))) is None:
            return
        if tier[0][0] is Aspect.EVEN_SPREAD:
            assert -wanted[0] >= simple_bound(it, tier)
        else:
            assert wanted[0] <= simple_bound(it, tier)


@settings(max_examples=15, deadline=None)
@given(asked(), tiers)
def test_a_choice_fills_every_variable_of_the_programme(
    it: Question, order: tuple[Tier, ...]
) -> None:
    cells = cells_of(it)
    for hold in (True, False):
        free = replace(it, hold_localities=hold)
        built = build(free, order, cells, np.ones(len(cells), bool))
        for kept in itertools.islice(choices(free), 4):
            filled = built.filled(free, cells, kept)
            assert built.programme.kept(filled)
            values = [int(aim.weights @ filled) + aim.constant for aim in built.aims]
            assert values == [free.counted(kept, tier[0][0]) for tier in order]
