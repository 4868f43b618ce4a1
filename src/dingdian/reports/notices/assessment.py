"""The notice of a yearly assessment: its result, as the assessment hands it over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dingdian.reports.grid import Table
from dingdian.reports.notices.frame import Frame
from dingdian.reports.notices.office import Office
from dingdian.reports.papers.binding import Holding
from dingdian.reports.papers.ooxml import ZH, Chinese
from dingdian.reports.wording import long_day

KIND = "assessment"


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

    ``score`` empty: there is none, and ``why`` says so. ``deposit``: share of the deposit that is
    returned, as text. ``group``, ``size`` and ``rank`` (from the last) are of the bottom by rank;
    ``rank`` 0 where none is told. ``steps`` are only those that a person confirmed. ``clauses``
    are ids of the shelf.
    """

    code: str
    institution: str
    year: int
    score: str
    grade: str = ""
    why: str = ""
    deposit: str = ""
    items: tuple[ItemResult, ...] = ()
    group: str = ""
    size: int = 0
    rank: int = 0
    steps: tuple[StepResult, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass
class AssessmentNotice:
    """The answers to the template of an assessment's notice; ``n`` counts those of the year.

    The notice bears ``assessed_on``.
    """

    office: Office
    result: AssessmentResult
    assessed_on: dt.date
    n: int
    tables: Mapping[str, Table] = field(default_factory=dict)
    figures: tuple[str, ...] = ()
    binding: Holding = field(default_factory=Holding)
    words: Chinese = ZH

    @property
    def day(self) -> dt.date:
        """The day of the notice."""
        return self.assessed_on

    @cached_property
    def frame(self) -> Frame:
        """Its number, its marks, what it cites."""
        year, clauses = self.assessed_on.year, self.result.clauses
        return Frame(self.office, KIND, year, self.n, by_bureau=False, clauses=clauses)

    def names(self) -> dict[str, Any]:
        """Name -> value, as a template sees them."""
        result = self.result
        return {
            **self.frame.names(),
            "day": long_day(self.assessed_on, "zh"),
            "institution": result.institution or result.code,
            "code": result.code,
            "assessed_year": result.year,
            "score": result.score,
            "grade": result.grade,
            "why": result.why,
            "deposit": result.deposit,
            "items": [{"name": e.name, "points": e.points, "full": e.full} for e in result.items],
            "group": result.group,
            "size": result.size,
            "rank": result.rank,
            "steps": [_step(each) for each in result.steps],
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
