"""The shapes of the planning families: what YAML may fill in, and nothing more.

A family names measures (ids of ``indicators.MEASURES``), resources (ids of
``RESOURCES``), benchmarks and terms of the census vocabulary. It never holds an expression.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from dingdian.core.policy import Dated, Number, Rule, Shape
from dingdian.core.policy.model import Day, Identifier


class Comparison(StrEnum):
    """How a value is held against a limit; whether the rim counts is part of the word."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


class ScopeKind(StrEnum):
    """The areas at which a rule is decided."""

    DISTRICT = "district"
    ZONE = "zone"
    WHOLE = "whole"


Scopes = Annotated[tuple[ScopeKind, ...], Field(min_length=1)]


class BenchmarkRule(Rule):
    """A measure is held against benchmarks; each one is a finding of its own.

    ``comparison`` states what *keeps* the rule (``at_most``: being over is a broken finding).
    """

    family: Literal["benchmark"]
    measure: Identifier
    comparison: Comparison
    at: Scopes
    values: tuple[Dated[tuple[Identifier, ...]], ...]


class StructureRule(Rule):
    """Target shares of parts in their sum; the gap of each part is shown."""

    family: Literal["structure"]
    at: Scopes
    values: tuple[Dated[dict[Identifier, Number]], ...]


class FreezeValue(Shape):
    """The total must not rise above the stock at the end of ``base_year`` through ``through``."""

    base_year: Annotated[str, Field(pattern=r"^\d{4}$")]
    through: Day


class FreezeRule(Rule):
    """A resource's total may not grow; transfers inside the total stay allowed."""

    family: Literal["freeze"]
    resource: Identifier
    values: tuple[Dated[FreezeValue], ...]


class StockCapRule(Rule):
    """The stock of a resource is held to a share of the stock at the base date.

    The base year comes from the reading ``stock_cap_base``.
    """

    family: Literal["stock_cap"]
    resource: Identifier
    base_year: Annotated[str, Field(pattern=r"^\d{4}$")]
    values: tuple[Dated[Number], ...]


class Condition(Shape):
    """One comparison of a measure with a benchmark, or with zero when ``benchmark`` is absent."""

    measure: Identifier
    comparison: Comparison
    benchmark: Identifier | None = None


class ReleaseShares(Shape):
    """The share of what was released when a condition is met, and otherwise.

    ``None`` (null) means that the text gives no number: only the preconditions limit.
    """

    met: Number | None
    otherwise: Number | None


class ReleaseQuotaRule(Rule):
    """Next year's new places are a share of this year's released ones.

    ``any_of``: the share ``met`` holds as soon as one condition is met. The areas at which
    the conditions are weighed come from the rule of family ``scope``.
    """

    family: Literal["release_quota"]
    resource: Identifier
    any_of: Annotated[tuple[Condition, ...], Field(min_length=1)]
    values: tuple[Dated[ReleaseShares], ...]


class ScopeRule(Rule):
    """For each zone, the areas at which release quotas are weighed (SY-11)."""

    family: Literal["scope"]
    values: tuple[Dated[dict[Identifier, Scopes]], ...]


class Trigger(StrEnum):
    """The named triggers of a red line; each is decided from evidence in the census."""

    DEFICIT_LAST_YEAR = "deficit_last_year"
    SHORTFALL_FORECAST = "shortfall_forecast"
    WARNING_LETTER = "warning_letter"
    BED_USE_BELOW = "bed_use_below"
    RESERVE_MONTHS_BELOW = "reserve_months_below"


class Consequence(StrEnum):
    """What a red line in force does to new places."""

    PAUSE = "pause"  # no new place at all
    STEADY = "steady"  # the total stays in balance: no more than was released
    CAP_TOTAL = "cap_total"  # the stock may not exceed the stock at plan start


class RedLineValue(Shape):
    """Any one trigger is enough; the list is open (等情形): a recorded decision may add."""

    triggers: Annotated[tuple[Trigger, ...], Field(min_length=1)]
    consequence: Consequence


class RedLineRule(Rule):
    """A fund red line over resources of the whole pooling area."""

    family: Literal["red_line"]
    resources: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    values: tuple[Dated[RedLineValue], ...]


class MinimumRule(Rule):
    """At least so many institutions of a measure in every unit of a level of the region tree.

    ``unit``: a region level (``county``, ``township``, ``community``, ``village``) or
    ``main_urban_area``. ``strength`` ``encouraged`` is never a minimum: units without one are
    listed, not short. A range such as 2-3 has its lower end as ``minimum``.
    """

    family: Literal["minimum"]
    measure: Identifier
    unit: Literal["county", "township", "community", "village", "main_urban_area"]
    strength: Literal["required", "encouraged"]
    values: tuple[Dated[tuple[Number, Number]], ...]


class YearlyPlacesRule(Rule):
    """Next year's places from last year's terminations, the grade shortages and demand (DX-25).

    The total is the released places, held under the cap; shortages of ``minimum_rules`` are
    served first, the rest is shared by the measure ``demand`` (largest remainder).
    """

    family: Literal["yearly_places"]
    resource: Identifier
    minimum_rules: tuple[Identifier, ...] = ()
    demand: Identifier
    values: tuple[Dated[Number], ...]


class ExemptionValue(Shape):
    """Who is exempt: census flags, kinds and specialities (types) of institutions."""

    flags: tuple[Identifier, ...] = ()
    kinds: tuple[Identifier, ...] = ()
    types: tuple[Identifier, ...] = ()


class ExemptionRule(Rule):
    """Institutions that the plan does not limit; ``lifts`` names what they are exempt from."""

    family: Literal["exemption"]
    lifts: Annotated[tuple[Literal["quota", "spacing", "red_line"], ...], Field(min_length=1)]
    values: tuple[Dated[ExemptionValue], ...]


class PriorityRule(Rule):
    """Who goes first: ``tie_break`` only at equal standing, ``tilt`` as a weight (a reading)."""

    family: Literal["priority"]
    mode: Literal["tie_break", "tilt"]
    values: tuple[Dated[ExemptionValue], ...]


class PoolRule(Rule):
    """Bed classes that are managed apart, each with its own ledger."""

    family: Literal["pool"]
    values: tuple[Dated[tuple[Identifier, ...]], ...]


class ResourcesRule(Rule):
    """What the place hands out each year, district by district: the rows of the quota table."""

    family: Literal["resources"]
    values: tuple[Dated[tuple[Identifier, ...]], ...]


class ReportRule(Rule):
    """Measures that the plan must show; kept when each is computed, undefined otherwise."""

    family: Literal["report"]
    at: Scopes
    values: tuple[Dated[tuple[Identifier, ...]], ...]
