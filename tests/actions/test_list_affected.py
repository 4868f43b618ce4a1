"""Who would be affected: open applications whose kept rules are others on a day (DX-41)."""

import datetime as dt

import pytest

from dingdian.actions.list_affected import list_affected
from tests.core.lifecycle.lives import applied, evaluating, in_force, terms

BEGUN = dt.date(2026, 1, 1)  # the rules of Daxing'anling begin
TODAY = dt.date(2026, 2, 2)


def affected(*lives, then=TODAY, **choices):
    its = terms("daxinganling", **choices)
    states = [each.state for each in lives]
    return {each.state.case: each for each in list_affected(states, its, TODAY, then)}


def named(name, life):
    from dataclasses import replace

    life.case = name
    life.entries = [replace(each, case=name) for each in life.entries]
    return life


@pytest.mark.clause("DX-41")
def test_an_application_from_before_a_change_keeps_its_rules_and_is_listed_with_them():
    its = terms("daxinganling")
    before = named("before", applied(its, "2025-12-31", kind="retail_pharmacy"))
    on_the_day = named("since", applied(its, "2026-01-01", kind="retail_pharmacy"))
    found = affected(before, on_the_day, rules_of_day="application_day")
    assert list(found) == ["before"]
    assert found["before"].rules_day == dt.date(2025, 12, 31)
    changed = {each.rule: each for each in found["before"].reached}
    assert (changed["dx_pharmacy_new_places"].was, changed["dx_pharmacy_new_places"].now) == (
        "",
        "DX-25",
    )
    assert affected(before, then=dt.date(2025, 12, 31), rules_of_day="application_day") == {}


def test_the_day_that_counts_is_that_of_the_reading():
    its = terms("daxinganling")
    life = applied(its, "2025-12-31")
    life.do("accept", "2026-01-05")
    assert affected(life, rules_of_day="acceptance_day") == {}
    assert list(affected(life, rules_of_day="application_day")) == ["A-1"]
    assert affected(life, rules_of_day="decision_day") == {}


def test_a_rule_of_the_other_side_meets_nobody_and_who_is_not_open_is_left_out():
    its = terms("daxinganling")
    kinds = ("retail_pharmacy", "clinic")
    lives = [named(each, evaluating(its, "2025-12-31", kind=each)) for each in kinds]
    found = affected(*lives, in_force(), rules_of_day="application_day")
    assert set(found) == set(kinds)
    rules = {case: {each.rule for each in its.reached} for case, its in found.items()}
    only = {each for each in rules["retail_pharmacy"] if each not in rules["clinic"]}
    assert only
    assert not {each for each in rules["clinic"] - rules["retail_pharmacy"] if "pharmacy" in each}
