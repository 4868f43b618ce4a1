"""Families that state who or what a plan treats apart: priorities, exemptions, scopes, rows."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from dingdian.core.findings import Outcome, State
from dingdian.core.policy import Dated, InForce, Rule, Shape
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.facts import Facts, Scopes
from dingdian.core.workings import reason


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
    """What is stated, for the whole area: it is not judged, other engines act on it."""
    note = reason(f"stated_{in_force.rule.family}")
    return Outcome((facts.finding(in_force, facts.root, State.NOTED, note=note),))
