"""Objections as pages, tasks and editions show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from dingdian.web import clock
from dingdian.web.ledger import listing
from dingdian.web.objections.models import Objection
from dingdian.web.public.published import Reply
from dingdian.web.public.receipts import digest
from dingdian.web.public.spoken import Kind
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User


def visible(user: User, right: Right = Right.SEE_LEDGER) -> QuerySet[Objection]:
    """The objections of the districts in which somebody has a right."""
    return listing.within(Objection.objects.all(), user.districts(right))


def tasks(user: User) -> Iterator[tuple[str, str, dt.date | None]]:
    """Objections that are not recorded, or not answered, for who records moves."""
    if not user.may(Right.MOVE_CASES):
        return
    waiting = visible(user, Right.MOVE_CASES).filter(outcome="")
    fresh = waiting.filter(entry=None)
    if n := fresh.count():
        title = ngettext("Look at %(n)d objection", "Look at %(n)d objections", n)
        first = fresh.exclude(through=None).order_by("through").first()
        yield title % {"n": n}, reverse("objections:list"), first.through if first else None
    if n := waiting.exclude(entry=None).count():
        title = ngettext("Answer %(n)d objection", "Answer %(n)d objections", n)
        yield title % {"n": n}, reverse("objections:list"), None


def replies() -> Iterator[Reply]:
    """Where each objection stands, by the digest of its receipt: nothing of who made it."""
    for each in Objection.objects.all():
        status, moment = "received", each.taken_at
        if each.outcome and each.answered_at:
            status, moment = each.outcome, each.answered_at
        elif each.entry is not None:
            status = "review"
        day = clock.day_of(moment)
        yield Reply(digest(each.receipt), Kind.OBJECTION, status, day, each.answer)
