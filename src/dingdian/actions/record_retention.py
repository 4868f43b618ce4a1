"""Record who is proposed to stay: turn the answers into plain data, with everything they cite."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from fractions import Fraction

import numpy as np

from dingdian.actions.choose_retained import Chosen, RetentionRun
from dingdian.actions.record_plan import marks_of, place_of, scope_of
from dingdian.actions.record_shelf import Plain, plain_reason, shelf_parts
from dingdian.actions.retained_stock import Stock, earliest_ends
from dingdian.core.assessment.consequences import Renewal
from dingdian.core.census import Census
from dingdian.core.retention import UNSCORED, Aspect, Question, Retention
from dingdian.core.retention.losses import Loss
from dingdian.core.retention.needs import Need
from dingdian.core.retention_record import VERSION, RetentionRecord
from dingdian.core.solving import Answer, Goal


def record_retention(run: RetentionRun, *, engine: str) -> RetentionRecord:
    """The record of a run; ``engine`` is the version of the code that made it.

    The same run gives an equal record.
    """
    plan, census = run.plan, run.plan.census
    caps = [_cap(run, each) for each in run.chosen]
    marks = marks_of(plan)
    if run.terms.keep:
        marks |= {"simulation": True}
    named = {code for cap in caps for code in _codes(cap)}
    tree = census.tree
    return RetentionRecord.model_validate(
        {
            "version": VERSION,
            "engine": engine,
            "place": place_of(plan),
            "year": plan.year,
            "by": run.by,
            "stock_day": plan.stock_day,
            "marks": marks,
            "fingerprints": {
                "census": plan.fingerprints.census,
                "shelf": plan.fingerprints.shelf,
                "plan": plan.fingerprints.result,
                "assessment": run.assessment.fingerprints.result if run.assessment else "",
                "result": _fingerprint(caps),
            },
            "nodes": run.limits.nodes,
            "rounds": run.limits.rounds,
            "seconds": run.terms.seconds,
            "scopes": {
                code: {name: scope_of(plan, code)[name] for name in ("zh", "en")}
                for code in (tree.root, *tree.districts)
            },
            "resources": {each.resource: _resource(run, each.resource) for each in run.chosen},
            "caps": caps,
            "institutions": {
                code: each for code, each in _institutions(census).items() if code in named
            },
            **shelf_parts(plan.policy),
        }
    )


def _resource(run: RetentionRun, resource: str) -> Plain:
    measure = run.plan.measures[resource]
    return {"zh": measure.zh.removesuffix("数"), "en": measure.en}


def _codes(cap: Plain) -> list[str]:
    """The codes that an answer names."""
    found = [*cap.get("stays", ())]
    for side in ("leaving", "held"):
        found += [code for codes in cap.get(side, {}).values() for code in codes]
    for each in (*cap.get("going", ()), *cap.get("gone_first", ())):
        found += [each["code"], *(code for code, _ in each["served_by"])]
    return found


def _institutions(census: Census) -> Plain:
    table = census.tables["institutions"]
    place = census.positions("institutions")
    found: Plain = {}
    cells = (table[name].cells() for name in ("code", "name", "region"))
    for row, (code, name, region) in enumerate(zip(*cells, strict=True)):
        known = bool(place.known[row])
        found[str(code)] = {
            "name": str(name or ""),
            "district": (census.tree.county_of(str(region)) or "") if region else "",
            "lon": f"{place.lon[row]:.6f}" if known else None,
            "lat": f"{place.lat[row]:.6f}" if known else None,
        }
    return found


def _cap(run: RetentionRun, one: Chosen) -> Plain:
    name, root = one.rule.rule.rule, run.plan.census.tree.root
    told: Plain = {
        "rule": name,
        "resource": one.resource,
        "cap": one.cap,
        "cap_key": "" if one.resource in run.terms.keep else f"cap.{name}.{root}",
        "why": plain_reason(one.why),
    }
    if one.stock is None or one.question is None or one.retention is None:
        return told
    stock, question, made = one.stock, one.question, one.retention
    everyone = np.ones(question.stock, bool)
    kept = made.kept
    return told | {
        "circle_mm": stock.circle.circle.radius_mm if stock.circle else None,
        "no_circle": plain_reason(stock.no_circle),
        "order": one.order,
        "stock": question.stock,
        "staying": question.staying,
        "unscored": int((question.points == UNSCORED).sum()),
        "undecided": len(_undecided(run) & set(stock.codes)),
        "unlocated": stock.unlocated,
        "minimums": len(question.minimums),
        "now": {aspect: question.counted(everyone, aspect) for aspect in Aspect},
        "first": {aspect: question.counted(~question.leaving, aspect) for aspect in Aspect},
        "leaving": _some(
            stock, assessment=stock.exits & stock.leaving, earlier_cap=stock.before & ~stock.exits
        ),
        "held": _some(
            stock,
            not_renewed=stock.later,
            agreement=stock.running & stock.held & ~stock.later,
            position=stock.nowhere & stock.held & ~stock.running,
        ),
        "orders": {name: _order(each) for name, each in {one.order: made, **one.others}.items()},
        "needs": [_need(each, stock, question) for each in one.needs],
        "districts": _districts(one, stock, question, kept),
        "going": _going(run, one, stock, question),
        "gone_first": _gone_first(run, one, stock, question),
        "years": [] if kept is None else _years(run, one, question),
        "stays": [] if kept is None else [stock.codes[row] for row in np.flatnonzero(kept)],
    }


def _undecided(run: RetentionRun) -> set[str]:
    """Codes of those of whom the assessment leaves open whether to renew."""
    assessed = run.assessment.assessed if run.assessment else ()
    return {each.code for each in assessed if each.renewal == Renewal.UNDECIDED}


def _some(stock: Stock, **masks: np.ndarray) -> Plain:
    """Codes of those of each mask that holds any."""
    return {
        why: [stock.codes[row] for row in np.flatnonzero(mask)]
        for why, mask in masks.items()
        if mask.any()
    }


def _order(made: Retention) -> Plain:
    question, kept = made.question, made.kept
    return {
        "tiers": made.tiers,
        "hold_localities": question.hold_localities,
        "answer": _answer(made.answer),
        "values": {}
        if kept is None
        else {aspect: question.counted(kept, aspect) for aspect in Aspect},
    }


def _answer(answer: Answer[np.ndarray]) -> Plain:
    return {
        "status": answer.status,
        "ending": answer.ending,
        "goals": [_goal(each) for each in answer.goals],
        "nodes": answer.effort.nodes,
        "rounds": answer.effort.rounds,
        "steps": answer.effort.steps,
    }


def _goal(goal: Goal) -> Plain:
    return {
        "name": goal.name,
        "sense": goal.sense,
        "value": goal.value,
        "bound": goal.bound,
        "gap": None if goal.gap is None else str(goal.gap),
        "proof": goal.proof,
    }


def _need(need: Need, stock: Stock, question: Question) -> Plain:
    told: Plain = {"rule": need.rule, "answer": _answer(need.answer)}
    if need.district is None:
        return told
    return told | {
        "district": stock.districts[need.district],
        "cap": question.caps[need.district],
    }


def _districts(
    one: Chosen, stock: Stock, question: Question, kept: np.ndarray | None
) -> list[Plain]:
    def per(mask: np.ndarray) -> np.ndarray:
        return np.bincount(question.district[mask], minlength=len(stock.districts))

    every, leaving = per(np.ones(question.stock, bool)), per(question.leaving)
    going = None if kept is None else per(~kept & ~question.leaving)
    return [
        {
            "district": code,
            "stock": int(every[at]),
            "leaving": int(leaving[at]),
            "going": None if going is None else int(going[at]),
            "share": one.shares.get(at),
            "cap": question.caps.get(at),
        }
        for at, code in enumerate(stock.districts)
        if every[at]
    ]


def _years(run: RetentionRun, one: Chosen, question: Question) -> list[Plain]:
    """The way to the cap: who is there at the start of each year, leaves first, would go, is left.

    Every exit falls in one of the years, so that those left at the end are those who stay.
    """
    first, going = Counter(one.first.values()), Counter(one.going.values())
    found, start = [], question.stock
    for year in range(run.plan.year, run.by + 1):
        left = start - first[year] - going[year]
        told = {"year": year, "start": start, "first": first[year], "going": going[year]}
        found.append(told | {"left": left})
        start = left
    return found


def _gone_first(run: RetentionRun, one: Chosen, stock: Stock, question: Question) -> list[Plain]:
    """Those whose exit comes first: by year, then by code."""
    ends = earliest_ends(run.plan.census, stock)
    found = [
        _lost(stock, each) | {"year": one.first[each.row], "through": ends.get(each.row)}
        for each in one.losses
        if question.leaving[each.row]
    ]
    return sorted(found, key=lambda told: (told["year"], told["code"]))


def _going(run: RetentionRun, one: Chosen, stock: Stock, question: Question) -> list[Plain]:
    """Those who go by choice: by year, then the lowest points first, then by code."""
    ends = earliest_ends(run.plan.census, stock)

    def place(loss: Loss) -> tuple[int, int, str]:
        year = one.going.get(loss.row, run.by)
        return year, int(question.scores[loss.row]), stock.codes[loss.row]

    return [
        _lost(stock, each)
        | {
            "year": one.going.get(each.row),
            "points": _points(int(question.points[each.row])),
            "dual_channel": bool(question.dual_channel[each.row]),
            "through": ends.get(each.row),
            "exchange": None
            if each.exchange is None
            else {
                "code": stock.codes[each.exchange.row],
                "differences": each.exchange.differences,
            },
        }
        for each in sorted(one.losses, key=place)
        if not question.leaving[each.row]
    ]


def _lost(stock: Stock, loss: Loss) -> Plain:
    """What one leaves behind."""
    return {
        "code": stock.codes[loss.row],
        "people": loss.people,
        "down_to_one": loss.down_to_one,
        "down_to_none": loss.down_to_none,
        "served_by": [(stock.codes[row], people) for row, people in loss.served_by],
    }


def _points(thousandths: int) -> str | None:
    return None if thousandths == UNSCORED else str(Fraction(thousandths, 1000))


def _fingerprint(caps: list[Plain]) -> str:
    """SHA-256 of what was chosen: no names, no effort, no other orders."""
    told = [
        [
            cap["rule"],
            cap["cap"],
            cap.get("order", ""),
            cap.get("stays", []),
            [(each["code"], each["year"]) for each in cap.get("going", [])],
        ]
        for cap in caps
    ]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
