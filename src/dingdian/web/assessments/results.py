"""The results of a version: the list, the groups, one institution, files, another version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dingdian.reports.assessment import tables
from dingdian.reports.assessment.ladder import tables as ladder_tables
from dingdian.reports.frame import mark_words
from dingdian.reports.lists import Head, list_csv, list_workbook
from dingdian.reports.words import assessment as own
from dingdian.web import bureau, clock
from dingdian.web.assessments import access, comparing, reading, recorded
from dingdian.web.assessments.listing import Filters
from dingdian.web.assessments.models import Result, State, Version
from dingdian.web.assessments.views import WORKBOOK
from dingdian.web.ledger.models import Region

#: Rows of a page of the list.
ROWS = 50
#: Files of the folder of a version that may be taken along, with what a browser takes each for.
FILES = {
    "assessment.xlsx": WORKBOOK,
    "assessment.html": "text/html; charset=utf-8",
    "assessment.json": "application/json",
}
_FORMATS = {"xlsx": WORKBOOK, "csv": "text/csv; charset=utf-8"}


def _assessed(pk: int) -> Version:
    """A version that has results.

    Raises:
        Http404: it has none.
    """
    found = access.version_of(pk)
    if found.state != State.ASSESSED:
        raise Http404
    return found


def frame(version: Version, words: Any, tab: str) -> dict[str, Any]:
    """What every page of results shows."""
    return {
        "version": version,
        "campaign": version.campaign,
        "marks": mark_words(words),
        "basis": words.basis(),
        "tab": tab,
    }


@access.seers
@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """The results of one's districts, filtered and in the order that is asked for."""
    version = _assessed(pk)
    words, filters = reading.words_of(version), Filters.of(request)
    visible = access.results_of(request.user, version)
    page = Paginator(filters.apply(visible), ROWS).get_page(request.GET.get("page"))
    codes = visible.order_by().values_list("district", flat=True).distinct()
    districts = list(Region.objects.filter(code__in=list(codes)).values_list("code", "name"))
    context = {
        **frame(version, words, "results"),
        "page": page,
        "rows": list(reading.rows(words, page.object_list)),
        "filters": filters,
        "offered": list(filters.offered(words, districts)),
        "total": visible.count(),
        "files": list(FILES) if access.seen(request.user) is None else [],
    }
    return render(request, "assessments/results.html", context)


