"""Families that state who or what a plan treats apart: priorities, exemptions, scopes, rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from dingdian.core.census import Selection, Test, Where, designated_on, undesignated_on
from dingdian.core.census.vocabulary import DESIGNATED
from dingdian.core.findings import Outcome, State
from dingdian.core.indicators.stock import GRADED
from dingdian.core.policy import Dated, InForce, Rule, Shape
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.facts import Facts, Scopes
from dingdian.core.workings import Figure, reason


class Group(Shape):
    """A group of institutions: by census flags, kinds and specialities (types).

    Any one is enough. ``public_kinds`` are kinds that count only under public ownership; ``order``
    are the same words as the text lists them, where a reading may ask for their order.
    """

    flags: tuple[Identifier, ...] = ()
    kinds: tuple[Identifier, ...] = ()
    public_kinds: tuple[Identifier, ...] = ()
    types: tuple[Identifier, ...] = ()
    order: tuple[Identifier, ...] = ()


class ExemptionRule(Rule):
    """Institutions that the plan does not limit; ``lifts`` names what they are exempt from."""

    family: Literal["exemption"]
    lifts: Annotated[tuple[Literal["quota", "spacing", "red_line"], ...], Field(min_length=1)]
    values: tuple[Dated[Group], ...]


class PriorityRule(Rule):
    """Who goes first: ``tie_break`` only at equal standing, ``tilt`` as a weight (a reading)."""

    family: Literal["priority"]
    mode: Literal["tie_break", "tilt"]
    values: tuple[Dated[Group], ...]


class ScopeRule(Rule):
    """For each zone, the areas at which release quotas are weighed (SY-11)."""

    family: Literal["scope"]
    values: tuple[Dated[dict[Identifier, Scopes]], ...]


class ResourcesRule(Rule):
    """What the place hands out each year, district by district: the rows of the quota table."""

    family: Literal["resources"]
    values: tuple[Dated[tuple[Identifier, ...]], ...]


def decide(in_force: InForce[Any], facts: Facts) -> Outcome:
    """What is stated, for the whole area: it is not judged, other engines act on it.

    A group of institutions comes with how many there are of each of its words, designated and
    not; an institution may be of several.
    """
    note = reason(f"stated_{in_force.rule.family}")
    value = in_force.value
    numbers = _touched(in_force.rule.rule, value, facts) if isinstance(value, Group) else {}
    return Outcome((facts.finding(in_force, facts.root, State.NOTED, numbers, note=note),))


def _touched(name: str, group: Group, facts: Facts) -> dict[str, Figure]:
    census, day = facts.workings.census, facts.workings.stock_day.isoformat()
    of_standing = {
        "designated": designated_on(census, day, (*DESIGNATED, "suspended")),
        "undesignated": (undesignated_on(census, day),),
    }
    return {
        f"{standing}:{word}": facts.workings.select(
            f"stated.{name}.{standing}.{word}",
            facts.root,
            Selection("institutions", (*those, *where)),
            unit="institution",
        )
        for word, where in _members(group)
        for standing, those in of_standing.items()
    }


def _members(group: Group) -> Iterator[tuple[str, tuple[Where, ...]]]:
    """Each word of a group with the rows that it means."""
    public = Where("ownership", Test.IS, ("public",))
    yield from ((each, (Where(each, Test.YES),)) for each in group.flags)
    yield from ((each, (Where("kind", Test.IS, (each,)),)) for each in group.kinds)
    yield from ((e, (Where("kind", Test.IS, (e,)), public)) for e in group.public_kinds)
    yield from ((each, (GRADED, Where("type", Test.IS, (each,)))) for each in group.types)
