"""Take a step of a plan: note, stage, consultation and papers in one transaction, or none of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import transaction

from dingdian.actions.advance_plan import Advanced, Taking, advance_plan
from dingdian.core.dossier.guards import Asked
from dingdian.core.dossier.stages import IN_FORCE, Kind
from dingdian.core.dossier.state import State
from dingdian.core.dossier.steps import STEPS, Office
from dingdian.web import bureau, clock
from dingdian.web.papers import Kept
from dingdian.web.plans.models import Plan, Version
from dingdian.web.procedure import dossiers
from dingdian.web.procedure.models import Comment, Consultation, ConsultationState, Paper

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

_STATES = {
    "close_consultation": ConsultationState.CLOSED,
    "answer_comments": ConsultationState.ANSWERED,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A step that somebody wants to take on a page.

    ``seen`` is the number of the last step that the page showed. ``documents`` are the files of
    the version that a consultation shows, ``text`` what it tells beside them. ``day`` is today.
    """

    step: str
    facts: Mapping[str, str]
    seen: int
    papers: Sequence[Kept] = ()
    documents: Sequence[str] = ()
    text: str = ""
    day: dt.date = field(default_factory=clock.today)


def asked_of(plan: Plan, user: User, wish: Wish, state: State) -> tuple[Asked, Version | None]:
    """The step as the guards see it, and the version that it is about."""
    version = dossiers.version_for(plan, wish.step, wish.facts, state)
    asked = Asked(
        wish.step,
        wish.facts,
        user.username,
        dossiers.offices_of(user),
        wish.day,
        dossiers.draft_of(version) if version else None,
        dossiers.tally_of_plan(plan),
        frozenset({plan.created_by}),
        dossiers.districts_without(plan) if wish.step == "take_submissions" else 0,
        dossiers.terms(),
    )
    return asked, version


def advance(plan: Plan, user: User, wish: Wish) -> Advanced:
    """Take a step of a plan.

    Files are read before the journal is held; what can change meanwhile is compared after.

    Raises:
        RequestError: somebody was there before, or the step is refused; nothing is then written.
    """
    state = dossiers.state_of_plan(plan)
    asked, version = asked_of(plan, user, wish, state)
    with transaction.atomic(), bureau.journal().writing() as held:
        if wish.step in ("answer_comments", "issue"):  # counted again: nobody writes now
            asked = _counted_again(asked, plan)
        done = advance_plan(
            held,
            Taking(
                plan.subject,
                Kind(plan.kind),
                asked,
                wish.seen,
                clock.now(),
                user.role,
                _kept(asked, wish, version),
            ),
        )
        _keep_plan(plan, done, version)
        _keep_consultation(plan, wish, version)
        _keep_papers(plan, user, wish, done)
        if wish.step == "issue" and plan.amends_id:
            _supersede(plan, user, wish)
    return done


def _counted_again(asked: Asked, plan: Plan) -> Asked:
    """The same with the comments counted anew."""
    return replace(asked, tally=dossiers.tally_of_plan(plan))


def _kept(asked: Asked, wish: Wish, version: Version | None) -> dict[str, str]:
    """What is written beside the facts."""
    found = {
        "papers": ";".join(f"{each.sha256} {each.name}" for each in wish.papers),
        "documents": ";".join(wish.documents),
    }
    if version is not None and wish.step in ("issue", "open_consultation", "change_version"):
        found |= {"census": version.census, "shelf": version.shelf, "engine": version.engine}
    if wish.step in ("answer_comments", "issue"):
        tally = asked.tally
        found |= {
            "received": str(tally.received),
            "adopted": str(tally.adopted),
            "partly": str(tally.partly),
            "not_adopted": str(tally.not_adopted),
        }
    return found


def _keep_plan(plan: Plan, done: Advanced, version: Version | None) -> None:
    plan.stage = done.state.stage.value
    changed = ["stage"]
    if done.note.act.endswith(".issue"):
        plan.issued_version = version
        changed.append("issued_version")
    plan.save(update_fields=changed)


