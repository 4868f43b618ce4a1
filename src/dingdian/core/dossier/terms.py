"""Limits of the way of a plan, as the readings of the shelf give them.

No plan states them: DX-16 says that the public is widely consulted and not for how long, DX-38
that the plan is reviewed in due time. A city writes its own reading, or takes the national one; one
that has none has no limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.policy import Policy

#: Readings that the way of a plan asks for -> the options it acts on.
OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "consultation_days": ("at_least", "unset"),
        "filing_days": ("within", "unset"),
        "deliberation_attendance": ("more_than", "unset"),
        "work_plan_consulted": ("not_required", "required"),
        "review_period": ("every", "unset"),
    }
)
_UNSET = "unset"


@dataclass(frozen=True, slots=True)
class Terms:
    """The limits; ``None``: the shelf sets none.

    ``consultation_days``: how many days a consultation is open at least, both ends counted.
    ``filing_days``: within how many days after the issue the plan is filed. ``attendance``: more
    than this share of the members sits in the deliberation. ``work_plan_consulted``: whether the
    work plan of a year must be consulted too. ``review_years``: years between issue or last review
    and the next one.
    """

    consultation_days: int | None = None
    filing_days: int | None = None
    attendance: Fraction | None = None
    work_plan_consulted: bool = False
    review_years: int | None = None


def terms_of(policy: Policy) -> Terms:
    """The limits that hold under a policy."""

    def number(name: str) -> Fraction | None:
        found = policy.readings.get(name)
        return None if found is None or found.chosen in {None, _UNSET} else found.number

    def whole(name: str) -> int | None:
        found = number(name)
        return None if found is None else int(found)

    consulted = policy.readings.get("work_plan_consulted")
    return Terms(
        consultation_days=whole("consultation_days"),
        filing_days=whole("filing_days"),
        attendance=number("deliberation_attendance"),
        work_plan_consulted=consulted is not None and consulted.chosen == "required",
        review_years=whole("review_period"),
    )
