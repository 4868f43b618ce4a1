"""Check a census as a whole: what the cells alone do not show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from dingdian.core.census.census import Census
from dingdian.core.census.checks.boundaries import boundary_faults
from dingdian.core.census.checks.coordinates import coordinate_faults
from dingdian.core.census.checks.days import day_faults, stock_day_faults
from dingdian.core.census.checks.decisions import decision_faults
from dingdian.core.census.checks.identity import identity_faults, reused_code_faults
from dingdian.core.census.checks.references import reference_faults
from dingdian.core.census.checks.releases import release_faults
from dingdian.core.census.checks.services import service_faults
from dingdian.core.census.checks.sums import sum_faults
from dingdian.core.census.checks.surveys import survey_faults
from dingdian.core.census.checks.systems import system_faults
from dingdian.core.census.checks.tree import city_faults, insured_faults, tree_faults
from dingdian.core.errors import Fault


def check(
    census: Census,
    *,
    place: str | None = None,
    former_codes: Mapping[str, str] | None = None,
    stock_day: dt.date | None = None,
) -> tuple[Fault, ...]:
    """Every fault that shows only when all tables are seen together.

    Args:
        census: what was read; it may have blocking faults of its own.
        place: the region code that the policy is for; ``None`` for none or a what-if.
        former_codes: code -> name of a region that once bore it, as the shelf may know.
        stock_day: the day whose stock a plan counts; ``None`` outside a plan. An older census
            stops a plan, but not a what-if (``place`` ``None``).

    Returns:
        The faults, kinds of ``core.census.faults``; empty when nothing is odd.
    """
    return (
        *reference_faults(census),
        *tree_faults(census),
        *city_faults(census, place),
        *reused_code_faults(census, former_codes or {}),
        *insured_faults(census),
        *sum_faults(census),
        *identity_faults(census),
        *service_faults(census),
        *day_faults(census),
        *(stock_day_faults(census, stock_day, what_if=place is None) if stock_day else ()),
        *release_faults(census),
        *decision_faults(census),
        *boundary_faults(census),
        *coordinate_faults(census),
        *system_faults(census),
        *survey_faults(census),
    )
