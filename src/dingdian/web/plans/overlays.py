"""What-if changes: cells of the census with another value, to run a plan with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dingdian.actions.prepare_census import prepare_census
from dingdian.core.census import TABLES, Census, Kind
from dingdian.core.census.canonical import spelt
from dingdian.core.census.doubts import row_name
from dingdian.core.census.overlay import (
    Asked,
    Change,
    cell_at,
    changeable,
    key_at,
    misfit,
    row_at,
)
from dingdian.core.census.personal import PERSONAL
from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.errors import RequestError
from dingdian.reports.wording import grouped
from dingdian.web import bureau, clock
from dingdian.web.errors import fault_lines
from dingdian.web.persons import MASKS
from dingdian.web.plans import making
from dingdian.web.plans.forms import OverlayForm
from dingdian.web.plans.models import Overlay, Plan
from dingdian.web.rights import Right, needs

#: Rows of a table that are offered, and changes that an overlay may have.
OFFERED, MOST = 20, 200
#: Tables in the order in which a planner would think of them.
FIRST = ("populations", "fund", "submissions", "beds", "releases", "benchmarks", "demand")


@needs(Right.RUN_PLAN)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new set of changes for a plan."""
    plan = get_object_or_404(Plan, pk=pk)
    form = OverlayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.plan, made.by, made.at = plan, request.user.username, clock.now()
        with transaction.atomic():
            made.save()
            bureau.note(request.user, plan.subject, "plan.overlay", overlay=made.pk, name=made.name)
        return redirect("plans:overlay", made.pk)
    return render(request, "plans/overlay_new.html", {"form": form, "plan": plan})


@needs(Right.SEE_PLANS)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The changes, and the next ones step by step: table, row, and all its numbers at once."""
    if request.user.districts(Right.SEE_PLANS) is not None:  # what-ifs are for the whole place
        raise Http404
    return _page(request, _overlay(pk), request.GET, {})


def _page(
    request: HttpRequest, overlay: Any, asked: QueryDict, typed: Mapping[str, str]
) -> HttpResponse:
    """The page of an overlay; ``typed`` is what was filled in and refused, by column."""
    frozen = _frozen(overlay)
    may = request.user.may(Right.RUN_PLAN) and not frozen
    context: dict[str, Any] = {
        "overlay": overlay,
        "plan": overlay.plan,
        "changes": [_told(each) for each in overlay.changes],
        "frozen": frozen,
        "may_change": may,
        "may_run": request.user.may(Right.RUN_PLAN),
    }
    if may and overlay.plan is not None:
        context |= _choosing(asked, census_of(overlay.plan), overlay, typed)
    return render(request, "plans/overlay.html", context, status=422 if typed else 200)


@needs(Right.RUN_PLAN)
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers of a row that are another than before; all of them, or none where one misfits."""
    overlay, given = _changeable(pk), request.POST
    table, key = given.get("table", ""), given.getlist("key")
    typed = dict(zip(given.getlist("column"), given.getlist("new"), strict=False))
    made, faults = [], []
    for column, text in typed.items():
        try:
            made.append(_change(overlay, (table, column), key, text))
        except RequestError as error:
            faults += fault_lines(error)
    if faults:
        for _where, what, cure in faults:
            messages.error(request, f"{what} {cure}")
        return _page(request, overlay, given, typed)
    with transaction.atomic():
        held = _held(overlay)
        for each in made:
            _take(request, held, each)
        if len(held.changes) > MOST:
            transaction.set_rollback(True)
            messages.error(request, _("There are too many changes in one set."))
        held.save(update_fields=["changes"])
    back = redirect("plans:overlay", pk)
    back["Location"] += "?" + urlencode({"table": table, "find": given.get("find", "")})
    return back


