"""Record a transfer of beds: plain data with everything it cites, the shape of transfer.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from dingdian.actions.move_beds import BedMoves
from dingdian.actions.record_shelf import Plain, shelf_parts
from dingdian.core.census import Census
from dingdian.core.census.canonical import fingerprint as census_fingerprint
from dingdian.core.census.vocabulary import ZONES
from dingdian.core.transfer import Cell, Holder, Measure
from dingdian.core.transfer.counting import district_beds, lacking, level_beds
from dingdian.core.transfer_record import VERSION, TransferRecord


def record_transfer(made: BedMoves, *, engine: str, seconds: float | None = None) -> TransferRecord:
    """The record of a transfer; ``engine`` is the version of the code that made it.

    ``seconds``: the clock that was to end the search from outside, if one was.

    The same transfer gives an equal record, whatever the order of the rows of the ledger.
    """
    policy, found = made.policy, made.transfer
    plain: Plain = {
        "status": found.answer.status,
        "ending": found.answer.ending,
        "goals": list(_goals(made)),
        "clash": _clash(made),
        "measures": dict(_measures(made)),
        "steps": [_step(each.most, each.after, each.proved) for each in made.steps],
        "levels": list(_levels(made)),
        "districts": list(_districts(made)),
        "moves": [
            {"start": _cell(each.start), "end": _cell(each.end), "beds": each.beds}
            for each in found.moves
        ],
        "cells": list(_cells(made)),
        "institutions": list(_institutions(made)),
    }
    return TransferRecord.model_validate(
        {
            "version": VERSION,
            "engine": engine,
            "place": _place(made),
            "year": made.asked.year,
            "stock_day": made.asked.stock_day,
            "policy_day": policy.day,
            "marks": _marks(made),
            "fingerprints": {
                "census": census_fingerprint(made.census),
                "shelf": made.shelf,
                "result": _fingerprint(plain),
            },
            "scopes": dict(_scopes(made)),
            "asked": {**_asked(made), "seconds": seconds},
            "effort": {
                "nodes": found.answer.effort.nodes,
                "steps": found.answer.effort.steps,
            },
            "goals_left_out": found.left_out,
            "held_to": list(_held_to(made)),
            "target": {
                "kind": made.ground.targets.kind,
                "benchmark": made.ground.targets.benchmark,
            },
            "left_out": list(_left_out(made)),
            "frozen": _frozen(made),
            "chairs": made.ground.stock.chairs,
            "unused": _unused(made),
            **plain,
            **shelf_parts(policy),
        }
    )


# -- what it was made from ----------------------------------------------------------------


def _place(made: BedMoves) -> Plain:
    card, census = made.policy.place, made.census
    return {
        "id": card.place,
        "zh": card.title,
        "en": card.title_en,
        "region_code": card.region_code,
        "plan": card.plan or "",
        "city": census.about.get("city") or census.tree.names[census.tree.root],
    }


def _marks(made: BedMoves) -> Plain:
    census, as_if = made.census, made.asked.as_if
    overlaid = bool(census.overlay)
    return {
        "simulation": made.policy.simulation or as_if or census.invented or overlaid,
        "as_if": as_if,
        "invented": census.invented,
        "overlaid": overlaid,
    }


def _scopes(made: BedMoves) -> Iterator[tuple[str, Plain]]:
    """The whole area, its zones and its districts."""
    tree, card = made.census.tree, made.policy.place
    name = tree.names.get(tree.root, tree.root)
    english = name if made.asked.as_if else card.title_en
    yield tree.root, {"zh": name, "en": english, "level": "whole", "shown": True}
    for scope in tree.zone_scopes:
        zone = ZONES[scope.removeprefix("zone-")]
        yield scope, {"zh": zone.zh, "en": zone.en, "level": "zone", "shown": True}
    for code in tree.districts:
        zh, zone_scope = tree.names.get(code, code), tree.zone_of(code) or ""
        yield code, {"zh": zh, "en": zh, "level": "county", "shown": True, "zone": zone_scope}


def _asked(made: BedMoves) -> Plain:
    wish, limits = made.asked.wish, made.asked.limits
    return {
        "order": wish.order,
        "minimum": dict(made.ground.sizes),
        "structure_at": wish.structure_at,
        "target": wish.target,
        "per_1000": _exact(wish.per_1000),
        "alike": wish.alike,
        "growth": _exact(wish.growth),
        "first": wish.first,
        "nodes": limits.nodes,
    }


def _held_to(made: BedMoves) -> Iterator[Plain]:
    """Each group of conditions with what it rests on; a measure that means nothing is not held."""
    question, cited = made.ground.question, made.ground.cited
    for rule in question.rules():
        measure = rule.measure
        if measure is None or question.has(measure):
            rests = cited.get(rule)
            yield {
                "rule": rule,
                "most": None if measure is None else question.held[measure],
                "shelf": rests.rules if rests else (),
                "clauses": rests.clauses if rests else (),
                "readings": rests.readings if rests else (),
            }


def _frozen(made: BedMoves) -> Plain | None:
    frozen = made.ground.frozen
    return None if frozen is None else {"base": frozen.base, "stock": frozen.stock}


# -- what came out ------------------------------------------------------------------------


def _goals(made: BedMoves) -> Iterator[Plain]:
    cited = made.ground.cited
    for goal in made.transfer.answer.goals:
        rests = cited.get(Measure(goal.name))
        yield {
            "measure": goal.name,
            "value": goal.value,
            "bound": goal.bound,
            "gap": _exact(goal.gap),
            "proof": goal.proof,
            "clauses": rests.clauses if rests else (),
        }


def _clash(made: BedMoves) -> Plain | None:
    clash = made.transfer.clash
    if clash is None:
        return None
    reached = {measure.value: n for measure, n in clash.reached.items()}
    return {"rules": clash.rules, "smallest": clash.smallest, "reached": reached}


def _measures(made: BedMoves) -> Iterator[tuple[str, Plain]]:
    before, then = made.transfer.before, made.transfer.after
    for measure in before:
        yield measure.value, {"before": before[measure], "after": then.get(measure)}


def _step(most: int, after: Any, proved: bool) -> Plain:
    return {
        "most": most,
        "after": {measure.value: n for measure, n in after.items()},
        "proved": proved,
    }


def _levels(made: BedMoves) -> Iterator[Plain]:
    """Each level of each scope that the structure is asked for in."""
    question, then, found = made.ground.question, made.transfer.beds, _found(made)
    if question.structure is None:
        return
    short, short_then = lacking(question, question.now), lacking(question, then)
    for scope in question.structure.scopes:
        now = level_beds(question, question.now, scope)
        after = level_beds(question, then, scope)
        for level, share in question.structure.shares.items():
            yield {
                "scope": scope,
                "level": level,
                "share": str(share),
                "before": now[level],
                "after": after[level] if found else None,
                "lacks_before": short[scope, level],
                "lacks_after": short_then[scope, level] if found else None,
            }


def _districts(made: BedMoves) -> Iterator[Plain]:
    question = made.ground.question
    now, then = (district_beds(question, beds) for beds in (question.now, made.transfer.beds))
    targets = made.ground.targets.districts
    for code in made.census.tree.districts:
        target = targets.get(code)
        yield {
            "district": code,
            "before": now.get(code, 0),
            "after": then.get(code, 0) if _found(made) else None,
            "people": None if target is None else target.people,
            "per_1000": None if target is None else _exact(target.per_1000),
            "target": None if target is None else target.beds,
            "why": "" if target is None or target.why is None else target.why.code,
        }


def _cells(made: BedMoves) -> Iterator[Plain]:
    now, then = made.ground.question.now, made.transfer.beds
    for cell in sorted({*now, *then}):
        before, after = now.get(cell, 0), then.get(cell, 0)
        if before or after:
            yield {
                "cell": _cell(cell),
                "before": before,
                "after": after if _found(made) else None,
            }


def _found(made: BedMoves) -> bool:
    return made.transfer.answer.solution is not None


def _cell(cell: Cell) -> tuple[str, str, str]:
    return (cell.district, cell.level, cell.pool)


def _institutions(made: BedMoves) -> Iterator[Plain]:
    """Every institution with known beds: those that give, then the others, each in turn."""
    names = _names(made.census)
    gives: dict[str, dict[str, int]] = {}
    for gift in made.gifts:
        gives.setdefault(gift.code, {})[gift.pool] = gift.beds
    change = made.transfer.answer.solution or {}
    growing = {cell for cell, n in change.items() if n > 0}
    touched = {each.code for each in made.turn}
    rest = (each for each in made.ground.question.holders if each.code not in touched)
    for each in sorted((*made.turn, *rest), key=lambda each: each.code not in gives):
        takes = [pool for pool in sorted(each.beds) if _takes(each, pool, growing)]
        yield {
            "code": each.code,
            "name": names.get(each.code, ""),
            "district": each.district,
            "level": each.level,
            "beds": dict(sorted(each.beds.items())),
            "least": each.least,
            "room": each.room,
            "use": _exact(made.ground.use.get(each.code)),
            "gives": gives.get(each.code, {}),
            "may_take": takes if each.least is not None else (),
        }


def _takes(each: Holder, pool: str, growing: set[Cell]) -> bool:
    return bool(each.beds[pool]) and Cell(each.district, each.level, pool) in growing


def _left_out(made: BedMoves) -> Iterator[Plain]:
    names = _names(made.census)
    for each in made.ground.left_out:
        yield {
            "code": each.code,
            "name": names.get(each.code, ""),
            "district": each.district,
            "why": each.why,
        }


def _unused(made: BedMoves) -> tuple[str, ...]:
    """The levels whose institutions are not touched for want of a minimum, and have beds."""
    its = (each for each in made.ground.question.holders if each.least is None and each.total)
    return tuple(sorted({each.level for each in its}))


def _names(census: Census) -> dict[str, str]:
    table = census.tables["institutions"]
    pairs = zip(table["code"].cells(), table["name"].cells(), strict=True)
    return {str(code): str(name or "") for code, name in pairs}


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _fingerprint(content: Any) -> str:
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
