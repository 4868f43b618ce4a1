"""The hospitals of 西安 planned under Shenyang's policy, as a what-if: what is missing says so."""

import pytest

from dingdian.actions.check_census import check
from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.core.errors import CensusError
from dingdian.core.findings import State
from dingdian.storage.census_files import read_census
from dingdian.storage.policy_yaml import shelf_for
from tests.e2e.conftest import run
from tests.real import xian

pytestmark = pytest.mark.skipif(not xian.DATA.is_dir(), reason="needs DINGDIAN_DATA")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    reading = read_census(xian.build(tmp_path_factory.mktemp("xian")))
    return reading.census, (*reading.faults, *check(reading.census))


@pytest.fixture(scope="module")
def plan(ledger):
    census, faults = ledger
    book, place = shelf_for("shenyang")
    return evaluate_plan(census, book, place=place, year=2026, faults=faults, as_if=True)


def test_a_user_plans_it_by_one_command_and_is_told_that_the_ledger_is_old(tmp_path):
    ledger = xian.build(tmp_path / "ledger")
    words = ("--policy", "shenyang", "--year", 2026, "--out", tmp_path / "plan", "--no-documents")

    refused, ended = run("plan", ledger, *words), run("plan", ledger, *words, "--as-if")

    assert (refused.code, ended.code) == (5, 0), ended.err
    assert "假设测算以台账为存量" in ended.out + ended.err


def test_another_city_is_not_planned_unasked(ledger):
    book, place = shelf_for("shenyang")

    with pytest.raises(CensusError):
        evaluate_plan(ledger[0], book, place=place, year=2026)


def test_a_what_if_is_a_simulation_and_says_so(plan):
    assert plan.as_if
    assert plan.simulation


@pytest.mark.clause("SY-02")
def test_beds_that_nobody_gave_are_unknown_wherever_a_hospital_stands(plan):
    hospitals = {at: plan.figures[f"medical_kind_hospital.{at}"].value for at in plan.scopes}
    beds = {at: plan.figures[f"beds_per_1000.{at}"].value for at, n in hospitals.items() if n}

    assert len(beds) > 10
    assert set(beds.values()) == {None}


def test_what_is_known_is_computed(plan):
    assert plan.figures["medical_institutions.610100"].value == 682
    assert plan.figures["resident.610100"].value > 10_000_000
    assert plan.figures["pharmacies.610100"].value == 0


def test_nothing_is_handed_out_on_numbers_that_are_missing(plan):
    given = [plan.figures[each.key].value for each in plan.quotas if each.key]

    assert set(given) <= {None}
    states = {each.state for each in plan.findings if each.rule == "sy_inpatient_new_places"}
    assert states == {State.UNDEFINED}
