"""The policy shelf, clause by clause with its readings; nothing here can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dingdian.actions.show_policy import show_calendar
from dingdian.core.policy import Policy, Reading
from dingdian.reports.words.labels import CERTAINTIES, CLAUSE_MARKS, FAMILIES, RANKS, STANDINGS
from dingdian.web import bureau
from dingdian.web.rights import Right, needs
from dingdian.web.shelf import reading


def _page(request: HttpRequest, name: str, policy: Policy, **context: Any) -> HttpResponse:
    """A page of the shelf; each shows the day, the fingerprint and the way to the others."""
    terms = bureau.desk().terms
    shared = {
        "day": policy.day,
        "policy": policy,
        "place": terms.book.layers[terms.place].card,
        "plan_holds": policy.place.place == terms.place,
        "fingerprint": terms.book.fingerprint,
        "standings": STANDINGS,
        "ranks": RANKS,
        "families": FAMILIES,
        "marks": CLAUSE_MARKS,
        "certainties": CERTAINTIES,
    }
    return render(request, f"shelf/{name}.html", {**shared, **context})


@needs(Right.SEE_SHELF)
def index(request: HttpRequest) -> HttpResponse:
    """The clauses that the filters leave, with what is in force on the day."""
    asked = reading.Asked.of(request.GET)
    policy, _holds = reading.policy_on(asked.day)
    page = Paginator(reading.clauses(policy, asked), 50).get_page(request.GET.get("page"))
    used = {each.document for each in policy.clauses.values()}
    context = {
        "page": page,
        "asked": asked,
        "documents": [policy.documents[each] for each in sorted(used)],
        "states": (
            (reading.IN_FORCE, _("in force")),
            (reading.NOT_IN_FORCE, _("not in force on the day")),
            (reading.LATER, _("engine comes later")),
            (reading.NO_RULE, _("without a rule")),
        ),
        "reading_states": (
            (reading.ANY, _("with a reading")),
            (reading.OPEN, _("with an open one")),
        ),
    }
    return _page(request, "clauses", policy, **context)


@needs(Right.SEE_SHELF)
def clause(request: HttpRequest, id: str) -> HttpResponse:
    """One clause: its text, its rules with all their values, its readings, its worked cases.

    Raises:
        Http404: there is none of this id in force for the place.
    """
    policy, _holds = reading.policy_on(reading.day_of(request.GET))
    found = next((c for c in reading.all_clauses(policy) if c.first.clause == id), None)
    if found is None:
        raise Http404
    in_force = reading.rules_of(policy, id)
    rules = [
        {"rule": each, "history": reading.history(each), "row": row}
        for each in in_force
        for row in found.rows
        if row.rule == each.rule.rule
    ]
    citing = [each for each in policy.readings.values() if id in each.clauses]
    shown = {each.reading: each for each in (*found.readings, *citing)}
    context = {
        "clause": policy.clauses[id],
        "document": policy.documents[policy.clauses[id].document],
        "rules": rules,
        "readings": _readings(policy, list(shown.values())),
        "cases": reading.cases_of([each.rule.rule for each in in_force]),
    }
    return _page(request, "clause", policy, **context)


def _readings(policy: Policy, found: Sequence[Reading]) -> list[dict[str, Any]]:
    """Readings as a page shows them: options with the chosen one marked, what they move."""
    chinese = bureau.lang() == "zh"
    shown = []
    for each in found:
        said = each.options if chinese else each.options_en
        options = {id: reading.with_numbers(words, each) for id, words in said.items()}
        number = "" if each.number is None else reading.exact(each.number)
        bounds = [reading.exact(n) for n in (each.low, each.high) if n is not None]
        shown.append(
            {
                "reading": each,
                "options": [(words, id == each.chosen) for id, words in options.items()],
                "chosen": options[each.chosen] if each.chosen is not None else "",
                "number": number,
                "bounds": "–".join(bounds),
                "moves": [reading.name_of(policy, id) for id in each.moves],
                "clauses": [id for id in each.clauses if id in policy.clauses],
            }
        )
    return shown


@needs(Right.SEE_SHELF)
def readings(request: HttpRequest) -> HttpResponse:
    """All readings, the open ones first."""
    policy, _holds = reading.policy_on(reading.day_of(request.GET))
    q = request.GET.get("q", "").strip()
    page = Paginator(reading.readings(policy, q), 50).get_page(request.GET.get("page"))
    context = {"page": page, "rows": _readings(policy, list(page)), "q": q}
    return _page(request, "readings", policy, **context)


@needs(Right.SEE_SHELF)
def one_reading(request: HttpRequest, id: str) -> HttpResponse:
    """One reading.

    Raises:
        Http404: there is none of this id.
    """
    policy, _holds = reading.policy_on(reading.day_of(request.GET))
    if id not in policy.readings:
        raise Http404
    shown = _readings(policy, [policy.readings[id]])[0]
    return _page(request, "reading", policy, each=shown)


@needs(Right.SEE_SHELF)
def documents(request: HttpRequest) -> HttpResponse:
    """The documents of the shelf, by rank."""
    policy, _holds = reading.policy_on(reading.day_of(request.GET))
    return _page(request, "documents", policy, rows=reading.documents(policy))


@needs(Right.SEE_SHELF)
def benchmarks(request: HttpRequest) -> HttpResponse:
    """Means and targets, each with its year, denominator and source."""
    policy, _holds = reading.policy_on(reading.day_of(request.GET))
    rows = [
        {
            "benchmark": each,
            "value": reading.exact(each.value),
            "measure": reading.name_of(policy, each.measure),
        }
        for each in sorted(policy.benchmarks.values(), key=lambda b: (b.measure, b.benchmark))
    ]
    return _page(request, "benchmarks", policy, rows=rows)


@needs(Right.SEE_SHELF)
def calendar(request: HttpRequest) -> HttpResponse:
    """The public holidays and make-up working days of a year."""
    policy, _holds = reading.policy_on(reading.day_of(request.GET))
    terms = bureau.desk().terms
    years = {row.year.year: row for row in show_calendar(terms.book, terms.place)}
    given = request.GET.get("year", "")
    wanted = int(given) if given.isdecimal() and len(given) == 4 else policy.day.year
    row = years.get(wanted)
    spans = []
    if row is not None:
        for each in row.year.holidays:
            first, last = each.days
            spans.append(
                {"holiday": each, "first": first, "last": last, "days": (last - first).days + 1}
            )
    context = {"years": list(years), "wanted": wanted, "row": row, "spans": spans}
    return _page(request, "calendar", policy, **context)
