"""Steps after a rank: each only by the agreement, after a hearing, and confirmed by a person."""

from __future__ import annotations

import datetime as dt

import pytest

from dingdian.core.assessment.ladder import StepState, hearing_on, steps_for, years_in_a_row
from dingdian.core.assessment.workbook import Confirmed, Heard, Own, Past, Term
from dingdian.core.errors import Place
from dingdian.core.rules.bottom_rank import Ladder
from tests.assessments import DAY, YEAR, subject

HEARD = dt.date(2026, 2, 1)
LADDER = Ladder.model_validate(
    {
        "groups": {"medical_institutions": ["level"]},
        "steps": [
            {"step": name, "move": move, "from_year": year, "text": name, "text_en": name}
            for name, move, year in (
                ("interview", "interview", 1),
                ("pause", "close_service", 2),
                ("end", "do_not_renew", 3),
            )
        ],
    }
)
TERMS = tuple(Term("", "", step, "第45条", "t") for step in ("interview", "pause", "end"))


def hearing(heard: dt.date | None = HEARD) -> tuple[Heard, ...]:
    return (Heard(dt.date(2026, 1, 20), heard, waived=False, record="", origin="h"),)


def confirmed(step="interview", on: dt.date | None = HEARD, by="某人"):
    return (Confirmed(step, by, on, "", "c", Place()),)


def past(*years: int, bottom: bool | None = True) -> dict[int, Past]:
    return {year: Past(year, None, None, bottom, "p") for year in years}


def steps(own: Own, terms=TERMS, open_appeal=False):
    found = steps_for(subject(), own, LADDER, terms, year=YEAR, day=DAY, open_appeal=open_appeal)
    return {each.step: each for each in found}


def lacking(found) -> list[str]:
    return [each.code for each in found.missing]


@pytest.mark.clause("SY-22", "DX-17")
def test_nothing_is_taken_without_clause_hearing_and_person():
    found = steps(Own(), terms=())["interview"]

    assert (found.state, lacking(found)) == (
        StepState.LACKING,
        ["clause_missing", "hearing_missing"],
    )
    assert found.confirmed is None


@pytest.mark.clause("SY-22")
def test_with_clause_and_hearing_a_step_is_proposed_and_never_taken():
    found = steps(Own(hearings=hearing()))["interview"]

    assert (found.state, found.clause, found.confirmed) == (StepState.PROPOSED, "第45条", None)


@pytest.mark.clause("SY-22")
@pytest.mark.parametrize(
    ("on", "by", "state"),
    [
        (HEARD, "某人", StepState.CONFIRMED),
        (HEARD - dt.timedelta(1), "某人", StepState.PROPOSED),
        (DAY, "某人", StepState.CONFIRMED),
        (DAY + dt.timedelta(1), "某人", StepState.PROPOSED),
        (HEARD, "", StepState.PROPOSED),
        (None, "某人", StepState.PROPOSED),
    ],
)
def test_a_confirmation_counts_from_the_hearing_on_with_person_and_day(on, by, state):
    found = steps(Own(hearings=hearing(), confirmations=confirmed(on=on, by=by)))["interview"]

    assert found.state is state
    assert (found.confirmed is not None) is (state is StepState.CONFIRMED)


@pytest.mark.parametrize(
    ("heard", "lacks"), [(DAY, []), (DAY + dt.timedelta(1), ["hearing_missing"])]
)
def test_a_hearing_counts_from_the_day_it_is_held(heard, lacks):
    assert lacking(steps(Own(hearings=hearing(heard)))["interview"]) == lacks
    assert hearing_on(hearing(None), DAY) is None


def test_an_open_appeal_keeps_every_step_back():
    own = Own(hearings=hearing(), confirmations=confirmed())

    assert lacking(steps(own, open_appeal=True)["interview"]) == ["appeal_open"]
    assert steps(own, open_appeal=True)["interview"].state is StepState.LACKING


@pytest.mark.parametrize(
    ("years", "open_to"),
    [
        ((), {"interview"}),
        ((2024,), {"interview", "pause"}),
        ((2023,), {"interview"}),
        ((2024, 2023), {"interview", "pause", "end"}),
    ],
)
def test_harder_steps_need_more_years_in_a_row(years, open_to):
    found = steps(Own(hearings=hearing(), past=past(*years)))

    assert {name for name, each in found.items() if each.state is not StepState.LATER} == open_to


def test_a_year_that_is_not_on_record_ends_the_row():
    rows = (*past(2024).values(), *past(2023, bottom=None).values(), *past(2022).values())

    assert years_in_a_row(rows, 2025) == 2
    assert years_in_a_row((), 2025) == 1


@pytest.mark.parametrize(
    ("term", "allowed"),
    [
        (Term("", "", "interview", "x", ""), True),
        (Term("H1", "", "interview", "x", ""), True),
        (Term("H2", "", "interview", "x", ""), False),
        (Term("", "medical_institutions", "interview", "x", ""), True),
        (Term("", "pharmacies", "interview", "x", ""), False),
        (Term("", "", "pause", "x", ""), False),
    ],
)
def test_a_term_allows_its_own_step_of_its_own_agreements(term, allowed):
    found = steps(Own(hearings=hearing()), terms=(term,))["interview"]

    assert ("clause_missing" not in lacking(found)) is allowed