@access.seers
@require_safe
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The filtered list as a file; who took which along stands in the journal."""
    version = _assessed(pk)
    if form not in _FORMATS:
        raise Http404
    words, filters = reading.words_of(version), Filters.of(request)
    found = filters.apply(access.results_of(request.user, version))
    names = ("code", "name", "district", "kind", "score", "grade", "bottom", "rank")
    titles = [words.label(own.COLUMNS, each) for each in (*names, "renewal", "deposit", "votes")]
    rows = [
        (
            *(each.row.code, each.row.name, each.district, each.kind, each.total, each.grade),
            *(each.bottom, each.row.rank, each.renewal, each.deposit, each.votes),
        )
        for each in reading.rows(words, found)
    ]
    heads = [Head(each) for each in titles]
    title = words.title()
    content = (
        list_csv(heads, rows, fields=False)
        if form == "csv"
        else list_workbook(title, heads, rows, fields=False, day=clock.today())
    )
    said = {"form": form, "filter": filters.said(), "rows": len(rows), "number": version.number}
    bureau.note(request.user, version.campaign.subject, "assessment.export", **said)
    answer = HttpResponse(content, content_type=_FORMATS[form])
    name = f"assessment-{version.campaign.year}-{version.number}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@access.seers
@require_safe
def groups(request: HttpRequest, pk: int) -> HttpResponse:
    """The groups with their last ones, and the readings that chose them."""
    version = _assessed(pk)
    words = reading.words_of(version)
    context = {
        **frame(version, words, "groups"),
        "groups": list(reading.groups(version, words, access.results_of(request.user, version))),
        "readings": reading.readings(words),
        "rules": reading.ladder_rules(words),
        "unclear": words.why(words.record.unclear) if words.record.unclear else "",
        "limited": access.seen(request.user) is not None,
    }
    return render(request, "assessments/groups.html", context)


@access.seers
@require_safe
def institution(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """An institution with the whole derivation of its score, place and what follows."""
    version = _assessed(pk)
    return page(request, access.result_of(request.user, version, code))


def page(
    request: HttpRequest,
    result: Result,
    *,
    bound: recorded.Bound | None = None,
    told: Iterable[tuple[str, str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    """The page of a result; ``bound`` with why it was not recorded."""
    version = result.version
    words = reading.words_of(version)
    context = {
        **frame(version, words, "results"),
        **derivation(version, result),
        "others": _others(version, result.code),
        **recorded.of_institution(request, result, words, bound),
        "told": told,
    }
    return render(request, "assessments/institution.html", context, status=status)


def derivation(version: Version, result: Result) -> dict[str, Any]:
    """Everything that leads to a result, in words."""
    words = reading.words_of(version, [result])
    record = words.record.assessed[0]
    sheet = words.record.sheets.get(result.side)
    rule = words.record.rules.get(sheet.rule) if sheet else None
    group = next((each for each in words.record.groups if each.id == result.group), None)
    limit = reading.limit_of(version, result.group)
    return {
        "result": result,
        "row": next(reading.rows(words, [result])),
        "parts": list(reading.parts_of(words, record)),
        "bonus": words.points(record.score.bonus) if record.score else "—",
        "before": words.points(record.score.before) if record.score else "—",
        "items": tables.items(words),
        "why": words.why(record.why) or (words.why(record.score.why) if record.score else ""),
        "group": tables.group_name(words, group) if group else "",
        "place_why": words.why(record.place.why) if record.place else "",
        "limit": (reading.points(limit.highest_in), reading.points(limit.lowest_out)),
        "steps": next(ladder_tables(words)) if record.steps else None,
        "follows": [tables.moves(words), tables.grade_moves(words), tables.releases(words)],
        "faults": list(reading.told(words, record.faults)),
        "rule": (words.name(rule), rule) if rule else None,
    }


def _others(version: Version, code: str) -> list[tuple[Version, reading.Row]]:
    """The results of the same institution in the other versions of the year."""
    every = Result.objects.filter(version__campaign=version.campaign, code=code)
    found = every.exclude(version=version).select_related("version").order_by("version__number")
    return [
        (each.version, row)
        for each in found
        for row in reading.rows(reading.words_of(each.version), [each])
    ]


@access.seers
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose result is another one than in an earlier version."""
    version = _assessed(pk)
    every = version.campaign.versions.filter(state=State.ASSESSED).exclude(pk=pk)
    wanted = request.GET.get("with", "")
    known = every.filter(pk=int(wanted)) if wanted.isascii() and wanted.isdigit() else every
    other = known.filter(number__lt=version.number).last() or known.last()
    words = reading.words_of(version)
    context = {**frame(version, words, "compare"), "versions": list(every), "other": other}
    if other is not None:
        now = {each.code: each for each in access.results_of(request.user, version)}
        before = {each.code: each for each in access.results_of(request.user, other)}
        found = list(comparing.changes((reading.words_of(other), before), (words, now)))
        page = Paginator(found, ROWS).get_page(request.GET.get("page"))
        context |= {"page": page, "both": (other.result == version.result)}
    return render(request, "assessments/compare.html", context)


@access.seers
@require_safe
def file(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A file of the folder of a version: it is of the whole place."""
    version = _assessed(pk)
    path = version.made_place / name
    if name not in FILES or access.seen(request.user) is not None or not path.is_file():
        raise Http404
    bureau.note(
        request.user, version.campaign.subject, "assessment.file", file=name, number=version.number
    )
    title = f"{version.campaign.year}-{version.number}-{name}"
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=title)
    answer["Content-Type"] = FILES[name]
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
