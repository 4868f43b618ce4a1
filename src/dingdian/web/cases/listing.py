"""The list of cases: what it is filtered by, and the limit of each that comes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext

from dingdian.core.lifecycle.stages import STAGES, Phase
from dingdian.core.lifecycle.terms import Terms
from dingdian.reports.lives.words import Speech
from dingdian.web.bureau import lang
from dingdian.web.desk.waiting import due_of
from dingdian.web.ledger import listing, looking, words
from dingdian.web.ledger.models import Case, DueLine, Region
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dingdian.web.accounts.models import User

_LONGEST = 100
#: What may be chosen of a list: the phase of a life, or one of its stages.
_PHASES: Mapping[Phase, tuple[str, str]] = {
    Phase.APPLICATION: ("申请审核中", "application open"),
    Phase.AGREEMENT: ("协议期内", "under agreement"),
    Phase.PAUSE: ("中止或待评审", "suspended or under review"),
    Phase.END: ("已结束", "ended"),
}


@dataclass(frozen=True)
class Filters:
    """What the address of the list says."""

    given: Mapping[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> Filters:
        """The filters of a request; where nothing is asked for, open applications are shown."""
        names = ("phase", "stage", "kind", "district", "q")
        given = {each: request.GET.get(each, "").strip()[:_LONGEST] for each in names}
        if not request.GET.keys() - {"page"}:
            given["phase"] = str(Phase.APPLICATION)
        return cls({name: text for name, text in given.items() if text})

    def apply(self, user: User) -> QuerySet[Case]:
        """The cases that meet every filter, those moved last first."""
        rows = listing.within(Case.objects.all(), user.districts(Right.SEE_LEDGER))
        if phase := self.given.get("phase"):
            rows = rows.filter(stage__in=[s for s, row in STAGES.items() if row.phase == phase])
        for name in ("stage", "kind", "district"):
            if name in self.given:
                rows = rows.filter(**{name: self.given[name]})
        if text := self.given.get("q"):
            found = Q(name__icontains=text) | Q(case__istartswith=text)
            rows = rows.filter(found | Q(institution__istartswith=text) | Q(uscc__iexact=text))
        return rows.order_by("-last_seq")

    def offered(self, user: User) -> list[dict[str, Any]]:
        """The fields that the form of filters shows."""
        districts = listing.districts_of(user)
        phases = [(str(each), words.pick(*said)) for each, said in _PHASES.items()]
        stages = [(str(each), words.stage(each)) for each in STAGES]
        named = [(each.code, each.name) for each in districts]
        return [
            self._field("phase", pgettext("cases", "Part of a life"), phases),
            self._field("stage", pgettext("cases", "Stage"), stages),
            self._field("kind", words.title("institutions", "kind"), words.terms_of("kind")),
            self._field("district", pgettext("cases", "District"), named),
        ]

    def _field(self, name: str, title: str, options: list[tuple[str, str]]) -> dict[str, Any]:
        value = self.given.get(name, "")
        return {"name": name, "title": title, "options": options, "value": value}


@dataclass(frozen=True, slots=True)
class Line:
    """A case of the list, in words; ``limit`` is the one that comes first, if any is due."""

    row: Case
    stage: str
    tone: str
    kind: str
    district: str
    limit: looking.Limit | None


def rows(page: Iterable[Case], terms: Terms, day: dt.date) -> Iterator[Line]:
    """The cases of a page with their first limits, in three queries however many they are."""
    cases = list(page)
    first: dict[str, DueLine] = {}
    for due in DueLine.objects.filter(case__in=[each.case for each in cases]):
        first.setdefault(due.case, due)
    names = dict(Region.objects.values_list("code", "name"))
    speech = Speech(lang(), terms, day)
    for each in cases:
        due = first.get(each.case)
        yield Line(
            each,
            words.stage(each.stage),
            words.tone(each.stage),
            words.term("kind", each.kind),
            names.get(each.district, "—"),
            looking.limit(due_of(due), day, speech) if due else None,
        )


def open_to(user: User, names: Iterable[str]) -> list[str]:
    """Those of some cases that somebody may open."""
    rows = Case.objects.filter(case__in=list(names))
    seen = listing.within(rows, user.districts(Right.SEE_LEDGER))
    return list(seen.values_list("case", flat=True))
