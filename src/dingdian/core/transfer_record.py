"""The record of a transfer of beds as plain data, which is the shape of transfer.json.

Like the record of a plan it holds no words of the program: codes with their numbers, and the words
of the shelf and of the ledger. Workbook, map and lines are all made from it.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from dingdian.core.record import (
    BenchmarkRecord,
    ClauseRecord,
    Code,
    DocumentRecord,
    Exact,
    Keys,
    Marks,
    Part,
    PlaceRecord,
    PrintsRecord,
    ReadingRecord,
    RuleRecord,
    ScopeRecord,
)
from dingdian.core.rules.facts import ScopeKind
from dingdian.core.solving import Ending, Proof, Status
from dingdian.core.transfer import First, Measure, Rule
from dingdian.core.transfer.stock import Unknown
from dingdian.core.transfer.wish import Alike, TargetKind

#: Changes when a field changes its meaning or goes away; a new optional field keeps it.
VERSION: Literal["1"] = "1"

Whole = Annotated[int, Field(ge=0)]
#: District, level (empty: unknown), pool of beds (a class, or ``general_pool``).
CellRecord = tuple[str, str, str]


class AskedRecord(Part):
    """How the transfer was asked for; shares are exact numbers, ``growth`` null: no limit.

    ``seconds``: the clock that was to end the search; an answer whose ending is ``halted`` rests on
    it, and computing anew may give another.
    """

    order: tuple[Measure, ...]
    minimum: dict[str, Whole]
    structure_at: tuple[ScopeKind, ...]
    target: TargetKind
    per_1000: Exact | None = None
    alike: Alike
    growth: Exact | None = None
    first: tuple[First, ...]
    nodes: Whole
    seconds: float | None = None


class TransferPrints(PrintsRecord):
    """What a record cites, and the mark of the whole file (``core.fingerprint.content_mark``)."""

    content: str = ""


class EffortRecord(Part):
    """What was spent: nodes of the tree and steps of the simplex method."""

    nodes: Whole
    steps: Whole


class GoalRecord(Part):
    """A goal: its value counted from the beds, the bound no transfer can beat, the gap as a share.

    The bound holds given what the goals before it came to. Null: unknown.
    """

    measure: Measure
    value: Whole | None
    bound: int | None
    gap: Exact | None
    proof: Proof
    clauses: Keys = ()


class HeldRecord(Part):
    """A group of conditions: the most that a held measure may come to, and what it rests on.

    Without clauses it rests on what was asked, or on the ledger.
    """

    rule: Rule
    most: Whole | None = None
    shelf: Keys = ()
    clauses: Keys = ()
    readings: Keys = ()


class ClashRecord(Part):
    """Rules that nothing keeps together. ``reached``: the least of a held measure by the others."""

    rules: tuple[Rule, ...]
    smallest: bool
    reached: dict[Measure, Whole] = Field(default_factory=dict)


class MeasuredRecord(Part):
    """A measure before and after the transfer; ``after`` null: there is none."""

    before: Whole
    after: Whole | None = None


class StepRecord(Part):
    """What the measures come to with at most so many beds moved."""

    most: Whole
    after: dict[Measure, Whole]
    proved: bool


class LevelRecord(Part):
    """A level in a scope: its share by the rule, its beds, whole beds that it lacks to that.

    What would be after a transfer is null where there is none.
    """

    scope: Code
    level: Code
    share: Exact
    before: Whole
    after: Whole | None
    lacks_before: Whole
    lacks_after: Whole | None


class TargetRecord(Part):
    """What districts are held against; ``benchmark`` is named where it is one."""

    kind: TargetKind
    benchmark: str = ""


class DistrictRecord(Part):
    """A district: beds that count in its target, and the target; null with ``why`` it has none."""

    district: Code
    before: Whole
    after: Whole | None
    people: Whole | None = None
    per_1000: Exact | None = None
    target: Whole | None = None
    why: str = ""


class MoveRecord(Part):
    """So many beds from one cell to another."""

    start: CellRecord
    end: CellRecord
    beds: Annotated[int, Field(ge=1)]


class CellBedsRecord(Part):
    """The beds of a cell before and after a transfer; ``after`` null: there is none."""

    cell: CellRecord
    before: Whole
    after: Whole | None


class HolderRecord(Part):
    """An institution: beds by pool, the size it keeps, what it could give, what it might take.

    ``least`` null: it is not touched. ``room``: beds above that size. ``use``: share of its open
    bed-days that were used; null: unknown. ``may_take`` are pools of its cell that take beds.
    """

    code: Code
    name: str = ""
    district: Code
    level: str = ""
    beds: dict[str, Whole]
    least: Whole | None = None
    room: Whole = 0
    use: Exact | None = None
    gives: dict[str, Whole] = Field(default_factory=dict)
    may_take: Keys = ()


class LeftOutRecord(Part):
    """An institution whose beds are unknown: neither taken from nor counted."""

    code: Code
    name: str = ""
    district: str = ""
    why: Unknown


class FrozenRecord(Part):
    """The stock that a freeze allows, and the one there is; null: unknown."""

    base: Whole | None = None
    stock: Whole | None = None


class TransferRecord(Part):
    """A whole transfer. ``held_to``: the rules that hold; ``rules``: those of the shelf.

    ``chairs`` are dental chairs, which are no beds; ``unused`` levels are not touched for want of
    a minimum.
    """

    version: Literal["1"]
    engine: str
    place: PlaceRecord
    year: int
    stock_day: dt.date
    policy_day: dt.date
    marks: Marks
    fingerprints: TransferPrints
    scopes: dict[str, ScopeRecord]
    asked: AskedRecord
    status: Status
    ending: Ending
    effort: EffortRecord
    goals: tuple[GoalRecord, ...]
    goals_left_out: tuple[Measure, ...] = ()
    held_to: tuple[HeldRecord, ...]
    clash: ClashRecord | None = None
    measures: dict[Measure, MeasuredRecord]
    steps: tuple[StepRecord, ...] = ()
    levels: tuple[LevelRecord, ...] = ()
    target: TargetRecord
    districts: tuple[DistrictRecord, ...]
    moves: tuple[MoveRecord, ...] = ()
    cells: tuple[CellBedsRecord, ...] = ()
    institutions: tuple[HolderRecord, ...] = ()
    left_out: tuple[LeftOutRecord, ...] = ()
    frozen: FrozenRecord | None = None
    chairs: Whole = 0
    unused: Keys = ()
    rules: dict[str, RuleRecord]
    readings: dict[str, ReadingRecord]
    benchmarks: dict[str, BenchmarkRecord]
    clauses: dict[str, ClauseRecord]
    documents: dict[str, DocumentRecord]

    @property
    def found(self) -> bool:
        """Whether there is a transfer that keeps the rules, be it that nothing moves."""
        return self.status in (Status.OPTIMAL, Status.FEASIBLE)
