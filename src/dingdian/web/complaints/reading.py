"""Complaints as pages, tasks and editions show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dingdian.core.supervision.complaints import STATUSES, Status, Term, term_of
from dingdian.reports.lists import Head, list_workbook
from dingdian.web import bureau, clock
from dingdian.web.bureau import lang
from dingdian.web.complaints.models import Complaint
from dingdian.web.ledger import listing
from dingdian.web.ledger.models import Institution, Region
from dingdian.web.public.published import Reply
from dingdian.web.public.receipts import digest
from dingdian.web.public.spoken import Kind
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dingdian.web.accounts.models import User

#: Stages in which something is still to be done.
OPEN = tuple(str(each) for each, row in STATUSES.items() if row.reading)
#: A filter that leaves every stage.
EVERY = "every"
_LONGEST = 100
_TONES = {Status.RECEIVED: "warn", Status.ANSWERED: "good"}


def visible(user: User) -> QuerySet[Complaint]:
    """The complaints of the districts in which somebody handles them."""
    return listing.within(Complaint.objects.all(), user.districts(Right.HANDLE_COMPLAINTS))


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list says; ``status`` is empty: those that are open."""

    status: str = ""
    mine: bool = False
    text: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Filters:
        """The filters of a request."""
        status, text = request.GET.get("status", ""), request.GET.get("q", "").strip()
        known = status if status in {*Status, EVERY} else ""
        return cls(known, request.GET.get("mine") == "yes", text[:_LONGEST])

    def apply(self, user: User) -> QuerySet[Complaint]:
        """The complaints that somebody handles and that meet every filter."""
        found = visible(user)
        if self.status != EVERY:
            found = found.filter(status__in=(self.status,) if self.status else OPEN)
        if self.mine:
            found = found.filter(handler__in=("", user.username))
        return search(found, self.text) if self.text else found

    def said(self) -> str:
        """The filters as one text for the journal."""
        given = {"status": self.status, "mine": "yes" if self.mine else "", "q": self.text}
        return "&".join(f"{name}={value}" for name, value in given.items() if value)


@dataclass(frozen=True, slots=True)
class Line:
    """A complaint in words, with the last day for what is due and the days left."""

    row: Complaint
    institution: str
    district: str
    status: str
    tone: str
    term: Term
    days: int | None


def lines(rows: Iterable[Complaint]) -> Iterator[Line]:
    """Complaints in words; names and terms are read once for all of them."""
    rows, today = list(rows), clock.today()
    codes = {each.institution for each in rows if each.institution}
    names = dict(Institution.objects.filter(code__in=codes).values_list("code", "name"))
    regions = dict(Region.objects.filter(level="county").values_list("code", "name"))
    for each in rows:
        status, term = Status(each.status), due(each)
        yield Line(
            each,
            names.get(each.institution, each.told or each.institution),
            regions.get(each.district, ""),
            STATUSES[status].name.say(lang()),
            _TONES.get(status, "info"),
            term,
            (term.day - today).days if term.day else None,
        )


def workbook(rows: Iterable[Complaint], day: dt.date) -> bytes:
    """Complaints as a workbook: no name, no contact, and nothing of what people wrote."""
    heads = (
        Head(pgettext("complaint", "Receipt"), "", 20),
        Head(pgettext("complaint", "District"), "", 12),
        Head(pgettext("complaint", "Institution code"), "fixmedins_code", 16),
        Head(pgettext("complaint", "Institution"), "", 28),
        Head(pgettext("complaint", "How it came"), "", 16),
        Head(_("Received on"), "", 12),
        Head(pgettext("complaint", "Standing"), "", 12),
        Head(pgettext("complaint", "Since"), "", 12),
        Head(pgettext("complaint", "Last day"), "", 12),
        Head(pgettext("complaint", "Handled by"), "", 14),
        Head(pgettext("complaint", "What was found"), "", 14),
        Head(pgettext("complaint", "Case that followed"), "", 20),
        Head(pgettext("complaint", "Entry"), "", 8),
        Head(_("Assessed year"), "", 8),
    )
    cells = (
        (
            each.row.receipt,
            each.district,
            each.row.institution,
            each.institution,
            str(each.row.get_source_display()),
            each.row.received_on,
            each.status,
            each.row.since,
            each.term.day,
            each.row.handler,
            str(each.row.get_outcome_display()),
            each.row.case,
            each.row.entry,
            each.row.year,
        )
        for each in lines(rows)
    )
    return list_workbook(_("Complaints and findings"), heads, cells, fields=False, day=day)


def due(each: Complaint) -> Term:
    """The last day for what is due, by the readings of the day on which it was received."""
    terms = bureau.desk().terms
    policy = terms.policy(each.received_on)
    return term_of(Status(each.status), each.received_on, policy, terms.calendar)


def search(rows: QuerySet[Complaint], text: str) -> QuerySet[Complaint]:
    """Those with a text in the name or code of the institution."""
    codes = Institution.objects.filter(name__icontains=text).values("code")
    return rows.filter(
        Q(told__icontains=text) | Q(institution__istartswith=text) | Q(institution__in=codes)
    )


def tasks(user: User) -> Iterator[tuple[str, str, dt.date | None]]:
    """Complaints to be accepted or not, and those that somebody handles or nobody does yet."""
    if not user.may(Right.HANDLE_COMPLAINTS):
        return
    waiting = list(visible(user).filter(status__in=OPEN))
    address = reverse("complaints:list")
    fresh = [each for each in waiting if each.status == Status.RECEIVED]
    mine = [
        each
        for each in waiting
        if each.status != Status.RECEIVED and each.handler in ("", user.username)
    ]
    if fresh:
        title = ngettext(
            "Accept %(n)d complaint or not", "Accept %(n)d complaints or not", len(fresh)
        )
        yield title % {"n": len(fresh)}, f"{address}?status=received", _first(fresh)
    if mine:
        title = ngettext("Answer %(n)d complaint", "Answer %(n)d complaints", len(mine))
        yield title % {"n": len(mine)}, f"{address}?mine=yes", _first(mine)


def _first(rows: Iterable[Complaint]) -> dt.date | None:
    """The first of their last days."""
    return min((day for each in rows if (day := due(each).day)), default=None)


def replies() -> Iterator[Reply]:
    """Where each complaint of the public site stands: nothing of whom it is about, or from."""
    for each in Complaint.objects.filter(source="site"):
        answer = each.answer if each.status not in OPEN else ""
        yield Reply(digest(each.receipt), Kind.COMPLAINT, each.status, each.since, answer)
