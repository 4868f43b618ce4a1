"""A decided round as moves: each application is entered as far as its decision carries it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dingdian.core.admission.application import Application, Round
from dingdian.core.admission.decision import Met, Outcome, leads_to
from dingdian.core.admission.decision import Stage as Step
from dingdian.core.admission.record import DecisionRecord, DecisionsRecord
from dingdian.core.lifecycle.facts import beds_text, services_text
from dingdian.core.lifecycle.moving import Asked
from dingdian.core.lifecycle.stages import Stage
from dingdian.core.lifecycle.state import WAITING, State
from dingdian.core.lifecycle.takings import PROPOSED
from dingdian.core.lifecycle.waiting import place_pending

#: Outcome of a decision -> the reason that the entry states, in the language of the ledger.
OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.PROPOSED: "拟纳入",
        Outcome.WAITING: "等候",
        Outcome.NOT_ADMITTED: "不予纳入",
        Outcome.NEEDS_MATERIALS: "须补正材料",
        Outcome.NEEDS_FACTS: "须核实",
        Outcome.NEEDS_SURVEY: "须实测",
        Outcome.NEEDS_READING: "须定口径",
    }
)
#: Whose number stands for the responsible person: the first of these that has one.
_RESPONSIBLE = ("legal_person", "head", "controller")


def entering(
    found: Round,
    record: DecisionsRecord,
    known: Mapping[str, State],
    *,
    known_at: dt.datetime,
    by: str,
) -> Iterator[Asked]:
    """The moves that enter a round: its applications in the order of their ranking, then the rest.

    So places are taken in the order in which they were given. ``known`` are the cases that the
    ledger has already: one of them gets only what its stage still lacks, and a place only where it
    waits for one, so that a round entered twice adds nothing. One whose decision is open (facts, a
    survey, a reading) stays under evaluation.
    """
    decisions = {each.application: each for each in record.decisions}

    def rank(application: Application) -> float:
        decision = decisions.get(application.id)
        return decision.standing.rank if decision and decision.standing else math.inf

    for application in sorted(found.applications, key=rank):
        decision = decisions.get(application.id)
        if decision is None:
            continue
        state = known.get(application.id)
        yield from _moves(application, decision, record, state=state, known_at=known_at, by=by)


def _moves(
    application: Application,
    decision: DecisionRecord,
    record: DecisionsRecord,
    *,
    state: State | None,
    known_at: dt.datetime,
    by: str,
) -> Iterator[Asked]:
    decided = record.decided_on
    applied = min(application.applied_on or decided, decided)
    accepted = min(max(application.accepted_on or decided, applied), decided)
    papers = f"{record.round.id or '批次'} {record.fingerprints.result[:16]}"

    def asked(move: str, day: dt.date, **facts: str) -> Asked:
        reason = OUTCOMES[decision.final] if day == decided else ""
        return Asked(
            case=application.id,
            move=move,
            held_on=day,
            known_at=known_at,
            by=by,
            role="agency",
            reason=reason,
            documents=(papers,),
            facts={name: text for name, text in facts.items() if text},
        )

    stage = state.stage if state else None
    waits = state is not None and place_pending(state) is not None
    if stage is None:
        yield asked("apply", applied, **_facts(application))
    if stage in (None, Stage.APPLIED):
        if decision.final is Outcome.NEEDS_MATERIALS:
            yield asked("request_supplement", decided, missing=_grounds(decision, record))
            return
        yield asked("accept", accepted)
        stage = Stage.EVALUATING
    if stage is Stage.EVALUATING:
        if decision.final is Outcome.PROPOSED:
            yield asked("pass_evaluation", decided, outcome=PROPOSED, **_places(decision))
        elif decision.final is Outcome.WAITING:
            yield asked("pass_evaluation", decided, outcome=WAITING)
        elif decision.final is Outcome.NOT_ADMITTED:
            yield asked("refuse", decided, ground=_grounds(decision, record))
    elif stage is Stage.QUALIFIED and decision.final is Outcome.PROPOSED and waits:
        yield asked("allot", decided, outcome=PROPOSED, **_places(decision))


def _places(decision: DecisionRecord) -> dict[str, str]:
    """By which rule a decision took no place of the plan, or more than were left."""
    of_places = [each for each in decision.conditions if each.stage is Step.PLACES]
    free = [each.why for each in of_places if each.met is Met.FREE and each.why is not None]
    found = {}
    if free and len(free) == len(of_places):
        found["exemption"] = free[0].details.get("rule", "")
    elif decision.excepted is not None:
        found["exception"] = next((e.rule for e in decision.exceptions if e.refused is None), "")
    return found


def _facts(application: Application) -> dict[str, str]:
    """What an application says of the institution; what it does not know is left out."""
    site = application.site
    point = {}
    if site is not None:  # degrees in CGCS2000, whatever was stated
        point = {"lon": repr(site.lon), "lat": repr(site.lat), "crs": "cgcs2000"}
    beds = {name: int(n) for name, n in application.beds.items() if n}
    person = next(
        (p.id_number for role in _RESPONSIBLE for p in application.people if p.role == role), ""
    )
    opened = application.opened_on
    return {
        "institution": application.institution,
        "name": application.name or application.id,
        "uscc": application.uscc,
        "kind": application.kind,
        "level": application.level,
        "type": application.type,
        "ownership": application.ownership,
        "region": application.region or application.district,
        "opened_on": opened.isoformat() if opened else "",
        "chain": application.chain,
        "person": person,
        "services": services_text(application.services),
        "beds": beds_text(beds),
        **point,
    }


def _grounds(decision: DecisionRecord, record: DecisionsRecord) -> str:
    """The conditions that the outcome rests on, by their wording."""
    found = []
    for each in decision.conditions:
        if leads_to(each) is decision.final:
            words = record.items.get(each.rule, {}).get(each.item)
            rule = record.rules.get(each.rule)
            found.append(words.zh if words else rule.zh if rule else each.rule)
    return "；".join(dict.fromkeys(found)) or decision.final.value
