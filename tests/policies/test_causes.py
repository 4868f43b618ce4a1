"""Causes for which an agreement is ended, of either side: the lists of the national shelf."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from dingdian.core.admission.checklists import STAGES
from dingdian.core.admission.words import item_words
from dingdian.core.rules.checklist import OF_ADMISSION, WAYS, Item
from tests.core.lifecycle.lives import book, terms

START = dt.date(2021, 2, 1)
SIDES = ("medical_institutions", "pharmacies")


def causes(purpose: str, side: str, on: dt.date = START) -> Mapping[str, Item]:
    return terms().items(on, side, purpose)


@pytest.mark.clause("O2-43", "O3-40")
def test_a_pharmacy_ends_for_all_that_ends_a_medical_institution() -> None:
    """Order 3 lists likewise, under the same identifiers; only it has the drug causes."""
    medical, pharmacy = (causes("termination", side) for side in SIDES)
    assert set(medical) <= set(pharmacy)
    assert set(pharmacy) - set(medical) == {
        "drug_quality_event",
        "forged_records",
        "swapping_goods",
        "device_lent",
        "chain_rule",
    }
    assert "药品经营许可证" in pharmacy["licence_revoked"].text
    assert "执业许可证" in medical["licence_revoked"].text
    assert pharmacy["two_suspensions"].at_least == medical["two_suspensions"].at_least == 2


@pytest.mark.clause("O3-40")
def test_the_common_causes_of_pharmacies_are_marked_as_from_memory() -> None:
    its = next(
        rule
        for rule in book().layers["national"].rules
        if rule.rule == "pharmacy_common_termination_causes"
    )
    (clause,) = (c for c in book().layers["national"].clauses if c.id in its.clauses)
    assert (clause.id, clause.mark) == ("O3-40", "memory")
    assert "national_memory_clauses" in its.readings
    assert "核对" in its.note


@pytest.mark.parametrize("side", SIDES)
def test_no_cause_before_the_orders_hold(side: str) -> None:
    assert not causes("termination", side, dt.date(2021, 1, 31))


@pytest.mark.clause("O2-suspend", "O3-suspend")
@pytest.mark.parametrize("side", SIDES)
def test_a_suspension_rests_on_a_list_of_its_own(side: str) -> None:
    assert set(causes("suspension", side)) == {
        "great_risk_found",
        "data_not_given_or_false",
        "as_agreed",
        "other_law",
    }
    assert not causes("suspension", side, dt.date(2021, 1, 31))
    clauses = {c.id: c.mark for c in book().layers["national"].clauses}
    assert clauses["O2-suspend"] == clauses["O3-suspend"] == "memory"


def test_admission_asks_for_no_cause_of_a_life() -> None:
    """No checklist of causes is held against an applicant, nor named by a row of a round."""
    assert set(STAGES) == OF_ADMISSION == set(WAYS) - {"suspension", "termination"}
    words = item_words(terms().policy(START))
    assert not any("great_risk_found" in its.values() for its in words.values())
