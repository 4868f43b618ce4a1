"""Benchmarks that only a bureau can set: they stand in its census, never on the shelf."""

from __future__ import annotations

OWN_BENCHMARKS = (
    "health_plan_beds",
    "national_beds_plan",
    "provincial_beds_plan",
    "insurer_needed_beds",
    "required_reserve_months",
    "required_bed_use",
)
#: Followed by a resource: the total that the bureau has fixed for it.
OWN_TOTAL = "designated_total_"


def is_own_benchmark(name: str) -> bool:
    """Whether a rule may name this benchmark although the shelf has none.

    >>> is_own_benchmark("health_plan_beds"), is_own_benchmark("designated_total_pharmacies")
    (True, True)
    >>> is_own_benchmark("national_beds_2024")
    False
    """
    return name in OWN_BENCHMARKS or name.startswith(OWN_TOTAL)
