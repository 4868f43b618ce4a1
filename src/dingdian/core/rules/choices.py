"""Which options of which readings the engines act on: nothing else may be chosen unnoticed.

A reading that is not here moves no number of a plan: it is only stated (and then just the
option that is carried out may be chosen), or an engine of a later step will ask for it;
``Reading.effect`` says which. An option that is not here for a reading that is leaves the
rules that rest on it unclear, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from dingdian.core.formulas import ROUNDED_SHARE
from dingdian.core.indicators import MEASURES
from dingdian.core.indicators.circles import no_engine
from dingdian.core.indicators.covered import GRID_OPTIONS, GRID_READING
from dingdian.core.indicators.ledger import SUSPENDED_COUNTS
from dingdian.core.indicators.recipes import readings_of
from dingdian.core.indicators.releases import CAUSES
from dingdian.core.policy import Policy, Rule
from dingdian.core.rules import (
    coverage,
    freeze,
    pool,
    red_line,
    release_quota,
    spacing,
    structure,
    yearly_places,
)
from dingdian.core.workings import Reason, reason

_YEARS = ("year_before_plan", "first_plan_year")

#: Readings that rules ask for -> the options they act on.
_OF_RULES: Mapping[str, Iterable[str]] = {
    "bed_use_requirement": red_line.BED_USE_REQUIREMENT,
    "county_units": ("all_seven", "county_and_city_only"),
    "minimum_precedence": ("minimum_first", "real_need_first"),
    "places_share": yearly_places.SHARE,
    "designated_total": ("stock_at_plan_start", "stock_last_year"),
    "equality_test": ("exact",),
    "freeze_base": _YEARS,
    "freeze_room": freeze.ROOM,
    "minimum_unit": ("each_marked_unit",),
    "nested_minimum": yearly_places.NESTED,
    "need_model": ("proposed", "adopted_number_only"),
    "pooling_areas": ("once",),
    "prescription_cap_denominator": ("all_pharmacies", "prescription_pharmacies"),
    "red_line_exit": ("evidence_gone", "decision_only"),
    "red_line_fund": red_line.ACROSS_FUNDS,
    "red_line_open_list": ("recorded_decision", "closed_list"),
    "red_line_start": ("evidence", "decision"),
    "release_area": ("district", "city_pool"),
    "replacement_share": ("share",),
    "reserve_fund": red_line.ACROSS_FUNDS,
    "rounding": ROUNDED_SHARE,
    "scope_combination": release_quota.COMBINE,
    "separate_pools": pool.LEDGERS,
    "stock_cap_base": _YEARS,
    "street_units": ("communities_only", "as_townships"),
    "stock_cap_districts": ("shared_by_stock", "city_only"),
    "stock_cap_meaning": ("adjusted_stock", "adjusted_quantity"),
    structure.READING: structure.VERDICT,
    "two_red_lines": ("each_its_own", "second_only"),
    "village_minimum": ("every_village", "covered_by_township"),
    "whole_scope": ("each_zone", "zones_together"),
}
#: Readings that measures ask for outside a recipe that names its options.
_OF_MEASURES: Mapping[str, Iterable[str]] = {
    "agglomeration_reference": ("city", "zone"),
    GRID_READING: GRID_OPTIONS,
    "need_return_share": ("return_share",),
    "need_target_use": ("target_use",),
    "population_year": ("latest_each", "same_year_only"),
    "release_kinds": CAUSES,
    "stock_suspended": SUSPENDED_COUNTS,
    "trial_failure_beds": ("yes", "no"),
}


def _all() -> Iterator[tuple[str, frozenset[str]]]:
    for name, options in (*_OF_RULES.items(), *_OF_MEASURES.items()):
        yield name, frozenset(options)
    for name, known in (*coverage.READINGS.items(), *spacing.READINGS.items()):
        yield name, frozenset(known)
    for measure in MEASURES.values():
        yield from readings_of(measure.recipe)


#: Reading -> the options that engines act on.
OPTIONS: Mapping[str, frozenset[str]] = MappingProxyType(dict(_all()))


def unclear(rule: Rule, policy: Policy) -> Reason | None:
    """Why a text stays unclear: a reading of the rule is open, or chosen as no engine acts."""
    for name in rule.readings:
        chosen = policy.choice(name)
        if chosen is None:
            return reason("reading_open", reading=name)
        if chosen not in OPTIONS.get(name, (chosen,)):
            return no_engine(name, chosen)
    return None
