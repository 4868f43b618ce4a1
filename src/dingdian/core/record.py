"""The record: a plan as plain data, which is the published shape of plan.json.

A record holds no words of the program (only codes with their details, and the words of the
shelf and the ledger), so one record is read in any language. Everything that reports show,
that ``explain`` follows and that a later year is compared with is read from a record.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dingdian.core.census import Test
from dingdian.core.errors import Severity
from dingdian.core.findings import State
from dingdian.core.formulas import Value

#: Changes when a field changes its meaning or goes away; a new optional field keeps it.
VERSION: Literal["1"] = "1"

Code = Annotated[str, Field(min_length=1)]
Keys = tuple[str, ...]


class Part(BaseModel):
    """The base of every part of a record: frozen, no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ReasonRecord(Part):
    """Why something is undefined, unclear or noted: a code and the details of its sentence."""

    code: Code
    details: dict[str, str] = {}


class ConditionRecord(Part):
    """One condition on a column of the ledger: how it is tested, and the words wanted.

    ``held`` (the designation exists on a day) has no column of its own: ``column`` is then
    the reference it is reached through, with its dot, or empty. So with ``designated`` (it
    was designated on a day before that of the ledger, by all dates): the day, then the
    standings that count.
    """

    column: str
    test: Test
    words: tuple[str, ...] = ()


class SelectionRecord(Part):
    """The rows of ``table`` that meet every condition, counted, or ``total`` summed over them."""

    table: Code
    where: tuple[ConditionRecord, ...] = ()
    total: str = ""


class Approximate(Part):
    """A number that is not exact (it took a logarithm): twelve significant digits."""

    float: Annotated[str, Field(pattern=r"^-?[0-9].*$|^-?inf$|^nan$")]


Exact = Annotated[str, Field(pattern=r"^-?[0-9]+(/[1-9][0-9]*)?$")]


class ComparedRecord(Part):
    """Two figures (keys) that a rule held against one another; ``holds`` null: unknown."""

    left: Code
    comparison: Code
    right: Code
    holds: bool | None


class BecauseRecord(Part):
    """Why a rule applied a number: what it says, and what it weighed (not used in computing)."""

    says: tuple[ReasonRecord, ...]
    compared: tuple[ComparedRecord, ...] = ()


class FigureRecord(Part):
    """One number: its exact value, the value as printed, and where it comes from.

    ``value`` is ``"7"`` or ``"7/3"`` in lowest terms, ``{"float": …}`` where it is not exact,
    and null where it is undefined, with ``why``. ``decimal`` is the same rounded half up as
    reports print it (a share in per cent), empty where it is undefined. ``inputs`` are pairs
    of role and figure key, ``constants`` pairs of role and exact number: ``formula`` applied to
    them gives ``value`` again. ``selection`` stands on numbers taken from the ledger,
    ``because`` on limits that a rule set after weighing other numbers.
    """

    measure: Code
    scope: str
    value: Exact | Approximate | None
    decimal: str
    unit: str
    formula: Code
    inputs: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, Exact], ...] = ()
    selection: SelectionRecord | None = None
    clauses: Keys = ()
    readings: Keys = ()
    why: ReasonRecord | None = None
    detail: dict[str, str] = {}
    because: BecauseRecord | None = None

    @property
    def number(self) -> Value | None:
        """The value: exact, a float where it is not, ``None`` where it is undefined."""
        if isinstance(self.value, Approximate):
            return float(self.value.float)
        return None if self.value is None else Fraction(self.value)


class FindingRecord(Part):
    """What one rule says about one scope on one day. ``numbers``: pairs of role and figure key.

    ``principle``: the text says 原则上, so that a recorded decision may differ. ``step`` names
    the step of the work in which a rule that is not implemented comes.
    """

    rule: Code
    scope: str
    state: State
    day: dt.date
    clauses: Keys
    numbers: tuple[tuple[str, str], ...] = ()
    readings: Keys = ()
    principle: bool = False
    why: ReasonRecord | None = None
    note: ReasonRecord | None = None
    step: str = ""


