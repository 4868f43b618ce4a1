"""Leave: a colleague has one's roles for some days; each deed with its note in the journal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from dingdian.core.errors import RequestError, fault
from dingdian.web import clock
from dingdian.web.accounts.models import Leave, User
from dingdian.web.bureau import note
from dingdian.web.inbox.sending import send
from dingdian.web.rights import ALONE, clash

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: A leave is no longer than so many days: a longer absence is a matter of granting roles.
LONGEST = 92


def deputies(user: User) -> QuerySet[User]:
    """Who may stand in for somebody: whoever is in use and has a role that may stand beside."""
    found = User.objects.filter(is_active=True, grants__isnull=False).exclude(pk=user.pk)
    return found.exclude(grants__role__in=[str(each) for each in ALONE]).distinct()


@transaction.atomic
def begin(user: User, deputy: User, since: dt.date, through: dt.date) -> Leave:
    """Let a deputy have one's roles for some days, both counted.

    Raises:
        RequestError: one of both is an administrator or an institution, their roles clash, or a
            leave of these days stands already.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if any(each.role in ALONE for each in (*user.own, *deputy.own)):
        raise RequestError((fault("leave_of_admin"),))
    if clash(each.role for each in (*user.own, *deputy.own)):
        raise RequestError((fault("leave_clash", name=deputy.name),))
    days = {"since__lte": through, "through__gte": since}
    for other in user.leaves.filter(ended_on=None, **days):
        given = {"since": other.since, "through": other.through}
        raise RequestError((fault("leave_overlaps", **given),))
    made = Leave.objects.create(user=user, deputy=deputy, since=since, through=through)
    about = f"user:{user.username}"
    note(user, about, "leave.begin", name=deputy.username, since=since, through=through)
    said = {"name": user.name, "since": since, "through": through}
    send([deputy], "deputy", reverse("accounts:leave"), **said)
    return made


@transaction.atomic
def end(by: User, leave: Leave) -> None:
    """End a leave before its last day: the deputy has the roles no longer."""
    open_now = Leave.objects.filter(pk=leave.pk, ended_on=None)
    if open_now.update(ended_on=clock.today()):
        note(by, f"user:{leave.user.username}", "leave.end", name=leave.deputy.username)
