"""The record of a projection as plain data, which is the shape of projection.json.

Whole numbers: institutions, beds, people, and amounts of funds in fen. ``low``, ``middle`` and
``high`` of a series are one number a year; one run in twenty lies below ``low``, one in twenty
above ``high``.
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
    Marks,
    Part,
    PlaceRecord,
    PrintsRecord,
    ReadingRecord,
    ReasonRecord,
    RuleRecord,
    ScopeRecord,
)

#: Changes when a field changes its meaning or goes away; a new optional field keeps it.
VERSION: Literal["1"] = "1"

Whole = Annotated[int, Field(ge=0)]
#: What a series counts.
Kind = Literal[
    "stock", "released", "people", "age", "income", "spending", "balance",
    "places", "admitted", "refused",
]  # fmt: skip


class ProjectionPrints(PrintsRecord):
    """What a record cites, and the mark of the whole file (``core.fingerprint.content_mark``)."""

    content: str = ""


class EntrantRecord(Part):
    """A kind of new institution that a scenario assumes: ``core.projection.Entrant``."""

    name: str
    side: Code
    amounts: dict[Code, Whole]
    applications: dict[Code, Exact] = Field(default_factory=dict)
    stated: dict[str, Whole] = Field(default_factory=dict)
    trial_years: Whole = 0
    exempt: bool = False


class AssumedRecord(Part):
    """What a scenario assumes; all of it empty: nothing changes.

    Shares are exact (``1/100``). ``leavers`` and ``changes`` are keyed by year and institution
    (``2027 P1``). ``fund_growth`` is missing where it is drawn from the past years of the ledger.
    """

    exits: dict[Code, dict[Code, Exact]] = Field(default_factory=dict)
    trial_failure: Exact = "0"
    leavers: dict[str, Code] = Field(default_factory=dict)
    changes: dict[str, dict[Code, int]] = Field(default_factory=dict)
    entrants: tuple[EntrantRecord, ...] = ()
    survival: tuple[Exact, ...] = ()
    births: tuple[Exact, ...] = ()
    migration: tuple[Exact, ...] = ()
    insured_growth: dict[Code, Exact] = Field(default_factory=dict)
    fund_growth: dict[Code, Exact] | None = None


class SeriesRecord(Part):
    """A number year by year in an area, with its spread over the runs.

    ``name``: a stock, measure, fund, resource, entrant, or the first year of an age and all above
    (``60``). It begins in ``first``. Null: in some run there is no number or it is not known.
    """

    kind: Kind
    name: str
    area: Code
    first: int
    low: tuple[int | None, ...]
    middle: tuple[int | None, ...]
    high: tuple[int | None, ...]


class LineRecord(Part):
    """In how many runs a red line, or the ground of one of its triggers, is met in a year."""

    year: int
    rule: Code
    trigger: str = ""
    met: Whole
    unknown: Whole = 0


class BindingRecord(Part):
    """In how many runs a rule bound the places of a resource in a year."""

    year: int
    resource: Code
    area: Code
    rule: Code
    runs: Whole


class ScenarioRecord(Part):
    """A scenario and what it comes to; ``held``: what is not carried ahead, with the reason."""

    name: str
    assumed: AssumedRecord
    series: tuple[SeriesRecord, ...]
    lines: tuple[LineRecord, ...]
    binding: tuple[BindingRecord, ...]
    held: dict[str, ReasonRecord | None] = Field(default_factory=dict)


class ProjectionRecord(Part):
    """The years ahead under some scenarios: tried, not planned; it decides nothing.

    ``year``: the plan from whose stock it starts, ``through`` the last year. ``runs`` from
    ``seed``: the same draws for every scenario. ``ages``: the first year of every age group of the
    table that was given, empty without one.
    """

    version: Literal["1"]
    engine: str
    binding: Literal[False]
    place: PlaceRecord
    year: int
    through: int
    runs: Annotated[int, Field(ge=1)]
    seed: Whole
    stock_day: dt.date
    policy_day: dt.date
    marks: Marks
    fingerprints: ProjectionPrints
    scopes: dict[str, ScopeRecord]
    ages: tuple[Whole, ...] = ()
    scenarios: tuple[ScenarioRecord, ...]
    rules: dict[str, RuleRecord]
    readings: dict[str, ReadingRecord]
    benchmarks: dict[str, BenchmarkRecord]
    clauses: dict[str, ClauseRecord]
    documents: dict[str, DocumentRecord]
