"""Which options of which readings assessments act on: nothing else may be chosen unnoticed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.assessment.bottom import Method, Terms
from dingdian.core.policy import InForce, Policy, Rule
from dingdian.core.workings import Reason, reason

#: Reading -> the options that are acted on; another one leaves what rests on it unclear.
OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "score_sheet_use": ("proposed", "none"),
        "bottom_rank_method": ("open", *Method),
        "bottom_rank_group": ("minimum_size", "always"),
        "bottom_rank_share": ("share",),
        "bottom_rank_count": ("count",),
        "bottom_rank_rounding": ("down", "half_up", "up"),
        "bottom_rank_ties": ("none", "all"),
        "bottom_rank_floor": ("none", "floor"),
        "bottom_rank_ceiling": ("none", "ceiling"),
        "bottom_rank_trial": ("out", "ranked"),
        "bottom_rank_ladder_use": ("proposed", "none"),
        "pharmacy_grade_moves_use": ("propose", "none"),
        "pharmacy_grade_direction": ("a_best", "a_lowest"),
        "points_repair": ("none", "as_listed"),
        "points_watch": ("none", "as_listed"),
    }
)
#: Readings of the bottom that every method asks for.
_ALWAYS = ("group", "rounding", "ties", "floor", "ceiling", "trial")
#: Method -> the readings whose numbers it needs.
_NUMBERS: Mapping[Method, tuple[str, ...]] = MappingProxyType(
    {
        Method.SHARE: ("bottom_rank_share",),
        Method.COUNT: ("bottom_rank_count",),
        Method.SCORE_FLOOR: ("bottom_rank_floor",),
    }
)


def unclear(policy: Policy, *names: str) -> Reason | None:
    """Why what rests on some readings is unclear: one is open, absent or chosen otherwise."""
    for name in names:
        chosen = policy.choice(name)
        if chosen is None:
            return reason("reading_open", reading=name)
        if chosen not in OPTIONS[name]:
            return reason("option_unknown", reading=name, option=chosen)
    return None


def no_sheet(side: str) -> Reason:
    """Why an institution is not scored: its side has no sheet, or its kind is not known."""
    return reason("no_sheet") if side else reason("side_unknown")


def number(policy: Policy, name: str) -> Fraction | None:
    """The number of a reading; ``None`` where it has none."""
    found = policy.readings.get(name)
    return found.number if found else None


def terms_of(policy: Policy) -> Terms | Reason:
    """The terms of the bottom by the readings, or why they are not clear."""
    names = ("bottom_rank_method", *(f"bottom_rank_{each}" for each in _ALWAYS))
    if (why := unclear(policy, *names)) is not None:
        return why
    chosen = policy.choice("bottom_rank_method")
    if chosen == "open":
        return reason("reading_open", reading="bottom_rank_method")
    method = Method(str(chosen))
    numbers = {name: number(policy, name) for name in _numbered(policy, method)}
    for name, found in numbers.items():
        if found is None:
            return reason("reading_without_number", reading=name)
    floor = numbers.get("bottom_rank_floor")
    return Terms(
        method=method,
        amount=numbers[_NUMBERS[method][0]] or Fraction(0),
        rounding=str(policy.choice("bottom_rank_rounding")),
        minimum=int(numbers.get("bottom_rank_group") or 0),
        floor=floor,
        ceiling=numbers.get("bottom_rank_ceiling"),
        ties_in=policy.choice("bottom_rank_ties") == "all",
    )


def _numbered(policy: Policy, method: Method) -> tuple[str, ...]:
    """The readings whose numbers act: of the method, and of every limit that is set."""
    limits = {"group": "minimum_size", "floor": "floor", "ceiling": "ceiling"}
    names = [
        f"bottom_rank_{n}" for n, o in limits.items() if policy.choice(f"bottom_rank_{n}") == o
    ]
    return tuple(dict.fromkeys((*_NUMBERS[method], *names)))


def rules_of(policy: Policy, family: str, about: str = "") -> list[InForce[Rule]]:
    """The rules of a family in force, those about a side where one is named."""
    return [
        each
        for each in policy.rules.values()
        if each.rule.family == family
        and each.value is not None
        and (not about or about in getattr(each.rule, "about", (about,)))
    ]
