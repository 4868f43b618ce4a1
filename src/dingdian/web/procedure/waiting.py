"""What of the plans' way waits for somebody: for the page of tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from dingdian.core.dossier.stages import ENDED, Stage
from dingdian.core.dossier.state import State, possible
from dingdian.core.dossier.steps import MAY_BE_LEFT, STEPS
from dingdian.core.dossier.terms import Terms
from dingdian.web import bureau, clock
from dingdian.web.plans.models import Plan
from dingdian.web.procedure import dossiers
from dingdian.web.procedure.advancing import theirs

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

Task = tuple[str, str, dt.date | None]
#: Steps that are taken when somebody wants to, and wait for nobody.
OPTIONAL = frozenset({"abandon", "cease", "change_version", "extend_consultation", "open_review"})


def tasks(user: User) -> list[Task]:
    """What waits for somebody: title, address, and the day by which it is due, if there is one."""
    if not dossiers.offices_of(user):
        return []
    open_comments = Count("consultations__comments", filter=Q(consultations__comments__outcome=""))
    plans = list(
        Plan.objects.exclude(stage__in=[each.value for each in ENDED])
        .annotate(unanswered=open_comments)
        .order_by("pk")
    )
    known, terms = dossiers.states(plans), dossiers.terms()
    found = [task for plan in plans for task in _of(plan, user, known[plan.pk], terms)]
    return sorted(found, key=lambda each: (each[2] is None, each[2] or dt.date.max, each[0]))


def _of(plan: Plan, user: User, state: State, terms: Terms) -> Iterator[Task]:
    lang = bureau.lang()
    if state.stage is Stage.DRAFTING and not plan.versions.exists():
        return
    for step in (*possible(state), *_amendment(state)):
        if not theirs(plan, user, step, state):
            continue
        due = due_day(step, state, terms)
        if step in MAY_BE_LEFT[state.kind]:
            continue
        if step in OPTIONAL and not (step == "open_review" and due and due <= clock.today()):
            continue
        if step == "close_consultation" and due and due > clock.today():
            continue
        words = STEPS[step].name.say(lang)
        address = reverse("procedure:plan", args=[plan.pk])
        yield f"{plan.title} · {words}", address, due
    if plan.unanswered and theirs(plan, user, "answer_comments", state):
        title = ngettext(
            "%(plan)s: answer %(n)d comment", "%(plan)s: answer %(n)d comments", plan.unanswered
        )
        title %= {"plan": plan.title, "n": plan.unanswered}
        yield title, reverse("procedure:comments", args=[plan.pk]), None


def _amendment(state: State) -> tuple[str, ...]:
    begun = "begin_amendment" in state.valid
    return ("begin_amendment",) if state.stage is Stage.TO_AMEND and not begun else ()


def due_day(step: str, state: State, terms: Terms) -> dt.date | None:
    """The day by which a step is due, where one can be said."""
    if step == "close_consultation" and state.through:
        return state.through + dt.timedelta(1)
    issue = state.valid.get("issue")
    if step == "file" and issue and (issued := issue.day("issued_on")):
        within = terms.filing_days
        return None if within is None else issued + dt.timedelta(within)
    if step == "cease" and issue:
        return issue.day("valid_through")
    if step == "open_review" and issue:
        last = state.valid.get("open_review")
        begun = (last.day("span_through") if last else None) or issue.day("since")
        years = terms.review_years
        return _years_on(begun, years) if begun and years is not None else None
    return None


def _years_on(day: dt.date, years: int) -> dt.date:
    """The same day some years on; of 29 February the day before where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
