"""Moves that wait to be confirmed: for the page of tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from dingdian.core.lifecycle.moves import Role
from dingdian.web.cases.models import Proposal, ProposalState
from dingdian.web.ledger import listing
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User


def visible(user: User) -> QuerySet[Proposal]:
    """The moves asked for in the districts of which somebody sees cases."""
    return listing.within(Proposal.objects.all(), user.districts(Right.SEE_LEDGER))


def confirmable(user: User) -> QuerySet[Proposal]:
    """The moves that are within somebody's rights to confirm; the bureau's within its own.

    What an institution reports is checked by whoever records the moves of its district.
    """
    every = Proposal.objects.all()
    mine = listing.within(every, user.districts(Right.CONFIRM_CASES))
    deciding = listing.within(mine.filter(role=Role.BUREAU), user.districts(Right.DECIDE_CASES))
    reported = every.filter(role=Role.INSTITUTION)
    checking = listing.within(reported, user.districts(Right.MOVE_CASES))
    return mine.exclude(role__in=(Role.BUREAU, Role.INSTITUTION)) | deciding | checking


def right_of(role: str) -> Right:
    """The right of whoever is told of a move that waits in the name of a role."""
    return Right.MOVE_CASES if role == Role.INSTITUTION else Right.CONFIRM_CASES


def may_confirm(user: User, proposal: Proposal) -> bool:
    """Whether a move is among those, be it waiting or not."""
    return confirmable(user).filter(pk=proposal.pk).exists()


def to_confirm(user: User) -> QuerySet[Proposal]:
    """The moves that somebody else asked for and that this person may confirm."""
    waits = confirmable(user).filter(state=ProposalState.WAITING)
    return waits.exclude(by=user.username)


def tasks(user: User) -> Iterator[tuple[str, str, dt.date | None]]:
    """What waits for somebody: title, address, and no day by which it is due."""
    if not (user.may(Right.CONFIRM_CASES) or user.may(Right.MOVE_CASES)):
        return
    n = to_confirm(user).count()
    if n:
        title = ngettext("Confirm %(n)d move of a case", "Confirm %(n)d moves of cases", n)
        yield title % {"n": n}, reverse("cases:proposals"), None
