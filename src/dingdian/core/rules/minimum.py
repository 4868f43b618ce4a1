"""Family ``minimum``: at least so many institutions in every unit of a level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from pydantic import Field

from dingdian.core.findings import Finding, Outcome, State
from dingdian.core.policy import Dated, InForce, Number, Rule
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.facts import Facts, verdict
from dingdian.core.workings import Figure, reason

Unit = Literal["county", "township", "subdistrict", "community", "village", "main_urban_area"]


class MinimumRule(Rule):
    """At least so many institutions of a measure in every unit of a level of the region tree.

    ``values`` are pairs (lower, upper) of the printed range, the same number twice where the
    text gives one: the lower end is the minimum. ``strength`` ``encouraged`` is never a
    minimum: units without one are listed, not short. ``also``: a further level, with the
    readings and the option of each under which its units have the minimum too.
    ``counted_above``: the same for letting what stands in the unit above count for the unit,
    ``not_in_sparse`` for leaving out units of sparse areas.
    """

    family: Literal["minimum"]
    measure: Identifier
    unit: Unit
    also: dict[Unit, dict[Identifier, Identifier]] = Field(default_factory=dict)
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
        levels = (rule.unit, *(level for level, when in rule.also.items() if facts.chosen(when)))
        return tuple(
            code for level in levels for code in facts.tree.at_level(level, below=district)
        )
    left_out = _only_counties(facts) and _is_urban_district(facts, district)
    return () if left_out else (district,)


def _only_counties(facts: Facts) -> bool:
    return facts.workings.choice("county_units") == "county_and_city_only"


def _is_urban_district(facts: Facts, district: str) -> bool:
    """Whether a county-level unit is a 区; told by its name, as codes are not to be read."""
    return facts.tree.names[district].endswith("区")


def held(in_force: InForce[MinimumRule], facts: Facts, district: str) -> dict[str, str]:
    """The units below a district, each with the region whose institutions count for it."""
    above = facts.chosen(in_force.rule.counted_above)
    return {
        unit: (above and facts.tree.parents[unit]) or unit
        for unit in units(in_force.rule, facts, district)
    }


def _least(in_force: InForce[MinimumRule], facts: Facts) -> Figure:
    return facts.workings.clause_value(in_force, "minimum", in_force.value[0], unit="institution")


def shortage(
    in_force: InForce[MinimumRule], facts: Facts, district: str
) -> tuple[Figure, Figure, Figure]:
    """In a district: the units, those below the minimum, and the institutions missing in all."""
    rule, works = in_force.rule, facts.workings
    counts = {
        "x:" + unit: facts.figure(rule.measure, at)
        for unit, at in held(in_force, facts, district).items()
    }
    least = _least(in_force, facts)
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


def missing_together(
    rules: Sequence[InForce[MinimumRule]], facts: Facts, name: str, district: str
) -> Figure:
    """The fewest new institutions in a district with which every unit has its minimum.

    One that stands in a village stands in its township and its district too. So a region
    lacks what its own minimum is short of, or what the regions below it lack together,
    whichever is more. Figures are ``missing.<name>`` by region.
    """
    own: dict[str, dict[str, Figure]] = {}
    for each in rules:
        for at in dict.fromkeys(held(each, facts, district).values()):
            own.setdefault(at, {})[each.rule.rule] = _short_of(each, facts, name, at)
    return _missing(facts, name, district, own)


def _short_of(in_force: InForce[MinimumRule], facts: Facts, name: str, at: str) -> Figure:
    rule = in_force.rule
    return facts.workings.compute(
        f"missing.{name}.{rule.rule}",
        at,
        "difference_not_below_zero",
        {"a": _least(in_force, facts), "b": facts.figure(rule.measure, at)},
        unit="institution",
        clauses=rule.clauses,
    )


def _missing(
    facts: Facts, name: str, region: str, own: Mapping[str, Mapping[str, Figure]]
) -> Figure:
    below = {e: _missing(facts, name, e, own) for e in facts.tree.children(region)}
    lacking = {f"x:{code}": each for code, each in below.items() if each.value != 0}
    parts = {**own.get(region, {}), **lacking}
    if len(parts) == 1:
        return next(iter(parts.values()))
    return facts.workings.compute(
        f"missing.{name}",
        region,
        "nested_shortage",
        parts,
        unit="institution",
        readings=("nested_minimum",),
    )


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
