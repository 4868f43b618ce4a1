"""Workbooks that cannot be: each fault is told with its place, and nothing else is lost."""

from __future__ import annotations

import datetime as dt

import pytest

from dingdian.core.assessment.contract import TABLES
from dingdian.core.assessment.reading import about_of, of_persons, workbook_of
from dingdian.core.errors import RequestError, fault
from dingdian.core.faults import KINDS
from tests.assessments import (
    DAY,
    assessed,
    ground,
    kinds,
    n,
    of,
    policy,
    scored,
    tables,
    town,
    workbook,
)

CITY = town(clinics=2, pharmacies=3, inpatient=False)
POLICY = policy()
LATE = DAY + dt.timedelta(1)


def own(code="H001", **rows):
    """What a workbook says of one institution, and the faults of nobody."""
    made = workbook(CITY, POLICY, tables(**rows))
    return made.own.get(code), made.faults


def row(item="fund_use", code="H001", **more):
    return {"institution": code, "item": item, **more}


def only(kind: str, code="H001", **rows) -> None:
    """The one fault that rows give, which stays with their institution and names its place."""
    found, loose = own(code, **rows)
    assert kinds(loose) == []
    assert found is not None
    assert kinds(found.faults) == [kind]
    assert found.faults[0].place.column
    assert KINDS[kind].cure.zh


def test_sound_rows_have_no_fault():
    found, loose = own(scores=scored("H001"))

    assert (kinds(found.faults), kinds(loose)) == ([], [])


# ---------------------------------------------------------------- whom a row is about


def test_a_score_of_nobody_is_told_and_the_others_stand():
    made = workbook(CITY, POLICY, tables(scores=[row(code="H999", points=5), *scored("H001")]))

    assert kinds(made.faults) == ["assessed_unknown"]
    assert len(made.own["H001"].given) == 7
    assert "H999" not in made.own


def test_an_institution_without_an_agreement_in_the_year_is_not_scored():
    city = town(clinics=1, pharmacies=1, designated_since=dt.date(2026, 1, 5))
    made = workbook(city, POLICY, tables(scores=[row(points=5)]))

    assert kinds(made.own["H001"].faults) == ["assessed_without_agreement"]
    assert not made.own["H001"].given


@pytest.mark.parametrize("table", ["hearings", "confirmations", "past_scores", "upgrades"])
def test_every_table_about_institutions_tells_of_strangers(table):
    more = {"confirmations": {"step": "interview"}, "past_scores": {"year": 2024}}
    more |= {"upgrades": {"to_grade": "a"}}
    rows = {table: [{"institution": "H999", **more.get(table, {})}]}

    assert kinds(workbook(CITY, POLICY, tables(**rows)).faults) == ["assessed_unknown"]


# ---------------------------------------------------------------- scores


@pytest.mark.parametrize(("points", "kept"), [("34.999", True), (35, True), ("35.001", False)])
def test_points_over_full_are_unknown(points, kept):
    found, _ = own(scores=[row(points=n(points))])

    assert (found.given["fund_use"].points == n(points)) is kept
    assert kinds(found.faults) == ([] if kept else ["points_over_full"])


def test_a_score_twice_is_unknown_unless_alike():
    only("scored_twice", scores=[row(points=5), row(points=5)])
    alike, _ = own(scores=[row(points=5), row(points=5)])
    unlike, _ = own(scores=[row(points=5), row(points=6)])

    assert alike.given["fund_use"].points == 5
    assert unlike.given["fund_use"].points is None


def test_an_item_of_no_sheet_or_of_another():
    only("item_not_of_sheet", scores=[row("stock_records", points=5)])
    found, loose = own(scores=[row("no such thing", points=5)])
    assert kinds(found.faults) == ["assessment_item_unknown", "item_not_of_sheet"]
    assert loose == ()


def test_an_item_that_does_not_apply_is_not_used():
    only("item_does_not_apply", scores=[row("inpatient_care", points=5)])


def test_wordings_of_the_shelf_are_understood_in_both_languages():
    found, _ = own(
        scores=[row("医保基金使用合规", points=5), row("Settlement and claims in order", points=6)]
    )

    assert {item: each.points for item, each in found.given.items()} == {
        "fund_use": 5,
        "settlement_conduct": 6,
    }
    assert found.faults == ()


