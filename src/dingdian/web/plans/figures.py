"""The numbers of a version: found by name, and each with its derivation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dingdian.actions.explain_figure import (
    CensusLedger,
    Derivation,
    LedgerRow,
    LedgerRows,
    explain_figure,
)
from dingdian.core.census import TABLES, Census
from dingdian.core.record import FigureRecord
from dingdian.reports.derivations import computed_as
from dingdian.reports.explain_text import (
    because_lines,
    condition_text,
    detail_lines,
    origin_text,
    row_name,
)
from dingdian.reports.figure_list import named
from dingdian.reports.wording import Words, grouped
from dingdian.reports.words import labels
from dingdian.web.plans.models import Version
from dingdian.web.plans.reading import Shown, census_copy, shown
from dingdian.web.plans.tabling import Rows
from dingdian.web.plans.versions import frame, version_of
from dingdian.web.rights import Districts, Right, needs

#: Rows of the ledger on a page, and figures that rest on one.
ROWS, USED = 50, 30
#: Tables that are seen in one's districts only, beside those whose rows are of an institution.
OF_A_DISTRICT = frozenset({"institutions", "submissions"})


@needs(Right.SEE_PLANS)
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers of a version whose name or key holds what is sought."""
    version = version_of(request.user, pk)
    found, sought = shown(version), request.GET.get("q", "").strip()[:80]
    keys = named(found.record, sought) if sought else tuple(found.record.figures)
    page = Paginator(keys, ROWS).get_page(request.GET.get("page"))
    rows = Rows(version, found)
    listed = [(key, *_called(rows, key)) for key in page]
    context = frame(version, found) | {"page": page, "listed": listed, "part": "figures"}
    return render(request, "plans/figures.html", context)


def _called(rows: Rows, key: str) -> tuple[str, Any]:
    words = rows.shown.words
    return words.figure_name(key), rows.number(key, words.quantity(words.record.figures[key]))


@needs(Right.SEE_PLANS)
def one(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The derivation of a number: formula, inputs, rows of the ledger, clauses, readings."""
    version = version_of(request.user, pk)
    found = shown(version)
    figure = found.record.figures.get(key)
    if figure is None:
        raise Http404
    seen = _Seen.by(request, version, figure)
    ledger, first = (seen.ledger, seen.first) if seen else (None, 0)
    derived = explain_figure(found.record, key, ledger=ledger, first=first, deep=False)
    context = frame(version, found) | _told(found, derived) | {"part": "figures", "key": key}
    context |= _inputs(version, found, derived)
    if seen and derived.rows:
        context |= seen.told(found.words, figure, derived.rows)
    return render(request, "plans/figure.html", context)


def _told(found: Shown, derived: Derivation) -> dict[str, Any]:
    words, figure = found.words, derived.figure
    exact = figure.value if isinstance(figure.value, str) else ""
    return {
        "name": words.figure_name(derived.key),
        "quantity": words.quantity(figure),
        "exact": exact if "/" in exact else "",
        "why": words.why(figure.why),
        "computed": computed_as(words, figure),
        "details": list(detail_lines(words, figure)),
        "because": because_lines(words, figure),
        "clauses": list(_clauses(words, figure)),
        "readings": list(_readings(words, figure)),
    }


def _inputs(version: Version, found: Shown, derived: Derivation) -> dict[str, Any]:
    """What the number was made of, what a rule weighed, and what rests on it."""
    rows = Rows(version, found)
    words = found.words
    resting = [
        key
        for key, each in found.record.figures.items()
        if any(of == derived.key for _, of in each.inputs)
    ]
    return {
        "inputs": [
            (words.role(role), each.key, *_called(rows, each.key)) for role, each in derived.inputs
        ],
        "grounds": [(each.key, *_called(rows, each.key)) for each in derived.grounds],
        "resting": [(each, *_called(rows, each)) for each in resting[:USED]],
        "resting_more": max(0, len(resting) - USED),
    }


@dataclass(frozen=True)
class _Seen:
    """The rows of the ledger behind a number, as somebody may see them.

    ``where`` are the districts whose rows they see: ``None`` all, of a table that is nobody's too.
    """

    census: Census
    table: str
    where: Districts
    page: int

    @classmethod
    def by(cls, request: HttpRequest, version: Version, figure: FigureRecord) -> _Seen | None:
        """Of a visitor; ``None`` where the number does not come from the ledger."""
        if figure.selection is None:
            return None
        table = figure.selection.table
        names = {field.name for field in TABLES[table]}
        apart = table in OF_A_DISTRICT or "institution" in names
        where = request.user.districts(Right.SEE_LEDGER) if apart else None
        asked = request.GET.get("page", "")
        number = int(asked[:6]) if asked.isdecimal() else 1
        return cls(census_copy(version), table, where, max(1, number))

    @property
    def ledger(self) -> CensusLedger:
        """Where rows are looked up."""
        return CensusLedger(self.census)

    @property
    def first(self) -> int:
        """How many rows are told: those of the page, or all from which some are chosen."""
        return self.page * ROWS if self.where is None else len(self.census.tables[self.table]) + 1

    def told(self, words: Words, figure: FigureRecord, rows: LedgerRows) -> dict[str, Any]:
        """The rows in words, with the selection that they meet."""
        assert figure.selection is not None  # noqa: S101 -- rows were found by it
        seen = [each for each in rows.first if self._may_see(each)]
        doubtful = [each for each in rows.doubtful if self._may_see(each)][:ROWS]
        count = rows.count if self.where is None else len(seen)
        page = Paginator(range(count), ROWS).get_page(self.page)
        listed = [seen[at] for at in page if at < len(seen)]
        spoken = [condition_text(words, self.table, each) for each in figure.selection.where]
        return {
            "table": words.table(self.table),
            "conditions": [each for each in spoken if each],
            "count": rows.count,
            "unsure": rows.unsure,
            "hidden": rows.count - count,
            "page": page,
            "rows": [self._row(words, each) for each in listed],
            "doubtful": [self._row(words, each) for each in doubtful],
            "totals": bool(figure.selection.total),
        }

    def _may_see(self, row: LedgerRow) -> bool:
        return self.where is None or self.census.tree.county_of(row.region) in self.where

    def _row(self, words: Words, row: LedgerRow) -> tuple[str, str, str]:
        value = grouped(row.value) if row.value else ""
        return row_name(words, self.table, row), value, origin_text(words, row.origin)


def _clauses(words: Words, figure: FigureRecord) -> Iterator[dict[str, str]]:
    for each in figure.clauses:
        found = words.record.clauses.get(each)
        document = words.record.documents.get(found.document) if found else None
        yield {
            "id": each,
            "at": words.clause_place(found) if found else "",
            "text": words.name(found) if found else "",
            "document": words.name(document) if document else "",
            "standing": words.label(labels.STANDINGS, document.standing) if document else "",
        }


def _readings(words: Words, figure: FigureRecord) -> Iterator[dict[str, str]]:
    for each in figure.readings:
        found = words.record.readings.get(each)
        yield {
            "question": words.reading(each),
            "chosen": words.chosen(each),
            "why": words.beside(found.why, found.why_en) if found else "",
            "by": words.beside(found.by, found.by_en) if found else "",
            "day": words.day(found.decided_on) if found else "",
        }
