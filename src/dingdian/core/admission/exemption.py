"""Exemptions: whom the plan does not limit, and from what each of them is free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from dingdian.core.admission.application import Application
from dingdian.core.admission.case import Case
from dingdian.core.policy import InForce, Policy
from dingdian.core.workings import Reason, reason

#: Reading -> option -> types of institutions that it adds to an exemption, and that it takes out.
TYPES: Mapping[str, Mapping[str, tuple[frozenset[str], frozenset[str]]]] = MappingProxyType(
    {
        "rehabilitation_exempt": {
            "exempt": (frozenset(), frozenset()),
            "managed_apart": (frozenset(), frozenset({"rehabilitation"})),
        },
        "rehabilitation_separate": {
            "managed_apart": (frozenset(), frozenset()),
            "exempt": (frozenset({"rehabilitation"}), frozenset()),
        },
        "nursing_exempt": {
            "yes": (frozenset({"nursing"}), frozenset()),
            "no": (frozenset(), frozenset()),
        },
    }
)
WARD, RED_LINE, USES = "one_ward_exempts", "exempt_from_red_line", "exempt_uses_quota"
#: Readings of exemptions -> the options that are acted on.
READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **{name: tuple(options) for name, options in TYPES.items()},
        WARD: ("type_only", "any_ward", "ward_only"),
        RED_LINE: ("yes", "no"),
        USES: ("yes", "no"),
    }
)


@dataclass(frozen=True, slots=True)
class Exempted:
    """That an exemption names an applicant: by which rule, and what it lifts.

    ``lifts``: ``quota``, ``spacing``, ``red_line``. ``beds``: the bed classes that alone are
    free, ``None`` where the whole applicant is. ``open``: the reading that leaves it open.
    """

    in_force: InForce[Any]
    lifts: frozenset[str]
    beds: frozenset[str] | None = None
    open: str = ""

    @property
    def why(self) -> Reason:
        """Why a condition does not bind the applicant, or cannot be decided."""
        if self.open:
            return reason("reading_open", reading=self.open)
        return reason("exempt", rule=self.in_force.rule.rule)


def exempted(case: Case) -> Exempted | None:
    """The exemption in force that names the applicant, ``None`` where none does.

    One that names it whole and for sure goes before one that an open reading leaves in doubt.
    """
    named = [found for rule in case.rules("exemption") for found in _named(case, rule)]
    found = min(named, key=lambda each: (bool(each.open), each.beds is not None), default=None)
    return _red_line(found, case.policy) if found else None


def _named(case: Case, in_force: InForce[Any]) -> Iterator[Exempted]:
    application, group = case.application, in_force.value
    lifts = frozenset(in_force.rule.lifts)
    types = set(group.types)
    for name in in_force.rule.readings:
        if name not in TYPES:
            continue
        chosen = case.policy.choice(name)
        if chosen is None or chosen not in TYPES[name]:
            touched = frozenset[str]().union(*(a | b for a, b in TYPES[name].values()))
            if application.type in touched:
                yield Exempted(in_force, lifts, open=name)
            types -= touched
            continue
        added, taken = TYPES[name][chosen]
        types = (types | added) - taken
    if _is_of(application, group, types):
        yield Exempted(in_force, lifts)
        return
    wards = frozenset(types & set(application.beds)) if WARD in in_force.rule.readings else None
    if not wards:
        return
    chosen = case.policy.choice(WARD)
    if chosen == "any_ward":
        yield Exempted(in_force, lifts)
    elif chosen == "ward_only":
        yield Exempted(in_force, lifts, beds=wards)
    elif chosen != "type_only":
        yield Exempted(in_force, lifts, open=WARD)


def _is_of(application: Application, group: Any, types: set[str]) -> bool:
    public = application.ownership == "public" and application.kind in group.public_kinds
    named = application.kind in group.kinds or application.type in types
    return public or named or bool(application.flags & set(group.flags))


def _red_line(found: Exempted, policy: Policy) -> Exempted:
    """Without the red line where the reading says that it still binds the exempt ones."""
    chosen = policy.choice(RED_LINE)
    if RED_LINE not in policy.readings or chosen == "yes":
        return found
    if chosen == "no":
        return replace(found, lifts=found.lifts - {"red_line"})
    return found if found.open else replace(found, open=RED_LINE)
