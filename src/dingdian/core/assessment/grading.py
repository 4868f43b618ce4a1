"""From a score to a grade, what of the deposit returns, and whether a trial is passed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.assessment.scoring import Score
from dingdian.core.rules.score_sheet import Grade, Move, Sheet
from dingdian.core.workings import Reason


@dataclass(frozen=True, slots=True)
class Graded:
    """``grade`` and ``deposit`` (the share that returns) are ``None`` where ``why`` says so.

    ``deposit`` is also ``None`` where the sheet says nothing of a deposit. ``passed``: the trial,
    ``None`` while it is not known or none runs.
    """

    grade: str | None
    deposit: Fraction | None
    moves: tuple[Move, ...]
    passed: bool | None
    why: Reason | None


def graded(score: Score, sheet: Sheet, *, trial: bool) -> Graded:
    """The grade of a score; a finding that gives the lowest grade needs no score."""
    found = grade_of(score, sheet)
    mark = sheet.trial_mark if trial else None
    passed = None
    if mark is not None and score.total is not None:
        passed = score.total >= mark and not score.lowest
    elif mark is not None and score.lowest:
        passed = False
    if found is None:
        return Graded(None, None, (), passed, score.why)
    return Graded(found.grade, _deposit(score, sheet, found), found.moves, passed, None)


def grade_of(score: Score, sheet: Sheet) -> Grade | None:
    """The first grade, the best first, whose points are reached."""
    if score.lowest:
        return sheet.grades[-1]
    if score.total is None:
        return None
    total = score.total
    return next(each for each in sheet.grades if total >= each.at_least)


def _deposit(score: Score, sheet: Sheet, grade: Grade) -> Fraction | None:
    by_point = sheet.deposit_per_point
    if by_point is None:
        return grade.deposit
    if score.lowest or score.total is None:
        return Fraction(0) if score.lowest else None
    short = max(by_point.full_from - score.total, Fraction(0))
    return max(1 - short * by_point.per_point, Fraction(0))
