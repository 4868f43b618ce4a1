"""Record a plan: turn the answer into plain data, with everything it cites and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dingdian.actions.record_shelf import Plain, plain_reason, shelf_parts
from dingdian.core.census import ZONE, Selection, Where
from dingdian.core.census.vocabulary import ZONES
from dingdian.core.digits import float_text, natural, rounded
from dingdian.core.findings import Finding, Quota
from dingdian.core.formulas import FORMULAS, Value
from dingdian.core.indicators.gaps import Gap
from dingdian.core.indicators.releases import PLACES
from dingdian.core.plan import Plan
from dingdian.core.quality import Group, grouped
from dingdian.core.record import VERSION, AdviceRecord, ConditionRecord, Record, StreetsRecord
from dingdian.core.workings import Because, Figure

#: Decimals of a computed share that no measure names, in per cent.
SHARE_PLACES = 2


def record_plan(
    plan: Plan,
    *,
    engine: str,
    advice: Sequence[AdviceRecord] = (),
    streets: StreetsRecord | None = None,
) -> Record:
    """The record of ``plan``; ``engine`` is the version of the code that made it.

    ``advice`` is shown with the plan and changes nothing of it; ``streets`` are those that its
    census has.

    The same plan gives an equal record. Only clauses, documents, readings, benchmarks and
    rules of the place's policy are taken along: a record stands without the shelf.
    """
    policy = plan.policy
    return Record.model_validate(
        {
            "version": VERSION,
            "engine": engine,
            "place": place_of(plan),
            "year": plan.year,
            "stock_day": plan.stock_day,
            "policy_day": policy.day,
            "marks": marks_of(plan),
            "fingerprints": {
                "census": plan.fingerprints.census,
                "shelf": plan.fingerprints.shelf,
                "result": plan.fingerprints.result,
            },
            "scopes": {at: scope_of(plan, at) for at in _scopes(plan)},
            "resources": resources_of(plan),
            "measures": _measures(plan),
            "quotas": [_quota(each) for each in plan.quotas],
            "findings": [_finding(each) for each in plan.findings],
            "figures": _figures(plan),
            **shelf_parts(policy),
            "gaps": [_gap(plan, each) for each in plan.gaps],
            "gap_totals": dict(plan.gap_totals),
            "quality": [_group(each) for each in grouped(plan.faults)],
            "advice": tuple(advice),
            "streets": streets,
        }
    )


def _gap(plan: Plan, gap: Gap) -> Plain:
    tree = plan.census.tree
    return {
        "of": gap.of,
        "code": gap.code,
        "name": gap.name,
        "region": gap.region,
        "region_name": tree.names.get(gap.region, gap.region),
        "district": tree.county_of(gap.region) or "",
        "persons": None if gap.persons is None else str(gap.persons),
        "nearest": gap.nearest,
        "nearest_name": gap.nearest_name,
        "distance_mm": gap.distance_mm,
    }


def _group(group: Group) -> Plain:
    cases = [{name: str(value) for name, value in case.items()} for case in group.cases]
    several = {"cases": cases, "distinct": group.distinct} if len(cases) > 1 else {}
    return {
        "kind": group.kind,
        "severity": group.severity,
        "where": group.where,
        "count": len(group.faults),
        "details": cases[0],
        **several,
    }


def marks_of(plan: Plan) -> Plain:
    """What every output of the plan must say."""
    return {
        "simulation": plan.simulation,
        "as_if": plan.as_if,
        "invented": plan.census.invented,
        "overlaid": bool(plan.census.overlay),
    }


def place_of(plan: Plan) -> Plain:
    """The place whose policy is used, and the city whose census it is."""
    card = plan.policy.place
    return {
        "id": card.place,
        "zh": card.title,
        "en": card.title_en,
        "region_code": card.region_code,
        "plan": card.plan or "",
        "city": plan.census.about.get("city") or plan.census.tree.names[plan.census.tree.root],
    }


def _scopes(plan: Plan) -> Iterator[str]:
    """Every scope once: those of the tables in their order, then any other that occurs."""
    used = [each.scope for each in plan.figures.values()]
    used += [each.scope for each in plan.findings]
    used += [each.scope for each in plan.quotas]
    yield from (at for at in dict.fromkeys((*plan.scopes, *used)) if at)


def scope_of(plan: Plan, scope: str) -> Plain:
    """An area; the whole one has the place's English name, where the census is the place's own."""
    tree, shown = plan.census.tree, scope in plan.scopes
    if scope.startswith(ZONE):
        zones = [ZONES[each] for each in scope.removeprefix(ZONE).split("+") if each in ZONES]
        zh, en = ("、".join(z.zh for z in zones), ", ".join(z.en for z in zones))
        return {"zh": zh or scope, "en": en or scope, "level": "zone", "shown": shown}
    name, whole = tree.names.get(scope, scope), scope == tree.root
    level = tree.levels.get(scope) or "region"
    return {
        "zh": name,
        "en": plan.policy.place.title_en if whole and not plan.as_if else name,
        "level": "whole" if whole else level,
        "shown": shown,
        "zone": (tree.zone_of(scope) or "") if level == "county" else "",
    }


def resources_of(plan: Plan) -> Plain:
    """The names of what quotas speak of: of places, else of the measure of its stock."""
    named: Plain = {}
    for resource in dict.fromkeys(each.resource for each in plan.quotas):
        if resource in PLACES:
            zh, en = PLACES[resource]
            named[resource] = {"zh": zh, "en": en}
        elif resource in plan.measures:
            stock = plan.measures[resource]
            named[resource] = {"zh": stock.zh.replace("数", ""), "en": stock.en}
    return named


def _measures(plan: Plan) -> Plain:
    """Every measure of the register: names of others (a past year's stock) rest on them."""
    return {
        name: {"zh": m.zh, "en": m.en, "unit": m.unit, "decimals": m.decimals}
        for name, m in plan.measures.items()
    }


def _value(value: Value | None) -> str | Plain | None:
    if isinstance(value, float):
        return {"float": float_text(value)}
    return None if value is None else str(value)


def _decimal(plan: Plan, figure: Figure) -> str:
    if figure.value is None:
        return ""
    shown = figure.value * 100 if figure.unit == "share" else figure.value
    places = _places(plan, figure)
    return natural(shown) if places is None else rounded(shown, places)


def _places(plan: Plan, figure: Figure) -> int | None:
    """The decimals that a figure is printed with; ``None``: as many as it needs.

    One that rules make (an excess, a gap) has those of the measure of its unit that it is
    made of; a share two, unless it needs fewer.
    """
    measure = plan.measures.get(figure.measure)
    if measure is not None:
        return measure.decimals
    for _, key in figure.inputs:
        of = plan.measures.get(plan.figures[key].measure)
        if of is not None and of.unit == figure.unit and of.decimals:
            return of.decimals
    computed = figure.unit == "share" and figure.formula in FORMULAS
    return SHARE_PLACES if computed else None


def _figures(plan: Plan) -> Plain:
    """All figures; conditions, of which most are shared by many figures, are made once."""
    conditions: dict[Where, ConditionRecord] = {}
    return {key: _figure(plan, each, conditions) for key, each in plan.figures.items()}


def _figure(plan: Plan, figure: Figure, conditions: dict[Where, ConditionRecord]) -> Plain:
    """A figure; a measure names clauses of every plan, kept are those of this place's policy."""
    plain: Plain = {
        "measure": figure.measure,
        "scope": figure.scope,
        "value": _value(figure.value),
        "decimal": _decimal(plan, figure),
        "unit": figure.unit,
        "formula": figure.formula,
        "inputs": figure.inputs,
        "clauses": [each for each in figure.clauses if each in plan.policy.clauses],
        "readings": figure.readings,
        "detail": dict(figure.detail),
    }
    if figure.constants:
        plain["constants"] = [(role, str(number)) for role, number in figure.constants]
    if figure.selection:
        plain["selection"] = _selection(figure.selection, conditions)
    if figure.why:
        plain["why"] = plain_reason(figure.why)
    if figure.because:
        plain["because"] = _because(figure.because)
    return plain


def _because(because: Because) -> Plain:
    compared = [
        {"left": c.left, "comparison": c.comparison, "right": c.right, "holds": c.holds}
        for c in because.compared
    ]
    return {"says": [plain_reason(each) for each in because.says], "compared": compared}


def _selection(selection: Selection, conditions: dict[Where, ConditionRecord]) -> Plain:
    where = []
    for each in selection.where:
        if each not in conditions:
            conditions[each] = ConditionRecord(column=each.column, test=each.test, words=each.words)
        where.append(conditions[each])
    return {"table": selection.table, "where": where, "total": selection.total}


def _finding(finding: Finding) -> Plain:
    return {
        "rule": finding.rule,
        "scope": finding.scope,
        "state": finding.state,
        "day": finding.day,
        "clauses": finding.clauses,
        "numbers": finding.numbers,
        "readings": finding.readings,
        "principle": finding.principle,
        "why": plain_reason(finding.why),
        "note": plain_reason(finding.note),
        "step": finding.step,
    }


def _quota(quota: Quota) -> Plain:
    limits = [
        {"resource": each.resource, "scope": each.scope, "rule": each.rule, "key": each.key}
        for each in quota.limits
    ]
    return {
        "resource": quota.resource,
        "scope": quota.scope,
        "key": quota.key,
        "limits": limits,
        "binding": quota.binding,
        "unnumbered": quota.unnumbered,
        "remainder": quota.remainder,
        "asked": quota.asked,
        "released": quota.released,
        "stock": quota.stock,
    }
