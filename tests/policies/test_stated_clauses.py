"""Clauses that the shelf states and a plan shows, as a plan of the samples has them."""

from __future__ import annotations

import datetime as dt

import pytest

from dingdian.core.findings import State
from dingdian.core.policy import Rank, Standing
from dingdian.core.record import Record
from dingdian.storage.policy_yaml import shelf_for
from tests.reports.plans import CITIES, sample_record

DAY = dt.date(2026, 3, 1)
AREA = "232700"


@pytest.fixture(scope="module")
def dx() -> Record:
    return sample_record("daxinganling")


def found(record: Record, rule: str, scope: str = AREA) -> tuple[State, dict[str, str]]:
    """What the plan says of a rule in an area, with the numbers it rests on."""
    (finding,) = [f for f in record.findings if f.rule == rule and f.scope == scope]
    return finding.state, dict(finding.numbers)


@pytest.mark.clause("DX-20")
def test_village_clinics_are_encouraged_in_and_counted(dx: Record) -> None:
    policy = shelf_for("daxinganling")[0].on("daxinganling", DAY)

    assert found(dx, "dx_village_clinics")[0] is State.NOTED
    assert policy.rules["dx_village_clinics"].value.kinds == ("village_clinic",)
    assert dx.figures[f"medical_kind_village_clinic.{AREA}"].number is not None


@pytest.mark.clause("DX-21")
def test_special_institutions_are_counted_by_type_and_none_is_a_number(dx: Record) -> None:
    state, numbers = found(dx, "dx_special_institutions")
    types = ("infectious", "psychiatric", "rehabilitation", "nursing")
    counted = {each: dx.figures[f"medical_type_{each}.{AREA}"].number for each in types}

    assert state is State.KEPT
    assert set(numbers.values()) == {f"medical_type_{each}.{AREA}" for each in types}
    assert counted["psychiatric"] == counted["rehabilitation"] == 1
    assert None not in counted.values()


@pytest.mark.clause("O2-04", "O3-04")
@pytest.mark.parametrize("place", CITIES)
def test_a_plan_stands_under_the_national_power_to_plan(place: str) -> None:
    policy = shelf_for(place)[0].on(place, DAY)
    for clause in ("O2-04", "O3-04"):
        document = policy.documents[policy.clauses[clause].document]
        assert (document.standing, document.rank) == (Standing.ISSUED, Rank.MINISTRY_RULE)
        assert list(Rank).index(document.rank) < list(Rank).index(Rank.MUNICIPAL)


@pytest.mark.clause("O2-09", "O3-08")
def test_both_sides_are_evaluated_within_three_months_without_the_time_of_supplements() -> None:
    policy = shelf_for("shenyang")[0].on("shenyang", DAY)
    limit, parts = policy.rules["evaluation_limit"], policy.rules["evaluation_parts"]

    assert (limit.value, limit.rule.unit) == (3, "month")
    assert limit.rule.pauses == ("materials_awaited",)
    assert set(parts.rule.about) == {"medical_institutions", "pharmacies"}


@pytest.mark.clause("N14-03")
def test_lent_certificates_are_no_physicians() -> None:
    rule = shelf_for("shenyang")[0].on("shenyang", DAY).rules["medical_conditions"].rule

    assert "N14-03" in rule.clauses
    assert "挂证" in rule.note
    assert "Lent certificates do not count" in rule.note_en


@pytest.mark.parametrize("place", CITIES)
def test_a_rule_of_a_later_step_says_so_in_the_plan(place: str) -> None:
    record = sample_record(place)
    later = {name: rule.step for name, rule in record.rules.items() if rule.step}
    said = {f.rule: f.step for f in record.findings if f.state is State.NOT_IMPLEMENTED}

    assert bool(later) is (place == "daxinganling")  # nothing of Shenyang waits for a later step
    assert said == later


@pytest.mark.clause("O2-pay", "O3-29")
def test_payment_is_a_clock_of_the_agency_between_events_outside_the_ledger() -> None:
    rule = shelf_for("shenyang")[0].on("shenyang", DAY).rules["payment_of_claims"].rule

    assert (rule.means, rule.who, rule.unit) == ("within", "agency", "working_day")
    assert rule.principle
    assert rule.on(DAY).value == 30


@pytest.mark.clause("N14-04")
def test_what_has_no_trace_code_is_not_bought_and_not_paid() -> None:
    rule = shelf_for("shenyang")[0].on("shenyang", DAY).rules["trace_codes"]

    assert rule.value.text == "无码不采、无码不付"
    assert not rule.rule.step
