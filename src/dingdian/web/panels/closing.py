"""A panel is closed when its case leaves the evaluation another way, and opened on its return."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from dingdian.actions.advance_panel import Taking, advance_panel
from dingdian.core.panel.state import Stage, State
from dingdian.core.panel.steps import Close, Reopen
from dingdian.web import bureau
from dingdian.web.inbox.sending import send
from dingdian.web.panels import advancing, applicants
from dingdian.web.panels.models import Panel

if TYPE_CHECKING:
    from dingdian.core.lifecycle.entry import Entry
    from dingdian.web.accounts.models import User


def follow(user: User, entries: Iterable[Entry]) -> None:
    """Close or open again the panels of the cases of some entries, in the transaction of these.

    A panel that has concluded stays as it is.
    """
    last = {each.case: each for each in entries}
    rows = Panel.objects.filter(case__in=last).exclude(stage=Stage.CONCLUDED)
    for panel in rows.order_by("pk"):
        subject = applicants.of_case(panel.case)
        here = subject.is_evaluated and subject.key == panel.key
        if here == (panel.stage == Stage.CLOSED):
            its = applicants.Subject(subject.found, panel.key, panel.number)
            _take(user, its, last[panel.case], opens=here)


def _take(user: User, subject: applicants.Subject, entry: Entry, *, opens: bool) -> None:
    with bureau.journal().writing() as held:
        before = advancing.state_of_key(subject.key)
        step = Reopen(entry.seq) if opens else Close(entry.move, entry.seq)
        said = (user.username, user.role, subject.found.district)
        taking = Taking(subject.key, step, before.last, advancing.moment(), *said)
        state = advance_panel(held, taking).state
    panel = advancing.keep(subject, state)
    _tell(panel, state, "panel_reopened" if opens else "panel_closed", move=entry.move)


def _tell(panel: Panel, state: State, kind: str, **facts: str) -> None:
    """Tell who drew the panel, and everybody who sits in it and signs in."""
    from dingdian.web.accounts.models import User

    drawer = Q(username=state.history[0].by)
    seated = Q(expert__code__in=state.members)
    active = User.objects.filter(is_active=True)
    office, experts = (active.filter(each) for each in (drawer, seated & ~drawer))
    send(office, kind, reverse("panels:one", args=[panel.pk]), name=panel.name, **facts)
    send(experts, kind, reverse("evaluations:one", args=[panel.pk]), name=panel.name, **facts)
