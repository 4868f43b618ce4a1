"""Entering an assessment: once only, whatever was entered since, and in words a person reads."""

from __future__ import annotations

import datetime as dt

import pytest

from dingdian.core.assessment.entering import entering, paper_of
from dingdian.core.assessment.record import AssessmentRecord
from tests.assessments import DAY
from tests.core.lifecycle.lives import Life, evening, in_force, said
from tests.reports.assessed import small_assessment

ONE = "P001"
TODAY = dt.date(2026, 3, 20)


def alone(record: AssessmentRecord, code: str = ONE, **changes) -> AssessmentRecord:
    """The assessment with this institution only."""
    one = record.of(code).model_copy(update=changes)
    return record.model_copy(update={"assessed": (one,)})


def another(record: AssessmentRecord, **changes) -> AssessmentRecord:
    """Another run of the same year, which has another fingerprint."""
    prints = record.fingerprints.model_copy(update={"result": "f" * 64})
    return record.model_copy(update={"fingerprints": prints, **changes})


def with_total(record: AssessmentRecord, total: str, grade: str | None = None) -> AssessmentRecord:
    one = record.assessed[0]
    score = one.score.model_copy(update={"total": total})
    return alone(record, one.code, score=score, grade=grade or one.grade)


def pharmacy() -> Life:
    return in_force(institution=ONE, kind="retail_pharmacy")


def enter(life: Life, record: AssessmentRecord, today: dt.date = TODAY):
    """What is asked for, each of it recorded; and the kinds of what is told."""
    asked, faults = entering(record, {life.case: life.entries}, known_at=evening(today), by="李")
    for each in asked:
        more = {"reason": each.reason, "documents": each.documents, "known": each.known_at}
        life.do(each.move, each.held_on, role=each.role, **more, **each.facts)
    return asked, faults


def kinds(faults) -> list[str]:
    assert all(said(each) for each in faults)
    return [each.kind for each in faults]


@pytest.fixture
def record() -> AssessmentRecord:
    return alone(small_assessment())


def test_a_second_time_adds_nothing_and_says_so_once(record):
    life = pharmacy()
    first, told = enter(life, record)
    again, told_again = enter(life, record)

    assert [each.move for each in first] == ["assess", "interview"]
    assert kinds(told) == []
    assert again == ()
    assert kinds(told_again) == ["entered_already"]
    assert told_again[0].fields["n"] == 2
    assert told_again[0].fields["paper"] == paper_of(record)


def test_what_was_annulled_is_entered_again(record):
    life = pharmacy()
    enter(life, record)
    life.do("annul", TODAY, entry=str(life.entries[-1].seq))
    again, told = enter(life, record)

    assert [each.move for each in again] == ["interview"]
    assert kinds(told) == ["entered_already"]


def test_another_paper_of_the_year_is_a_correction_and_repeats_no_step(record):
    life = pharmacy()
    enter(life, record)
    asked, told = enter(life, with_total(another(record), "80"))

    assert [each.move for each in asked] == ["assess"]
    assert kinds(told) == ["assessed_anew", "entered_already"]
    assert told[0].fields["was"] == life.entries[1].facts["outcome"]


def test_a_paper_of_another_year_corrects_nothing(record):
    life = pharmacy()
    enter(life, record)
    _, told = enter(life, alone(another(record, year=2026), steps=()))

    assert kinds(told) == []


def test_a_later_entry_of_a_case_does_not_stop_the_assessment(record):
    later = DAY + dt.timedelta(20)
    life = pharmacy()
    life.do("request_renewal", later)
    asked, told = enter(life, record)

    assert [each.held_on for each in asked] == [later, later]
    assert f"{DAY}" in asked[0].reason
    assert kinds(told) == []


def test_an_entry_before_it_leaves_the_day_of_the_assessment(record):
    life = pharmacy()
    life.do("request_renewal", DAY - dt.timedelta(1))
    asked, _ = enter(life, record)

    assert asked[0].held_on == DAY


def test_steps_confirmed_out_of_order_follow_one_another(record):
    step = record.assessed[0].steps[0]
    late, soon = (
        step.model_copy(
            update={"step": name, "confirmed": step.confirmed.model_copy(update={"on": on})}
        )
        for name, on in (("a", DAY + dt.timedelta(9)), ("b", DAY + dt.timedelta(3)))
    )
    asked, _ = enter(pharmacy(), alone(record, steps=(late, soon)))

    assert [each.held_on for each in asked[1:]] == [DAY + dt.timedelta(9)] * 2
    assert f"{DAY + dt.timedelta(3)}" in asked[2].reason


@pytest.mark.parametrize(("today", "entered"), [(TODAY, True), (TODAY - dt.timedelta(1), False)])
def test_a_case_whose_last_entry_has_not_come_is_left_and_told(record, today, entered):
    life = pharmacy()
    life.do("request_renewal", TODAY)
    asked, told = entering(record, {life.case: life.entries}, known_at=evening(today), by="李")

    assert bool(asked) is entered
    assert kinds(told) == ([] if entered else ["entered_ahead"])


@pytest.mark.parametrize(
    ("total", "points"),
    [("1924/25", "76.96"), ("80", "80.00"), ("2/3", "0.67"), ("1/3", "0.33"), ("0", "0.00")],
)
def test_the_result_is_told_in_decimals_and_words(record, total, points):
    side = record.assessed[0].side
    grade, words = next(iter(record.sheets[side].grades.items()))
    asked, _ = enter(pharmacy(), with_total(record, total, grade))

    assert asked[0].facts["outcome"] == f"{record.year}年度 {points}分 {words.zh}"
    assert "/" not in asked[0].facts["outcome"]


def test_a_result_without_a_grade_ends_with_its_points(record):
    asked, _ = enter(pharmacy(), alone(record, grade=None))

    assert asked[0].facts["outcome"].endswith("分")


def test_who_has_no_live_agreement_is_told(record):
    asked, told = entering(record, {}, known_at=evening(TODAY), by="李")

    assert asked == ()
    assert kinds(told) == ["assessed_without_case"]
