"""Moves between service grades: two clean years and 95 points, each limit from both sides."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dingdian.core.assessment.upgrades import GradeState, grade_move
from dingdian.core.assessment.workbook import Asked, Own, Past
from dingdian.core.rules.grade_moves import GradeMoves
from tests.assessments import YEAR, subject

VALUE = GradeMoves.model_validate(
    {
        "directions": {"a_best": ["d", "c", "b", "a"], "a_lowest": ["a", "b", "c", "d"]},
        "clean_years": "2",
        "up_at_least": "95",
        "down_below": "60",
    }
)
GOOD = Past(2024, Fraction(95), clean=True, bottom=None, origin="p")


def move(total="95", to="b", grade="c", past=GOOD, clean=True, direction="a_best"):
    own = Own(
        past={} if past is None else {past.year: past},
        asked=Asked(to, None, "u") if to else None,
    )
    who = subject("P1", side="pharmacies", attributes={"pharmacy_grade": grade} if grade else {})
    points = None if total is None else Fraction(total)
    return grade_move(who, own, VALUE, direction, year=YEAR, total=points, clean=clean)


def told(found) -> tuple[GradeState, str, str]:
    return found.state, found.to, found.why.code


@pytest.mark.clause("DX-14", "DX-17")
@pytest.mark.parametrize(
    ("total", "says"),
    [
        ("94.999", (GradeState.STAYS, "", "year_below")),
        ("95", (GradeState.UP, "b", "grade_up")),
        ("95.001", (GradeState.UP, "b", "grade_up")),
    ],
)
def test_ninety_five_points_this_year(total, says):
    assert told(move(total)) == says


@pytest.mark.parametrize(
    ("past", "says"),
    [
        (Past(2024, Fraction("94.999"), True, None, ""), (GradeState.STAYS, "", "year_below")),
        (Past(2024, Fraction(95), False, None, ""), (GradeState.STAYS, "", "year_not_clean")),
        (Past(2024, Fraction(95), None, None, ""), (GradeState.UNDEFINED, "", "year_unknown")),
        (Past(2024, None, True, None, ""), (GradeState.UNDEFINED, "", "year_unknown")),
        (Past(2023, Fraction(95), True, None, ""), (GradeState.UNDEFINED, "", "year_unknown")),
        (None, (GradeState.UNDEFINED, "", "year_unknown")),
    ],
)
def test_and_last_year(past, says):
    assert told(move(past=past)) == says


@pytest.mark.parametrize(
    ("clean", "says"),
    [(False, "year_not_clean"), (None, "year_unknown")],
)
def test_a_finding_this_year_keeps_it_where_it_is(clean, says):
    assert move(clean=clean).why.code == says


def test_without_a_score_it_cannot_be_said():
    assert told(move(None)) == (GradeState.UNDEFINED, "", "year_unknown")


@pytest.mark.parametrize(
    ("total", "says"),
    [
        ("59.999", (GradeState.DOWN, "d", "grade_down")),
        ("60", (GradeState.STAYS, "", "year_below")),
    ],
)
def test_below_sixty_it_goes_down_whether_it_asked_or_not(total, says):
    assert told(move(total)) == says
    assert (move(total, to="") is None) is (says[0] is GradeState.STAYS)


@pytest.mark.clause("DX-14")
@pytest.mark.parametrize(("direction", "to"), [("a_best", "b"), ("a_lowest", "d")])
def test_which_way_the_letters_run_is_data(direction, to):
    assert told(move(to=to, direction=direction))[:2] == (GradeState.UP, to)


@pytest.mark.parametrize(
    ("grade", "to", "says"),
    [
        ("c", "a", "grade_not_next"),
        ("a", "a", "grade_is_top"),
        ("", "b", "grade_unknown"),
    ],
)
def test_one_step_at_a_time_and_not_beyond_the_top(grade, to, says):
    assert move(grade=grade, to=to).why.code == says


def test_nothing_is_below_the_lowest():
    assert told(move("10", grade="d")) == (GradeState.STAYS, "", "grade_is_lowest")
    assert told(move("10", grade="")) == (GradeState.UNDEFINED, "", "grade_unknown")


def test_nobody_goes_up_unasked():
    assert move(to="") is None
