"""Which rounds somebody finds, and who may do something with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from dingdian.web.jobs.models import Job
from dingdian.web.rights import Right
from dingdian.web.rounds.models import Round

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User


def seen(user: User, pk: int) -> Round:
    """A round with an applicant of one's districts.

    Raises:
        Http404: there is none.
    """
    found: Round = get_object_or_404(
        Round.objects.visible_to(user).select_related("version__plan"), pk=pk
    )
    return found


def decided(user: User, pk: int) -> Round:
    """A round that has a decision, with an applicant of one's districts.

    Raises:
        Http404: there is none.
    """
    found = seen(user, pk)
    if not found.has_decision:
        raise Http404
    return found


def may(user: User, row: Round, right: Right) -> bool:
    """Whether somebody has a right in all that a round is about.

    Of one whose districts are not known yet it is that of whoever uploaded it.
    """
    if row.districts:
        return row.within(user, right)
    mine = row.by == user.username or user.districts(right) is None
    return mine and user.may(right)


def moving(user: User, pk: int) -> Round:
    """A round that one may decide, discard or enter.

    Raises:
        Http404: there is none.
        PermissionDenied: it is also about other districts.
    """
    row = seen(user, pk)
    if not may(user, row, Right.MOVE_CASES):
        raise PermissionDenied
    return row


def whole(user: User, row: Round) -> bool:
    """Whether somebody sees all of a round: its files tell of every applicant."""
    return may(user, row, Right.SEE_LEDGER)


def last_job(row: Round, kind: str) -> Job | None:
    """The long work of a kind that was asked for last."""
    return Job.objects.filter(about=row.subject, kind=kind).order_by("-pk").first()


def going_on(job: Job | None) -> Job | None:
    """Work that is to be shown: it goes on, or it failed."""
    return job if job is not None and (job.open or job.state != "done") else None
