"""Family ``spacing``: how many of the same service may stand within a distance.

The rule binds new institutions: it is decided site by site (``core.spacing``), under the
``Terms`` that this module makes of the shelf. In a plan it is informational: how many of the
stock already stand so near one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from dingdian.core.census import Circle, Test, Where
from dingdian.core.census.vocabulary import DESIGNATED, SERVICES
from dingdian.core.findings import Finding, Outcome, State
from dingdian.core.indicators.ledger import Rows
from dingdian.core.indicators.stock import MEDICAL, PHARMACY
from dingdian.core.policy import Dated, InForce, Policy, Rule
from dingdian.core.policy.model import Identifier, exact_number
from dingdian.core.rules.facts import Facts
from dingdian.core.spacing.terms import ELSEWHERE, Distance, Exempt, Point, SameRound, Side, Terms
from dingdian.core.workings import Figure, reason

#: Options that stand for yes and no.
YES_NO = ("yes", "no")
#: Whom a rule may be about -> the side.
ABOUT: Mapping[str, Side] = MappingProxyType(
    {"medical_institutions": Side.MEDICAL, "pharmacies": Side.PHARMACY}
)
#: Readings that the engine asks for -> the options it acts on. A walking path comes in step 9.
READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "exempt_from_spacing": YES_NO,
        "position_error": ("number",),
        "site_extent": ("number",),
        "spacing_across_district": YES_NO,
        "spacing_binds_inpatient": YES_NO,
        "spacing_distance_mode": tuple(Distance),
        "spacing_moved_address": YES_NO,
        "spacing_pharmacy_blocks_clinic": YES_NO,
        "spacing_point": tuple(Point),
        "spacing_rim": ("rim_inside", "rim_outside"),
        "spacing_same_round": tuple(SameRound),
        "spacing_same_type": ("any_shared_service", "equal_sets"),
        "spacing_suspended_blocks": YES_NO,
        "spacing_trial_blocks": YES_NO,
        "spacing_unplaced": ("undefined", "left_out"),
    }
)


def _distances(found: object) -> Fraction | dict[str, Fraction]:
    if not isinstance(found, dict):
        return _metres(found)
    return {str(zone): _metres(each) for zone, each in found.items()}


def _metres(found: object) -> Fraction:
    """A distance that is a whole number of millimetres, and more than none."""
    number = exact_number(found)
    if number <= 0 or (number * 1000).denominator != 1:
        raise PydanticCustomError(
            "shelf_not_a_number", "no distance in whole millimetres: {value}", {"value": found}
        )
    return number


#: A distance in metres, or distances by zone; ``elsewhere`` is every zone that is not named.
Distances = Annotated[Fraction | dict[str, Fraction], BeforeValidator(_distances)]


class SpacingRule(Rule):
    """At most ``allowed`` institutions of the same service type within a distance (metres).

    ``about``: which side it binds, and which stands in the way. ``zones`` and ``services``: where
    and for which services it holds; none for all. ``comparison``: how far the next one must
    stand where the reading ``spacing_rim`` is not asked. ``distance``: likewise without the
    reading ``spacing_distance_mode``; ``path`` leaves the rule unclear until step 9.
    """

    family: Literal["spacing"]
    about: Annotated[tuple[Literal["medical_institutions", "pharmacies"], ...], Field(min_length=1)]
    same: Literal["service_type"] = "service_type"
    distance: Literal["straight", "path", "surveyed"] = "straight"
    comparison: Literal["at_least", "more_than"]
    unit: Literal["metre"]
    allowed: Annotated[int, Field(ge=0)] = 0
    zones: tuple[Identifier, ...] = ()
    services: tuple[Identifier, ...] = ()
    values: tuple[Dated[Distances], ...]


def terms_of(in_force: InForce[SpacingRule], policy: Policy) -> Terms:
    """The terms of a rule that is in force and not unclear.

    A reading is asked only where the rule rests on it; otherwise the rule's own fields hold, or
    the plainest meaning: everyone designated blocks, districts do not matter, new is new.
    """
    rule = in_force.rule

    def chosen(name: str, default: str) -> str:
        return (policy.choice(name) if name in rule.readings else None) or default

    rim = "rim_inside" if rule.comparison == "more_than" else "rim_outside"
    exempt = policy.choice("exempt_from_spacing")
    raised = "exempt_from_spacing" in policy.readings
    return Terms(
        rule=rule.rule,
        radii_mm=_radii(in_force.value),
        clauses=_clauses(in_force),
        readings=rule.readings,
        principle=rule.principle,
        rim=chosen("spacing_rim", rim) == "rim_inside",
        allowed=rule.allowed,
        sides=frozenset(ABOUT[each] for each in rule.about),
        services=tuple(s for s in SERVICES if not rule.services or s in rule.services),
        zones=frozenset(rule.zones),
        distance=Distance(chosen("spacing_distance_mode", rule.distance)),
        point=Point(chosen("spacing_point", Point.REGISTERED)),
        extent_mm=_number_mm(policy, "site_extent"),
        error_mm=_number_mm(policy, "position_error"),
        equal_sets=chosen("spacing_same_type", "any_shared_service") == "equal_sets",
        mutual=chosen("spacing_pharmacy_blocks_clinic", "no") == "yes",
        trial_blocks=chosen("spacing_trial_blocks", "yes") == "yes",
        suspended_blocks=chosen("spacing_suspended_blocks", "yes") == "yes",
        across_district=chosen("spacing_across_district", "yes") == "yes",
        same_round=SameRound(chosen("spacing_same_round", SameRound.RANKED_FIRST)),
        moved_is_new=chosen("spacing_moved_address", "yes") == "yes",
        binds_inpatient=chosen("spacing_binds_inpatient", "yes") == "yes",
        unplaced=chosen("spacing_unplaced", "undefined") == "undefined",
        exempt_free=(None if exempt is None else exempt == "yes") if raised else True,
        exempt=tuple(_exempt(policy)),
    )


def _radii(value: Fraction | Mapping[str, Fraction]) -> Mapping[str, int]:
    table = value if isinstance(value, Mapping) else {ELSEWHERE: value}
    return MappingProxyType({zone: int(metres * 1000) for zone, metres in table.items()})


def _clauses(in_force: InForce[SpacingRule]) -> tuple[str, ...]:
    own = (in_force.dated.clause,) if in_force.dated else ()
    return tuple(dict.fromkeys((*own, *in_force.rule.clauses)))


def _number_mm(policy: Policy, name: str) -> int:
    """The number of a reading in whole millimetres, 0 where the shelf has none."""
    found = policy.readings.get(name)
    return int(found.number * 1000) if found and found.number is not None else 0


def _exempt(policy: Policy) -> Iterator[Exempt]:
    """Who stands outside the rule of spacing, by every exemption in force."""
    for found in policy.rules.values():
        rule = found.rule
        if rule.family == "exemption" and found.value is not None and "spacing" in rule.lifts:
            group: Any = found.value
            yield Exempt(
                rule=rule.rule,
                clauses=rule.clauses,
                flags=frozenset(group.flags),
                kinds=frozenset(group.kinds),
                public_kinds=frozenset(group.public_kinds),
                types=frozenset(group.types),
            )


# ---------------------------------------------------------------- in a plan


def decide(in_force: InForce[SpacingRule], facts: Facts) -> Outcome:
    """How many of the stock have another of the same service within the distance, by area.

    Noted, never judged: the rule binds new institutions. Whoever stands in such a pair is
    counted, as is one that meets the same kind across a border.
    """
    terms = terms_of(in_force, facts.policy)
    scopes = (facts.root, *facts.tree.districts)
    return Outcome(tuple(_noted(in_force, facts, terms, scope) for scope in scopes))


def _noted(in_force: InForce[SpacingRule], facts: Facts, terms: Terms, scope: str) -> Finding:
    zone = facts.tree.zones.get(scope) or ""
    radius = terms.radius_mm(zone)
    numbers: dict[str, Figure] = {}
    if radius is not None and (not terms.zones or zone in terms.zones):
        for side, service in _watched(terms):
            stock = f"{service}_{_STOCK[side]}"
            figure = _close(facts, terms, scope, side=side, service=service, radius_mm=radius)
            if figure.value != 0:
                numbers[f"close:{stock}"] = figure
                numbers[f"stock:{stock}"] = facts.figure(stock, scope)
    note = reason("spacing_stock") if numbers else reason("spacing_stock_none")
    return facts.finding(in_force, scope, State.NOTED, numbers, note=note)


#: Side -> what the measures of its stock by service are called; no pharmacy has beds.
_STOCK = MappingProxyType({Side.MEDICAL: "institutions", Side.PHARMACY: "pharmacies"})


def _watched(terms: Terms) -> Iterator[tuple[Side, str]]:
    for side in Side:
        for service in terms.services:
            if side in terms.sides and (side, service) != (Side.PHARMACY, "inpatient"):
                yield side, service


def _close(
    facts: Facts, terms: Terms, scope: str, *, side: Side, service: str, radius_mm: int
) -> Figure:
    """Designated institutions with more than the allowed number of their like within the circle."""
    day = facts.workings.stock_day.isoformat()
    standings = (*DESIGNATED, "suspended") if terms.suspended_blocks else DESIGNATED
    circle = Circle(side, service, radius_mm, terms.rim, day, standings)
    near = Where(circle.column, Test.NEAR, circle.words(str(terms.allowed + 2)))  # itself counts
    kind = PHARMACY if side is Side.PHARMACY else MEDICAL
    rows = Rows("institutions", (kind, near), designated=True, services=(service,))
    return facts.workings.select(
        f"close.{terms.rule}.{service}_{_STOCK[side]}",
        scope,
        rows.selection(facts.workings, scope, suspended=terms.suspended_blocks),
        unit="institution",
    )
