"""Whether a pharmacy is proposed to go up or down a service grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from dingdian.core.assessment.subjects import Subject
from dingdian.core.assessment.workbook import Own, Past
from dingdian.core.rules.grade_moves import GradeMoves
from dingdian.core.workings import Reason, reason


class GradeState(StrEnum):
    """How a move between service grades stands."""

    UP = "up"
    DOWN = "down"
    STAYS = "stays"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class GradeMove:
    """A move between grades; ``to`` is the grade that is proposed, empty where it stays."""

    state: GradeState
    grade: str
    to: str
    why: Reason


def grade_move(
    subject: Subject,
    own: Own,
    value: GradeMoves,
    direction: str,
    *,
    year: int,
    total: Fraction | None,
    clean: bool | None,
) -> GradeMove | None:
    """The move of a pharmacy, ``None`` where it neither asked to go up nor has to go down.

    ``direction`` is a key of the value's directions; ``clean``: the year of the assessment had no
    one-vote finding, ``None`` where nobody looked.
    """
    order = value.directions[direction]
    grade = subject.attributes.get("pharmacy_grade", "")
    if total is not None and total < value.down_below:
        return _down(grade, order, total, value)
    if own.asked is None:
        return None
    if grade not in order:
        return GradeMove(GradeState.UNDEFINED, grade, "", reason("grade_unknown"))
    at = order.index(grade) + 1
    if at == len(order):
        return GradeMove(GradeState.STAYS, grade, "", reason("grade_is_top"))
    if own.asked.to_grade != order[at]:
        return GradeMove(GradeState.STAYS, grade, "", reason("grade_not_next", grade=order[at]))
    this = Past(year, total, clean, None, "")
    lacking = _lacking({**own.past, year: this}, value, year)
    if lacking is None:
        why = reason("grade_up", years=value.clean_years, points=value.up_at_least)
        return GradeMove(GradeState.UP, grade, order[at], why)
    state, why = lacking
    return GradeMove(state, grade, "", why)


def _down(grade: str, order: tuple[str, ...], total: Fraction, value: GradeMoves) -> GradeMove:
    if grade not in order:
        return GradeMove(GradeState.UNDEFINED, grade, "", reason("grade_unknown"))
    at = order.index(grade)
    if at == 0:
        return GradeMove(GradeState.STAYS, grade, "", reason("grade_is_lowest"))
    why = reason("grade_down", total=total, points=value.down_below)
    return GradeMove(GradeState.DOWN, grade, order[at - 1], why)


def _lacking(
    years: Mapping[int, Past], value: GradeMoves, year: int
) -> tuple[GradeState, Reason] | None:
    """What keeps it from going up: a year that is not enough, before one that is not known."""
    unknown: Reason | None = None
    for back in range(value.clean_years):
        at = year - back
        found = years.get(at)
        if found is not None and found.clean is False:
            return GradeState.STAYS, reason("year_not_clean", year=at)
        if found is not None and found.points is not None and found.points < value.up_at_least:
            return GradeState.STAYS, reason("year_below", year=at, points=value.up_at_least)
        if found is None or found.clean is None or found.points is None:
            unknown = unknown or reason("year_unknown", year=at)
    return None if unknown is None else (GradeState.UNDEFINED, unknown)
