"""Record a decided round: turn the decisions into plain data, with everything they cite."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from dingdian.actions.decide_applications import Decided
from dingdian.actions.record_plan import marks_of, place_of, resources_of, scope_of
from dingdian.actions.record_shelf import Plain, plain_reason, shelf_parts
from dingdian.core.admission.application import Application, Round
from dingdian.core.admission.decision import Condition, Decision, ExceptionDecision, Standing
from dingdian.core.admission.record import VERSION, DecisionsRecord
from dingdian.core.census.canonical import columns_of
from dingdian.core.census.canonical import fingerprint as census_fingerprint
from dingdian.core.errors import Fault
from dingdian.core.policy import Policy
from dingdian.core.spacing.verdict import Neighbour


def record_decisions(decided: Decided, *, engine: str) -> DecisionsRecord:
    """The record of a round; ``engine`` is the version of the code that decided it.

    The same round gives an equal record, whatever the order of its applications.
    """
    plan, found = decided.plan, decided.round
    by_id = {each.id: each for each in found.applications}
    order = sorted(decided.decisions, key=lambda each: each.application)
    decisions = [_decision(each, by_id[each.application]) for each in order]
    left = sorted(_left(decided), key=lambda each: (each["resource"], each["scope"]))
    return DecisionsRecord.model_validate(
        {
            "version": VERSION,
            "engine": engine,
            "place": place_of(plan),
            "year": plan.year,
            "stock_day": plan.stock_day,
            "decided_on": decided.decided_on,
            "marks": marks_of(plan),
            "round": {
                "id": found.id,
                "seed": found.seed,
                "seed_published_on": found.seed_published_on,
                "opened_from": found.opened_from,
                "opened_through": found.opened_through,
            },
            "fingerprints": {
                "census": plan.fingerprints.census,
                "shelf": plan.fingerprints.shelf,
                "round": round_fingerprint(found),
                "plan": plan.fingerprints.result,
                "result": _fingerprint([[_decided(each) for each in decisions], left]),
                "stock": census_fingerprint(decided.of_day) if decided.of_day else "",
            },
            "scopes": _scopes(decided),
            "resources": resources_of(plan),
            "decisions": decisions,
            "left": left,
            "items": _items(plan.policy),
            **shelf_parts(plan.policy),
            "faults": [_fault(each) for each in found.faults],
        }
    )


def round_fingerprint(found: Round) -> str:
    """SHA-256 over the content of a round, independent of row order, files and origins."""
    content = []
    for name, table in sorted(found.tables.items()):
        columns = sorted(columns_of(table).items())
        rows = sorted(zip(*(cells for _, cells in columns), strict=True))
        content.append([name, [header for header, _ in columns], rows])
    return _fingerprint(content)


def _fingerprint(content: Any) -> str:
    text = json.dumps(
        content, ensure_ascii=False, separators=(",", ":"), default=str, sort_keys=True
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _items(policy: Policy) -> Plain:
    """The wording of every item of a checklist or an evaluation, of all dated values."""
    found: Plain = {}
    for in_force in policy.rules.values():
        rule = in_force.rule
        if rule.family in {"checklist", "evaluation"}:
            found[rule.rule] = {
                each.item: {"zh": each.text, "en": each.text_en}
                for dated in rule.values
                if dated.value is not None
                for each in _of_value(rule.family, dated.value)
            }
    return found


def _of_value(family: str, value: Any) -> Iterator[Any]:
    if family == "checklist":
        yield from value
    else:
        for part in value.parts.values():
            yield from part


def _decided(decision: Plain) -> Plain:
    """What of a decision is result: names and where rows came from are none of it."""
    plain = {name: each for name, each in decision.items() if name not in _NOT_RESULT}
    plain["conditions"] = [
        {name: each for name, each in condition.items() if name not in _NOT_RESULT}
        for condition in decision["conditions"]
    ]
    return plain


def same_result(one: DecisionsRecord, other: DecisionsRecord) -> bool:
    """Whether two records come to the same, whatever fingerprint stands in them."""
    return _result(one) == _result(other)


def _result(record: DecisionsRecord) -> tuple[list[Plain], object]:
    decisions = [_decided(each.model_dump(mode="json")) for each in record.decisions]
    return decisions, record.left


_NOT_RESULT = frozenset({"name", "source", "sources", "faults", "near", "change", "exceptions"})


def _scopes(decided: Decided) -> Mapping[str, Plain]:
    tree = decided.plan.census.tree
    named = {code: scope_of(decided.plan, code) for code in (tree.root, *tree.districts)}
    return {code: {"zh": each["zh"], "en": each["en"]} for code, each in named.items()}


def _decision(decision: Decision, application: Application) -> Plain:
    return {
        "application": decision.application,
        "name": application.name,
        "kind": application.kind,
        "side": application.side.value,
        "district": application.district,
        "services": application.services,
        "beds": {name: _exact(amount) for name, amount in sorted(application.beds.items())},
        "source": application.origin,
        "outcome": decision.outcome.value,
        "excepted": decision.excepted.value if decision.excepted else None,
        "day": decision.day.isoformat(),
        "standing": _standing(decision.standing) if decision.standing else None,
        "takes": [
            {"resource": each.resource, "scope": each.scope, "amount": str(each.amount)}
            for each in decision.takes
        ],
        "exceptions": [_exception(each) for each in decision.exceptions],
        "conditions": [_condition(each) for each in decision.conditions],
        "faults": [_fault(each) for each in application.faults],
    }


def _standing(standing: Standing) -> Plain:
    return {
        "merit": str(standing.merit),
        "priority": standing.priority,
        "applied_on": _day(standing.applied_on),
        "lottery": standing.lottery,
        "rank": standing.rank,
        "tied": standing.tied,
    }


def _condition(condition: Condition) -> Plain:
    return {
        "stage": condition.stage.value,
        "rule": condition.rule,
        "item": condition.item,
        "met": condition.met.value,
        "clauses": condition.clauses,
        "value": _exact(condition.value),
        "threshold": _exact(condition.threshold),
        "shortfall": _exact(condition.shortfall),
        "unit": condition.unit,
        "sources": condition.sources,
        "readings": condition.readings,
        "principle": condition.principle,
        "why": plain_reason(condition.why),
        "change": plain_reason(condition.change),
        "near": [_near(each) for each in condition.near],
    }


def _near(near: Neighbour) -> Plain:
    return {
        "code": near.code,
        "name": near.name,
        "applicant": near.applicant,
        "effects": [(service, effect.value) for service, effect in near.effects],
        "distance_mm": near.distance_mm,
        "error_mm": near.error_mm,
        "surveys": [each.number for each in near.surveys],
        "why": plain_reason(near.why),
    }


def _exception(each: ExceptionDecision) -> Plain:
    own = each.record
    return {
        "rule": own.rule,
        "decided_on": _day(own.decided_on),
        "by": own.by,
        "reason": own.reason,
        "evidence": own.evidence,
        "minute": own.minute,
        "effect": own.effect,
        "source": own.origin,
        "refused": plain_reason(each.refused),
    }


def _fault(each: Fault) -> Plain:
    details = {name: str(value) for name, value in each.details}
    return {"kind": each.kind, "where": str(each.place), "details": details}


def _left(decided: Decided) -> Iterator[Plain]:
    """Every quota of the year as it stands after the round."""
    figures, taken = decided.plan.figures, decided.ledger.taken
    before = decided.ledger.before
    for quota in decided.plan.quotas:
        key = (quota.resource, quota.scope)
        left = decided.ledger.left[key]
        given = figures[quota.key].exact if quota.key else None
        yield {
            "resource": quota.resource,
            "scope": quota.scope,
            "quota": _exact(given),
            "before": str(before.get(key, Fraction(0))),
            "taken": str(taken.get(key, Fraction(0)) - before.get(key, Fraction(0))),
            "left": _exact(left.amount),
            "figure": left.figure,
            "binding": left.binding,
            "why": plain_reason(left.why),
        }


def _exact(value: Fraction | dt.date | None) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
