"""The list of institutions: what it is filtered by, and in which order it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import pgettext

from dingdian.core.lifecycle.stages import STAGES
from dingdian.web.ledger import words
from dingdian.web.ledger.columns import COLUMNS, Column, chosen
from dingdian.web.ledger.models import Institution, Region
from dingdian.web.rights import Districts, Right

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dingdian.web.accounts.models import User

#: Filter -> the choice of the vocabulary whose words it offers.
CHOICES = {
    "kind": "kind",
    "level": "level",
    "ownership": "ownership",
    "standing": "standing",
    "service": "service",
}
#: Filter that asks for what is not known.
UNKNOWN = "-"
#: Where the chosen columns are remembered.
REMEMBERED = "ledger_columns"
_LONGEST = 100


def visible(user: User, right: Right = Right.SEE_LEDGER) -> QuerySet[Institution]:
    """The institutions of the districts in which a right of the user holds."""
    return within(Institution.objects.all(), user.districts(right))


def within(rows: QuerySet[Any], districts: Districts) -> QuerySet[Any]:
    """The rows of some districts."""
    return rows if districts is None else rows.filter(district__in=districts)


def districts_of(user: User, right: Right = Right.SEE_LEDGER) -> list[Region]:
    """The districts in which a right of the user holds, in the order of the ledger."""
    return list(within(Region.objects.filter(level="county"), user.districts(right)))


@dataclass(frozen=True)
class Filters:
    """What the address of a list says."""

    given: Mapping[str, str]
    columns: tuple[Column, ...]
    sort: str

    @classmethod
    def of(cls, request: HttpRequest) -> Filters:
        """The filters of a request; columns that it names are remembered for the next time."""
        names = request.GET.getlist("columns")
        if names:
            request.session[REMEMBERED] = [each for each in names if each in COLUMNS]
        else:
            names = request.session.get(REMEMBERED, [])
        wanted = (*CHOICES, "district", "designated", "stage", "q")
        given = {each: request.GET.get(each, "").strip()[:_LONGEST] for each in wanted}
        sort = request.GET.get("sort", "")
        known = sort if sort.removeprefix("-") in COLUMNS else "code"
        return cls({name: text for name, text in given.items() if text}, chosen(names), known)

    def apply(self, rows: QuerySet[Institution]) -> QuerySet[Institution]:
        """The rows that meet every filter, in order."""
        for name in ("kind", "level", "ownership", "standing", "stage", "district"):
            if name in self.given:
                value = self.given[name]
                rows = rows.filter(**{name: "" if value == UNKNOWN else value})
        if "service" in self.given:
            rows = rows.filter(services__contains=f" {self.given['service']} ")
        if "designated" in self.given:
            rows = rows.filter(designated=self.given["designated"] == "yes")
        if text := self.given.get("q"):
            found = Q(name__icontains=text) | Q(code__istartswith=text) | Q(uscc__iexact=text)
            rows = rows.filter(found | Q(address__icontains=text))
        name = self.sort.removeprefix("-")
        by = F(name).desc(nulls_last=True) if self.sort[0] == "-" else F(name).asc(nulls_last=True)
        return rows.order_by(by, "code")

    @cached_property
    def heads(self) -> list[tuple[Column, str, str]]:
        """Each column with its ``aria-sort``, and the order that its heading asks for."""
        found = []
        for each in self.columns:
            now = {each.name: "ascending", f"-{each.name}": "descending"}.get(self.sort, "")
            found.append((each, now, f"-{each.name}" if now == "ascending" else each.name))
        return found

    def said(self) -> str:
        """The filters as one text for the journal."""
        return "&".join(f"{name}={value}" for name, value in sorted(self.given.items()))

    def offered(self, districts: list[Region]) -> Iterator[dict[str, Any]]:
        """The fields that a form of filters shows."""
        yield self._field("kind", words.title("institutions", "kind"))
        yield self._field("level", words.title("institutions", "level"), unknown=True)
        yield self._field("standing", words.title("institutions", "standing"))
        named = [(each.code, each.name) for each in districts]
        yield self._given("district", pgettext("ledger", "District"), named)
        yield self._field("service", pgettext("ledger", "Service open"))
        yield self._field("ownership", words.title("institutions", "ownership"), unknown=True)
        yes_no = [
            ("yes", pgettext("ledger", "designated")),
            ("no", pgettext("ledger", "not designated")),
        ]
        yield self._given("designated", pgettext("ledger", "Designation"), yes_no)
        if "stage" in self.given:
            stages = [(str(each), words.stage(each)) for each in STAGES]
            yield self._given("stage", pgettext("ledger", "Stage of its case"), stages)

    def _field(self, name: str, title: str, *, unknown: bool = False) -> dict[str, Any]:
        more = [(UNKNOWN, pgettext("ledger", "unknown"))] if unknown else []
        return self._given(name, title, [*words.terms_of(CHOICES[name]), *more])

    def _given(self, name: str, title: str, options: list[tuple[str, str]]) -> dict[str, Any]:
        return {
            "name": name,
            "title": title,
            "options": options,
            "value": self.given.get(name, ""),
        }
