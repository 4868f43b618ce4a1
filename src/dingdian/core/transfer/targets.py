"""The beds that each district should have, or why it has no target."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from dingdian.core.formulas import largest_remainder
from dingdian.core.policy import InForce
from dingdian.core.rules import Facts
from dingdian.core.transfer.counting import district_beds
from dingdian.core.transfer.question import Question
from dingdian.core.transfer.wish import TargetKind, Wish
from dingdian.core.workings import Figure, Reason, reason

#: The measure that a policy's own target is held against.
HELD_AGAINST = "contracted_beds_per_1000"
#: Measures of balance between regions: a rule that reports one asks for it (DX-15).
BALANCE = frozenset({"hrad_medical", "gini_population_medical", "theil_medical"})

#: What people and beds of a target rest on.
READINGS = ("bed_population", "separate_pools_in_ratio")


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a district: people, beds per 1,000 of them, and the whole beds that makes.

    ``beds`` is ``None`` where there is no target, with ``why``.
    """

    people: int | None
    per_1000: Fraction | None
    beds: int | None
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of all districts, of one kind; the rules and readings they rest on."""

    kind: TargetKind
    districts: Mapping[str, Target]
    benchmark: str = ""
    rules: tuple[InForce[Any], ...] = ()
    readings: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether any district has one."""
        return any(each.beds is not None for each in self.districts.values())


def targets_of(facts: Facts, wish: Wish, question: Question, unknown: Collection[str]) -> Targets:
    """The targets that a wish asks for; ``unknown`` are districts whose beds are not all known.

    A number per 1,000 makes whole beds, halves rounded up; a mean is shared out so that all beds
    have their place.
    """
    people = {at: facts.figure("bed_population", at) for at in facts.tree.districts}
    against, why = _against(facts), {at: _why(each, at in unknown) for at, each in people.items()}
    kind = _kind(facts, wish, against)
    if kind is TargetKind.NONE:
        return Targets(kind, MappingProxyType({}))
    if kind is TargetKind.MEAN:
        return Targets(kind, _mean(question, people, why), "", tuple(_balances(facts)), READINGS)
    held = [against] if kind is TargetKind.NEED and against is not None else []
    name = held[0].value[0] if held else ""
    given = dict.fromkeys(people, wish.per_1000)
    if kind is TargetKind.NEED:
        given = {at: facts.benchmark(name, at).exact if name else None for at in people}
    found = {
        at: _target(each, given[at], why[at] or _missing(given[at], name))
        for at, each in people.items()
    }
    return Targets(kind, MappingProxyType(found), name, tuple(held), READINGS)


def _kind(facts: Facts, wish: Wish, against: InForce[Any] | None) -> TargetKind:
    """The kind that is asked for; where none is, the policy's own if it has a number anywhere."""
    if wish.target is not TargetKind.AUTO:
        return wish.target
    name = against.value[0] if against is not None else ""
    numbers = (facts.benchmark(name, at).value for at in facts.tree.districts if name)
    return TargetKind.MEAN if all(each is None for each in numbers) else TargetKind.NEED


def _against(facts: Facts) -> InForce[Any] | None:
    """The rule that holds contracted beds per 1,000 against a benchmark, if one is in force."""
    its = facts.in_family("benchmark")
    return next((each for each in its if each.rule.measure == HELD_AGAINST), None)


def _balances(facts: Facts) -> list[InForce[Any]]:
    return [each for each in facts.in_family("report") if BALANCE & frozenset(each.value)]


def _why(people: Figure, beds_unknown: bool) -> Reason | None:
    """Why a district can have no target, whatever is asked."""
    if beds_unknown:
        return reason("beds_unknown")
    if people.value is None:
        return people.why or reason("people_unknown")
    return reason("people_zero") if not people.value else None


def _missing(given: Fraction | None, name: str) -> Reason | None:
    return reason("no_benchmark", benchmark=name) if given is None else None


def _target(people: Figure, per_1000: Fraction | None, why: Reason | None) -> Target:
    persons = people.exact
    whole = None if persons is None else int(persons)
    if why is not None or persons is None or per_1000 is None:
        return Target(whole, per_1000, None, why)
    return Target(whole, per_1000, math.floor(per_1000 * persons / 1000 + Fraction(1, 2)))


def _mean(
    question: Question, people: Mapping[str, Figure], why: Mapping[str, Reason | None]
) -> Mapping[str, Target]:
    """All beds of the districts that can have a target, shared out by their people."""
    beds = district_beds(question, question.now)
    persons = {at: each.exact for at, each in people.items()}
    sure = {at: n for at, n in persons.items() if why[at] is None and n is not None}
    whole, every = sum(beds.get(at, 0) for at in sure), sum(sure.values(), Fraction(0))
    mean = whole * 1000 / every if every else None
    parts = largest_remainder(whole, sure) if every else {}
    return MappingProxyType(
        {
            at: Target(None if n is None else int(n), mean, parts.get(at), why[at])
            for at, n in persons.items()
        }
    )
