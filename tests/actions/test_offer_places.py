"""What an issued plan gives in its year, as plain numbers."""

import pytest

from dingdian.actions.offer_places import offer_places
from dingdian.core.record import LimitRecord, Named, RuleRecord
from tests.actions.test_compare_outcomes import figure, record


def rule(*, principle):
    return RuleRecord(
        zh="规则", en="rule", family="release_quota", layer="shenyang", clauses=(),
        principle=principle,
    )  # fmt: skip


def offered(*, principles=(True, True), **figures):
    found = record(**figures)
    names = ("one", "two")
    limit = figure("1").model_copy(update={"clauses": ("SY-12",)})
    figures = {**found.figures, "limit.one": limit}
    figures["limit.other"] = limit.model_copy(update={"clauses": ("SY-99",)})
    limits = tuple(
        LimitRecord(resource="pharmacies", scope="210102", rule=name, key=f"limit.{name}")
        for name in ("one", "other")
    )
    more = {"binding": names, "limits": limits}
    found = found.model_copy(
        update={
            "year": 2026,
            "figures": figures,
            "quotas": tuple(each.model_copy(update=more) for each in found.quotas),
            "rules": dict(zip(names, (rule(principle=e) for e in principles), strict=True)),
            "resources": {"pharmacies": Named(zh="零售药店", en="pharmacies")},
        }
    )
    return offer_places(found, "2026年度工作计划", {"210102001": "210102"})


@pytest.mark.clause("SY-12")
def test_every_number_of_the_plan_is_given_and_a_resource_without_one_is_left_out():
    plan = offered()
    assert (plan.year, plan.name) == (2026, "2026年度工作计划")
    assert [(e.scope, e.amount) for e in plan.given] == [("", 3), ("210102", 1)]
    assert {e.name.zh for e in plan.given} == {"零售药店"}
    assert plan.given[1].clauses == ("SY-12",)  # of what binds, not of every limit
    assert plan.district_of["210102001"] == "210102"


@pytest.mark.parametrize(
    ("value", "amount"), [("7/2", 3), ("0", 0), (None, None), ({"float": "1.5"}, None)]
)
def test_a_part_of_a_place_is_none_and_an_unknown_number_is_no_number(value, amount):
    assert offered(**{"q.210102": value}).given[1].amount == amount


@pytest.mark.parametrize(("principles", "wanted"), [((True, True), True), ((True, False), False)])
def test_an_exception_is_possible_only_where_every_rule_that_binds_leaves_room(principles, wanted):
    assert offered(principles=principles).given[0].principle is wanted
