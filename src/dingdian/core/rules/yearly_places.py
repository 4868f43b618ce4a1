"""Family ``yearly_places``: next year's places from terminations, shortages and demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from dingdian.core.findings import Limit, Outcome, State
from dingdian.core.policy import Dated, InForce, Rule
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.facts import Facts, shared_out
from dingdian.core.rules.minimum import MinimumRule, missing_together, shortage
from dingdian.core.workings import Figure, reason


class YearlyPlacesRule(Rule):
    """Next year's places of a resource (DX-25).

    The total is a share of the released places, which the text does not state: ``values``
    name the quantitative reading that holds it. It is handed to the districts by the reading
    ``places_share``: shortages of ``minimum_rules`` first and the rest by the measure ``demand``,
    each district its own releases, or all by demand (largest remainder).
    """

    family: Literal["yearly_places"]
    resource: Identifier
    minimum_rules: tuple[Identifier, ...] = ()
    demand: Identifier
    values: tuple[Dated[Identifier], ...]


def _own_release(rule: YearlyPlacesRule, facts: Facts, total: Figure) -> dict[str, Figure]:
    """Each district keeps what it released; the total is already their sum."""
    del total
    return {at: facts.figure(f"released_{rule.resource}", at) for at in facts.tree.districts}


def _by_demand(rule: YearlyPlacesRule, facts: Facts, total: Figure) -> dict[str, Figure]:
    weights = {at: facts.figure(rule.demand, at) for at in facts.tree.districts}
    return shared_out(
        facts, f"places.{rule.rule}", total=total, weights=weights, readings=("places_share",)
    )


def _shortage_first(rule: YearlyPlacesRule, facts: Facts, total: Figure) -> dict[str, Figure]:
    works, missing = facts.workings, _shortages(rule, facts)
    all_missing = works.compute(
        f"shortage.{rule.rule}", facts.root, "sum", missing, unit=total.unit
    )
    first = works.compute(
        f"shortage_places.{rule.rule}",
        facts.root,
        "minimum",
        {"total": total, "missing": all_missing},
        unit=total.unit,
    )
    rest = works.compute(
        f"demand_places.{rule.rule}",
        facts.root,
        "difference",
        {"a": total, "b": first},
        unit=total.unit,
    )
    demand = {at: facts.figure(rule.demand, at) for at in facts.tree.districts}
    for_shortage = shared_out(facts, first.measure, total=first, weights=missing)
    for_demand = shared_out(facts, rest.measure, total=rest, weights=demand)
    return {
        at: works.compute(
            f"places.{rule.rule}",
            at,
            "sum",
            {"shortage": for_shortage[at], "demand": for_demand[at]},
            unit=total.unit,
            clauses=rule.clauses,
            readings=("places_share",),
        )
        for at in facts.tree.districts
    }


def _shortages(rule: YearlyPlacesRule, facts: Facts) -> dict[str, Figure]:
    """What every district lacks under the minimum rules in force, by ``nested_minimum``."""
    by_rule = [r for r in facts.in_family("minimum") if r.rule.rule in rule.minimum_rules]
    lacking = NESTED[facts.workings.choice("nested_minimum") or "shared"]
    return {
        at: facts.workings.compute(
            f"shortage.{rule.rule}",
            at,
            "sum",
            lacking(rule, facts, by_rule, at),
            unit="institution",
            clauses=rule.clauses,
            readings=("nested_minimum",),
        )
        for at in facts.tree.districts
    }


Minimums = Sequence[InForce[MinimumRule]]


def _shared(rule: YearlyPlacesRule, facts: Facts, minimums: Minimums, at: str) -> dict[str, Figure]:
    return {"missing": missing_together(minimums, facts, rule.rule, at)}


def _added(_rule: YearlyPlacesRule, facts: Facts, minimums: Minimums, at: str) -> dict[str, Figure]:
    return {each.rule.rule: shortage(each, facts, at)[2] for each in minimums}


#: Reading ``nested_minimum`` -> what a district lacks under several minimum rules.
NESTED: Mapping[str, Callable[[YearlyPlacesRule, Facts, Minimums, str], dict[str, Figure]]] = (
    MappingProxyType({"shared": _shared, "added": _added})
)
#: Reading ``places_share`` -> how the places go to the districts.
SHARE: Mapping[str, Callable[[YearlyPlacesRule, Facts, Figure], dict[str, Figure]]]
SHARE = MappingProxyType(
    {"shortage_first": _shortage_first, "own_release": _own_release, "by_demand": _by_demand}
)


def decide(in_force: InForce[YearlyPlacesRule], facts: Facts) -> Outcome:
    """The places of the whole area and of each district."""
    rule, works = in_force.rule, facts.workings
    share = SHARE.get(works.choice("places_share") or "")
    if share is None:
        why = reason("reading_open", reading="places_share")
        return Outcome((facts.finding(in_force, facts.root, State.UNCLEAR, why=why),))
    pool = facts.figure(f"released_{rule.resource}", facts.root)
    total = works.compute(
        f"places.{rule.rule}",
        facts.root,
        facts.rounded_share(),
        {"a": pool, "s": works.reading_number(in_force.value, unit="share")},
        unit=pool.unit,
        clauses=rule.clauses,
    )
    places = share(rule, facts, total)
    limits = tuple(Limit(rule.resource, at, rule.rule, own.key) for at, own in places.items())
    state = State.UNDEFINED if total.value is None else State.NOTED
    finding = facts.finding(in_force, facts.root, state, {"released": pool, "places": total})
    whole = Limit(rule.resource, facts.root, rule.rule, total.key)
    return Outcome((finding,), (*limits, whole))
