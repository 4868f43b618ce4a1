"""Family ``minimum``: at least so many institutions in every unit of a level."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import Field

from dingdian.core.findings import Finding, Outcome, State
from dingdian.core.policy import Dated, InForce, Number, Rule
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.facts import Facts, verdict
from dingdian.core.workings import Figure, reason

Unit = Literal["county", "township", "community", "village", "main_urban_area"]


class MinimumRule(Rule):
    """At least so many institutions of a measure in every unit of a level of the region tree.

    ``values`` are pairs (lower, upper) of the printed range, the same number twice where the
    text gives one: the lower end is the minimum. ``strength`` ``encouraged`` is never a
    minimum: units without one are listed, not short. ``counted_above``: readings and the
    option of each under which what stands in the unit above counts for the unit;
    ``not_in_sparse``: the same for leaving out units of sparse areas.
    """

    family: Literal["minimum"]
    measure: Identifier
    unit: Unit
    counted_above: dict[Identifier, Identifier] = Field(default_factory=dict)
    not_in_sparse: dict[Identifier, Identifier] = Field(default_factory=dict)
    strength: Literal["required", "encouraged"]
    values: tuple[Dated[tuple[Number, Number]], ...]


def units(rule: MinimumRule, facts: Facts, district: str) -> tuple[str, ...]:
    """The units of the rule below a district (or the district itself)."""
    found = _of_level(rule, facts, district)
    if not facts.chosen(rule.not_in_sparse):
        return found
    sparse = facts.workings.census.sparse_areas
    return tuple(code for code in found if code not in sparse)


def _of_level(rule: MinimumRule, facts: Facts, district: str) -> tuple[str, ...]:
    if rule.unit == "main_urban_area":
        flagged = facts.workings.census.main_urban_areas
        return tuple(code for code in facts.tree.descend(district) if code in flagged)
    if rule.unit != "county":
        return facts.tree.at_level(rule.unit, below=district)
    left_out = _only_counties(facts) and _is_urban_district(facts, district)
    return () if left_out else (district,)


def _only_counties(facts: Facts) -> bool:
    return facts.workings.choice("county_units") == "county_and_city_only"


def _is_urban_district(facts: Facts, district: str) -> bool:
    """Whether a county-level unit is a 区; told by its name, as codes are not to be read."""
    return facts.tree.names[district].endswith("区")


def shortage(
    in_force: InForce[MinimumRule], facts: Facts, district: str
) -> tuple[Figure, Figure, Figure]:
    """In a district: the units, those below the minimum, and the institutions missing in all."""
    rule, works = in_force.rule, facts.workings
    above = facts.chosen(rule.counted_above)
    counts = {
        "x:" + unit: facts.figure(rule.measure, (above and facts.tree.parents[unit]) or unit)
        for unit in units(rule, facts, district)
    }
    least = works.clause_value(in_force, "minimum", in_force.value[0], unit="institution")
    total = works.given(f"units.{rule.rule}", district, Fraction(len(counts)), unit="unit")
    short, missing = (
        works.compute(
            f"{formula}.{rule.rule}",
            district,
            formula,
            {"m": least, **counts},
            unit=unit,
            clauses=rule.clauses,
            readings=rule.readings,
        )
        for formula, unit in (("units_short", "unit"), ("shortage", "institution"))
    )
    return total, short, missing


def decide(in_force: InForce[MinimumRule], facts: Facts) -> Outcome:
    """One finding a district that has such units."""
    findings: list[Finding] = []
    for district in facts.tree.districts:
        total, short, missing = shortage(in_force, facts, district)
        if total.value:
            findings.append(_finding(in_force, facts, district, (total, short, missing)))
    if not findings:
        why = reason("no_units")
        findings.append(facts.finding(in_force, facts.root, State.UNDEFINED, why=why))
    return Outcome(tuple(findings))


def _finding(
    in_force: InForce[MinimumRule],
    facts: Facts,
    district: str,
    numbers: tuple[Figure, Figure, Figure],
) -> Finding:
    rule, (total, short, missing) = in_force.rule, numbers
    kept = None if short.exact is None else short.exact == 0
    state, note = verdict(kept), None
    if rule.strength == "encouraged" and kept is not None:
        state = State.NOTED
        note = reason("encouraged_met" if kept else "encouraged_missing")
    roles = {"units": total, "units_short": short, "shortage": missing}
    return facts.finding(in_force, district, state, roles, note=note)
