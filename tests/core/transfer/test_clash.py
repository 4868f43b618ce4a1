"""The smallest set of rules that clash: constructed cases, and every subset on tiny cities."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.solving import Limits, Sense, Status, solve
from dingdian.core.transfer import ORDER, Measure, Question, Rule, smallest_clash, transfer
from dingdian.core.transfer.model import model_of
from tests.core.transfer.test_transfer import LOW, NORTH, SOUTH, TOP, beds, cities, city


def kept(question: Question, rules: frozenset[Rule]) -> bool:
    model = model_of(question, rules)
    nothing = model.programme.goal("kept", Sense.LEAST, model.give, 0 * model.give)
    return solve(model.programme, nothing, Limits()).status is not Status.INFEASIBLE


held = st.dictionaries(st.sampled_from(list(Measure)), st.integers(0, 2), min_size=1, max_size=2)


@settings(max_examples=12, deadline=None)
@given(cities(), held)
def test_no_smaller_set_clashes(question: Question, most: dict[Measure, int]) -> None:
    asked = replace(question, held={each: n for each, n in most.items() if question.has(each)})
    found = smallest_clash(asked, Limits())
    every = asked.rules()
    if found is None:
        assert kept(asked, frozenset(every))
        return
    assert found.smallest
    assert not kept(asked, frozenset(found.rules))
    for size in range(len(found.rules)):
        for chosen in itertools.combinations(every, size):
            assert kept(asked, frozenset(chosen))


def test_one_rule_alone_cannot_be_kept() -> None:
    """Beds that are not touched stand above the target, whatever else is given up."""
    asked = city(
        beds("still", NORTH, TOP, None, general=7),
        beds("b", SOUTH, LOW, general=3),
        held={Measure.EXCESS: 0},
    )
    clash = transfer(asked, ORDER, {}, Limits()).clash
    assert clash is not None
    assert clash.rules == (Rule.HOLD_EXCESS,)
    assert clash.reached == {Measure.EXCESS: 4}


@pytest.mark.clause("SY-06")
def test_two_rules_clash_the_freeze_and_a_target_that_needs_more_beds() -> None:
    asked = city(
        beds("a", NORTH, TOP, general=2),
        beds("b", SOUTH, LOW, general=2),
        held={Measure.SHORTAGE: 0},
    )
    clash = transfer(asked, ORDER, {}, Limits()).clash
    assert clash is not None
    assert clash.rules == (Rule.TOTAL, Rule.HOLD_SHORTAGE)
    assert clash.reached == {Measure.SHORTAGE: 2}


@pytest.mark.clause("SY-03", "SY-06")
def test_three_rules_clash_and_each_says_how_near_the_others_let_it_come() -> None:
    asked = city(
        beds("a", NORTH, TOP, 0, general=8),
        beds("b", NORTH, LOW, 0, general=2),
        held={Measure.STRUCTURE: 0, Measure.MOVED: 1},
    )
    clash = transfer(asked, ORDER, {}, Limits()).clash
    assert clash is not None
    assert clash.rules == (Rule.TOTAL, Rule.HOLD_STRUCTURE, Rule.HOLD_MOVED)
    assert clash.reached == {Measure.STRUCTURE: 2, Measure.MOVED: 3}


@pytest.mark.clause("SY-14")
def test_pools_managed_apart_are_named_where_they_are_what_stands_in_the_way() -> None:
    asked = city(
        beds("a", NORTH, TOP, 0, tcm=8),
        beds("b", NORTH, LOW, 0, general=2),
        held={Measure.STRUCTURE: 0},
    )
    clash = transfer(asked, ORDER, {}, Limits()).clash
    assert clash is not None
    assert clash.rules == (Rule.TOTAL, Rule.POOLS, Rule.TAKERS, Rule.HOLD_STRUCTURE)


def test_minimum_sizes_are_named_where_they_are() -> None:
    asked = city(
        beds("a", NORTH, TOP, 8, general=8),
        beds("b", NORTH, LOW, 0, general=2),
        held={Measure.STRUCTURE: 0},
    )
    clash = transfer(asked, ORDER, {}, Limits()).clash
    assert clash is not None
    assert clash.rules == (Rule.TOTAL, Rule.MINIMUM, Rule.HOLD_STRUCTURE)


def test_growth_is_named_where_it_is() -> None:
    asked = city(
        beds("a", NORTH, TOP, 0, general=8),
        beds("b", NORTH, LOW, 0, general=2),
        held={Measure.STRUCTURE: 0},
        growth=Fraction(1),
    )
    found = transfer(asked, ORDER, {}, Limits()).clash
    assert found is not None
    assert Rule.GROWTH in found.rules


def test_rules_that_can_be_kept_do_not_clash() -> None:
    assert smallest_clash(city(beds("a", NORTH, TOP, general=2)), Limits()) is None


def test_limits_that_end_the_search_leave_the_clash_unproved() -> None:
    asked = city(beds("a", NORTH, TOP, general=2), held={Measure.SHORTAGE: 0})
    assert smallest_clash(asked, Limits(nodes=0)) is None
