"""The list of results: what it is filtered by, and in which order it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dingdian.reports.assessment.speech import AssessmentWords
from dingdian.reports.words import assessment as own
from dingdian.web.assessments.models import Result

if TYPE_CHECKING:
    from django.http import HttpRequest

#: What a list may stand in the order of -> its heading, and whether it is a number.
SORTS: Mapping[str, tuple[Promise, bool]] = {
    "code": (pgettext_lazy("assessment", "Institution"), False),
    "district": (pgettext_lazy("assessment", "District"), False),
    "points": (pgettext_lazy("assessment", "Score"), True),
    "grade": (pgettext_lazy("assessment", "Grade"), False),
    "bottom": (pgettext_lazy("assessment", "Bottom of its group"), False),
    "rank": (gettext_lazy("From the last"), True),
    "margin": (gettext_lazy("Points to the limit"), True),
    "votes": (gettext_lazy("One-vote findings"), False),
    "renewal": (pgettext_lazy("assessment", "Renewal"), False),
}
_FILTERS = ("side", "district", "grade", "bottom", "votes", "renewal", "q")
_LONGEST = 100


@dataclass(frozen=True)
class Filters:
    """What the address of a list of results says."""

    given: Mapping[str, str]
    sort: str

    @classmethod
    def of(cls, request: HttpRequest) -> Filters:
        """The filters of a request."""
        given = {each: request.GET.get(each, "").strip()[:_LONGEST] for each in _FILTERS}
        sort = request.GET.get("sort", "")
        known = sort if sort.removeprefix("-") in SORTS else "points"
        return cls({name: text for name, text in given.items() if text}, known)

    def apply(self, rows: QuerySet[Result]) -> QuerySet[Result]:
        """The results that meet every filter, in order; what is not known comes last."""
        for name in ("side", "district", "grade", "bottom", "renewal"):
            if name in self.given:
                rows = rows.filter(**{name: self.given[name]})
        if "votes" in self.given:
            rows = rows.filter(votes__gt=0)
        if text := self.given.get("q"):
            rows = rows.filter(Q(name__icontains=text) | Q(code__istartswith=text))
        name = F(self.sort.removeprefix("-"))
        order = name.desc(nulls_last=True) if self.sort[0] == "-" else name.asc(nulls_last=True)
        return rows.order_by(order, "code")

    def heads(self) -> Iterator[tuple[Promise, bool, str, str]]:
        """Each heading, whether it is a number, its ``aria-sort``, and the order it asks for."""
        for name, (title, number) in SORTS.items():
            now = {name: "ascending", f"-{name}": "descending"}.get(self.sort, "")
            yield title, number, now, f"-{name}" if now == "ascending" else name

    def said(self) -> str:
        """The filters as one text for the journal."""
        return "&".join(f"{name}={value}" for name, value in sorted(self.given.items()))

    def offered(
        self, words: AssessmentWords, districts: list[tuple[str, str]]
    ) -> Iterator[dict[str, Any]]:
        """The fields that a form of filters shows."""
        sheets = words.record.sheets
        grades = {g: words.name(n) for sheet in sheets.values() for g, n in sheet.grades.items()}
        sides = [(side, words.side(side)) for side in sheets]
        bottoms = [(name, text.say(words.lang)) for name, text in own.BOTTOMS.items()]
        renewals = [(name, text.say(words.lang)) for name, text in own.RENEWALS.items()]
        yield self._field("side", _("Side"), sides)
        yield self._field("district", str(SORTS["district"][0]), districts)
        yield self._field("grade", str(SORTS["grade"][0]), list(grades.items()))
        yield self._field("bottom", str(SORTS["bottom"][0]), bottoms)
        yield self._field("votes", str(SORTS["votes"][0]), [("yes", _("with findings"))])
        yield self._field("renewal", str(SORTS["renewal"][0]), renewals)

    def _field(self, name: str, title: str, options: list[tuple[str, str]]) -> dict[str, Any]:
        return {
            "name": name,
            "title": title,
            "options": options,
            "value": self.given.get(name, ""),
        }
