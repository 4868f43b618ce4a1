"""Take a step of a panel: its note, the rows that lists read, and messages, or none of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from dingdian.actions.advance_panel import Taking, advance_panel
from dingdian.core.errors import RequestError, fault
from dingdian.core.panel.state import PREFIX, Stage, State, state_of, subject_of
from dingdian.core.panel.steps import Draw, Evaluate, Recuse, Redraw, Step
from dingdian.web import bureau, clock
from dingdian.web.accounts.lists import holders
from dingdian.web.inbox.sending import send
from dingdian.web.panels import register
from dingdian.web.panels.applicants import Subject
from dingdian.web.panels.models import Expert, Panel, Person, Relation
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dingdian.core.admission.application import Person as CorePerson
    from dingdian.web.accounts.models import User


def state_of_key(key: str) -> State:
    """Where the panel of a key stands, by its notes."""
    return state_of(bureau.journal().notes(subject_of(key)))


def moment() -> dt.datetime:
    """Now, on the day of China or the one that is rehearsed: notes of a panel tell its days."""
    now = clock.now()
    rehearsed = settings.CONFIG.rehearsal_day
    return dt.datetime.combine(rehearsed, now.timetz()) if rehearsed else now


def draw(
    user: User,
    subject: Subject,
    people: Sequence[CorePerson],
    *,
    seed: str,
    source: str,
    published_on: dt.date | None,
    witness: str = "",
    seen: int = 0,
) -> Panel:
    """Draw the panel of a case; the people of its applicant are kept beside the journal.

    Raises:
        RequestError: it is refused; neither people nor note are then kept.
    """
    with transaction.atomic(), bureau.journal().writing():  # of two at once, one after the other
        _keep_people(subject, people)
        step = Draw(
            subject.applicant,
            register.everybody(moment().year),
            subject.terms,
            seed,
            source,
            published_on,
            witness,
        )
        return take(user, subject, step, seen)


def recuse(
    user: User,
    subject: Subject,
    expert: Expert,
    *,
    ground: str,
    reason: str,
    seen: int,
    keep: bool = True,
) -> Panel:
    """Record that an expert keeps away; with ``keep`` the register knows the relation after.

    Raises:
        RequestError: it is refused.
    """
    everybody = register.everybody(moment().year)
    step = Recuse(expert.code, ground, reason, subject.applicant, everybody)
    with transaction.atomic():
        panel = take(user, subject, step, seen)
        if keep:
            uscc = subject.found.codes[1] or subject.found.codes[0] or subject.found.name
            Relation.objects.create(
                expert=expert, ground=ground, institution=uscc, panel=subject.key
            )
        if expert.user_id == user.pk:
            _tell_drawer(panel, subject, "panel_left", expert=expert.code)
    return panel


def redraw(user: User, subject: Subject, seen: int) -> Panel:
    """Fill the first free seat.

    Raises:
        RequestError: it is refused.
    """
    everybody = register.everybody(moment().year)
    return take(user, subject, Redraw(subject.applicant, everybody), seen)


def score(
    user: User,
    subject: Subject,
    expert: Expert,
    *,
    answers: Mapping[str, str],
    evaluated_on: dt.date | None,
    opinion: str,
    seen: int,
) -> Panel:
    """Keep the sheet of an expert: as themselves, or from paper where they have no user.

    What the other experts filled in meanwhile is nothing that has to be seen first.

    Raises:
        RequestError: it is refused.
    """
    if expert.user_id is not None and expert.user_id != user.pk:
        raise RequestError((fault("panel_sheet_of_user", expert=expert.code),))
    step = Evaluate(register.core_of(expert), answers, evaluated_on, subject.applicant, opinion)
    return take(user, subject, step, seen)


def seen_by(state: State, expert: str) -> int:
    """The last note that an expert must have seen: sheets of the others are none of theirs."""
    own = (
        each.seq
        for each in state.history
        if each.act != PREFIX + "score" or each.facts["expert"] == expert
    )
    return max(own, default=0)


def take(user: User, subject: Subject, step: Step, seen: int) -> Panel:
    """Record a step of a panel.

    Raises:
        RequestError: the case is not in evaluation, somebody was there before, or the step is
            refused; nothing is then written.
    """
    with transaction.atomic(), bureau.journal().writing() as held:
        subject.must_be_evaluated()
        before = state_of(held.notes(subject_of(subject.key)))
        if (whose := _whose(step)) and seen == seen_by(before, whose):
            seen = before.last
        taking = Taking(
            subject.key,
            step,
            seen,
            moment(),
            user.username,
            user.role,
            subject.found.district,
        )
        state = advance_panel(held, taking).state
        panel = keep(subject, state)
        _tell(panel, subject, before, state)
    return panel


def _whose(step: Step) -> str:
    """The expert whom a step is about alone; empty: the office takes it."""
    if isinstance(step, Evaluate):
        return step.who.id
    return step.expert if isinstance(step, Recuse) else ""


def _keep_people(subject: Subject, people: Iterable[CorePerson]) -> None:
    case = subject.found.state.case
    Person.objects.filter(case=case).delete()
    Person.objects.bulk_create(
        Person(case=case, role=each.role, name=each.name, id_number=each.id_number)
        for each in people
    )


def keep(subject: Subject, state: State) -> Panel:
    """The rows that lists read, as the notes have it now."""
    found = subject.found
    said = {
        "case": found.state.case,
        "number": subject.number,
        "name": found.name,
        "district": found.district,
        "stage": state.stage.value,
        "drawn_on": state.seats[0].drawn_on,
        "concluded_on": state.concluded_on,
        "last": state.last,
    }
    panel, _made = Panel.objects.update_or_create(key=subject.key, defaults=said)
    experts = {each.code: each for each in Expert.objects.all()}
    missing = state.result.missing if state.result else {}
    for each in state.seats:
        left = each.recused
        panel.seats.update_or_create(
            expert=experts[each.expert],
            defaults={
                "drawn_on": each.drawn_on,
                "recused_on": clock.day_of(left.at) if left else None,
                "complete": each.expert in state.sheets and each.expert not in missing,
            },
        )
    return panel


def _tell(panel: Panel, subject: Subject, before: State, state: State) -> None:
    """Tell who was drawn, and the office that a seat is free or that every sheet is there."""
    fresh = set(state.members) - set(before.members)
    users = [e.user for e in Expert.objects.filter(code__in=fresh).select_related("user") if e.user]
    name = subject.found.name
    address = reverse("evaluations:one", args=[panel.pk])
    send((each for each in users if each.is_active), "panel_drawn", address, name=name)
    if state.stage is Stage.SHORT and before.stage is not Stage.SHORT:
        there = reverse("panels:one", args=[panel.pk])
        send(holders(Right.MANAGE_PANELS, subject.found.district), "panel_short", there, name=name)
    if state.stage is Stage.SCORED and before.stage is not Stage.SCORED:
        _tell_drawer(panel, subject, "panel_scored")


def _tell_drawer(panel: Panel, subject: Subject, kind: str, **facts: object) -> None:
    from dingdian.web.accounts.models import User

    by = state_of_key(panel.key).history[0].by
    there = reverse("panels:one", args=[panel.pk])
    drawer = User.objects.filter(username=by, is_active=True)
    send(drawer, kind, there, name=subject.found.name, **facts)
