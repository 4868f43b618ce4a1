"""The record of who is proposed to stay, as plain data: the shape of retention.json.

Like the record of a plan it holds no words of the program: codes, numbers, and the words of the
shelf and the ledger.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

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
from dingdian.core.retention.needs import Rule
from dingdian.core.retention.question import Aspect
from dingdian.core.solving import Ending, Proof, Sense, Status

#: Changes when a field changes its meaning or goes away; a new optional field keeps it.
VERSION: Literal["1"] = "1"

Whole = Annotated[int, Field(ge=0)]


class GoalRecord(Part):
    """One goal: value reached, the bound no choice can beat, the gap as a share of the value.

    Null: not known. ``proof``: counted in whole numbers, or the solver's word.
    """

    name: str
    sense: Sense
    value: int | None = None
    bound: int | None = None
    gap: Exact | None = None
    proof: Proof


class AnswerRecord(Part):
    """What is known of an answer, what ended the search, and what it took.

    ``ending`` ``halted``: a clock or a person cut it short, and computing anew may give another.
    """

    status: Status
    ending: Ending
    goals: tuple[GoalRecord, ...] = ()
    nodes: Whole = 0
    rounds: Whole = 0
    steps: Whole = 0


class OrderRecord(Part):
    """An order of weighing: its tiers of (aspect, weight), its answer, every aspect counted.

    ``values`` is empty where there is no answer.
    """

    tiers: tuple[tuple[tuple[Aspect, int], ...], ...]
    hold_localities: bool
    answer: AnswerRecord
    values: dict[Aspect, int] = Field(default_factory=dict)


class NeedRecord(Part):
    """The fewest that have to stay by a rule, or by all together; in ``district``, with its cap.

    ``district`` empty and ``cap`` null: of all.
    """

    rule: Rule
    answer: AnswerRecord
    district: str = ""
    cap: int | None = None


class ExchangeRecord(Part):
    """Who would go instead, and by how much each tier would be better (negative: worse)."""

    code: str
    differences: tuple[int, ...]


class GoingRecord(Part):
    """One that would go, in ``year`` (null: not known), and what it leaves behind.

    ``points`` null: not scored. ``served_by``: who still serves most of its people, with how many.
    """

    code: str
    year: int | None = None
    points: Exact | None = None
    dual_channel: bool = False
    through: dt.date | None = None
    people: Whole
    down_to_one: Whole = 0
    down_to_none: Whole = 0
    served_by: tuple[tuple[str, int], ...] = ()
    exchange: ExchangeRecord | None = None


class FirstRecord(Part):
    """One whose exit comes first, and what it leaves behind once all went who would.

    ``year``: when it leaves, with its designation or at the term of its agreement; null: written by
    an earlier release. ``through`` null: the ledger has no end of it, and it waits for the last
    year.
    """

    code: str
    year: int | None = None
    through: dt.date | None = None
    people: Whole
    down_to_one: Whole = 0
    down_to_none: Whole = 0
    served_by: tuple[tuple[str, int], ...] = ()


class DistrictRecord(Part):
    """A district: its stock, who leaves anyway, who goes by choice (null: there is no answer).

    ``share``: its part of the cap as the plan shares it out; ``cap``: the same where it is held to
    it. Null: it has none.
    """

    district: str
    stock: Whole
    leaving: Whole
    going: Whole | None = None
    share: int | None = None
    cap: int | None = None


class YearRecord(Part):
    """A year on the way to the cap: ``start - first - going = left``.

    ``first``: those whose exit comes first and falls in the year; ``going``: those who would go.
    """

    year: int
    start: Whole
    first: Whole
    going: Whole
    left: Whole


class CapRecord(Part):
    """The answer for one cap. ``why``: why there was nothing to choose.

    ``cap_key``: the figure of the plan that holds the cap; empty for a what-if. ``now``: every
    aspect counted before anybody goes, ``first`` once those left who leave first. ``leaving``:
    codes of those whose exit comes first, by why; ``held``: of those who may not be proposed, by
    why. ``years``: the way to the cap, empty without an answer. ``stays``: codes of those who stay.
    ``unlocated``: localities without position, who are left out, or without people, who weigh
    nothing; ``unscored``: institutions without points, who count as the mean of the others;
    ``undecided``: those of whom the assessment leaves open whether to renew, who are chosen among
    like anybody else.
    """

    rule: str
    resource: str
    cap: int | None = None
    cap_key: str = ""
    circle_mm: int | None = None
    no_circle: ReasonRecord | None = None
    order: str = ""
    stock: Whole = 0
    staying: Whole = 0
    unscored: Whole = 0
    undecided: Whole = 0
    unlocated: Whole = 0
    minimums: Whole = 0
    now: dict[Aspect, int] = Field(default_factory=dict)
    first: dict[Aspect, int] = Field(default_factory=dict)
    leaving: dict[str, Keys] = Field(default_factory=dict)
    held: dict[str, Keys] = Field(default_factory=dict)
    orders: dict[str, OrderRecord] = Field(default_factory=dict)
    needs: tuple[NeedRecord, ...] = ()
    districts: tuple[DistrictRecord, ...] = ()
    going: tuple[GoingRecord, ...] = ()
    gone_first: tuple[FirstRecord, ...] = ()
    years: tuple[YearRecord, ...] = ()
    stays: Keys = ()
    why: ReasonRecord | None = None


class RetentionPrints(Part):
    """SHA-256 of ledger, shelf, plan and assessment (empty: none), and of what came out.

    ``content`` is the mark of the whole file (``core.fingerprint.content_mark``).
    """

    census: str
    shelf: str
    plan: str
    assessment: str = ""
    result: str
    content: str = ""


class InstitutionRecord(Part):
    """Name, district and position (null where there is none) of an institution."""

    name: str = ""
    district: str = ""
    lon: str | None = None
    lat: str | None = None


class RetentionRecord(Part):
    """Who is proposed to stay under every cap; it decides nothing."""

    version: Literal["1"]
    engine: str
    place: PlaceRecord
    year: int
    by: int
    stock_day: dt.date
    marks: Marks
    fingerprints: RetentionPrints
    nodes: Whole
    rounds: Whole
    seconds: str = ""
    scopes: dict[str, Named]
    resources: dict[str, Named]
    caps: tuple[CapRecord, ...]
    institutions: dict[str, InstitutionRecord]
    rules: dict[str, RuleRecord]
    readings: dict[str, ReadingRecord]
    benchmarks: dict[str, BenchmarkRecord]
    clauses: dict[str, ClauseRecord]
    documents: dict[str, DocumentRecord]

    @property
    def answered(self) -> bool:
        """Whether every cap that there was something to choose for has an answer."""
        asked = (each for each in self.caps if each.order)
        return all(each.orders[each.order].values for each in asked)

    @property
    def by_clock(self) -> bool:
        """Whether any answer was cut short from outside."""
        return any(
            order.answer.ending is Ending.HALTED
            for cap in self.caps
            for order in cap.orders.values()
        )
