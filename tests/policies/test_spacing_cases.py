"""The worked cases of spacing rules, site by site, through the engine that answers people."""

import pytest

from dingdian.core.rules.sites import spacing_terms
from dingdian.core.spacing.check import check
from dingdian.core.spacing.stock import stock_on
from dingdian.storage.policy_yaml import read_cases, shipped
from tests.policies.test_cases import policy_of
from tests.spots import ground, institution, north, site

CASES = [
    pytest.param(place, case, id=f"{case.rule}-{case.name}")
    for place, cases in read_cases(shipped()).items()
    for case in cases
    if "distance" in case.given
]


@pytest.mark.clause("SY-09")
@pytest.mark.parametrize(("place", "case"), CASES)
def test_a_worked_case_of_a_site(place, case):
    error = case.given["position_error"]
    there = institution("there", north(case.given["distance"]), position_error_m=error)
    settled = {rule.rule: found for rule, found in spacing_terms(policy_of(place, case))}

    answer = check(
        site(error_mm=int(error * 1000)), stock_on(ground(there), case.day), settled[case.rule]
    )

    assert answer.verdict.value == case.expect.state


def test_there_are_cases_on_both_sides_of_the_limit():
    states = {param.values[1].expect.state for param in CASES}
    assert {"kept", "broken", "measure_on_site"} <= states