@pytest.mark.parametrize(("result", "kept"), [(100, True), ("100.001", False)])
def test_a_result_is_of_a_hundred(result, kept):
    found, _ = own(surveys=[row("satisfaction", result=n(result), answers=50)])

    assert (found.surveyed["satisfaction"].result is not None) is kept
    assert kinds(found.faults) == ([] if kept else ["result_over_hundred"])


def test_a_survey_gives_no_points_to_an_item_of_another_source():
    only("item_not_by_survey", surveys=[row(result=90)])


def test_an_item_is_scored_or_surveyed_and_not_both():
    rows = {"scores": [row("satisfaction", points=5)]}
    only("scored_twice", **rows, surveys=[row("satisfaction", result=90, answers=50)])
    twice = [row("satisfaction", result=n(each), answers=50) for each in (90, 80)]
    found, _ = own(surveys=twice)
    assert found.surveyed["satisfaction"].result is None


def test_a_finding_of_another_sheet_is_told():
    only("item_not_of_sheet", one_vote=[row("device_lent", found_on=dt.date(2025, 5, 1))])


@pytest.mark.parametrize(("day", "told"), [(DAY, []), (LATE, ["day_after_assessment"])])
def test_what_is_dated_after_the_assessment_is_told(day, told):
    found, _ = own(scores=[row(points=5, scored_on=day)])

    assert kinds(found.faults) == told


# ---------------------------------------------------------------- appeals


SCORE = {"scores": [row(points=5)]}


def test_an_appeal_out_of_nothing_is_not_used():
    only("appeal_of_nothing", appeals=[row(filed_on=DAY)])


def test_an_appeal_decided_before_it_was_filed_is_open():
    days = {"filed_on": DAY, "decided_on": DAY - dt.timedelta(1)}
    only("appeal_decided_early", **SCORE, appeals=[row(**days, new_points=6)])
    found, _ = own(**SCORE, appeals=[row(**days, new_points=6)])
    assert (found.appeals[0].decided_on, found.appeals[0].new_points) == (None, None)


def test_new_points_without_a_decision_do_not_count():
    only("appeal_undecided", **SCORE, appeals=[row(filed_on=DAY, new_points=6)])


def test_new_points_over_full_are_unknown():
    only("points_over_full", **SCORE, appeals=[row(filed_on=DAY, decided_on=DAY, new_points=36)])


# ---------------------------------------------------------------- steps


def hearing(told=dt.date(2026, 1, 20), heard=dt.date(2026, 1, 30)):
    return [{"institution": "H001", "notified_on": told, "heard_on": heard}]


def step(on=dt.date(2026, 2, 1), by="某人", name="interview"):
    return {"institution": "H001", "step": name, "confirmed_by": by, "confirmed_on": on}


def test_a_hearing_before_it_was_told_was_not_held():
    only("heard_before_told", hearings=hearing(heard=dt.date(2026, 1, 19)))


@pytest.mark.clause("SY-22")
@pytest.mark.parametrize(
    ("confirmation", "heard", "kind"),
    [
        (step(), [], "confirmed_unheard"),
        (step(on=dt.date(2026, 1, 29)), hearing(), "confirmed_before_hearing"),
        (step(by=None), hearing(), "confirmation_incomplete"),
        (step(on=None), hearing(), "confirmation_incomplete"),
    ],
)
def test_a_confirmation_that_cannot_stand(confirmation, heard, kind):
    only(kind, hearings=heard, confirmations=[confirmation])


def test_a_step_is_confirmed_once():
    only("confirmed_twice", hearings=hearing(), confirmations=[step(), step()])


def test_a_confirmation_on_the_day_of_the_hearing_stands():
    found, _ = own(hearings=hearing(), confirmations=[step(on=dt.date(2026, 1, 30))])

    assert found.faults == ()


def test_a_confirmation_of_one_that_is_not_the_last_has_no_effect():
    made = assessed(CITY, POLICY, scores=scored("H001"), hearings=hearing(), confirmations=[step()])

    assert kinds(of(made, "H001").faults) == ["confirmed_not_in_bottom"]


def test_a_term_needs_a_clause_and_its_own_institution():
    terms = [{"step": "interview"}, {"step": "interview", "clause": "1", "institution": "H999"}]
    made = workbook(CITY, POLICY, tables(agreement_terms=terms))

    assert kinds(made.faults) == ["term_without_clause", "assessed_unknown"]
    assert made.terms == ()


