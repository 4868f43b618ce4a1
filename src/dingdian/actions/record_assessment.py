"""Record an assessment: turn it into plain data, with everything it cites."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from dingdian.actions.record_shelf import Plain, plain_reason, shelf_parts
from dingdian.actions.run_assessment import Run
from dingdian.core.assessment.assessing import Assessed, sheets_of
from dingdian.core.assessment.bottom import Bottom
from dingdian.core.assessment.choices import rules_of
from dingdian.core.assessment.groups import Group, Key
from dingdian.core.assessment.ladder import StepFound
from dingdian.core.assessment.points import PersonStanding, Responsible
from dingdian.core.assessment.record import VERSION, AssessmentRecord, PointsRecord
from dingdian.core.assessment.scoring import Line, Score
from dingdian.core.census.canonical import columns_of
from dingdian.core.census.canonical import fingerprint as census_fingerprint
from dingdian.core.census.census import Census
from dingdian.core.census.table import Table
from dingdian.core.census.vocabulary import RESOURCES
from dingdian.core.errors import Fault
from dingdian.core.period import last_day
from dingdian.core.policy import Policy, Said

#: What a renewal that does not come would leave free.
_RELEASED = (
    *("pharmacies", "prescription_transfer_pharmacies", "dual_channel_pharmacies"),
    *("medical_institutions", "inpatient_institutions", "outpatient_pooling_institutions"),
    *("personal_account_institutions", "contracted_beds"),
)


def record_assessment(run: Run, *, engine: str) -> AssessmentRecord:
    """The record of an assessment; ``engine`` is the version of the code that made it.

    The same assessment gives an equal record, whatever the order of its rows.
    """
    made, workbook, census = run.assessment, run.workbook, run.census
    groups = {code: _group_id(group.key) for group in made.groups for code in group.members}
    assessed = [_assessed(each, groups) for each in made.assessed]
    persons = [_person(each) for each in made.persons]
    result = [[_result(each) for each in assessed], [_result(each) for each in persons]]
    return AssessmentRecord.model_validate(
        {
            "version": VERSION,
            "engine": engine,
            "place": _place(made.policy, census),
            "year": made.year,
            "stock_day": last_day(made.year),
            "assessed_on": made.day,
            "marks": {
                "simulation": made.policy.simulation or run.as_if or census.invented,
                "as_if": run.as_if,
                "invented": census.invented,
            },
            "assessment": {"id": workbook.id, "assessed_by": workbook.assessed_by},
            "fingerprints": {
                "census": census_fingerprint(census),
                "shelf": run.shelf,
                "workbook": tables_fingerprint(workbook.tables),
                "result": _fingerprint(result),
            },
            "scopes": _scopes(census),
            "resources": {
                name: {"zh": RESOURCES[name].zh, "en": RESOURCES[name].en} for name in _RELEASED
            },
            "sheets": _sheets(made.policy),
            "steps": _steps(made.policy),
            "unclear": plain_reason(made.unclear),
            "groups": [_group(each, made.assessed) for each in made.groups],
            "assessed": assessed,
            "persons": persons,
            "responsibilities": [_responsible(each) for each in run.responsibilities],
            "faults": [_fault(each) for each in made.faults],
            **shelf_parts(made.policy),
        }
    )


def record_points(
    day: dt.date,
    persons: Iterable[PersonStanding],
    answers: Iterable[Responsible],
    faults: Iterable[Fault],
) -> PointsRecord:
    """The record of points of persons on a day."""
    return PointsRecord.model_validate(
        {
            "day": day,
            "persons": [_person(each) for each in persons],
            "responsibilities": [_responsible(each) for each in answers],
            "faults": [_fault(each) for each in faults],
        }
    )


def tables_fingerprint(tables: Mapping[str, Table]) -> str:
    """SHA-256 over the content of tables, independent of row order, files and origins."""
    content = []
    for name, table in sorted(tables.items()):
        columns = sorted(columns_of(table).items())
        rows = sorted(zip(*(cells for _, cells in columns), strict=True))
        content.append([name, [header for header, _ in columns], rows])
    return _fingerprint(content)


def _fingerprint(content: Any) -> str:
    text = json.dumps(
        content, ensure_ascii=False, separators=(",", ":"), default=str, sort_keys=True
    )
    return hashlib.sha256(text.encode()).hexdigest()


#: What of a record is no result: names, and where rows came from.
_NOT_RESULT = frozenset({"name", "source", "sources", "faults"})


def _result(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _result(each) for name, each in part.items() if name not in _NOT_RESULT}
    return [_result(each) for each in part] if isinstance(part, list | tuple) else part


# ---------------------------------------------------------------- the city and the shelf


def _place(policy: Policy, census: Census) -> Plain:
    card = policy.place
    return {
        "id": card.place,
        "zh": card.title,
        "en": card.title_en,
        "region_code": card.region_code,
        "plan": card.plan or "",
        "city": census.about.get("city") or census.tree.names[census.tree.root],
    }


def _scopes(census: Census) -> Plain:
    tree = census.tree
    names = {code: tree.names.get(code, code) for code in (tree.root, *tree.districts)}
    return {code: {"zh": name, "en": name} for code, name in names.items()}


def _named(said: Said) -> Plain:
    return {"zh": said.text, "en": said.text_en}


def _sheets(policy: Policy) -> Plain:
    found: Plain = {}
    for side, in_force in sheets_of(policy).items():
        sheet = in_force.value
        said = (*sheet.items, *sheet.one_vote, *sheet.bonus)
        found[side] = {
            "rule": in_force.rule.rule,
            "parts": {part: str(weight) for part, weight in sheet.parts.items()},
            "items": {each.item: _named(each) for each in said},
            "full": {each.item: str(each.full) for each in (*sheet.items, *sheet.bonus)},
            "grades": {each.grade: _named(each) for each in sheet.grades},
        }
    return found


def _steps(policy: Policy) -> Plain:
    ladders = rules_of(policy, "bottom_rank")
    return {each.step: _named(each) for rule in ladders for each in rule.value.steps}


# ---------------------------------------------------------------- institutions


def _assessed(each: Assessed, groups: Mapping[str, str]) -> Plain:
    subject, its = each.subject, each.graded
    return {
        "code": subject.code,
        "name": subject.name,
        "side": subject.side,
        "kind": subject.kind,
        "district": subject.district,
        "attributes": dict(subject.attributes),
        "agreement": subject.agreement.value,
        "trial": subject.trial,
        "score": _score(each.score) if each.score else None,
        "grade": its.grade if its else None,
        "deposit": _exact(its.deposit) if its else None,
        "passed": its.passed if its else None,
        "group": groups.get(subject.code, ""),
        "place": _in_group(each),
        "steps": [_step(step) for step in each.steps],
        "grade_move": _grade_move(each),
        "moves": [
            {
                "move": move.move.value,
                "basis": move.basis.value,
                "of": move.of,
                "confirmed": move.confirmed,
                "missing": [plain_reason(why) for why in move.missing],
                "rule": move.rule,
            }
            for move in each.moves
        ],
        "renewal": each.renewal.value,
        "releases": [
            {"resource": free.resource, "amount": _exact(free.amount)} for free in each.releases
        ],
        "why": plain_reason(each.why),
        "faults": [_fault(wrong) for wrong in each.faults],
    }


def _score(score: Score) -> Plain:
    return {
        "before": _exact(score.before),
        "total": _exact(score.total),
        "bonus": str(score.bonus),
        "parts": [
            {
                "part": part.part.value,
                "weight": str(part.weight),
                "points": _exact(part.points),
                "full": str(part.full),
            }
            for part in score.parts
        ],
        "services": [
            {"service": each.service, "share": _exact(each.share), "closes": each.closes}
            for each in score.services
        ],
        "missing": score.missing,
        "votes": score.votes,
        "why": plain_reason(score.why),
        "lines": [_line(line) for line in score.lines if line.applies is not False],
    }


def _line(line: Line) -> Plain:
    return {
        "item": line.item,
        "part": line.part.value,
        "full": str(line.full),
        "source": line.source.value,
        "service": line.service,
        "applies": line.applies,
        "given": _exact(line.given),
        "points": _exact(line.points),
        "appealed": line.appealed,
        "open_appeal": line.open_appeal,
        "why": plain_reason(line.why),
        "sources": line.origins,
    }


def _in_group(each: Assessed) -> Plain | None:
    place = each.place
    if place is None:
        return None
    return {"bottom": place.bottom.value, "rank": place.rank, "why": plain_reason(place.why)}


def _step(step: StepFound) -> Plain:
    confirmed = step.confirmed
    return {
        "step": step.step,
        "move": step.move.value,
        "state": step.state.value,
        "clause": step.clause,
        "missing": [plain_reason(each) for each in step.missing],
        "heard_on": step.heard.heard_on if step.heard else None,
        "waived": step.heard.waived if step.heard else False,
        "confirmed": None
        if confirmed is None
        else {
            "by": confirmed.by,
            "on": confirmed.on,
            "minute": confirmed.minute,
            "source": confirmed.origin,
        },
    }


def _grade_move(each: Assessed) -> Plain | None:
    move = each.grade_move
    if move is None:
        return None
    why = plain_reason(move.why)
    return {"state": move.state.value, "grade": move.grade, "to": move.to, "why": why}


# ---------------------------------------------------------------- groups and persons


def _group_id(key: Key) -> str:
    side, words = key
    return "/".join((side, *(word for _, word in words)))


def _group(group: Group, assessed: Sequence[Assessed]) -> Plain:
    side, words = group.key
    members = frozenset(group.members)
    places = [(e.subject.code, e.place.bottom) for e in assessed if e.place]
    its = [(code, bottom) for code, bottom in places if code in members]
    return {
        "id": _group_id(group.key),
        "side": side,
        "attributes": words,
        "size": len(group.members),
        "unknown": len(group.unknown),
        "joining": len(group.joining),
        "places": group.places,
        "inside": [code for code, bottom in its if bottom is Bottom.IN],
        "held": [code for code, bottom in its if bottom is Bottom.HELD],
    }


def _person(each: PersonStanding) -> Plain:
    return {
        "person": each.person,
        "name": each.name,
        "institutions": each.institutions,
        "points": each.points,
        "repaired": each.repaired,
        "state": each.state.value,
        "since": _day(each.since),
        "until": _day(each.until),
        "reach": each.reach.value if each.reach else None,
        "may_register": each.may_register,
        "why": plain_reason(each.why),
        "sources": each.origins,
    }


def _responsible(each: Responsible) -> Plain:
    return {
        "institution": each.institution,
        "responsibility": each.responsibility,
        "entries": each.entries,
        "points": each.points,
    }


def _fault(each: Fault) -> Plain:
    details = {name: str(value) for name, value in each.details}
    return {"kind": each.kind, "where": str(each.place), "details": details}


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
