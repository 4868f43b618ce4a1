"""The steps of the wizard after the upload: quality, preview, apply; discard and undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dingdian.core.census.difference import BOUNDARIES, Change
from dingdian.core.census.schema import TABLES
from dingdian.core.errors import RequestError, Severity, fault
from dingdian.core.faults import KINDS
from dingdian.reports.quality import SEVERITIES
from dingdian.reports.wording import grouped
from dingdian.web import bureau, clock
from dingdian.web.imports import changes, forms
from dingdian.web.imports.access import found, importers, last_job, wizard
from dingdian.web.imports.lines import Lines
from dingdian.web.imports.models import BEFORE, Import, State
from dingdian.web.imports.quality import fault_of, said
from dingdian.web.imports.views import given
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.running import ask, cancel

#: Cases of a page of one group, and changes of a page.
CASES, CHANGES = 10, 50


# -- 2 quality ------------------------------------------------------------------------------


@importers
def quality(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check found, in groups."""
    row, lang = found(pk), bureau.lang()
    severity = request.GET.get("severity", "")
    counts = dict(zip(Severity, (row.blocking, row.warnings, row.notes), strict=True))
    groups = [
        {**each, "shown": SEVERITIES[Severity(each["severity"])].say(lang)}
        for each in row.groups
        if severity in ("", each["severity"])
    ]
    context = wizard(
        row,
        2,
        groups=groups,
        severity=severity,
        severities=[(each.value, SEVERITIES[each].say(lang), counts[each]) for each in Severity],
        tables=[(changes.table_name(name, lang), n) for name, n in row.tables.items()],
        job=_shown(last_job(row, "import_check"), checked=row.state != State.UPLOADED),
        **_marking(row),
    )
    return render(request, "imports/quality.html", context)


