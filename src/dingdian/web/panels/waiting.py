"""What waits for an evaluator, and for whoever draws and concludes: for the page of tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dingdian.core.panel.state import OVER, Stage
from dingdian.web.ledger import listing
from dingdian.web.panels import showing
from dingdian.web.panels.models import Panel, Seat
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User


def tasks(user: User) -> Iterator[tuple[str, str, dt.date | None]]:
    """What waits for somebody: title, address, the last day where there is one."""
    if user.may(Right.EVALUATE):
        yield from _sheets(user)
    if user.may(Right.MANAGE_PANELS):
        yield from _of_office(user)


def _sheets(user: User) -> Iterator[tuple[str, str, dt.date | None]]:
    """The cases drawn for a user whose sheet is not complete, while they are in evaluation."""
    open_ones = Seat.objects.filter(expert__user=user, recused_on=None, complete=False).exclude(
        panel__stage__in=OVER
    )
    seats = list(open_ones.select_related("panel"))
    last = showing.last_days([each.panel.case for each in seats])
    for each in seats:
        title = _("Evaluate: %(name)s") % {"name": each.panel.name}
        yield title, reverse("evaluations:one", args=[each.panel.pk]), last.get(each.panel.case)


def _of_office(user: User) -> Iterator[tuple[str, str, dt.date | None]]:
    from dingdian.web.panels.views import without_panel

    districts, address = user.districts(Right.MANAGE_PANELS), reverse("panels:list")
    if n := len(without_panel(districts)):
        title = ngettext(
            "Draw experts for %(n)d case in evaluation",
            "Draw experts for %(n)d cases in evaluation",
            n,
        )
        yield title % {"n": n}, address, None
    scored = listing.within(Panel.objects.filter(stage=Stage.SCORED.value), districts)
    if n := scored.count():
        title = ngettext(
            "Conclude the evaluation of %(n)d case", "Conclude the evaluation of %(n)d cases", n
        )
        yield title % {"n": n}, address, None
