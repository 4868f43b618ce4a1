"""Decisions: what admission says of each applicant, and every condition that it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from dingdian.core.admission.application import Excepted
from dingdian.core.spacing.verdict import Neighbour
from dingdian.core.workings import Reason


class Stage(StrEnum):
    """The stages of an application, in the order in which they are looked at."""

    INTAKE = "intake"  # who may apply, for what, once, in time
    MATERIALS = "materials"
    REFUSAL = "refusal"  # bars: national ones first, then those of the place (SY-29)
    CONDITIONS = "conditions"
    AREA = "area"  # unserved and insufficient areas: opened within the plan period (DX-23/24)
    RED_LINE = "red_line"
    EVALUATION = "evaluation"
    SPACING = "spacing"
    PLACES = "places"


class Met(StrEnum):
    """How a condition stands."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"  # a fact that it needs is not known
    UNCLEAR = "unclear"  # a reading is open, or the clause is not checked against its text
    MEASURE = "measure_on_site"  # within the position errors
    HELD = "held"  # it depends on an applicant of the round that is not decided
    FREE = "free"  # the rule does not bind this applicant, as ``why`` says


class Outcome(StrEnum):
    """What an applicant is told. Only ``PROPOSED`` takes places."""

    PROPOSED = "proposed"  # 拟纳入
    WAITING = "waiting"  # 等候: paused, no place left, or held by one ahead
    NOT_ADMITTED = "not_admitted"  # 不予纳入
    NEEDS_MATERIALS = "needs_materials"  # 须补正: the one notice of what is missing
    NEEDS_FACTS = "needs_facts"  # 须核实
    NEEDS_SURVEY = "needs_survey"  # 须实测
    NEEDS_READING = "needs_reading"  # 须定口径


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: what was asked, what was found, where that stands, what would turn it.

    ``item`` is the item of a checklist, the resource, or the trigger; empty where the rule is
    one condition. ``value`` and ``threshold`` are exact numbers in ``unit`` or days, ``None``
    where there is none or it is not known; ``shortfall`` is how much is missing. ``sources``
    name the rows of ledger and round, or the figures of the plan, that were used. ``principle``:
    the text says 原则上. ``change`` is the nearest change that would turn it: advice for staff,
    dated, binding nobody, and never part of a letter. ``near`` are those who stand in the way.
    """

    stage: Stage
    rule: str
    met: Met
    item: str = ""
    clauses: tuple[str, ...] = ()
    value: Fraction | dt.date | None = None
    threshold: Fraction | dt.date | None = None
    shortfall: Fraction | None = None
    unit: str = ""
    sources: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    principle: bool = False
    why: Reason | None = None
    change: Reason | None = None
    near: tuple[Neighbour, ...] = ()


@dataclass(frozen=True, slots=True)
class Take:
    """Places that an admission uses up. ``amount`` 0: an exempt one that uses up none."""

    resource: str
    scope: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an applicant stands in the ranking of its side.

    ``merit``: its score, exact. ``priority``: 0 is first, by the priorities that count only at
    equal merit. ``lottery``: the hexadecimal digest that orders what is still equal, empty where
    no seed is published. ``rank``: 1 is the first; ``tied``: the ids of those it is equal to.
    """

    merit: Fraction
    priority: int
    applied_on: dt.date | None
    lottery: str
    rank: int
    tied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExceptionDecision:
    """A recorded exception, and why it has no effect, where it has none.

    ``refused``: the text leaves no exception, or the record is not whole.
    """

    record: Excepted
    refused: Reason | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided of one applicant, by rule.

    ``day`` is the day whose rules hold for the case. ``standing`` is ``None`` for one that is
    not evaluated. ``takes`` are the places it uses up. ``exceptions`` stand apart: ``outcome``
    is the verdict of the rules, ``excepted`` what it is with the exceptions, ``None`` where none
    of them has an effect.
    """

    application: str
    outcome: Outcome
    conditions: tuple[Condition, ...]
    day: dt.date
    standing: Standing | None = None
    takes: tuple[Take, ...] = ()
    exceptions: tuple[ExceptionDecision, ...] = ()
    excepted: Outcome | None = None

    @property
    def final(self) -> Outcome:
        """The outcome with recorded exceptions."""
        return self.excepted or self.outcome

    @property
    def grounds(self) -> tuple[Condition, ...]:
        """The conditions that the outcome rests on; none for a proposed one.

        >>> Decision("a", Outcome.PROPOSED, (), dt.date(2026, 3, 1)).grounds
        ()
        """
        return tuple(each for each in self.conditions if leads_to(each) is self.outcome)


#: Stages at which a failed condition does not refuse, and what it leads to instead.
_MILDER: Mapping[Stage, Outcome] = {
    Stage.MATERIALS: Outcome.NEEDS_MATERIALS,
    Stage.RED_LINE: Outcome.WAITING,
    Stage.PLACES: Outcome.WAITING,
}
_LEADS: Mapping[Met, Outcome] = {
    Met.FAILED: Outcome.NOT_ADMITTED,
    Met.UNCLEAR: Outcome.NEEDS_READING,
    Met.UNKNOWN: Outcome.NEEDS_FACTS,
    Met.MEASURE: Outcome.NEEDS_SURVEY,
    Met.HELD: Outcome.WAITING,
    Met.PASSED: Outcome.PROPOSED,
    Met.FREE: Outcome.PROPOSED,
}
#: What weighs heaviest comes first: a bar before a missing paper, a pause before open questions.
_HEAVIEST = (
    (Outcome.NOT_ADMITTED, frozenset(Stage)),
    (Outcome.NEEDS_MATERIALS, frozenset(Stage)),
    (Outcome.WAITING, frozenset({Stage.RED_LINE})),
    (Outcome.NEEDS_READING, frozenset(Stage)),
    (Outcome.NEEDS_FACTS, frozenset(Stage)),
    (Outcome.NEEDS_SURVEY, frozenset(Stage)),
    (Outcome.WAITING, frozenset(Stage)),
)


class Judged(Protocol):
    """A condition that was looked at, or its record."""

    @property
    def stage(self) -> Stage: ...  # noqa: D102
    @property
    def met(self) -> Met: ...  # noqa: D102


def leads_to(condition: Judged) -> Outcome:
    """What a condition by itself leads to.

    >>> leads_to(Condition(Stage.PLACES, "r", Met.FAILED)).value
    'waiting'
    >>> leads_to(Condition(Stage.SPACING, "r", Met.FAILED)).value
    'not_admitted'
    """
    if condition.met is Met.FAILED:
        return _MILDER.get(condition.stage, Outcome.NOT_ADMITTED)
    return _LEADS[condition.met]


def outcome_of(conditions: Iterable[Condition]) -> Outcome:
    """What all conditions together come to; proposed where none stands in the way."""
    found = {(leads_to(each), each.stage) for each in conditions}
    for outcome, stages in _HEAVIEST:
        if any(its is outcome and stage in stages for its, stage in found):
            return outcome
    return Outcome.PROPOSED
