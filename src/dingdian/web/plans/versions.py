"""One version of a plan: conclusions, tables by sheet, findings, charts, documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from dingdian.core.findings import State
from dingdian.core.record import FindingRecord
from dingdian.reports.annex.verdicts import number_label
from dingdian.reports.words import labels
from dingdian.web.accounts.models import User
from dingdian.web.plans.documents import called, documents_of
from dingdian.web.plans.models import Version
from dingdian.web.plans.reading import Shown, shown
from dingdian.web.plans.tabling import TAGS, Rows
from dingdian.web.rights import Right, needs

#: Sheets that stand below the conclusions: red lines, places by district, indicators held against
#: benchmarks.
FIRST = ("red_lines", "quotas", "benchmarks")
#: Findings on a page.
FINDINGS = 50


def version_of(user: User, pk: int) -> Version:
    """A version with its plan; 404 where there is none, or it is not seen."""
    seen = Version.objects.visible_to(user).select_related("plan", "overlay")
    return get_object_or_404(seen, pk=pk)


def frame(version: Version, found: Shown) -> dict[str, Any]:
    """What every page about a version shows of it."""
    return {
        "version": version,
        "plan": version.plan,
        "title": found.title,
        "basis": found.basis,
        "marks": found.marks,
        "record": found.record,
        "sheets": found.sheets,
    }


@needs(Right.SEE_PLANS)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of a version: the conclusions, or what the address names."""
    version = version_of(request.user, pk)
    found, part = shown(version), request.GET.get("sheet", "")
    context = frame(version, found) | {"may_run": request.user.may(Right.RUN_PLAN)}
    if part == "findings_list":
        more = _findings(request, version, found)
    elif part == "charts":
        more = {"charts": found.charts, "number": Rows(version, found).figures}
    elif part == "documents":
        more = documents_of(version, request.user)
    elif part in found.sheets:
        more = {"tables": _tables(version, found, (part,)), "files": _files(found)}
    else:
        part = ""
        more = {
            "groups": _said(version, found),
            "tables": _tables(version, found, FIRST),
            "distances": found.distances,
        }
    return render(request, _PAGES.get(part, "plans/sheet.html"), context | more | {"part": part})


_PAGES = {
    "": "plans/version.html",
    "findings_list": "plans/findings.html",
    "charts": "plans/charts.html",
    "documents": "plans/documents.html",
}


def _tables(version: Version, found: Shown, sheets: tuple[str, ...]) -> list[tuple[Any, Any]]:
    """The tables of some sheets, each with its rows."""
    rows = Rows(version, found)
    return [(each, rows.rows(each)) for each in found.tables if each.sheet in sheets]


def _files(found: Shown) -> list[tuple[str, str, str]]:
    """The files of advice: where they are kept, what they are called, their SHA-256."""
    return [
        (file, called(file), sha256)
        for file, sha256 in dict.fromkeys((e.file, e.sha256) for e in found.record.advice)
    ]


def _said(version: Version, found: Shown) -> list[tuple[str, list[tuple[str, list[Any]]]]]:
    """The conclusions by group; numbers lead to their derivations."""
    rows = Rows(version, found)
    return [
        (group, [(tone, [rows.number(k, t) if k else t for t, k in parts]) for tone, parts in said])
        for group, said in found.groups
    ]


def _findings(request: HttpRequest, version: Version, found: Shown) -> dict[str, Any]:
    """The findings that the filters leave."""
    words, asked = found.words, request.GET
    chosen = {name: asked.get(name, "") for name in ("state", "rule", "area")}
    every = found.record.findings
    rows = Rows(version, found)
    kept = [
        each
        for each in every
        if chosen["state"] in ("", each.state.value)
        and chosen["rule"] in ("", each.rule)
        and chosen["area"] in ("", each.scope)
    ]
    states = dict.fromkeys(each.state for each in every)
    page = Paginator(kept, FINDINGS).get_page(asked.get("page"))
    return {
        "chosen": chosen,
        "states": [(s.value, words.say(labels.STATES[s])) for s in State if s in states],
        "rules": [(r, words.rule(r)) for r in dict.fromkeys(each.rule for each in every)],
        "areas": [(s, words.scope(s)) for s in dict.fromkeys(each.scope for each in every) if s],
        "page": page,
        "findings": [_finding(each, rows) for each in page],
        "count": len(kept),
        "of": len(every),
    }


def _finding(finding: FindingRecord, rows: Rows) -> dict[str, Any]:
    words = rows.shown.words
    reasons = [words.why(finding.note), words.why(finding.why)]
    return {
        "rule": words.rule(finding.rule),
        "area": words.scope(finding.scope),
        "state": words.state(finding),
        "tone": TAGS.get(finding.state.value, ""),
        "numbers": list(_numbers(finding, rows)),
        "clauses": [(each, _sheet(rows.shown, f"clause-{each}")) for each in finding.clauses],
        "readings": [
            (words.reading(each), words.chosen(each), _sheet(rows.shown, f"reading-{each}"))
            for each in finding.readings
        ],
        "note": words.pick("；", "; ").join(dict.fromkeys(each for each in reasons if each)),
        "principle": finding.principle,
    }


def _numbers(finding: FindingRecord, rows: Rows) -> Iterator[tuple[str, Any]]:
    words = rows.shown.words
    for role, key in finding.numbers:
        label = number_label(words, role, key)
        yield label, rows.number(key, words.quantity(words.record.figures[key]))


def _sheet(found: Shown, anchor: str) -> str:
    """The address, within the page of the version, of a row that others refer to."""
    sheet = found.anchors.get(anchor)
    return f"?sheet={sheet}#{anchor}" if sheet else ""