def _take(request: HttpRequest, held: Overlay, made: dict[str, Any]) -> None:
    """Put a change in the place of an earlier one; what is as in the ledger is no change."""
    cell = (made["table"], made["row"], made["column"])
    before = [e for e in held.changes if (e["table"], e["row"], e["column"]) == cell]
    if made["new"] == (before[0]["new"] if before else made["old"]):
        return
    held.changes = [each for each in held.changes if each not in before]
    if made["new"] == made["old"]:
        _note(request, held, "plan.overlay_drop", before[0])
        return
    held.changes = [*held.changes, made]
    _note(request, held, "plan.overlay_add", made)


@needs(Right.RUN_PLAN)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one change out."""
    overlay, at = _changeable(pk), request.POST.get("at", "")
    with transaction.atomic():
        held = _held(overlay)
        if not at.isdecimal() or int(at) >= len(held.changes):
            raise Http404
        gone = held.changes.pop(int(at))
        held.save(update_fields=["changes"])
        _note(request, held, "plan.overlay_drop", gone)
    return redirect("plans:overlay", pk)


def _note(request: HttpRequest, overlay: Overlay, act: str, change: dict[str, Any]) -> None:
    subject = overlay.plan.subject if overlay.plan else f"overlay:{overlay.pk}"
    cell = " ".join([change["table"], *change["row"], change["column"]])
    bureau.note(
        request.user,
        subject,
        act,
        overlay=overlay.pk,
        cell=cell,
        old=change["old"],
        new=change["new"],
    )


def _overlay(pk: int) -> Any:
    found = Overlay.objects.select_related("plan").annotate(used=Count("versions"))
    return get_object_or_404(found, pk=pk)


def _changeable(pk: int) -> Any:
    """An overlay that no version was made with: one that was used stays as it was."""
    overlay = _overlay(pk)
    if _frozen(overlay) or overlay.plan is None:
        raise Http404
    return overlay


def _frozen(overlay: Any) -> bool:
    """Whether a version was made with an overlay, or is being made."""
    return overlay.used > 0 or making.asked_with(overlay)


def _held(overlay: Overlay) -> Overlay:
    """The overlay, held until the end of the transaction: no run is asked for meanwhile."""
    held = Overlay.objects.select_for_update().get(pk=overlay.pk)
    if making.asked_with(held) or held.versions.exists():
        raise Http404
    return held


def _change(overlay: Overlay, at: tuple[str, str], key: list[str], text: str) -> dict[str, Any]:
    from dingdian.wiring.whatif import spelling_of

    (table, column), plan = at, overlay.plan
    if column not in changeable(table) or plan is None:
        raise Http404
    census = census_of(plan)
    row = row_at(census, table, key)
    if row is None:
        raise Http404
    old = cell_at(census, table, row, column)
    made = Change(table, tuple(key), column, old, spelling_of(table, column, text))
    if made.new != old and (found := misfit(census, made)) is not None:
        raise RequestError((found,))
    name = row_label(census, table, row)
    return {"table": table, "row": key, "name": name, "column": column, "old": old, "new": made.new}


def _told(change: dict[str, Any]) -> dict[str, str]:
    schema, zh = TABLES[change["table"]], bureau.lang() == "zh"
    field = schema[change["column"]]
    return {
        "table": schema.zh if zh else schema.en,
        "row": change["name"],
        "column": field.zh if zh else field.en,
        "unit": field.unit,
        "old": cell_words(change["table"], change["column"], change["old"]),
        "new": cell_words(change["table"], change["column"], change["new"]),
    }


def cell_words(table: str, column: str, spelling: str) -> str:
    """A cell as a page shows it; — for an unknown one."""
    field = TABLES[table][column]
    if not spelling:
        return "—"
    if how := PERSONAL.get((table, column)):
        return MASKS[how](spelling)
    if field.kind is Kind.NUMBER:
        return spelling if field.name in ("year", "month") else grouped(spelling)
    if field.kind is Kind.FLAG:
        return _("yes") if spelling == "yes" else _("no")
    term = CHOICES[field.choice].get(spelling) if field.choice else None
    if term is None:
        return spelling
    return term.zh if bureau.lang() == "zh" else term.en


def row_label(census: Census, table: str, row: int) -> str:
    """How people call a row: the words of its key, and its name where it has one."""
    parts = []
    for name, cell in zip(TABLES[table].key, key_at(census, table, row), strict=True):
        field = TABLES[table][name]
        region = field.refers == "regions.code"
        parts.append(census.tree.names.get(cell, cell) if region else cell_words(table, name, cell))
    called = row_name(census, table, row)[1]
    return " · ".join(dict.fromkeys(each for each in (*parts, called) if each and each != "—"))


def _choosing(
    asked: QueryDict, census: Census, overlay: Overlay, typed: Mapping[str, str]
) -> dict[str, Any]:
    """The next changes, as far as is asked: table, rows found, the cells of a row."""
    table, find = asked.get("table", ""), asked.get("find", "").strip()[:60]
    names = [each for each in TABLES if changeable(each) and len(census.tables[each])]
    order = sorted(names, key=lambda n: (FIRST.index(n) if n in FIRST else len(FIRST), n))
    zh = bureau.lang() == "zh"
    made: dict[str, Any] = {
        "tables": [(n, TABLES[n].zh if zh else TABLES[n].en) for n in order],
        "table": table if table in names else "",
        "find": find,
    }
    if made["table"]:
        found = list(_found(census, table, find))
        made["rows"] = [(row, row_label(census, table, row)) for row in found[:OFFERED]]
        made["more"] = max(0, len(found) - OFFERED)
        row = asked.get("row", "")
        if row.isdecimal() and int(row) < len(census.tables[table]):
            key = key_at(census, table, int(row))
            its = [e for e in overlay.changes if (e["table"], tuple(e["row"])) == (table, key)]
            shown = {**{e["column"]: e["new"] for e in its}, **typed}
            made |= _cells(census, table, int(row), shown) | {"row": int(row)}
    return made


def _found(census: Census, table: str, find: str) -> list[int]:
    """The rows whose key or name holds every word that is sought."""
    n = len(census.tables[table])
    words = find.casefold().split()
    if not words:
        return list(range(n))
    columns = [
        c for name, c in spelt(census, table).items() if name in {*TABLES[table].key, "name"}
    ]
    found = []
    for row in range(n):
        raw = " ".join(column[row] for column in columns).casefold()
        if all(w in raw for w in words):
            found.append(row)
        elif len(found) < OFFERED * 5:
            said = row_label(census, table, row).casefold()
            if all(w in said or w in raw for w in words):
                found.append(row)
    return found


def _cells(census: Census, table: str, row: int, shown: Mapping[str, str]) -> dict[str, Any]:
    """The cells of a row that may be assumed, each with what it holds and what it may hold.

    ``shown`` is what stands in the fields instead of what the ledger holds.
    """
    zh = bureau.lang() == "zh"
    cells = []
    for name in changeable(table):
        field = TABLES[table][name]
        held = cell_at(census, table, row, name)
        cells.append(
            {
                "column": name,
                "label": field.zh if zh else field.en,
                "unit": field.unit,
                "held": cell_words(table, name, held),
                "spelling": shown.get(name, held),
                "choices": _choices(table, name),
                "day": field.kind is Kind.DAY,
            }
        )
    return {
        "cells": cells,
        "key": key_at(census, table, row),
        "row_called": row_label(census, table, row),
    }


def _choices(table: str, column: str) -> list[tuple[str, str]]:
    field = TABLES[table][column]
    if field.kind is Kind.FLAG:
        return [("yes", _("yes")), ("no", _("no"))]
    if not field.choice:
        return []
    return [(each, cell_words(table, column, each)) for each in CHOICES[field.choice]]


def census_of(plan: Plan) -> Census:
    """The census that a run of the plan would start from now."""
    ledger, day = bureau.desk().ledger, making.census_day(plan.year)
    known = ledger.census_known_at(day, None)
    return _prepared(day, ledger.head().entries, known, tuple(making.accepted(plan.year)))


@lru_cache(maxsize=2)
def _prepared(day: Any, entries: int, known: Any, asked: tuple[Asked, ...]) -> Census:
    del entries, known
    desk = bureau.desk()
    return prepare_census(desk.ledger, desk.terms, day, asked=asked)
