"""The record of a round: its decisions as plain data, which is the shape of decisions.json.

Like the record of a plan it holds no words of the program: codes with their details, and the
words of the shelf and of the round. Letters, tables and replay are all made from it.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from dingdian.core.admission.decision import Met, Outcome, Stage
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

#: Changes when a field changes its meaning or goes away; a new optional field keeps it.
VERSION: Literal["1"] = "1"

#: An exact number, or a day.
ExactOrDay = Annotated[
    str, Field(pattern=r"^-?[0-9]+(/[1-9][0-9]*)?$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
]


class NearRecord(Part):
    """One who stands near the applicant, and what it does to each shared service."""

    code: str
    name: str = ""
    applicant: bool = False
    effects: tuple[tuple[str, str], ...]
    distance_mm: int
    error_mm: int = 0
    surveys: Keys = ()
    why: ReasonRecord | None = None


class AdmissionConditionRecord(Part):
    """One condition of an applicant. ``value`` and ``threshold`` are exact numbers or days.

    ``change`` is advice for staff and is never part of a letter.
    """

    stage: Stage
    rule: str
    item: str = ""
    met: Met
    clauses: Keys = ()
    value: ExactOrDay | None = None
    threshold: ExactOrDay | None = None
    shortfall: Exact | None = None
    unit: str = ""
    sources: Keys = ()
    readings: Keys = ()
    principle: bool = False
    why: ReasonRecord | None = None
    change: ReasonRecord | None = None
    near: tuple[NearRecord, ...] = ()


class StandingRecord(Part):
    """Where an applicant stands in the ranking of its side."""

    merit: Exact
    priority: int
    applied_on: dt.date | None = None
    lottery: str = ""
    rank: int
    tied: Keys = ()


class TakeRecord(Part):
    """Places that an admission uses up."""

    resource: str
    scope: str
    amount: Exact


class ExceptionRecord(Part):
    """A recorded exception; ``refused`` says why it has no effect."""

    rule: str
    decided_on: dt.date | None = None
    by: str = ""
    reason: str = ""
    evidence: str = ""
    minute: str = ""
    effect: str = ""
    source: str = ""
    refused: ReasonRecord | None = None


class FaultRecord(Part):
    """Something wrong with the rows of an application: it is decided all the same."""

    kind: str
    where: str = ""
    details: dict[str, str] = Field(default_factory=dict)


class DecisionRecord(Part):
    """One applicant and what is decided of it. ``excepted``: the outcome with its exceptions."""

    application: str
    name: str = ""
    kind: str = ""
    side: str
    district: str = ""
    services: Keys = ()
    beds: dict[str, Exact | None] = Field(default_factory=dict)
    source: str = ""
    outcome: Outcome
    excepted: Outcome | None = None
    day: dt.date
    standing: StandingRecord | None = None
    takes: tuple[TakeRecord, ...] = ()
    exceptions: tuple[ExceptionRecord, ...] = ()
    conditions: tuple[AdmissionConditionRecord, ...] = ()
    faults: tuple[FaultRecord, ...] = ()

    @property
    def final(self) -> Outcome:
        """The outcome with recorded exceptions."""
        return self.excepted or self.outcome


class LeftRecord(Part):
    """A quota of the year in a scope: what the plan gives, what went before, what is left now.

    ``quota`` null: no rule gives a number, or it is unknown, with ``why``. ``figure`` is its key
    in the plan.
    """

    resource: str
    scope: str
    quota: Exact | None = None
    before: Exact
    taken: Exact
    left: Exact | None = None
    figure: str = ""
    binding: Keys = ()
    why: ReasonRecord | None = None


class RoundMark(Part):
    """What the round says of itself."""

    id: str = ""
    seed: str = ""
    seed_published_on: dt.date | None = None
    opened_from: dt.date | None = None
    opened_through: dt.date | None = None


class RoundPrints(Part):
    """SHA-256 of census, shelf, round and plan, and of the decisions that came out.

    ``stock`` is that of the census of the day of decision where the plan is one that was issued
    from another; empty: the census of the plan is that of the decision too.
    """

    census: str
    shelf: str
    round: str
    plan: str
    result: str
    stock: str = ""


class DecisionsRecord(Part):
    """A whole round. Mappings are by identifier; decisions in the order of their ids.

    ``items``: rule -> item of its checklist or evaluation -> its wording on the shelf.
    """

    version: Literal["1"]
    engine: str
    place: PlaceRecord
    year: int
    stock_day: dt.date
    decided_on: dt.date
    marks: Marks
    round: RoundMark
    fingerprints: RoundPrints
    scopes: dict[str, Named]
    resources: dict[str, Named]
    decisions: tuple[DecisionRecord, ...]
    left: tuple[LeftRecord, ...] = ()
    items: dict[str, dict[str, Named]] = Field(default_factory=dict)
    rules: dict[str, RuleRecord]
    readings: dict[str, ReadingRecord]
    benchmarks: dict[str, BenchmarkRecord]
    clauses: dict[str, ClauseRecord]
    documents: dict[str, DocumentRecord]
    faults: tuple[FaultRecord, ...] = ()

    def of(self, application: str) -> DecisionRecord | None:
        """The decision of an application, ``None`` where the round has none of that id."""
        return next((each for each in self.decisions if each.application == application), None)
