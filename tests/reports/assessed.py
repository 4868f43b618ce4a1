"""Assessments for the tests of reports: those of the samples, and a small one."""

from __future__ import annotations

import datetime as dt
import functools
from fractions import Fraction

from dingdian.actions.record_assessment import record_assessment
from dingdian.actions.run_assessment import Run, run_assessment
from dingdian.core.assessment.contract import TABLES
from dingdian.core.assessment.record import AssessmentRecord
from dingdian.core.census import table_from_rows
from dingdian.samples import SAMPLES
from dingdian.samples.assessments import ASSESSMENTS
from dingdian.storage.policy_yaml import shelf_for
from tests.assessments import DAY, YEAR, scored, tables, town
from tests.reports.plans import sample_census


@functools.cache
def sample_run(city: str) -> Run:
    """The assessment of a sample."""
    book, place = shelf_for(city)
    rows = ASSESSMENTS[city](SAMPLES[city](), 1)
    made = {name: table_from_rows(TABLES[name], its) for name, its in rows.items()}
    return run_assessment(sample_census(city), book, made, place=place, year=2025)


@functools.cache
def sample_assessment(city: str) -> AssessmentRecord:
    """Its record."""
    return record_assessment(sample_run(city), engine="test")


@functools.cache
def small_assessment() -> AssessmentRecord:
    """Twenty pharmacies: one confirmed as the last, one without a score, one with a finding."""
    book, place = shelf_for("shenyang")
    codes = [f"P{at:03d}" for at in range(1, 42)]
    scores = [row for at, code in enumerate(codes) for row in scored(code, Fraction(55 + at, 100))]
    lacking = ("P041", "stock_records")
    rows = {
        "assessment": [{"item": "id", "value": "KH1"}],
        "scores": [r for r in scores if (r["institution"], r["item"]) != lacking],
        "one_vote": [{"institution": "P030", "item": "serious_breach", "found_on": DAY}],
        "appeals": [
            {
                "institution": "P020",
                "item": "fund_use",
                "filed_on": dt.date(2026, 1, 20),
                "decided_on": dt.date(2026, 2, 1),
                "new_points": 50,
            }
        ],
        "hearings": [
            {
                "institution": "P001",
                "notified_on": dt.date(2026, 1, 20),
                "heard_on": dt.date(2026, 2, 1),
            }
        ],
        "confirmations": [
            {
                "institution": "P001",
                "step": "interview",
                "confirmed_by": "示例负责人",
                "confirmed_on": dt.date(2026, 2, 5),
                "minute": "示例纪要1号",
            }
        ],
        "agreement_terms": [{"step": "interview", "clause": "示例第四十五条"}],
        "points_events": [
            {"number": "J1", "person": "D1", "points": 12, "decided_on": dt.date(2025, 6, 1)}
        ],
    }
    census = town(pharmacies=41, prescription_transfer=False)
    run = run_assessment(census, book, tables(**rows), place=place, year=YEAR, day=DAY, as_if=True)
    return record_assessment(run, engine="test")
