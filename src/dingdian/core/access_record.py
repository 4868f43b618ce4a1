"""The record of access as plain data, which is the shape of access.json.

Codes, numbers and names of the ledger, with the words of the shelf that it cites. People are exact
(``7`` or ``7/3``) where they are summed up; scores, and people by place, have twelve significant
digits. Distances are whole millimetres, degrees CGCS2000 (WGS84).
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
    StreetsRecord,
)

#: Changes when a field changes its meaning or goes away; a new optional field keeps it.
VERSION: Literal["1"] = "1"

Whole = Annotated[int, Field(ge=0)]
#: How a place shares what it reaches with all who reach it too; ``core.access`` says what each is.
Score = Literal["two_step", "enhanced", "three_step", "balanced"]


class AccessPrints(PrintsRecord):
    """What a record cites, and the mark of the whole file (``core.fingerprint.content_mark``)."""

    content: str = ""


class CatchmentRecord(Part):
    """How far one goes and how a distance counts.

    ``rim_inside``: whether exactly ``reach_mm`` is within reach. ``measured``: ``straight``, or
    along the streets ``walking`` or ``driving``; ``along``: what the policy means (``straight``, or
    ``path``: a way on foot).
    ``rule`` and ``clauses``: the circle of the policy, and whether it is the ``reach`` that was
    taken. ``decay`` and ``capacity``: options of the readings; ``asked``: readings in whose place
    something was asked for.
    """

    reach_mm: Whole
    rim_inside: bool
    measured: Code
    along: Code
    rule: Code
    clauses: Keys
    is_circle: bool
    decay: Code
    capacity: Code
    asked: Keys = ()
    readings: Keys


class PeopleRecord(Part):
    """Whose access it is, and who is in no score.

    ``without_people``: localities whose people are not known; they count as nobody, and scores near
    them may be lower. ``without_position``: localities nobody can place, with their people.
    """

    who: Literal["insured", "residents"]
    localities: Whole
    people: Exact
    without_people: Whole = 0
    without_position: Whole = 0
    people_without_position: Exact = "0"


class StockRecord(Part):
    """Who serves. ``unit``: of capacity; scores are told for ``per`` people.

    ``without_capacity``: providers whose capacity is not known, which count as 0;
    ``without_position`` and ``unsure`` are in no score at all. Scores near them may be higher.
    """

    stock: Code
    unit: Literal["bed", "institution"]
    per: Whole
    providers: Whole
    capacity: float
    without_capacity: Whole = 0
    without_position: Whole = 0
    unsure: Whole = 0


class AreaRecord(Part):
    """An area: its people with a position, and the providers and capacity that stand there.

    ``none``: people with no provider within reach. ``means``: each score over its people, for
    ``per`` of them. ``tenths``: the enhanced score that one, five and nine tenths of its people do
    not exceed. ``at_most`` and ``at_least``: people whose scores may be lower, higher than told.
    ``no_way``: people from whom no way along the streets leads to any provider, however long.
    """

    area: Code
    people: Exact
    providers: Whole
    capacity: float
    none: Exact
    means: dict[Score, float] = Field(default_factory=dict)
    tenths: tuple[float, ...] = ()
    at_most: Exact = "0"
    at_least: Exact = "0"
    no_way: Exact = "0"


class ProviderRecord(Part):
    """A provider: its capacity (null: not known), the people that fall on it by the enhanced score.

    ``ratio``: its capacity for ``per`` of these. Null: nobody falls on it, so nothing says among
    how many it is divided; places without people that reach it have no score.
    """

    code: Code
    name: str = ""
    district: str = ""
    lon: float
    lat: float
    capacity: float | None
    load: float
    ratio: float | None


class PlacesRecord(Part):
    """The localities with a position, column by column, in the order of the ledger.

    ``people`` null: not known. ``nearest_mm`` null: nobody within reach. ``reached``: capacity
    within reach. Scores are for ``per`` people; null: undefined (``ProviderRecord.ratio``).
    ``at_most`` and ``at_least``: whose scores may be lower, higher than told; ``no_way``: from
    where no way along the streets leads to any provider (rows from 0).
    """

    code: tuple[str, ...]
    district: tuple[str, ...]
    lon: tuple[float, ...]
    lat: tuple[float, ...]
    people: tuple[float | None, ...]
    nearest_mm: tuple[int | None, ...]
    reached: tuple[float, ...]
    two_step: tuple[float | None, ...]
    enhanced: tuple[float | None, ...]
    three_step: tuple[float | None, ...]
    balanced: tuple[float | None, ...]
    at_most: tuple[int, ...] = ()
    at_least: tuple[int, ...] = ()
    no_way: tuple[int, ...] = ()


class AccessRecord(Part):
    """Access to the institutions of a service; it decides nothing.

    ``streets``: what ways were measured along, ``None`` for straight lines.
    """

    version: Literal["1"]
    engine: str
    binding: Literal[False]
    place: PlaceRecord
    year: int
    stock_day: dt.date
    policy_day: dt.date
    marks: Marks
    fingerprints: AccessPrints
    scopes: dict[str, ScopeRecord]
    catchment: CatchmentRecord
    stock: StockRecord
    people: PeopleRecord
    areas: tuple[AreaRecord, ...]
    providers: tuple[ProviderRecord, ...]
    places: PlacesRecord
    rules: dict[str, RuleRecord]
    readings: dict[str, ReadingRecord]
    benchmarks: dict[str, BenchmarkRecord]
    clauses: dict[str, ClauseRecord]
    documents: dict[str, DocumentRecord]
    streets: StreetsRecord | None = None