def _keep_consultation(plan: Plan, wish: Wish, version: Version | None) -> None:
    facts = wish.facts
    live = plan.consultations.exclude(state=ConsultationState.DROPPED)
    if wish.step == "open_consultation":
        assert version is not None  # noqa: S101 -- the step was refused without
        live.update(state=ConsultationState.DROPPED)
        fresh = Consultation.objects.create(
            plan=plan,
            version=version,
            title=facts["title"],
            text=wish.text,
            opened_on=facts["opened_on"],
            through=facts["through"],
            documents=list(wish.documents),
        )
        _carry_over(fresh)
    elif wish.step == "extend_consultation":
        live.update(through=facts["through"])
    elif wish.step in _STATES:
        live.update(state=_STATES[wish.step])
    elif wish.step == "change_version" and facts.get("substantial") == "yes":
        live.update(state=ConsultationState.DROPPED)
    elif wish.step == "change_version":
        live.filter(state=ConsultationState.OPEN).update(version=version)
    elif wish.step == "abandon":
        live.filter(state=ConsultationState.OPEN).update(state=ConsultationState.DROPPED)


def _carry_over(fresh: Consultation) -> None:
    """What was written to an earlier consultation and not answered is answered in this one."""
    left = Comment.objects.filter(
        consultation__in=fresh.plan.consultations.filter(state=ConsultationState.DROPPED)
    )
    left.filter(outcome="").update(consultation=fresh)


def _keep_papers(plan: Plan, user: User, wish: Wish, done: Advanced) -> None:
    Paper.objects.bulk_create(
        Paper(
            plan=plan,
            note=done.note.seq,
            sha256=each.sha256,
            name=each.name,
            kind=each.kind,
            size=each.size,
            by=user.username,
            at=done.note.at,
        )
        for each in wish.papers
    )


def _supersede(plan: Plan, user: User, wish: Wish) -> None:
    """The plan that this one amends is superseded with its issue; one that is over already stays.

    Raises:
        RequestError: it was not to be amended, or by another plan: the issue then is not made.
    """
    old = Plan.objects.get(pk=plan.amends_id)
    state = dossiers.state_of_plan(old)
    if state.stage not in IN_FORCE:
        return
    facts = {"plan": str(plan.pk), "document_number": wish.facts["document_number"]}
    asked = Asked("supersede", facts, user.username, frozenset({Office.LEADER}), wish.day)
    taking = Taking(old.subject, Kind(old.kind), asked, state.last, clock.now(), user.role)
    _keep_plan(old, advance_plan(bureau.journal(), taking), None)


def amend(plan: Plan, user: User, *, title: str, seen: int) -> Plan:
    """Draw up the plan that amends another one; the step of the old plan names it.

    Raises:
        RequestError: the old plan is not to be amended, or is amended already.
    """
    with transaction.atomic(), bureau.journal().writing():
        fresh = Plan.objects.create(
            kind=plan.kind,
            year=max(plan.year, clock.today().year),
            title=title,
            created_by=user.username,
            created_at=clock.now(),
            amends=plan,
        )
        facts = {"plan": str(fresh.pk)}
        advance(plan, user, Wish("begin_amendment", facts, seen))
        bureau.note(user, fresh.subject, "plan.make", kind=fresh.kind, amends=plan.pk)
    return fresh


def theirs(plan: Plan, user: User, step: str, state: State) -> bool:
    """Whether a step may be somebody's: its office is theirs, and they acted in no other one.

    Days, versions and comments are not weighed: the form says what they lack.
    """
    office = STEPS[step].office
    others = (who for o, who in state.hands.items() if o is not office)
    if office is not Office.PLANNER and user.username == plan.created_by:
        return False
    return office in dossiers.offices_of(user) and not any(user.username in w for w in others)
