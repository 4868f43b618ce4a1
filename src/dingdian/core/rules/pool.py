"""Family ``pool``: bed classes that are managed apart, each with its own ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from dingdian.core.findings import Finding, Limit, Outcome, State
from dingdian.core.policy import Dated, InForce, Rule
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.facts import Facts
from dingdian.core.rules.release_quota import clauses_of, factor_of, released, weigh
from dingdian.core.workings import Figure, reason


class PoolRule(Rule):
    """Bed classes that are managed apart, each with its own ledger."""

    family: Literal["pool"]
    values: tuple[Dated[tuple[Identifier, ...]], ...]


def resource_of(bed_class: str) -> str:
    """The resource of a bed class: ``contracted_beds_<class>``."""
    return f"contracted_beds_{bed_class}"


def _own_releases(
    in_force: InForce[PoolRule], facts: Facts, district: str, pool: Figure
) -> Figure | None:
    del in_force, facts, district
    return pool


def _outside(
    in_force: InForce[PoolRule], facts: Facts, district: str, pool: Figure
) -> Figure | None:
    del in_force, facts, district, pool
    return None


def _same_share(
    in_force: InForce[PoolRule], facts: Facts, district: str, pool: Figure
) -> Figure | None:
    """The share of the general pool's own rule in this district."""
    for general in facts.in_family("release_quota"):
        rule = general.rule
        if rule.resource != "contracted_beds":
            continue
        works, weighed = facts.workings, weigh(rule, facts, district)
        name = f"limit.{in_force.rule.rule}.{pool.measure}"
        if weighed.met is None:
            why = reason("condition_unknown", rule=rule.rule)
            unknown = works.undefined(name, district, why, unit=pool.unit)
            return works.explained(unknown, weighed.because)
        share = general.value.met if weighed.met else general.value.otherwise
        if share is None:
            return None
        limit = works.compute(
            name,
            district,
            facts.rounded_share(),
            {"a": pool, "s": factor_of(general, facts, weighed, share)},
            unit=pool.unit,
            clauses=clauses_of(general, met=weighed.met),
        )
        return works.explained(limit, weighed.because)
    return None


#: Reading ``separate_pools`` -> the limit of a class in a district; ``None``: no number.
LEDGERS: Mapping[str, Callable[[InForce[PoolRule], Facts, str, Figure], Figure | None]] = (
    MappingProxyType(
        {"own_releases": _own_releases, "same_share": _same_share, "outside": _outside}
    )
)


def classes(facts: Facts) -> tuple[str, ...]:
    """The bed classes managed apart on the day, by every rule of the family in force."""
    return tuple(dict.fromkeys(c for rule in facts.in_family("pool") for c in rule.value))


def decide(in_force: InForce[PoolRule], facts: Facts) -> Outcome:
    """One finding a class, and its limit in each district by the reading ``separate_pools``."""
    ledger = LEDGERS.get(facts.workings.choice("separate_pools") or "")
    if ledger is None:
        why = reason("reading_open", reading="separate_pools")
        return Outcome((facts.finding(in_force, facts.root, State.UNCLEAR, why=why),))
    findings: list[Finding] = []
    limits: list[Limit] = []
    for bed_class in in_force.value:
        resource = resource_of(bed_class)
        for district, pool in released(facts, resource).items():
            limit = ledger(in_force, facts, district, pool)
            if limit is not None:
                limits.append(Limit(resource, district, in_force.rule.rule, limit.key))
        numbers = {
            "stock": facts.figure(resource, facts.root),
            "released": facts.figure(f"released_{resource}", facts.root),
        }
        note = reason("managed_apart", bed_class=bed_class)
        findings.append(facts.finding(in_force, facts.root, State.NOTED, numbers, note=note))
    return Outcome(tuple(findings), tuple(limits))
