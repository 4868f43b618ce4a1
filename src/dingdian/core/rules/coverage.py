"""Family ``coverage``: who is served within the circle, and which areas have too few."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from dingdian.core.census.vocabulary import DENSITIES
from dingdian.core.digits import natural
from dingdian.core.findings import Finding, Outcome, State
from dingdian.core.indicators.circles import drawn
from dingdian.core.indicators.covered import (
    INSUFFICIENT,
    SATURATED,
    SUFFICIENT,
    TABLE,
    UNSERVED,
)
from dingdian.core.policy import Dated, InForce, Number, Rule, Said, Shape
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.compare import Comparison, holds
from dingdian.core.rules.facts import Facts, Scopes, verdict
from dingdian.core.workings import Figure, Reason, reason

#: Readings by which the engine itself acts, with the options it knows.
UNSERVED_UNIT, INSUFFICIENT_AREA = "unserved_unit", "insufficient_area"
READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "circle_distance": ("walk_1000_m", "straight_800_m"),
        "coverage_standard": ("by_presence", "one_each"),
        "density_source": ("marked",),
        INSUFFICIENT_AREA: ("below_target", "below_mean"),
        UNSERVED_UNIT: ("locality", "region"),
    }
)
#: Levels at which a whole region may be unserved.
_UNITS = frozenset({"township", "subdistrict", "community", "village"})


def _whole_millimetres(metres: Fraction) -> Fraction:
    if metres <= 0 or (metres * 1000).denominator != 1:
        raise PydanticCustomError(
            "shelf_not_a_number", "no distance in whole millimetres: {value}", {"value": metres}
        )
    return metres


def _span(value: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    whole = all(each.denominator == 1 and each >= 1 for each in value)
    if not whole or list(value) != sorted(value):
        raise PydanticCustomError(
            "shelf_not_a_number",
            "not whole numbers from 1 in rising order: {value}",
            {"value": ", ".join(map(str, value))},
        )
    return value


#: Enough institutions within the circle, and the most before it is saturated (none: never).
Span = Annotated[tuple[Number, ...], Field(min_length=1, max_length=2), AfterValidator(_span)]
#: A stock around whose institutions circles are drawn: a key of ``circles.SERVED``.
Stock = Literal[
    "pharmacies",
    "dual_channel_pharmacies",
    "medical_institutions",
    "outpatient_pooling_institutions",
    "inpatient_institutions",
]


class Radius(Shape):
    """A radius in metres; ``along`` says whether the text means a straight line or a way."""

    metres: Annotated[Number, AfterValidator(_whole_millimetres)]
    along: Literal["straight", "path"] = "straight"


class CoverageValue(Shape):
    """What a coverage rule states.

    ``radius`` and ``standards`` are by option of the readings ``radius_by`` and
    ``standards_by``, a single entry where the rule names none. A standard gives a span for
    every density class. ``says`` are the text's own words.
    """

    radius: dict[Identifier, Radius] = Field(default_factory=dict)
    standards: dict[Identifier, dict[Identifier, Span]] = Field(default_factory=dict)
    says: dict[Identifier, Said] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _every_density(self) -> CoverageValue:
        for option, spans in self.standards.items():
            if set(spans) != set(DENSITIES):
                raise PydanticCustomError(
                    "shelf_options_differ",
                    "the standard {option} needs a span for each density class",
                    {"option": option},
                )
        return self


class CoverageRule(Rule):
    """The service circle: who is served within it, and how many are enough.

    ``about`` are the stocks that serve, the first of which is judged. ``finds``: people
    ``served``, ``unserved``, in ``insufficient`` areas, or in each of the ``classes`` of areas.
    ``strength``: a ``target`` is judged, what is only ``stated`` never is. ``comparison``:
    whether exactly the radius is inside. ``measure`` is held against that of the whole area
    where the reading ``insufficient_area`` says so.
    """

    family: Literal["coverage"]
    about: Annotated[tuple[Stock, ...], Field(min_length=1)]
    finds: Literal["served", "unserved", "insufficient", "classes"]
    at: Scopes
    strength: Literal["target", "stated"] = "target"
    comparison: Literal["at_most", "less_than"] = "at_most"
    unit: Literal["metre"] = "metre"
    radius_by: Identifier | None = None
    standards_by: Identifier | None = None
    measure: Identifier | None = None
    values: tuple[Dated[CoverageValue], ...]


def decide(in_force: InForce[CoverageRule], facts: Facts) -> Outcome:
    """One finding an area (an area and stock where areas are classed)."""
    for of in in_force.rule.about:
        found = drawn(facts.workings, of)
        if isinstance(found, Reason):
            finding = facts.finding(in_force, facts.root, State.UNCLEAR, why=found)
            return Outcome((finding,))
    find = _FINDS[in_force.rule.finds]
    scopes = facts.scopes(in_force.rule.at)
    return Outcome(tuple(each for at in scopes for each in find(in_force, facts, at)))


def _judged(
    in_force: InForce[CoverageRule], facts: Facts, scope: str, numbers: Mapping[str, Figure]
) -> Finding:
    """Broken where the people under ``people`` are more than none, even if not all are known."""
    people = numbers["people"]
    note = circle_note(in_force, facts)
    stated = in_force.rule.strength == "stated"
    if people.exact is not None:
        state = State.NOTED if stated else verdict(people.exact == 0)
        return facts.finding(in_force, scope, state, numbers, note=note)
    part = Fraction(dict(people.why.details).get("part", "0")) if people.why else Fraction(0)
    state = State.BROKEN if part > 0 and not stated else State.UNDEFINED
    return facts.finding(in_force, scope, state, numbers, why=people.why, note=note)


def circle_note(in_force: InForce[CoverageRule], facts: Facts) -> Reason | None:
    """The circle in words: its radius, and along what it is measured."""
    found = drawn(facts.workings, in_force.rule.about[0])
    if isinstance(found, Reason):
        return found
    metres = natural(Fraction(found.circle.radius_mm, 1000))
    return reason(f"circle_{found.aside or 'straight'}", metres=metres)


def _served(in_force: InForce[CoverageRule], facts: Facts, scope: str) -> Iterator[Finding]:
    of = in_force.rule.about[0]
    numbers = {
        "people": facts.figure(f"unserved_persons_{of}", scope),
        "all": facts.figure("circle_persons", scope),
        "covered": facts.figure(f"covered_1_{of}", scope),
        "share": facts.figure(f"share_covered_1_{of}", scope),
    }
    yield _judged(in_force, facts, scope, numbers)


def _unserved(in_force: InForce[CoverageRule], facts: Facts, scope: str) -> Iterator[Finding]:
    of = in_force.rule.about[0]
    if facts.workings.choice(UNSERVED_UNIT) == "region":
        yield from _unserved_regions(in_force, facts, scope)
        return
    numbers = {
        "people": facts.figure(f"unserved_persons_{of}", scope),
        "localities": facts.figure(f"unserved_localities_{of}", scope),
    }
    yield _judged(in_force, facts, scope, numbers)


def _unserved_regions(
    in_force: InForce[CoverageRule], facts: Facts, scope: str
) -> Iterator[Finding]:
    """People of the townships and villages that have no institution of the stock at all."""
    of, rule, works = in_force.rule.about[0], in_force.rule, facts.workings
    inside = works.census.below(facts.tree.members(scope))
    named = works.census.tables[TABLE]["region"].cells()
    units = sorted({str(each) for each in named} & inside)
    units = [unit for unit in units if facts.tree.levels[unit] in _UNITS]
    if not units:
        why = reason("no_units")
        yield facts.finding(in_force, scope, State.UNDEFINED, why=why)
        return
    roles = {f"x:{unit}": facts.figure(of, unit) for unit in units}
    roles |= {f"y:{unit}": facts.figure("circle_persons", unit) for unit in units}
    people = works.compute(
        f"people_without.{of}",
        scope,
        "where_none",
        roles,
        unit="person",
        clauses=rule.clauses,
        readings=rule.readings,
    )
    yield _judged(in_force, facts, scope, {"people": people})


def _insufficient(in_force: InForce[CoverageRule], facts: Facts, scope: str) -> Iterator[Finding]:
    of, mean = in_force.rule.about[0], in_force.rule.measure
    if facts.workings.choice(INSUFFICIENT_AREA) == "below_mean" and mean is not None:
        own, whole = facts.figure(mean, scope), facts.figure(mean, facts.root)
        state = verdict(holds(Comparison.AT_LEAST, own, whole))
        numbers = {"measure": own, "whole": whole}
        yield facts.finding(in_force, scope, state, numbers)
        return
    numbers = {
        "people": facts.figure(f"insufficient_persons_{of}", scope),
        "localities": facts.figure(f"insufficient_localities_{of}", scope),
    }
    yield _judged(in_force, facts, scope, numbers)


def _classes(in_force: InForce[CoverageRule], facts: Facts, scope: str) -> Iterator[Finding]:
    """People in each class of areas, for each stock; stated, not judged."""
    for of in in_force.rule.about:
        numbers = {
            area_class: facts.figure(f"{area_class}_persons_{of}", scope)
            for area_class in (UNSERVED, INSUFFICIENT, SUFFICIENT, SATURATED)
        }
        known = all(each.exact is not None for each in numbers.values())
        note = reason("area_classes", measure=of)
        state = State.NOTED if known else State.UNDEFINED
        yield facts.finding(in_force, scope, state, numbers, note=note)


_FINDS: Mapping[str, Callable[[InForce[CoverageRule], Facts, str], Iterator[Finding]]] = (
    MappingProxyType(
        {
            "served": _served,
            "unserved": _unserved,
            "insufficient": _insufficient,
            "classes": _classes,
        }
    )
)