@importers
def marking(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that says whether the workbook with marked cells is there."""
    row = found(pk)
    return render(request, "imports/marking.html", {"row": row, **_marking(row)})


def _marking(row: Import) -> dict[str, Any]:
    return {"marked": row.marked.exists(), "marking": _shown(last_job(row, "import_marked"))}


def _shown(job: Job | None, *, checked: bool = False) -> Job | None:
    """Work that is to be shown: it goes on, or it failed."""
    if job is None or (checked and not job.open):
        return None
    return job if job.open or job.state != "done" else None


@importers
def group(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One group: each case with the rows around it."""
    row, lang = found(pk), bureau.lang()
    its = next((each for each in row.groups if each["n"] == number), None)
    if its is None:
        raise Http404
    lines = Lines([(row.lines_place / f"{number}.jsonl", its["kept"])])
    page = Paginator(lines, CASES).get_page(request.GET.get("page"))
    cases = []
    for each in page:
        what, cure = said(each["fault"], lang)
        cases.append({"what": what, "cure": cure, "place": fault_of(each["fault"]).place, **each})
    severity = Severity(its["severity"])
    context = wizard(
        row, 2, group=its, severity=SEVERITIES[severity].say(lang), page=page, cases=cases
    )
    return render(request, "imports/group.html", context)


# -- 3 preview ------------------------------------------------------------------------------


@importers
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would change; asked by POST it is found out anew."""
    row, lang = found(pk), bureau.lang()
    if request.method == "POST":
        _in(row, State.CHECKED, State.PREVIEWED)
        ask("import_preview", row.subject, by=request.user.username, **given(row))
        return redirect("imports:preview", pk)
    table, change = request.GET.get("table", ""), request.GET.get("change", "")
    counts = row.preview.get("counts", {})
    lines = Lines(changes.parts(row.preview_place, counts, table, change))
    page = Paginator(lines, CHANGES).get_page(request.GET.get("page"))
    odd = Lines([(row.preview_place / changes.ODD, row.preview.get("odd", 0))])
    context = wizard(
        row,
        3,
        page=page,
        rows=[_change(each, lang) for each in page],
        table=table,
        change=change,
        total=sum(sum(its.values()) for its in counts.values()),
        counts=[_counts(name, its, lang) for name, its in _in_order(counts)],
        kinds=[(each.value, _word(each)) for each in Change],
        odd=[_told(each, lang) for each in odd[:200]],
        odd_total=len(odd),
        unusual=[_unusual(each, lang) for each in row.preview.get("unusual", ())],
        job=_shown(last_job(row, "import_preview", "import_apply")),
    )
    return render(request, "imports/preview.html", context)


def _in_order(counts: dict[str, dict[str, int]]) -> Iterable[tuple[str, dict[str, int]]]:
    names = [*TABLES, BOUNDARIES]
    return sorted(counts.items(), key=lambda pair: names.index(pair[0]))


def _counts(name: str, its: dict[str, int], lang: str) -> dict[str, Any]:
    numbers = [(each.value, its.get(each, 0)) for each in Change]
    return {"table": name, "name": changes.table_name(name, lang), "numbers": numbers}


def _word(change: str) -> str:
    """A kind of change in words."""
    words = {Change.ADDED: _("added"), Change.GONE: _("gone"), Change.CHANGED: _("changed")}
    return words[Change(change)]


def _change(line: Any, lang: str) -> dict[str, Any]:
    table, change, key, name, cells = line
    return {
        "table": changes.table_name(table, lang),
        "change": change,
        "word": _word(change),
        "key": _key(table, key, lang),
        "name": name,
        "cells": [
            [
                changes.column_name(table, column, lang),
                changes.cell(table, column, old, lang),
                changes.cell(table, column, new, lang),
            ]
            for column, old, new in cells
        ],
    }


def _key(table: str, key: list[str], lang: str) -> str:
    if table == BOUNDARIES:
        return " · ".join(key)
    names = TABLES[table].key
    cells = (changes.cell(table, n, each, lang) for n, each in zip(names, key, strict=True))
    return " · ".join(filter(None, cells))


def _told(plain: Any, lang: str) -> tuple[str, str, str]:
    each = fault_of(plain)
    kind = KINDS[each.kind]
    return str(each.place), kind.what.say(lang, **each.fields), kind.cure.say(lang, **each.fields)


def _unusual(each: dict[str, str], lang: str) -> str:
    """What is unusual, as a sentence."""
    sentences = {
        "table_gone": _("{table}: all {old} rows would be gone"),
        "column_gone": _(
            "{table}: {column} would be empty in all rows, and is filled in {old} now; see whether "
            "its heading is written in another way"
        ),
        "designated_gone": _(
            "{table}: {old} designated would be gone, and their cases would stay as they are"
        ),
        "many_gone": _("{table}: {new} of {old} rows would be gone"),
        "many_standings": _("{table}: the standing of {new} of {old} would change"),
        "number_moved": _("{table}, {key}: {column} would go from {old} to {new}"),
    }
    table = each["table"]
    column = changes.column_name(table, each["column"], lang) if each["column"] else ""
    name = changes.table_name(table, lang)
    numbers = {side: grouped(each[side]) for side in ("old", "new")}
    words = {"table": name, "column": column, "key": each["key"] or _("in total"), **numbers}
    return sentences[each["kind"]].format(**words)


@importers
def institutions(request: HttpRequest, pk: int) -> HttpResponse:
    """The institutions that an import is about."""
    row = found(pk)
    lines = Lines([(row.preview_place / changes.INSTITUTIONS, row.preview.get("institutions", 0))])
    page = Paginator(lines, CHANGES).get_page(request.GET.get("page"))
    return render(request, "imports/institutions.html", wizard(row, 3, page=page))


# -- 4 apply, discard, undo -------------------------------------------------------------------


@importers
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply what was previewed, with a reason; then how that goes."""
    row = found(pk)
    unusual = row.preview.get("unusual", ())
    form = forms.Apply(request.POST or None, unusual=bool(unusual), initial={"base": row.base})
    if request.method == "POST" and form.is_valid():
        _ask_apply(request, row, form)
        return redirect("imports:apply", pk)
    last = row.is_last_applied
    context = wizard(
        row,
        4,
        form=form if row.state == State.PREVIEWED else None,
        undoing=forms.Undo(auto_id="undo_%s") if last and row.before else None,
        total=sum(sum(its.values()) for its in row.preview.get("counts", {}).values()),
        unusual=[_unusual(each, bureau.lang()) for each in unusual],
        job=_shown(last_job(row, "import_apply", "import_undo")),
        last=last,
    )
    status = 422 if request.method == "POST" else 200
    return render(request, "imports/apply.html", context, status=status)


def _ask_apply(request: HttpRequest, row: Import, form: forms.Apply) -> None:
    """Ask for the applying of the preview that was seen.

    Raises:
        RequestError: the import is previewed no longer, or was previewed anew.
    """
    said = {name: form.cleaned_data[name] for name in ("reason", "base")}
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=row.pk)
        _in(held, State.PREVIEWED)
        if held.base != said["base"]:
            raise RequestError((fault("import_preview_other"),))
        ask("import_apply", held.subject, by=request.user.username, **given(held, **said))


@importers
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an import go: its files are removed after a while, the row stays."""
    row = found(pk)
    with transaction.atomic():
        row = Import.objects.select_for_update().get(pk=row.pk)
        _in(row, *BEFORE)
        row.state, row.closed_at = State.DISCARDED, clock.now()
        row.save(update_fields=("state", "closed_at"))
        bureau.note(request.user, row.subject, "import.discard", file=row.name)
    for job in Job.objects.filter(about=row.subject, state__in=("waiting", "running")):
        cancel(job)
    messages.success(request, _("The import was discarded. Nothing of it was kept."))
    return redirect("imports:list")


@importers
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the import that was applied last, with a reason."""
    row = found(pk)
    _in(row, State.APPLIED)
    form = forms.Undo(request.POST, auto_id="undo_%s")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        ask("import_undo", row.subject, by=request.user.username, **given(row, reason=reason))
    else:
        messages.error(request, _("Undoing needs its reason."))
    return redirect("imports:apply", pk)


def _in(row: Import, *states: Any) -> None:
    """That an import is in one of some states.

    Raises:
        RequestError: it is in another.
    """
    if row.state not in states:
        raise RequestError((fault("import_state", state=str(row.get_state_display())),))
