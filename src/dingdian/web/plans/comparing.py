"""Two versions side by side, of one plan or of two years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dingdian.actions.compare_plans import Comparison, Pair, compare_plans, difference
from dingdian.core.digits import rounded
from dingdian.core.record import FigureRecord, FindingRecord, QuotaRecord
from dingdian.reports.wording import grouped
from dingdian.web.plans.models import Version
from dingdian.web.plans.reading import Shown, shown
from dingdian.web.plans.tabling import TAGS, Rows
from dingdian.web.rights import Right, needs
from dingdian.web.streets.network import along_words
from dingdian.web.templatetags.showing import day

ROWS = 100
#: What a plan is made from -> what it is called.
INPUTS = {
    "year": gettext_lazy("Plan year"),
    "stock_day": gettext_lazy("Stock on"),
    "policy_day": gettext_lazy("Rules of"),
    "census": gettext_lazy("Census (fingerprint)"),
    "shelf": gettext_lazy("Policy shelf (fingerprint)"),
    "engine": gettext_lazy("Version of the program"),
    "result": gettext_lazy("Result (fingerprint)"),
}
PARTS = ("quotas", "findings", "figures")


@needs(Right.SEE_PLANS)
def compare(request: HttpRequest) -> HttpResponse:
    """The comparison that the address asks for; without two versions only the choice."""
    seen = Version.objects.visible_to(request.user)
    every = list(seen.select_related("plan").defer("manifest").order_by("-made_at")[:200])
    sides = [_chosen(request, name) for name in ("left", "right")]
    part = request.GET.get("part", PARTS[0])
    context: dict[str, Any] = {
        "versions": every,
        "left": sides[0],
        "right": sides[1],
        "part": part if part in PARTS else PARTS[0],
        "all": request.GET.get("all") == "1",
        "q": request.GET.get("q", "").strip()[:80],
    }
    if sides[0] is not None and sides[1] is not None:
        context |= _compared(request, (sides[0], sides[1]), context)
    return render(request, "plans/compare.html", context)


def _chosen(request: HttpRequest, name: str) -> Version | None:
    asked = request.GET.get(name, "")
    seen = Version.objects.visible_to(request.user)
    found = seen.select_related("plan", "overlay")
    return found.filter(pk=int(asked[:9])).first() if asked.isdecimal() else None


def _compared(
    request: HttpRequest, versions: tuple[Version, Version], asked: dict[str, Any]
) -> dict[str, Any]:
    sides = _Sides.of(*versions)
    found = _comparison(*(v.path for v in versions), *(v.manifest["plan.json"] for v in versions))
    made: dict[str, tuple[Sequence[Pair[Any]], Callable[[Pair[Any]], dict[str, Any]]]] = {
        "quotas": (found.quotas, sides.quota),
        "findings": (found.findings, sides.finding),
        "figures": (found.figures, sides.figure),
    }
    pairs, tell = made[asked["part"]]
    kept = [each for each in pairs if asked["all"] or each.changed]
    rows = kept
    if asked["q"]:
        words = asked["q"].casefold().split()
        rows = [e for e in kept if all(w in sides.name(asked["part"], e).casefold() for w in words)]
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    counts = {name: sum(p.changed for p in of) for name, (of, _tell) in made.items()}
    return {
        "inputs": _inputs(found, versions),
        "page": page,
        "rows": [tell(each) for each in page],
        "tabs": [(name, TITLES[name], counts[name]) for name in PARTS],
        "titles": [each.shown.title for each in sides.both],
    }


TITLES = {
    "quotas": gettext_lazy("Places"),
    "findings": gettext_lazy("Findings"),
    "figures": gettext_lazy("Numbers"),
}


@lru_cache(maxsize=4)
def _comparison(*of: Any) -> Comparison:
    """The comparison of two folders with the fingerprints of their plan.json."""
    from dingdian.web.plans.reading import record_at

    left, right, of_left, of_right = of
    return compare_plans(record_at(left, of_left), record_at(right, of_right))


def _inputs(found: Comparison, versions: tuple[Version, Version]) -> list[dict[str, Any]]:
    """What both were made from; overlays and submissions stand in the rows of the versions."""
    rows = [
        {
            "name": INPUTS[each.name[0]],
            "left": _input(each.name[0], each.left),
            "right": _input(each.name[0], each.right),
            "changed": each.changed,
        }
        for each in found.inputs
    ]
    asked = [
        (_("What-if changes"), [str(v.overlay or "—") for v in versions]),
        (_("Ledger as of"), [day(v.as_of) for v in versions]),
        (_("Distances"), [along_words(v.asked.get("streets")) for v in versions]),
        (_("Submissions of the counties"), [_yes(v.asked.get("submissions")) for v in versions]),
    ]
    rows += [{"name": n, "left": a, "right": b, "changed": a != b} for n, (a, b) in asked]
    return rows


def _input(name: str, value: str | None) -> str:
    if value is None:
        return "—"
    return day(dt.date.fromisoformat(value)) if name.endswith("_day") else value


def _yes(value: object) -> str:
    return _("counted in") if value else _("left out")


@dataclass(frozen=True)
class _Sides:
    """Both versions, as rows of their comparison tell them."""

    left: Rows
    right: Rows

    @classmethod
    def of(cls, left: Version, right: Version) -> _Sides:
        return cls(Rows(left, shown(left)), Rows(right, shown(right)))

    @property
    def both(self) -> tuple[Rows, Rows]:
        return self.left, self.right

    def name(self, part: str, pair: Pair[Any]) -> str:
        """What a row is called, for the search: its words and its codes."""
        words = (self.right if pair.right is not None else self.left).shown.words
        if part == "figures":
            return f"{pair.name[0]} {words.figure_name(pair.name[0])}"
        first = words.resource(pair.name[0]) if part == "quotas" else words.rule(pair.name[0])
        return f"{pair.name[0]} {first} {words.scope(pair.name[1])}"

    def quota(self, pair: Pair[QuotaRecord]) -> dict[str, Any]:
        """Places of a resource in an area."""
        words = (self.right if pair.right is not None else self.left).shown.words
        keys = [each.key if each is not None else None for each in (pair.left, pair.right)]
        told = [
            self._places(rows, quota)
            for rows, quota in zip(self.both, (pair.left, pair.right), strict=True)
        ]
        return {
            "name": words.handed_out(pair.name[0]),
            "area": words.scope(pair.name[1]),
            "left": told[0],
            "right": told[1],
            "difference": self._difference(*keys),
            "changed": pair.changed,
        }

    def _places(self, rows: Rows, quota: QuotaRecord | None) -> Any:
        if quota is None:
            return "—"
        if quota.key is None:
            return _("no number")
        return self._number(rows, quota.key)

    def finding(self, pair: Pair[FindingRecord]) -> dict[str, Any]:
        """The verdicts of a rule in an area."""
        words = (self.right if pair.right is not None else self.left).shown.words
        left, right = (
            (rows.shown.words.state(each), TAGS.get(each.state.value, "")) if each else None
            for rows, each in zip(self.both, (pair.left, pair.right), strict=True)
        )
        either = pair.right or pair.left
        assert either is not None  # noqa: S101 -- a pair has one of both
        return {
            "name": words.rule(pair.name[0]),
            "area": words.scope(pair.name[1]),
            "left": left,
            "right": right,
            "clauses": "、".join(either.clauses),
            "changed": pair.changed,
        }

    def figure(self, pair: Pair[FigureRecord]) -> dict[str, Any]:
        """A number."""
        key, words = pair.name[0], (self.right if pair.right is not None else self.left).shown.words
        return {
            "name": words.figure_name(key),
            "key": key,
            "left": self._number(self.left, key),
            "right": self._number(self.right, key),
            "difference": self._difference(key, key),
            "changed": pair.changed,
        }

    def _number(self, rows: Rows, key: str) -> Any:
        figure = rows.shown.record.figures.get(key)
        if figure is None:
            return "—"
        return rows.number(key, rows.shown.words.quantity(figure))

    def _difference(self, left: str | None, right: str | None) -> str:
        """By how much the right one is more, as both are printed; empty where one is not known."""
        one = self.left.shown.record.figures.get(left or "")
        other = self.right.shown.record.figures.get(right or "")
        more = difference(one, other)
        if more is None or one is None or other is None or one.unit != other.unit:
            return ""
        return signed(more, other, self.right.shown)


def signed(more: Fraction, like: FigureRecord, found: Shown) -> str:
    """A difference with its sign and as many decimals as the number that it is of.

    A difference of shares is in percentage points.
    """
    scale = Fraction(100) if like.unit == "share" else Fraction(1, found.words.scale(like.unit))
    places = 2 if like.unit == "yuan" else len(like.decimal.partition(".")[2])
    text = grouped(rounded(more * scale, places))
    sign = "+" if more > 0 and text.strip("0.,") else ""
    shown = f"{sign}{text}"
    return _("%(number)s points") % {"number": shown} if like.unit == "share" else shown
