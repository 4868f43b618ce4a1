"""Quotas: the smallest limit binds; a limit of the whole area is shared out."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.findings import Limit, Outcome
from dingdian.core.quotas import quotas
from tests.worlds import ROOT, rule, world

RESOURCES = rule("resources", ["pharmacies"])
DISTRICTS = ("east", "north", "west")


def answer(limits, released=None):
    """Quotas of pharmacies for limits given as (rule, scope, value), and what binds."""
    facts = world(
        {f"released_pharmacies.{at}": n for at, n in (released or {}).items()}, rules=[RESOURCES]
    )
    made = []
    for name, scope, value in limits:
        number = None if value is None else Fraction(value)
        key = facts.workings.given(f"limit.{name}", scope, number, unit="institution").key
        made.append(Limit("pharmacies", scope, name, key))
    found = quotas(facts, [Outcome((), tuple(made))])
    values = {
        each.scope: facts.workings.figures[each.key].value if each.key else "no number"
        for each in found
    }
    return values, {each.scope: each.binding for each in found}


def everywhere(name, value):
    return [(name, at, value) for at in DISTRICTS]


def test_no_limit_is_no_number():
    values, _ = answer([])

    assert set(values.values()) == {"no number"}


@pytest.mark.clause("SY-10")
def test_the_smallest_limit_binds_and_is_named():
    values, binding = answer([*everywhere("a", 5), ("b", "east", 3)])

    assert values == {"east": 3, "north": 5, "west": 5, ROOT: 13}
    assert binding["east"] == ("b",)
    assert binding["north"] == ("a",)


def test_zero_binds_beside_an_unknown_limit_and_nothing_else_does():
    values, _ = answer(
        [("a", "east", None), ("b", "east", 0), ("a", "west", None), ("b", "west", 4)]
    )

    assert values["east"] == 0
    assert values["west"] is None


def test_a_limit_of_the_whole_is_shared_out_by_the_districts_own():
    values, _ = answer([*everywhere("a", 4), ("city", ROOT, 7)])

    assert values == {"east": 3, "north": 2, "west": 2, ROOT: 7}


def test_the_rule_of_the_whole_is_named_where_it_binds():
    _, own = answer([*everywhere("a", 4), ("city", ROOT, 12)])
    _, shared = answer([*everywhere("a", 4), ("city", ROOT, 11)])

    assert set(own.values()) == {("a",)}
    assert set(shared.values()) == {("city",)}


def test_a_total_made_of_districts_names_what_binds_them_not_a_looser_whole():
    _, binding = answer([*everywhere("pause", 0), *everywhere("a", 5), ("city", ROOT, 9)])

    assert binding[ROOT] == ("pause",)


def test_a_district_without_a_number_shares_where_the_whole_binds():
    limits = [("a", "east", 8), ("a", "north", 8), ("city", ROOT, 10)]

    values, binding = answer(limits, {"west": 4})

    assert values == {"east": 4, "north": 4, "west": 2, ROOT: 10}
    assert binding["west"] == ("city",)


def test_a_district_without_a_number_keeps_none_while_the_whole_leaves_room():
    values, _ = answer([("a", "east", 3), ("city", ROOT, 10)], {"west": 4, "north": 0})

    assert (values["west"], values["east"], values[ROOT]) == ("no number", 3, 10)


def test_a_whole_of_zero_closes_districts_without_a_number():
    values, _ = answer([("city", ROOT, 0)])

    assert set(values.values()) == {0}


def test_an_unknown_limit_of_the_whole_leaves_only_own_zeros_known():
    values, _ = answer([("a", "east", 0), ("a", "west", 4), ("city", ROOT, None)])

    assert values == {"east": 0, "west": None, "north": None, ROOT: None}


def test_a_known_limit_of_the_whole_beside_an_unknown_own_leaves_no_number_as_it_is():
    values, _ = answer([("a", "east", 0), ("a", "west", None), ("city", ROOT, 5)])

    assert values == {"east": 0, "west": None, "north": "no number", ROOT: 5}


def test_own_zeros_everywhere_make_the_whole_zero_even_where_its_limit_is_unknown():
    values, _ = answer([*everywhere("a", 0), ("city", ROOT, None)])

    assert values == {"east": 0, "north": 0, "west": 0, ROOT: 0}


@settings(deadline=None, max_examples=50)
@given(own=st.lists(st.integers(0, 60), min_size=3, max_size=3), whole=st.integers(0, 120))
def test_districts_never_get_more_than_their_own_nor_together_more_than_the_whole(own, whole):
    limits = [("a", at, value) for at, value in zip(DISTRICTS, own, strict=True)]

    values, _ = answer([*limits, ("city", ROOT, whole)])

    assert all(values[at] <= value for at, value in zip(DISTRICTS, own, strict=True))
    assert sum(values[at] for at in DISTRICTS) == min(sum(own), whole) == values[ROOT]
