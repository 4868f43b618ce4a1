"""The worked cases of the shelf, run through the same engines as a plan."""

import dataclasses
import datetime as dt
import functools
import re

import pytest

from dingdian.core.findings import Finding, Outcome
from dingdian.core.indicators import MEASURES
from dingdian.core.policy import Policy, PolicyBook
from dingdian.core.policy.cases import Case
from dingdian.core.rules import Facts, decide
from dingdian.core.workings import Workings, reason
from dingdian.storage.policy_yaml import read_cases, shelf_for, shipped
from tests.worlds import ROOT, census

DISTRICT = "here"
UNITS = ("town", "quarter", "village")
CASES = [
    pytest.param(place, case, id=f"{case.rule}-{case.name}")
    for place, cases in read_cases(shipped()).items()
    for case in cases
    if "distance" not in case.given  # those are cases of a site: test_spacing_cases
]


def tree(zone):
    """One district with a unit of each level below it, all of it main urban area."""
    levels = ("township", "community", "village")
    return (
        (ROOT, None, "prefecture", None),
        (DISTRICT, ROOT, "county", zone),
        *((unit, DISTRICT, level, None) for unit, level in zip(UNITS, levels, strict=True)),
    )


def facts_of(place: str, case: Case) -> Facts:
    zone = case.zone or "county"
    limits = [
        {"benchmark": key, "value": value}
        for key, value in case.given.items()
        if "." not in key and value is not None
    ]
    works = Workings(
        census=census(tree(zone), urban=(DISTRICT,), benchmarks=limits),
        policy=policy_of(place, case),
        measures=MEASURES,
        stock_day=dt.date(case.day.year - 1, 12, 31),
    )
    scopes = {"here": (DISTRICT, *UNITS), "zone": (f"zone-{zone}",), "whole": (ROOT,)}
    for key, value in case.given.items():
        if "." in key:
            measure, kind = key.split(".")
            measure = re.sub(r"^(.+)_(20\d\d)$", r"history.\1.\2", measure)
            for scope in scopes[kind]:
                works.given(measure, scope, value, unit=unit_of(measure), why=reason("not_given"))
    return Facts(works, case.day.year)


def unit_of(measure: str) -> str:
    return MEASURES[measure].unit if measure in MEASURES else "place"


@functools.cache
def shelf(place: str) -> PolicyBook:
    return shelf_for(place)[0]


def policy_of(place: str, case: Case) -> Policy:
    """The policy of the case's day, even where the plan is not valid and no plan is made."""
    book = shelf(place)
    layer = book.layers[place]
    free = dataclasses.replace(layer, card=layer.card.model_copy(update={"plan": None}))
    anytime = dataclasses.replace(book, layers={**book.layers, place: free})
    policy = anytime.on(place, case.day)
    changed = {
        name: policy.readings[name].model_copy(update={"chosen": option})
        for name, option in case.readings.items()
    }
    return dataclasses.replace(policy, readings={**policy.readings, **changed}, benchmarks={})


def finding_of(case: Case, outcome: Outcome) -> Finding:
    """The finding that the case is about: of its benchmark, at the scope that was given."""
    found = list(outcome.findings)
    if case.expect.of:
        wanted = f"benchmark.{case.expect.of}."
        found = [f for f in found if any(key.startswith(wanted) for _, key in f.numbers)]
    order = [DISTRICT, f"zone-{case.zone or 'county'}", ROOT]
    if not any(key.endswith(".here") for key in case.given):
        order.reverse()
    return min(found, key=lambda each: order.index(each.scope))


@pytest.mark.parametrize(("place", "case"), CASES)
def test_a_worked_case(place, case):
    facts = facts_of(place, case)

    rule = facts.policy.rules[case.rule]
    outcome = decide(rule, facts)
    finding = finding_of(case, outcome)

    assert finding.state.value == case.expect.state
    if case.expect.limit is not None:
        at = {each.scope for each in outcome.limits}
        scope = finding.scope if finding.scope in at else DISTRICT
        resource = getattr(rule.rule, "resource", None)
        limits = [
            each.key
            for each in outcome.limits
            if each.scope == scope and resource in (None, each.resource)
        ]
        assert {facts.workings.figures[key].value for key in limits} == {case.expect.limit}
    if case.expect.remainder:
        left = facts.workings.figures[dict(finding.numbers)["remainder"]]
        assert left.value == case.expect.remainder
