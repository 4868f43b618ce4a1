"""The record of an assessment as plain data, which is the shape of assessment.json.

Like the record of a plan it holds no words of the program: codes with their details, and the words
of the shelf and of the workbook. Workbook, page and lines are all made from it.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from dingdian.core.admission.record import FaultRecord
from dingdian.core.assessment.bottom import Bottom
from dingdian.core.assessment.consequences import Basis, Renewal
from dingdian.core.assessment.ladder import StepState
from dingdian.core.assessment.points import PersonState, Reach
from dingdian.core.assessment.subjects import Agreement
from dingdian.core.assessment.upgrades import GradeState
from dingdian.core.record import (
    BenchmarkRecord,
    ClauseRecord,
    DocumentRecord,
    Exact,
    Keys,
    Marks,
    Named,
    Part,
    PlaceRecord,
    ReadingRecord,
    ReasonRecord,
    RuleRecord,
)
from dingdian.core.rules.score_sheet import Move, SheetPart, Source

#: Changes when a field changes its meaning or goes away; a new optional field keeps it.
VERSION: Literal["1"] = "1"

Whole = Annotated[int, Field(ge=0)]


class LineRecord(Part):
    """One item: points as given and as they count. ``applies`` null: not known."""

    item: str
    part: SheetPart
    full: Exact
    source: Source
    service: str = ""
    applies: bool | None = True
    given: Exact | None = None
    points: Exact | None = None
    appealed: bool = False
    open_appeal: bool = False
    why: ReasonRecord | None = None
    sources: Keys = ()


class PartRecord(Part):
    """A part of the score. ``points`` null: one of its items is missing."""

    part: SheetPart
    weight: Exact
    points: Exact | None = None
    full: Exact


class ServiceRecord(Part):
    """The items of one service type: their share of full points."""

    service: str
    share: Exact | None = None
    closes: bool = False


class ScoreRecord(Part):
    """A score. ``before``: without appeals. Null where ``why`` says so."""

    before: Exact | None = None
    total: Exact | None = None
    bonus: Exact = "0"
    parts: tuple[PartRecord, ...] = ()
    services: tuple[ServiceRecord, ...] = ()
    missing: Keys = ()
    votes: Keys = ()
    why: ReasonRecord | None = None
    lines: tuple[LineRecord, ...] = ()


class ConfirmedRecord(Part):
    """By whom and when a step was confirmed."""

    by: str
    on: dt.date
    minute: str = ""
    source: str = ""


class StepRecord(Part):
    """One step of the ladder; ``missing`` is what has to come before a person may confirm it."""

    step: str
    move: Move
    state: StepState
    clause: str = ""
    missing: tuple[ReasonRecord, ...] = ()
    heard_on: dt.date | None = None
    waived: bool = False
    confirmed: ConfirmedRecord | None = None


class PlaceInGroup(Part):
    """Whether an institution is in the bottom of its group; ``rank`` counts from the last."""

    bottom: Bottom
    rank: Whole | None = None
    why: ReasonRecord


class GradeMoveRecord(Part):
    """A move between service grades of a pharmacy."""

    state: GradeState
    grade: str = ""
    to: str = ""
    why: ReasonRecord


class ProposedRecord(Part):
    """A move that the assessment proposes, by its name in the life cycle; it makes none.

    ``of``: the grade, step, service or service grade that it rests on.
    """

    move: Move
    basis: Basis
    of: str = ""
    confirmed: bool = False
    missing: tuple[ReasonRecord, ...] = ()
    rule: str


class ReleaseRecord(Part):
    """What would be free if the agreement were not renewed; ``amount`` null: not known."""

    resource: str
    amount: Exact | None = None


class AssessedRecord(Part):
    """One institution of an assessment."""

    code: str
    name: str = ""
    side: str = ""
    kind: str = ""
    district: str = ""
    attributes: dict[str, str] = Field(default_factory=dict)
    agreement: Agreement
    trial: bool = False
    score: ScoreRecord | None = None
    grade: str | None = None
    deposit: Exact | None = None
    passed: bool | None = None
    group: str = ""
    place: PlaceInGroup | None = None
    steps: tuple[StepRecord, ...] = ()
    grade_move: GradeMoveRecord | None = None
    moves: tuple[ProposedRecord, ...] = ()
    renewal: Renewal
    releases: tuple[ReleaseRecord, ...] = ()
    why: ReasonRecord | None = None
    faults: tuple[FaultRecord, ...] = ()


class GroupRecord(Part):
    """A group of the bottom by rank: its side and attributes, its members by state.

    ``places`` null: the method is open.
    """

    id: str
    side: str
    attributes: tuple[tuple[str, str], ...]
    size: Whole
    unknown: Whole = 0
    joining: Whole = 0
    places: Whole | None = None
    inside: Keys = ()
    held: Keys = ()


class PersonRecord(Part):
    """A person on the day of the assessment."""

    person: str
    name: str = ""
    institutions: Keys = ()
    points: Whole | None = None
    repaired: Whole = 0
    state: PersonState
    since: dt.date | None = None
    until: dt.date | None = None
    reach: Reach | None = None
    may_register: bool = True
    why: ReasonRecord | None = None
    sources: Keys = ()


class ResponsibilityRecord(Part):
    """How many entries of the year, and points, persons of an institution have by responsibility.

    ``points`` null: one of them has none.
    """

    institution: str
    responsibility: str = ""
    entries: Whole
    points: Whole | None = None


class SheetRecord(Part):
    """The sheet of a side as it was used: its rule, and the words of what it names."""

    rule: str
    parts: dict[SheetPart, Exact]
    items: dict[str, Named]
    full: dict[str, Exact]
    grades: dict[str, Named]


class AssessmentMark(Part):
    """What the workbook says of itself."""

    id: str = ""
    assessed_by: str = ""


class AssessmentPrints(Part):
    """SHA-256 of census, shelf and workbook, and of what came out."""

    census: str
    shelf: str
    workbook: str
    result: str


class AssessmentRecord(Part):
    """A whole assessment: institutions by code, groups by side and attributes, persons by code."""

    version: Literal["1"]
    engine: str
    place: PlaceRecord
    year: int
    stock_day: dt.date
    assessed_on: dt.date
    marks: Marks
    assessment: AssessmentMark
    fingerprints: AssessmentPrints
    scopes: dict[str, Named]
    resources: dict[str, Named]
    sheets: dict[str, SheetRecord]
    steps: dict[str, Named]
    unclear: ReasonRecord | None = None
    groups: tuple[GroupRecord, ...] = ()
    assessed: tuple[AssessedRecord, ...] = ()
    persons: tuple[PersonRecord, ...] = ()
    responsibilities: tuple[ResponsibilityRecord, ...] = ()
    faults: tuple[FaultRecord, ...] = ()
    rules: dict[str, RuleRecord]
    readings: dict[str, ReadingRecord]
    benchmarks: dict[str, BenchmarkRecord]
    clauses: dict[str, ClauseRecord]
    documents: dict[str, DocumentRecord]

    def of(self, code: str) -> AssessedRecord | None:
        """The institution of a code, ``None`` where it was not assessed."""
        return next((each for each in self.assessed if each.code == code), None)


class PointsRecord(Part):
    """Points of persons on a day, as ``dingdian points --json`` prints them."""

    day: dt.date
    persons: tuple[PersonRecord, ...]
    responsibilities: tuple[ResponsibilityRecord, ...] = ()
    faults: tuple[FaultRecord, ...] = ()
