"""What a step of a plan is decided from, gathered from journal, tables and folders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from dingdian.core.dossier.guards import Draft, Tally
from dingdian.core.dossier.stages import Kind
from dingdian.core.dossier.state import PREFIX, State, state_of
from dingdian.core.dossier.steps import STEPS, Office
from dingdian.core.dossier.terms import Terms, terms_of
from dingdian.core.journal import note_of
from dingdian.core.policy import Policy
from dingdian.web import bureau, clock
from dingdian.web.plans.models import Plan, Submission, SubmissionState, Version
from dingdian.web.procedure.models import Comment, Consultation, ConsultationState, Outcome
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: In whose name somebody with a right acts.
RIGHTS: Mapping[Office, Right] = {
    Office.PLANNER: Right.STEP_PLAN,
    Office.LEGAL: Right.REVIEW_PLAN,
    Office.LEADER: Right.DECIDE_PLAN,
}


def offices_of(user: User) -> frozenset[Office]:
    """The offices in which somebody may act: their right holds in the whole place."""
    return frozenset(o for o, right in RIGHTS.items() if user.districts(right) is None)


def state_of_plan(plan: Plan) -> State:
    """Where a plan stands, by its notes."""
    return state_of(Kind(plan.kind), bureau.journal().notes(plan.subject))


def states(plans: Iterable[Plan]) -> dict[int, State]:
    """The same of many plans, with one query."""
    from dingdian.storage.db.models import Note

    by_subject = {each.subject: each for each in plans}
    bodies: dict[str, list[str]] = {subject: [] for subject in by_subject}
    rows = Note.objects.filter(subject__in=list(by_subject), act__startswith=PREFIX)
    for subject, body in rows.order_by("seq").values_list("subject", "body"):
        bodies[subject].append(body)
    return {
        plan.pk: state_of(Kind(plan.kind), map(note_of, bodies[subject]))
        for subject, plan in by_subject.items()
    }


def manifest_print(version: Version) -> str:
    """One fingerprint over the fingerprints of all files of a version."""
    text = json.dumps(version.manifest, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def draft_of(version: Version) -> Draft:
    """A version as the guards see it; its files are read to see whether they are as written."""
    return Draft(
        version.number,
        version.result,
        manifest_print(version),
        clock.day_of(version.made_at),
        version.by,
        version.what_if,
        version.intact(),
    )


def version_for(plan: Plan, step: str, facts: Mapping[str, str], state: State) -> Version | None:
    """The version that a step is about: the one chosen with it, else the one chosen before."""
    number = facts.get("version", "") if "version" in STEPS[step].needs else str(state.version)
    if not number.isdecimal():
        return None
    return plan.versions.filter(number=int(number)).first()


def consultation_of(plan: Plan) -> Consultation | None:
    """The consultation of a plan that counts, if there is one."""
    return plan.consultations.exclude(state=ConsultationState.DROPPED).first()


def tally_of(consultation: Consultation | None) -> Tally:
    """Its comments, counted."""
    if consultation is None:
        return Tally()
    counts = {f"n_{each}": Count("pk", filter=Q(outcome=each)) for each in Outcome.values}
    found = Comment.objects.filter(consultation=consultation).aggregate(n=Count("pk"), **counts)
    return Tally(
        found["n"],
        found[f"n_{Outcome.ADOPTED}"],
        found[f"n_{Outcome.PARTLY}"],
        found[f"n_{Outcome.NOT_ADOPTED}"],
    )


def tally_of_plan(plan: Plan) -> Tally:
    """The comments of the consultation that counts, with those left open by a dropped one.

    They are carried over once a consultation is opened anew. A plan that is issued without one owes
    them an answer all the same.
    """
    found = tally_of(consultation_of(plan))
    left = Comment.objects.filter(
        consultation__plan=plan, consultation__state=ConsultationState.DROPPED, outcome=""
    ).count()
    return replace(found, received=found.received + left)


def districts_without(plan: Plan) -> int:
    """How many districts submitted nothing for the year of a plan."""
    from dingdian.web.ledger.models import Region

    every = set(Region.objects.filter(level="county").values_list("code", flat=True))
    handed = Submission.objects.filter(
        year=plan.year, state__in=(SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
    )
    return len(every - set(handed.values_list("region", flat=True)))


def policy() -> Policy:
    """What the shelf says today; outside the validity of the place's plan the national layer."""
    return bureau.desk().terms.policy(clock.today())


def terms() -> Terms:
    """The limits that hold today."""
    return terms_of(policy())