class LimitRecord(Part):
    """An upper limit that a rule sets on new places; ``key`` is the figure that holds it."""

    resource: Code
    scope: str
    rule: Code
    key: Code


class QuotaRecord(Part):
    """Next year's new places of a resource in a scope; ``key`` null: the text gives no number.

    ``binding`` are the rules whose limit is the smallest; ``remainder``, ``asked``,
    ``released`` and ``stock`` are figure keys.
    """

    resource: Code
    scope: str
    key: str | None
    limits: tuple[LimitRecord, ...] = ()
    binding: Keys = ()
    unnumbered: bool = False
    remainder: str | None = None
    asked: str | None = None
    released: str | None = None
    stock: str | None = None


class GapRecord(Part):
    """A locality without any institution of the stock ``of`` within the service circle.

    ``region`` is the region that it lies in, ``district`` the county-level one; ``persons`` is
    null where it is unknown. ``nearest`` is the code of the nearest institution and
    ``distance_mm`` how far it is; null where none has a position.
    """

    of: Code
    code: Code
    name: str = ""
    region: str = ""
    region_name: str = ""
    district: str = ""
    persons: Exact | None = None
    nearest: str | None = None
    nearest_name: str = ""
    distance_mm: int | None = None


class Named(Part):
    """A name in both languages."""

    zh: str
    en: str


class ScopeRecord(Named):
    """An area: the whole (``whole``), a zone, or a region by its level in the tree.

    ``shown``: it is a row of the plan's tables. ``zone`` is the scope of the zone it lies in.
    """

    level: Code
    shown: bool = False
    zone: str = ""


class MeasureRecord(Named):
    """A measure: names that say numerator and denominator, unit, printed decimals."""

    unit: str
    decimals: int | None = None


class RuleRecord(Named):
    """A rule of the shelf as it held on the day, with every clause that it carries out."""

    family: Code
    layer: str
    clauses: Keys
    readings: Keys = ()
    principle: bool = False
    since: dt.date | None = None
    in_force: bool = True
    step: str = ""
    note: str = ""
    note_en: str = ""


class DocumentRecord(Named):
    """A government document: only one whose standing is ``issued`` can ground a letter."""

    issuer: str
    issuer_en: str = ""
    number: str = ""
    number_en: str = ""
    rank: str
    standing: str
    dated: dt.date | None = None
    since: dt.date | None = None
    through: dt.date | None = None
    note: str = ""
    note_en: str = ""


class ClauseRecord(Named):
    """A clause: its text in both languages, its document and place; ``no_rule`` why it has none.

    ``mark`` says whether text and place were read (``verified``), or what is to be checked.
    """

    document: Code
    at: str
    at_en: str = ""
    mark: str = "verified"
    no_rule: str = ""
    no_rule_en: str = ""


class ReadingRecord(Named):
    """A reading (口径): the question (``zh``, ``en``), the options, the one chosen and why."""

    options: dict[str, Named]
    chosen: str | None
    number: Exact | None = None
    low: Exact | None = None
    high: Exact | None = None
    why: str
    why_en: str = ""
    by: str
    by_en: str = ""
    decided_on: dt.date
    clauses: Keys = ()
    doubts: tuple[int, ...] = ()
    moves: Keys = ()


class BenchmarkRecord(Named):
    """A mean or target with year, denominator and source; ``mark`` says how sure it is."""

    measure: Code
    value: Exact
    year: int | None = None
    denominator: str
    denominator_en: str = ""
    unit: str
    unit_en: str = ""
    source: str
    source_en: str = ""
    mark: str
    clauses: Keys = ()


class Marks(Part):
    """What every output of the plan must say: 测算, 假设测算, 示例数据, 假设数据."""

    simulation: bool
    as_if: bool
    invented: bool
    overlaid: bool = False


class PrintsRecord(Part):
    """SHA-256 of what the plan was made from and of what came out."""

    census: str
    shelf: str
    result: str


class PlaceRecord(Named):
    """The place whose policy was used and the city whose census it is."""

    id: Code
    region_code: str
    plan: str = ""
    city: str


