"""Transfers against every transfer there is, on cities that fit in a head."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.solving import Ending, Limits, Proof, Status
from dingdian.core.transfer import (
    LAST,
    ORDER,
    Cell,
    Holder,
    Measure,
    Question,
    Rule,
    Structure,
    measured,
    moves_of,
    transfer,
)
from dingdian.core.transfer.counting import after
from dingdian.core.transfer.model import model_of

NORTH, SOUTH = "north", "south"
TOP, LOW = "tertiary", "primary"
HALVES = Structure(
    shares={TOP: Fraction(1, 2), LOW: Fraction(1, 2)},
    levels={TOP: frozenset({TOP}), LOW: frozenset({LOW})},
    scopes={"city": frozenset({NORTH, SOUTH})},
)


def beds(code: str, district: str, level: str, least: int | None = 0, **pools: int) -> Holder:
    return Holder(code, district, level, pools, least)


def city(*holders: Holder, **more: object) -> Question:
    pools = frozenset(pool for each in holders for pool in each.beds)
    asked = {
        "structure": HALVES,
        "targets": {NORTH: 3, SOUTH: 3},
        "people": {NORTH: 1000, SOUTH: 2000},
    }
    return Question(holders, pools, **(asked | more))  # type: ignore[arg-type]


def gives(each: Holder) -> list[dict[str, int]]:
    """Everything that an institution may give of its pools."""
    every = itertools.product(*(range(n + 1) for n in each.beds.values()))
    found = [dict(zip(each.beds, numbers, strict=True)) for numbers in every]
    return [one for one in found if sum(one.values()) <= each.room]


def every_change(question: Question) -> Iterator[Mapping[Cell, int]]:
    """Every change that a transfer may make: the slow, obvious oracle."""
    touched = [each for each in question.holders if each.least is not None]
    most = {
        cell: sum(question.movable.values())
        if question.growth is None
        else int(question.growth * n)
        for cell, n in question.movable.items()
        if n
    }
    outs = set()
    for chosen in itertools.product(*map(gives, touched)):
        out = dict.fromkeys(question.movable, 0)
        for each, gift in zip(touched, chosen, strict=True):
            for pool, n in gift.items():
                out[Cell(each.district, each.level, pool)] += n
        outs.add(tuple(out.items()))
    for pairs in outs:
        out = dict(pairs)
        per_pool = []
        for pool in sorted({cell.pool for cell in out}):
            cells = [cell for cell in most if cell.pool == pool]
            whole = sum(n for cell, n in out.items() if cell.pool == pool)
            ways = itertools.product(*(range(min(whole, most[cell]) + 1) for cell in cells))
            per_pool.append(
                [dict(zip(cells, way, strict=True)) for way in ways if sum(way) == whole]
            )
        for parts in itertools.product(*per_pool):
            take = {cell: n for part in parts for cell, n in part.items()}
            change = {cell: take.get(cell, 0) - n for cell, n in out.items()}
            if steady(question, change) and holds(question, change):
                yield {cell: n for cell, n in change.items() if n}


def steady(question: Question, change: Mapping[Cell, int]) -> bool:
    sums = {
        at: sum(n for cell, n in change.items() if cell.district == at) for at in (NORTH, SOUTH)
    }
    return not any(sums[at] for at in question.steady)


def holds(question: Question, change: Mapping[Cell, int]) -> bool:
    found = measured(question, change)
    return all(found[each] <= most for each, most in question.held.items())


def best(question: Question, order: tuple[Measure, ...]) -> list[int] | None:
    """The values of the best change by an order; ``None`` where none keeps the rules."""
    wanted = [each for each in dict.fromkeys((*order, *LAST)) if question.has(each)]
    found = (measured(question, change) for change in every_change(question))
    return min(([one[each] for each in wanted] for one in found), default=None)


places = st.sampled_from([(NORTH, TOP), (NORTH, LOW), (SOUTH, TOP), (SOUTH, LOW)])
holder = st.tuples(
    places, st.integers(0, 4), st.integers(0, 1), st.sampled_from([None, 0, 1, 2, 9])
)
orders = st.permutations(list(Measure)).map(lambda its: tuple(its[:4]))


@st.composite
def cities(draw: st.DrawFn) -> Question:
    stock = draw(st.lists(holder, min_size=1, max_size=4))
    holders = [
        beds(f"h{number}", *place, least, general=general, tcm=tcm)
        for number, (place, general, tcm, least) in enumerate(stock)
    ]
    return city(
        *holders,
        structure=draw(st.sampled_from([HALVES, None])),
        targets={NORTH: draw(st.integers(0, 6)), SOUTH: draw(st.integers(0, 6))},
        people={NORTH: draw(st.integers(1, 900)), SOUTH: draw(st.integers(1, 900))},
        growth=draw(st.sampled_from([None, Fraction(1), Fraction(1, 2)])),
    )


@settings(max_examples=40, deadline=None)
@given(cities(), orders)
@pytest.mark.clause("SY-03", "SY-04", "SY-06", "SY-14")
def test_it_is_the_best_of_all_transfers_and_proves_it(
    question: Question, order: tuple[Measure, ...]
) -> None:
    found = transfer(question, order, {}, Limits())
    goals = found.answer.goals
    assert [goal.value for goal in goals] == best(question, order)
    assert [goal.gap for goal in goals] == [0] * len(goals)
    assert (found.answer.status, found.answer.ending) == (Status.OPTIMAL, Ending.PROOF)


@settings(max_examples=20, deadline=None)
@given(cities(), st.sampled_from(list(Measure)), st.integers(0, 5))
def test_what_is_held_is_kept_or_nothing_keeps_it(
    question: Question, measure: Measure, most: int
) -> None:
    held = replace(question, held={measure: most} if question.has(measure) else {})
    found = transfer(held, ORDER, {}, Limits())
    wanted = best(held, ORDER)
    assert (found.answer.solution is None) == (wanted is None) == (found.clash is not None)
    if wanted is not None:
        assert [goal.value for goal in found.answer.goals] == wanted
        assert found.after.get(measure, 0) <= most


@settings(max_examples=25, deadline=None)
@given(cities())
@pytest.mark.clause("SY-06", "SY-14")
def test_beds_of_each_pool_stay_as_many_and_no_institution_falls_below_its_minimum(
    question: Question,
) -> None:
    found = transfer(question, ORDER, {}, Limits())
    for pool in ("general", "tcm"):
        before = sum(n for cell, n in question.now.items() if cell.pool == pool)
        assert sum(n for cell, n in found.beds.items() if cell.pool == pool) == before
    assert min(found.beds.values(), default=0) >= 0
    for district, level in itertools.product((NORTH, SOUTH), (TOP, LOW)):
        its = [h for h in question.holders if (h.district, h.level) == (district, level)]
        change = found.answer.solution or {}
        given_ = sum(-n for cell, n in change.items() if n < 0 and cell[:2] == (district, level))
        assert given_ <= sum(each.room for each in its)


@settings(max_examples=25, deadline=None)
@given(cities())
def test_moves_make_up_the_change_and_beds_stay_at_home_as_far_as_they_can(
    question: Question,
) -> None:
    found = transfer(question, ORDER, {}, Limits())
    change = dict.fromkeys(found.beds, 0)
    for move in found.moves:
        assert move.beds > 0
        assert move.start.pool == move.end.pool
        change[move.start] -= move.beds
        change[move.end] += move.beds
    assert {cell: n for cell, n in change.items() if n} == dict(found.answer.solution or {})
    away = sum(move.beds for move in found.moves if move.start.district != move.end.district)
    assert away == found.after[Measure.LEAVING]


@settings(max_examples=15, deadline=None)
@given(cities(), st.sampled_from([Measure.STRUCTURE, Measure.TARGETS]), st.integers(0, 4))
def test_fewer_rules_are_never_worse(question: Question, first: Measure, most: int) -> None:
    if not question.has(first):
        return
    strict = replace(question, held={Measure.MOVED: most})
    loose = replace(question, growth=None)
    values = [
        transfer(asked, (first,), {}, Limits()).answer.goals[0].value
        for asked in (strict, question, loose)
    ]
    assert values == sorted(values, reverse=True)  # type: ignore[type-var]


@settings(max_examples=25, deadline=None)
@given(cities(), st.randoms(use_true_random=False))
def test_the_order_of_institutions_changes_nothing(question: Question, chance: object) -> None:
    shuffled = list(question.holders)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one = transfer(question, ORDER, {}, Limits())
    other = transfer(replace(question, holders=shuffled), ORDER, {}, Limits())
    assert (one.moves, one.answer.goals) == (other.moves, other.answer.goals)


# -- cases -----------------------------------------------------------------------------


def test_where_everything_is_equal_nothing_moves() -> None:
    even = city(*(beds(d + lv, d, lv, general=3) for d in (NORTH, SOUTH) for lv in (TOP, LOW)))
    even = replace(even, targets={NORTH: 6, SOUTH: 6})
    found = transfer(even, ORDER, {}, Limits())
    assert found.moves == ()
    assert set(found.after.values()) == {0}
    assert found.answer.status is Status.OPTIMAL


def test_without_a_rule_on_structure_and_without_targets_these_goals_are_left_out() -> None:
    bare = city(beds("a", NORTH, TOP, general=5), structure=None, targets={}, people={})
    found = transfer(bare, ORDER, {}, Limits())
    assert found.left_out == (Measure.STRUCTURE, Measure.TARGETS, Measure.UNEVEN)
    assert [goal.name for goal in found.answer.goals] == list(LAST)
    assert found.moves == ()


def test_an_institution_that_is_not_touched_counts_but_neither_gives_nor_takes() -> None:
    still = beds("still", NORTH, TOP, None, general=6)
    found = transfer(city(still, beds("b", SOUTH, LOW, general=0)), ORDER, {}, Limits())
    assert found.moves == ()
    assert found.before[Measure.STRUCTURE] == 3


def test_a_district_whose_beds_are_not_known_keeps_its_sum() -> None:
    three = [
        beds("a", NORTH, TOP, general=8),
        beds("b", SOUTH, TOP, general=4),
        beds("c", SOUTH, LOW, general=1),
    ]
    asked = city(*three, targets={NORTH: 1}, people={NORTH: 10}, steady=frozenset({SOUTH}))
    found = transfer(asked, ORDER, {}, Limits())
    assert [(move.start, move.end) for move in found.moves] == [
        (Cell(SOUTH, TOP, "general"), Cell(SOUTH, LOW, "general"))
    ]


def test_beds_go_only_where_such_beds_are_unless_nothing_says_so() -> None:
    asked = city(beds("a", NORTH, TOP, tcm=8), beds("b", SOUTH, LOW, general=1))
    assert transfer(asked, ORDER, {}, Limits()).moves == ()


def test_a_cell_grows_by_no_more_than_its_share() -> None:
    asked = city(beds("a", NORTH, TOP, general=9), beds("b", SOUTH, LOW, general=3))
    grown = replace(asked, growth=Fraction(1, 2))
    assert [move.beds for move in transfer(grown, ORDER, {}, Limits()).moves] == [1]
    assert [move.beds for move in transfer(asked, (Measure.STRUCTURE,), {}, Limits()).moves] == [3]


def test_without_a_node_the_answer_is_that_nothing_moves_and_nothing_is_below_0() -> None:
    asked = city(beds("a", NORTH, TOP, general=9), beds("b", SOUTH, LOW, general=3))
    found = transfer(asked, ORDER, {}, Limits(nodes=0))
    assert (found.answer.status, found.answer.ending) == (Status.FEASIBLE, Ending.LIMIT)
    assert [goal.value for goal in found.answer.goals] == [found.before[each] for each in ORDER]
    assert {(goal.bound, goal.proof) for goal in found.answer.goals} == {(0, Proof.COUNTED)}
    assert (found.moves, found.clash) == ((), None)


def test_without_a_node_nothing_is_known_where_nothing_moving_breaks_what_is_held() -> None:
    asked = city(beds("a", NORTH, TOP, general=9), beds("b", SOUTH, LOW, general=3))
    asked = replace(asked, held={Measure.STRUCTURE: 0})
    found = transfer(asked, ORDER, {}, Limits(nodes=0))
    assert (found.answer.status, found.answer.ending) == (Status.UNKNOWN, Ending.LIMIT)
    assert [goal.value for goal in found.answer.goals] == [None] * len(ORDER)
    assert (found.moves, found.clash, found.after) == ((), None, {})


def test_a_clock_outside_ends_it_and_is_named() -> None:
    asked = city(beds("a", NORTH, TOP, general=9), beds("b", SOUTH, LOW, general=3))
    found = transfer(asked, ORDER, {}, Limits(halted=lambda: True))
    assert (found.answer.status, found.answer.by_clock) == (Status.FEASIBLE, True)


@settings(max_examples=40, deadline=None)
@given(cities())
def test_that_nothing_moves_keeps_every_rule_and_measures_what_stands(question: Question) -> None:
    model = model_of(question, frozenset(question.rules()))
    assert model.programme.kept(model.still)
    for measure, n in measured(question, {}).items():
        assert int(model.aim(measure).weights @ model.still) == n


def test_nobody_has_beds() -> None:
    found = transfer(city(), ORDER, {}, Limits())
    assert (found.answer.status, found.moves) == (Status.OPTIMAL, ())


def test_each_goal_holds_those_before_it() -> None:
    """Structure first sends beds north to primary; targets first send them south."""
    asked = city(
        beds("a", NORTH, TOP, general=6),
        beds("b", NORTH, LOW, general=1),
        beds("c", SOUTH, TOP, general=1),
        targets={NORTH: 4, SOUTH: 4},
        people={NORTH: 10, SOUTH: 10},
    )
    first = transfer(asked, (Measure.STRUCTURE, Measure.TARGETS), {}, Limits()).after
    other = transfer(asked, (Measure.MOVED, Measure.TARGETS), {}, Limits()).after
    assert (first[Measure.STRUCTURE], first[Measure.TARGETS]) == (0, 0)
    assert (other[Measure.MOVED], other[Measure.TARGETS]) == (0, 6)


def test_the_levels_of_a_zone_and_of_the_city_may_both_be_asked_for() -> None:
    scopes = {"city": frozenset({NORTH, SOUTH}), "zone": frozenset({SOUTH})}
    asked = city(
        beds("a", SOUTH, TOP, general=6),
        beds("b", SOUTH, LOW, general=2),
        structure=replace(HALVES, scopes=scopes),
        targets={},
    )
    found = transfer(asked, ORDER, {}, Limits())
    assert (found.before[Measure.STRUCTURE], found.after[Measure.STRUCTURE]) == (4, 0)
    assert after(asked, found.answer.solution or {}) == found.beds


def test_beds_cross_a_zone_only_when_it_has_no_use_for_them() -> None:
    change = {Cell("a", TOP, "x"): -5, Cell("b", LOW, "x"): 2, Cell("c", LOW, "x"): 3}
    zones = {"a": "zone-main_urban", "b": "zone-county", "c": "zone-main_urban"}
    moves = moves_of({**change, Cell("d", TOP, "x"): -1, Cell("e", LOW, "x"): 1}, zones)
    assert [(move.start.district, move.end.district, move.beds) for move in moves] == [
        ("a", "b", 2),
        ("a", "c", 3),
        ("d", "e", 1),
    ]


def test_every_measure_can_be_held_by_a_rule_of_its_own() -> None:
    assert {Rule.holding(each).measure for each in Measure} == set(Measure)
    assert Rule.TOTAL.measure is None
