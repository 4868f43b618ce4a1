"""Scores, grades and deposits: each limit from both sides, and what is missing stays missing."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.assessment.grading import graded
from dingdian.core.assessment.scoring import score_of
from dingdian.core.assessment.workbook import Appeal, Given, Own, Surveyed, Vote
from dingdian.core.rules.score_sheet import Move, PerPoint, Sheet
from tests.assessments import DAY, n, sheet, subject

PLAIN = {"conduct": 50, "data": 50, "fund": 80}
WARDS = subject(services={"inpatient": True})


def own(points=PLAIN, survey=(100, 30), **more) -> Own:
    given = {
        item: Given(item, None if p is None else Fraction(p), None, "", item)
        for item, p in points.items()
    }
    result, answers = survey
    found = Surveyed("survey", None if result is None else n(result), n(answers), "survey")
    return Own(given=given, surveyed={"survey": found}, **more)


def score(points=PLAIN, survey=(100, 30), who=None, its: Sheet | None = None, **more):
    looked = more.pop("looked", True)
    its_own = own(points, survey, **more)
    return score_of(who or subject(), its or sheet(), its_own, day=DAY, looked=looked)


def grade(found, its: Sheet | None = None, trial: bool = False):
    return graded(found, its or sheet(), trial=trial)


# ---------------------------------------------------------------- the formula


@pytest.mark.clause("O2-assess", "O3-34")
def test_full_points_are_a_hundred_and_parts_weigh_as_the_sheet_says():
    assert score().total == 100
    assert score({**PLAIN, "conduct": 0}).total == 80  # half of the daily 40 %
    assert score({**PLAIN, "fund": 40}).total == 76  # 60 of 100 of the 60 %


def test_only_items_that_apply_count_in_the_full_points():
    with_wards = score({**PLAIN, "wards": 50}, who=WARDS)

    assert with_wards.total == 40 + Fraction(150, 200) * 60
    assert [line.applies for line in score().lines] == [True] * 4 + [False]


def test_a_part_without_an_item_that_applies_leaves_its_weight_to_the_others():
    lone = sheet(items=[each for each in sheet().model_dump()["items"] if each["part"] == "daily"])
    assert [part.weight for part in score(its=lone, points={"conduct": 25, "data": 50}).parts] == [
        1
    ]
    assert score(its=lone, points={"conduct": 25, "data": 50}).total == 75


def test_numbers_stay_exact():
    assert score({**PLAIN, "fund": "33.333"}).total == 40 + Fraction("53.333") / 100 * 60


@pytest.mark.parametrize("share", [Fraction(1, 3), Fraction(1), Fraction(7)])
def test_points_and_full_points_scaled_together_change_nothing(share):
    big = sheet().model_dump()
    big["items"] = [{**each, "full": Fraction(each["full"]) * share} for each in big["items"]]
    points = {"conduct": 30, "data": 41, "fund": 63}
    scaled = {item: p * share for item, p in points.items()}

    assert score(scaled, its=Sheet.model_validate(big)).total == score(points).total


@settings(deadline=None)
@given(st.permutations(list(PLAIN)))
def test_the_order_of_rows_changes_nothing(order):
    points = {"conduct": 30, "data": 41, "fund": 63}

    assert score({item: points[item] for item in order}) == score(points)


# ---------------------------------------------------------------- missing, capped, added


@pytest.mark.parametrize("item", PLAIN)
def test_a_missing_score_is_unknown_and_never_nought(item):
    without = {each: p for each, p in PLAIN.items() if each != item}
    for points in (without, {**PLAIN, item: None}):
        found = score(points)
        assert (found.total, found.missing) == (None, (item,))
        assert found.why is not None
        assert grade(found).grade is None


def test_nought_points_are_nought():
    assert score({**PLAIN, "conduct": 0}).missing == ()


def test_an_item_that_may_apply_leaves_the_score_open():
    found = score(who=subject(services={}))

    assert (found.total, found.missing) == (None, ("wards",))


@pytest.mark.parametrize(("points", "counted"), [(0, 20), (19, 20), (20, 20), (21, 21)])
def test_no_more_is_taken_off_than_the_item_may_lose(points, counted):
    its = sheet().model_dump()
    its["items"][0]["most_deducted"] = 30
    found = score({**PLAIN, "conduct": points}, its=Sheet.model_validate(its))

    assert found.lines[0].points == counted


@pytest.mark.parametrize(
    ("given_points", "bonus"),
    [({}, 0), ({"pilot": 2}, 2), ({"pilot": 3, "remote": 2}, 5), ({"pilot": 3, "remote": 3}, 5)],
)
def test_bonus_adds_up_to_its_cap(given_points, bonus):
    found = score({**PLAIN, **given_points})

    assert (found.bonus, found.total) == (bonus, 100 + bonus)


# ---------------------------------------------------------------- surveys


@pytest.mark.clause("DX-40")
@pytest.mark.parametrize(("answers", "points"), [(29, None), (30, 18), (31, 18)])
def test_a_survey_gives_points_from_enough_answers_on(answers, points):
    found = score(survey=(90, answers))

    assert found.lines[3].points == points
    assert (found.total is None) is (points is None)


@pytest.mark.clause("DX-40")
def test_without_a_survey_the_item_is_missing():
    assert score(survey=(None, 30)).missing == ("survey",)


# ---------------------------------------------------------------- one-vote findings


def vote(item="fraud", found=dt.date(2025, 5, 1), withdrawn=None):
    return (Vote(item, found, withdrawn, "", item),)


@pytest.mark.clause("N14-02")
def test_a_finding_of_fraud_is_nought_whatever_is_missing():
    assert score(votes=vote()).total == 0
    assert score({}, votes=vote()).total == 0


def test_a_breach_gives_the_lowest_grade_and_keeps_the_points():
    found = score(votes=vote("breach"))

    assert (found.total, grade(found).grade) == (100, "e")
    assert grade(score({}, votes=vote("breach"))).grade == "e"


@pytest.mark.parametrize(
    ("found", "withdrawn", "total"),
    [
        (DAY, None, 0),
        (DAY + dt.timedelta(1), None, 100),
        (dt.date(2025, 5, 1), DAY, 100),
        (dt.date(2025, 5, 1), DAY + dt.timedelta(1), 0),
    ],
)
def test_a_finding_counts_from_its_day_until_it_is_withdrawn(found, withdrawn, total):
    assert score(votes=vote(found=found, withdrawn=withdrawn)).total == total


def test_where_nobody_looked_for_findings_the_score_is_open():
    found = score(looked=False)

    assert found.total is None
    assert found.why is not None
    assert found.why.code == "one_vote_unknown"


# ---------------------------------------------------------------- appeals


def appeal(new: int | None, decided: dt.date | None = DAY):
    points, filed = None if new is None else n(new), dt.date(2026, 1, 20)
    return (Appeal("conduct", filed, decided, points, "", "", "a"),)


def test_an_appeal_replaces_the_points_and_both_scores_are_kept():
    found = score({**PLAIN, "conduct": 0}, appeals=appeal(50))

    assert (found.before, found.total) == (80, 100)
    assert (found.lines[0].given, found.lines[0].points, found.appealed) == (0, 50, True)


@pytest.mark.parametrize(
    ("new", "decided", "total", "open_"),
    [
        (None, DAY, 80, False),
        (50, None, 80, True),
        (50, DAY + dt.timedelta(1), 80, True),
        (50, DAY, 100, False),
    ],
)
def test_an_appeal_counts_from_the_day_it_is_decided(new, decided, total, open_):
    found = score({**PLAIN, "conduct": 0}, appeals=appeal(new, decided))

    assert (found.total, found.open_appeal) == (total, open_)


# ---------------------------------------------------------------- grades, deposit, trial


@pytest.mark.parametrize(
    ("conduct", "letter", "deposit"),
    [("25.001", "a", 1), (25, "a", 1), ("24.999", "b", "0.9"), (0, "b", "0.9")],
)
def test_a_grade_begins_on_its_limit(conduct, letter, deposit):
    """Half of the points for conduct are ninety in all, none are eighty."""
    found = grade(score({**PLAIN, "conduct": conduct}))

    assert (found.grade, found.deposit) == (letter, Fraction(deposit))


def test_below_the_last_limit_is_the_last_grade():
    assert grade(score({**PLAIN, "conduct": 0, "fund": "79.999"})).grade == "e"


def test_the_order_of_grades_is_data():
    words = {"text": "x", "text_en": "x"}
    grades = [
        {"grade": "c", "at_least": 90, **words},
        {"grade": "b", "at_least": 70, **words},
        {"grade": "a", "at_least": 0, **words},
    ]
    assert grade(score(), sheet(grades=grades)).grade == "c"


@pytest.mark.parametrize(
    ("daily", "total", "deposit"),
    [(50, 100, 1), ("37.5", 95, 1), (35, 94, "0.99"), (0, 80, "0.85")],
)
def test_a_deposit_by_points_loses_one_per_cent_a_point(daily, total, deposit):
    its = sheet(deposit_per_point=PerPoint(full_from=95, per_point="1%"))
    found = score({**PLAIN, "conduct": daily}, its=its)

    assert (found.total, grade(found, its).deposit) == (total, Fraction(deposit))


@pytest.mark.clause("SY-21")
@pytest.mark.parametrize(("mark", "passed"), [("79.99", True), (80, True), ("80.01", False)])
def test_a_trial_is_passed_from_the_mark_on(mark, passed):
    its = sheet(trial_mark=mark)
    found = score({**PLAIN, "conduct": 0}, its=its)

    assert grade(found, its, trial=True).passed is passed
    assert grade(found, its).passed is None


@pytest.mark.clause("SY-21")
def test_a_trial_without_a_score_is_neither_passed_nor_failed():
    its = sheet(trial_mark=70)
    assert grade(score({}, its=its), its, trial=True).passed is None
    assert grade(score({}, its=its, votes=vote("breach")), its, trial=True).passed is False


@pytest.mark.parametrize(("wards", "closes"), [(59, True), (60, False)])
def test_a_service_under_its_floor_is_proposed_to_be_closed(wards, closes):
    its = sheet(service_floor="60%")
    (service,) = score({**PLAIN, "wards": wards}, who=WARDS, its=its).services

    assert (service.service, service.closes) == ("inpatient", closes)


def test_grades_name_the_moves_that_follow():
    assert grade(score()).moves == (Move.RENEW,)
    assert grade(score({**PLAIN, "fund": 0})).moves == (Move.DO_NOT_RENEW,)


# ---------------------------------------------------------------- sheets that cannot be


@pytest.mark.parametrize(
    "wrong",
    [
        {"parts": {"daily": "40%", "year_end": "50%"}},
        {"parts": {"daily": "100%"}},
        {"grades": []},
        {"items": [*sheet().model_dump()["items"], sheet().model_dump()["items"][0]]},
        {"grades": list(reversed(sheet().model_dump()["grades"]))},
    ],
)
def test_a_sheet_that_does_not_hold_together_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        sheet(**wrong)