class QualityRecord(Part):
    """All faults of one kind in one place of the ledger: how many, and the details of the first.

    ``cases`` are the details of the first different cases where there are several, ``distinct``
    the number of all different ones.
    """

    kind: Code
    severity: Severity
    where: str = ""
    count: int
    details: dict[str, str] = {}
    cases: tuple[dict[str, str], ...] = ()
    distinct: int = 1


class AdviceGoal(Named):
    """A goal of advice: what was reached, what none can beat, the gap as a share of the former.

    Null: not known; ``unit`` null: several aspects weighed together.
    """

    unit: Named | None = None
    value: Exact | None = None
    bound: Exact | None = None
    gap: Exact | None = None
    proof: Code


class AdviceRecord(Part):
    """An answer that was worked out apart and is shown with the plan: advice, part of no result.

    ``file`` is where the plan folder keeps it, ``sha256`` of its bytes; ``census`` and ``shelf``
    are the plan's own. ``proposed``: how many it proposes (institutions to go, sites, beds to
    move); null without an answer.
    """

    kind: Code
    file: str
    sha256: str
    engine: str
    year: int
    census: str
    shelf: str
    result: str
    subject: Named
    status: Code
    ending: Code
    proposed: int | None = None
    goals: tuple[AdviceGoal, ...] = ()


class JoinedRecord(Part):
    """How points join the streets: how many have a position, and how many of them are on none.

    ``aside``: joined to an island or a trap; ``farthest_mm``: the longest straight way to a street.
    """

    located: int
    off: int
    aside: int
    farthest_mm: int


class StreetsRecord(Part):
    """The streets that circles were measured along: the file, what it held, who joins them.

    ``by``: ``walking`` or ``driving``; ``along``: the stocks whose circles went so, none where
    every one is straight by its rule or reading. ``fingerprint``: SHA-256 of the graph, whatever
    file it came from. The numbers are those of ``core.streets`` (``Gathered``, ``Quality``).
    """

    file: str
    fingerprint: str
    by: Code
    along: Keys = ()
    lines: int
    left_out: dict[str, int] = Field(default_factory=dict)
    closed: int = 0
    short: int = 0
    cut: int = 0
    silent: int = 0
    unread: int = 0
    places: int
    pieces: int
    walkable: int
    drivable: int
    footways: int
    islands: tuple[int, ...] = ()
    drive_islands: tuple[int, ...] = ()
    trapped: int = 0
    repeated: int = 0
    empty: int = 0
    institutions: JoinedRecord | None = None
    localities: JoinedRecord | None = None


class Record(Part):
    """A whole plan. Mappings are by identifier; figures by key, in the order they were made.

    ``gaps`` are the largest localities that nobody of a stock serves, ``gap_totals`` how many
    there are in all; every one of them stands in ``maps/unserved.geojson``. ``streets``: ``None``
    where none were loaded, and every distance is straight.
    """

    version: Literal["1"]
    engine: str
    place: PlaceRecord
    year: int
    stock_day: dt.date
    policy_day: dt.date
    marks: Marks
    fingerprints: PrintsRecord
    scopes: dict[str, ScopeRecord]
    resources: dict[str, Named]
    measures: dict[str, MeasureRecord]
    quotas: tuple[QuotaRecord, ...]
    findings: tuple[FindingRecord, ...]
    figures: dict[str, FigureRecord]
    rules: dict[str, RuleRecord]
    readings: dict[str, ReadingRecord]
    benchmarks: dict[str, BenchmarkRecord]
    clauses: dict[str, ClauseRecord]
    documents: dict[str, DocumentRecord]
    quality: tuple[QualityRecord, ...] = ()
    gaps: tuple[GapRecord, ...] = ()
    gap_totals: dict[str, int] = Field(default_factory=dict)
    advice: tuple[AdviceRecord, ...] = ()
    streets: StreetsRecord | None = None

    def shown(self, level: str = "") -> tuple[str, ...]:
        """The scopes of the plan's tables, all or those of one level, in their order."""
        return tuple(
            scope
            for scope, each in self.scopes.items()
            if each.shown and (not level or each.level == level)
        )