# ---------------------------------------------------------------- other years and grades


@pytest.mark.parametrize(("year", "told"), [(2024, []), (2025, ["past_year_not_past"])])
def test_past_scores_are_of_earlier_years(year, told):
    found, _ = own(past_scores=[{"institution": "H001", "year": year, "points": 90}])

    assert kinds(found.faults) == told


def test_a_past_year_twice_is_unknown():
    rows = [{"institution": "H001", "year": 2024, "points": each} for each in (90, 91)]
    found, _ = own(past_scores=rows)

    assert kinds(found.faults) == ["past_year_twice"]
    assert found.past[2024].points is None


def test_only_pharmacies_ask_for_a_higher_grade_and_once():
    only("upgrade_of_no_pharmacy", upgrades=[{"institution": "H001", "to_grade": "a"}])
    rows = [{"institution": "P001", "to_grade": each} for each in ("b", "a")]
    only("upgrade_twice", "P001", upgrades=rows)


# ---------------------------------------------------------------- persons


def event(**more):
    first = {"number": "J1", "person": "D1", "points": 3, "decided_on": dt.date(2025, 6, 1)}
    return {**first, **more}


@pytest.mark.clause("N23-01")
@pytest.mark.parametrize(("points", "kept"), [(0, False), (1, True), (12, True), (13, False)])
def test_one_act_brings_one_to_twelve_points(points, kept):
    made = workbook(CITY, POLICY, tables(points_events=[event(points=points)]))

    assert (made.events[0].points == points) is kept
    assert kinds(made.faults) == ([] if kept else ["event_out_of_range"])


@pytest.mark.clause("N23-02")
@pytest.mark.parametrize(("months", "kept"), [(0, False), (1, True), (6, True), (7, False)])
def test_a_pause_is_of_one_to_six_months(months, kept):
    pause = {"person": "D1", "decided_on": DAY, "months": months}
    made = workbook(CITY, POLICY, tables(points_events=[event()], points_pauses=[pause]))

    assert (made.pauses[0].months == months) is kept
    assert kinds(made.faults) == ([] if kept else ["pause_out_of_range"])


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ({"points_events": [event(), event()]}, "event_twice"),
        ({"points_events": [event(decided_on=None)]}, "event_without_day"),
        ({"points_repairs": [{"person": "D2", "repaired_on": DAY}]}, "person_without_points"),
        ({"points_events": [event()], "points_repairs": [{"person": "D1"}]}, "repair_without_day"),
    ],
)
def test_rows_of_persons_that_cannot_be(rows, kind):
    assert kinds(workbook(CITY, POLICY, tables(**rows)).faults) == [kind]


# ---------------------------------------------------------------- the whole


def test_without_scores_there_is_no_assessment():
    given = {name: table for name, table in tables().items() if name != "scores"}
    with pytest.raises(RequestError) as refused:
        workbook(CITY, POLICY, given)
    assert kinds(refused.value.faults) == ["assessment_table_missing"]


def test_a_file_that_cannot_be_read_stops_and_a_cell_does_not():
    spoiled, cell = fault("unreadable_file", reason="x"), fault("empty_required", value="")
    where = ground(CITY, POLICY)

    assert kinds(workbook_of(tables(), where, faults=(cell,)).faults) == ["empty_required"]
    with pytest.raises(RequestError) as refused:
        workbook_of(tables(), where, faults=(cell, spoiled))
    assert kinds(refused.value.faults) == ["unreadable_file"]


def test_what_a_workbook_says_of_itself():
    facts = {"id": "KH1", "year": "2025", "assessed_on": "2026-02-10", "assessed_by": "某局"}
    rows = [{"item": item, "value": value} for item, value in facts.items()]
    found = about_of(tables(assessment=rows))

    assert (found.id, found.year, found.assessed_on) == ("KH1", 2025, DAY)
    assert about_of(tables(assessment=[{"item": "year", "value": "去年"}])).year is None


def test_points_need_no_scores():
    given = of_persons(tables(points_events=[event()], points_pauses=[]))

    assert set(given) == {"points_events", "points_pauses"}
    assert set(given) < set(TABLES)
