"""Letters as pages show them: the register with its filters, and what may be made of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from dingdian.core.lifecycle.letters import WAYS, Way
from dingdian.reports.notices.kinds import NAMES
from dingdian.web.bureau import lang
from dingdian.web.ledger import listing
from dingdian.web.letters.making import RIGHTS, annulled, kinds, right_for
from dingdian.web.letters.models import Letter
from dingdian.web.rights import Right

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest

    from dingdian.web.accounts.models import User
    from dingdian.web.cases.finding import Found

_LONGEST = 100
TO_SERVE, MINE = "to_serve", "mine"
#: What may be chosen of the register: by where a letter stands.
STANDINGS: Mapping[str, tuple[Promise, Q]] = MappingProxyType(
    {
        MINE: (_("to be served by my office"), Q(void_at=None, served_on=None)),
        TO_SERVE: (_("to be served"), Q(void_at=None, served_on=None)),
        "served": (pgettext_lazy("letter", "served"), Q(void_at=None, served_on__isnull=False)),
        "void": (pgettext_lazy("letter", "void"), Q(void_at__isnull=False)),
    }
)


def kind_words(kind: str) -> str:
    """A kind of letter in words."""
    said = NAMES[kind].say(lang())
    return said[:1].upper() + said[1:]


def of_office(user: User) -> Q:
    """The letters that a user serves: of the offices and in the districts of their rights."""
    found = Q(pk__in=())
    for office, right in RIGHTS.items():
        districts = user.districts(right)
        held = Q(office=office)
        found |= held if districts is None else held & Q(district__in=districts)
    return found


def way_words(way: str) -> str:
    """A way of service in words; — where it was not served."""
    return WAYS[Way(way)].say(lang()) if way else "—"


@dataclass(frozen=True)
class Filters:
    """What the address of the register says; without anything: what one's office is to serve.

    Who serves none sees what is to be served by anybody.
    """

    given: Mapping[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> Filters:
        """The filters of a request."""
        names = ("standing", "kind", "district", "q")
        given = {each: request.GET.get(each, "").strip()[:_LONGEST] for each in names}
        if not request.GET.keys() - {"page"}:
            serves = any(request.user.may(each) for each in RIGHTS.values())
            given["standing"] = MINE if serves else TO_SERVE
        return cls({name: text for name, text in given.items() if text})

    def apply(self, user: User) -> QuerySet[Letter]:
        """The letters that meet every filter, the newest first."""
        rows = listing.within(Letter.objects.all(), user.districts(Right.SEE_LEDGER))
        if (standing := self.given.get("standing", "")) in STANDINGS:
            rows = rows.filter(STANDINGS[standing][1])
            if standing == MINE:
                rows = rows.filter(of_office(user))
        for name in ("kind", "district"):
            if name in self.given:
                rows = rows.filter(**{name: self.given[name]})
        if text := self.given.get("q"):
            found = Q(name__icontains=text) | Q(number__icontains=text)
            rows = rows.filter(found | Q(case__istartswith=text))
        return rows

    def offered(self, user: User) -> list[dict[str, Any]]:
        """The fields that the form of filters shows."""
        standings = [(id, str(words)) for id, (words, _q) in STANDINGS.items()]
        named = [(each.code, each.name) for each in listing.districts_of(user)]
        every = [(each, kind_words(each)) for each in NAMES]
        return [
            self._field("standing", pgettext("letter", "Standing"), standings),
            self._field("kind", pgettext("letter", "Letter"), every),
            self._field("district", pgettext("letter", "District"), named),
        ]

    def _field(self, name: str, title: str, options: list[tuple[str, str]]) -> dict[str, Any]:
        value = self.given.get(name, "")
        return {"name": name, "title": title, "options": options, "value": value}


@dataclass(frozen=True, slots=True)
class Offered:
    """A letter of an entry: that which was made, else the address at which it may be made."""

    words: str
    letter: Letter | None
    address: str


def of_case(user: User, found: Found) -> Mapping[int, list[Offered]]:
    """The letters of a case by the number of their entry: those made, and those to be made."""
    made: dict[tuple[int, str], list[Letter]] = {}
    for each in Letter.objects.filter(case=found.state.case).order_by("id"):
        made.setdefault((each.entry, each.kind), []).append(each)
    gone = annulled(found.entries)
    offered: dict[int, list[Offered]] = {}
    for entry in found.entries:
        may = user.may(right_for(entry), found.district) and entry.seq not in gone
        for kind in kinds(entry):
            words, letters = kind_words(kind), made.get((entry.seq, kind), [])
            shown = [Offered(words, e, reverse("letters:one", args=[e.pk])) for e in letters]
            if may and all(each.void_at for each in letters):
                at = reverse("letters:make", args=[found.state.case, entry.seq, kind])
                shown.append(Offered(words, None, at))
            if shown:
                offered[entry.seq] = shown
    return offered


Task = tuple[str, str, "dt.date | None"]


def tasks(user: User) -> Iterator[Task]:
    """Letters that were made and wait to be served, for who serves them."""
    waiting = Letter.objects.filter(STANDINGS[MINE][1])
    n = waiting.filter(of_office(user)).count()
    if n:
        title = ngettext("%(n)d letter to be served", "%(n)d letters to be served", n)
        yield title % {"n": n}, f"{reverse('letters:list')}?standing={MINE}", None
