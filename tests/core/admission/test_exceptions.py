"""Recorded exceptions: only where the text says 原则上 or leaves it to real need, and apart."""

import datetime as dt
from dataclasses import replace

import pytest

from dingdian.core.admission.application import Excepted
from dingdian.core.admission.decision import Met, Outcome, Stage
from dingdian.core.admission.entry import AreaClass, RedLine
from dingdian.core.spacing.terms import Side
from tests.hearings import DECIDED, ledger, of, one, policy, sound

SY, DX = policy(), policy("daxinganling")
WHOLE = Excepted(
    rule="sy_fund_red_line",
    decided_on=DECIDED,
    by="局长办公会",
    reason="当地没有其他机构",
    evidence="实地调查",
    minute="会议纪要〔2026〕3号",
    effect="占用1个名额",
    origin="例外决定 2",
)


def paused(record: Excepted):
    """A sound applicant while a pause is on, with an exception on record."""
    in_force = SY.rules["sy_fund_red_line"]
    lines = (RedLine(in_force, True, "pause", frozenset(in_force.rule.resources)),)
    left = ledger(personal_account_institutions=1)
    return one(replace(sound(SY), exceptions=(record,)), SY, left, lines=lines)


@pytest.mark.clause("SY-28")
def test_an_exception_from_what_holds_in_principle_stands_beside_the_verdict():
    made = paused(WHOLE)

    assert made.outcome is Outcome.WAITING
    assert made.excepted is Outcome.PROPOSED
    assert made.final is Outcome.PROPOSED
    assert of(made, Stage.RED_LINE).met is Met.FAILED
    assert [each.amount for each in made.takes] == [1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"minute": ""}, "exception_not_whole"),
        ({"by": ""}, "exception_not_whole"),
        ({"decided_on": DECIDED + dt.timedelta(days=1)}, "exception_too_late"),
        ({"rule": "sy_bed_freeze"}, "exception_touches_nothing"),
    ],
)
def test_a_record_that_is_not_whole_sets_nothing_aside(changes, code):
    made = paused(replace(WHOLE, **changes))

    assert made.excepted is None
    assert made.exceptions[0].refused.code == code


@pytest.mark.clause("SY-09")
def test_a_text_without_in_principle_leaves_no_exception():
    record = replace(WHOLE, rule="who_may_apply")
    clauses = {k: c.model_copy(update={"mark": "verified"}) for k, c in SY.clauses.items()}
    found = replace(SY, clauses=clauses)
    asked = sound(found, services=("inpatient", "personal_account"), exceptions=(record,))
    made = one(asked, found, ledger(personal_account_institutions=1, inpatient_institutions=1))

    assert made.excepted is None
    assert made.exceptions[0].refused.code == "exception_not_allowed"


@pytest.mark.clause("DX-26")
def test_remote_places_are_decided_by_real_need_on_record():
    enough = AreaClass("unserved", 0, None)
    record = replace(WHOLE, rule="dx_remote_places")
    shop = sound(DX, side=Side.PHARMACY, opened_on=dt.date(2025, 6, 1), exceptions=(record,))
    made = one(shop, DX, ledger(pharmacies=0), area=enough)

    assert made.outcome is Outcome.NOT_ADMITTED
    assert made.excepted is Outcome.PROPOSED


def test_no_exception_makes_a_fact_known():
    asked = replace(sound(SY), facts={}, exceptions=(WHOLE,))
    assert one(asked, SY, ledger(personal_account_institutions=1)).excepted is None
