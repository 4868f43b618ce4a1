"""Rounds that wait to be confirmed: for the page of tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from dingdian.web.rights import Right
from dingdian.web.rounds import entering
from dingdian.web.rounds.models import Round, State

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User


def tasks(user: User) -> Iterator[tuple[str, str, dt.date | None]]:
    """Rounds whose entries somebody may confirm: title, address, and no day by which it is due."""
    if not user.may(Right.CONFIRM_CASES):
        return
    for row in Round.objects.filter(state=State.ASKED).defer("manifest"):
        if entering.may_confirm(user, row):
            title = _("Confirm the entries of the round %(name)s") % {"name": row}
            yield title, reverse("rounds:one", args=[row.pk]), None
