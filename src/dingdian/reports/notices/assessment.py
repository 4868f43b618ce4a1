"""The result of a yearly assessment, as the assessment hands it over to its notice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dingdian.reports.wording import long_day


@dataclass(frozen=True, slots=True)
class ItemResult:
    """Points of one item of the score sheet, of how many; empty points: none were given."""

    name: str
    points: str
    full: str


@dataclass(frozen=True, slots=True)
class StepResult:
    """A step for a rank alone that a person confirmed: by which clause of the agreement, when."""

    text: str
    clause: str
    heard_on: dt.date | None
    confirmed_by: str
    confirmed_on: dt.date
    minute: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentResult:
    """What the notice needs of an assessment, in words of Chinese.

    ``deposit``: share of the deposit that is returned, as text. ``group``, ``size`` and ``rank``
    (from the last) are of the bottom by rank; ``rank`` 0 where none is told. ``steps`` are only
    those that a person confirmed. ``clauses`` are ids of the shelf; ``marks`` are lines, such as
    that it is a simulation, which make the notice a specimen.
    """

    year: int
    score: str
    grade: str = ""
    deposit: str = ""
    items: tuple[ItemResult, ...] = ()
    group: str = ""
    size: int = 0
    rank: int = 0
    steps: tuple[StepResult, ...] = ()
    clauses: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def result_names(result: AssessmentResult | None) -> dict[str, Any]:
    """Name -> value, as a template sees them; all empty where no result was handed over."""
    result = result or AssessmentResult(0, "")
    return {
        "assessed_year": result.year or "",
        "score": result.score,
        "grade": result.grade,
        "deposit": result.deposit,
        "items": [{"name": e.name, "points": e.points, "full": e.full} for e in result.items],
        "group": result.group,
        "size": result.size,
        "rank": result.rank,
        "taken": [_step(each) for each in result.steps],
    }


def _step(step: StepResult) -> dict[str, str]:
    return {
        "text": step.text,
        "clause": step.clause,
        "heard_on": long_day(step.heard_on, "zh") if step.heard_on else "",
        "by": step.confirmed_by,
        "on": long_day(step.confirmed_on, "zh"),
        "minute": step.minute,
    }
