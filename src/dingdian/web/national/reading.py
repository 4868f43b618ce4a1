"""Changes of the platform as pages and workbooks show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dingdian.core.lifecycle.platform import ITEMS
from dingdian.reports.lists import Head, list_workbook
from dingdian.web import bureau, clock
from dingdian.web.ledger import listing, words
from dingdian.web.ledger.models import Region
from dingdian.web.national.gathering import gather
from dingdian.web.national.models import Change, Standing
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dingdian.web.accounts.models import User

_LONGEST = 100


@dataclass(frozen=True)
class Filters:
    """What the address of the list says; without anything: what is to be made."""

    given: Mapping[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> Filters:
        """The filters of a request."""
        names = ("standing", "district", "q")
        given = {each: request.GET.get(each, "").strip()[:_LONGEST] for each in names}
        if not request.GET.keys() - {"page"}:
            given["standing"] = str(Standing.OPEN)
        return cls({name: text for name, text in given.items() if text})

    def apply(self, user: User, right: Right = Right.SEE_LEDGER) -> QuerySet[Change]:
        """The changes that meet every filter, those that wait longest first."""
        rows = listing.within(Change.objects.all(), user.districts(right))
        for name in ("standing", "district"):
            if name in self.given:
                rows = rows.filter(**{name: self.given[name]})
        if text := self.given.get("q"):
            found = Q(name__icontains=text) | Q(case__istartswith=text)
            rows = rows.filter(found | Q(institution__istartswith=text))
        return rows

    def offered(self, user: User) -> list[dict[str, Any]]:
        """The fields that the form of filters shows."""
        named = [(each.code, each.name) for each in listing.districts_of(user)]
        standings = [(id, str(words)) for id, words in Standing.choices]
        return [
            self._field("standing", pgettext("platform", "Standing"), standings),
            self._field("district", pgettext("platform", "District"), named),
        ]

    def _field(self, name: str, title: str, options: list[tuple[str, str]]) -> dict[str, Any]:
        value = self.given.get(name, "")
        return {"name": name, "title": title, "options": options, "value": value}

    def said(self) -> str:
        """The filters as one text for the journal."""
        return "&".join(f"{name}={value}" for name, value in self.given.items())


@dataclass(frozen=True, slots=True)
class Line:
    """A change in words; ``field`` is how the national platform calls the item, empty: unknown."""

    row: Change
    item: str
    field: str
    old: str
    new: str
    district: str


def lines(changes: Iterable[Change]) -> Iterator[Line]:
    """Changes in words."""
    names = dict(Region.objects.values_list("code", "name"))
    for each in changes:
        item = ITEMS[each.item]
        said = item.name.say(bureau.lang())
        yield Line(
            each,
            said[:1].upper() + said[1:],
            _field(item.column),
            value(each.item, each.old),
            value(each.item, each.new),
            names.get(each.district, "—"),
        )


def _field(column: str) -> str:
    """The name of a column on the platform; empty where it is not known."""
    name = words.national("institutions", column) if column else ""
    return name if name != column or column == "uscc" else ""


def value(item: str, text: str) -> str:
    """A value of an item in words; — where there is none."""
    if not text:
        return "—"
    if item == "standing":
        return words.term("standing", text)
    return words.fact(ITEMS[item].fact or item, text, bureau.desk().terms, clock.today())


def workbook(changes: Iterable[Change], day: dt.date) -> bytes:
    """The changes as a workbook, to be worked off beside the platform."""
    heads = (
        Head(pgettext("platform", "District"), "", 12),
        Head(pgettext("platform", "Institution code"), "fixmedins_code", 16),
        Head(pgettext("platform", "Name"), "fixmedins_name", 28),
        Head(pgettext("platform", "Case"), "", 20),
        Head(pgettext("platform", "Item"), "", 16),
        Head(_("Field of the platform"), "", 18),
        Head(pgettext("platform", "Old value"), "", 28),
        Head(pgettext("platform", "New value"), "", 28),
        Head(pgettext("platform", "Held on"), "", 12),
        Head(pgettext("platform", "Standing"), "", 10),
        Head(pgettext("platform", "Made on"), "", 12),
        Head(_("Reference"), "", 18),
    )
    rows = (
        (
            each.district,
            each.row.institution,
            each.row.name,
            each.row.case,
            each.item,
            each.field,
            each.old,
            each.new,
            each.row.held_on,
            str(Standing(each.row.standing).label),
            each.row.made_on,
            each.row.reference,
        )
        for each in lines(changes)
    )
    return list_workbook(_("National platform"), heads, rows, fields=False, day=day)


Task = tuple[str, str, "dt.date | None"]


def tasks(user: User) -> Iterator[Task]:
    """What is to be made on the platform, for who makes it."""
    districts = user.districts(Right.MOVE_CASES)
    if districts is not None and not districts:
        return
    gather()
    n = listing.within(Change.objects.filter(standing=Standing.OPEN), districts).count()
    if n:
        title = ngettext(
            "%(n)d change to be made on the national platform",
            "%(n)d changes to be made on the national platform",
            n,
        )
        yield title % {"n": n}, reverse("national:list"), None
