"""Institutions: the list with its filters and exports, and the page of one with its history."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import pgettext

from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.reports.lists import list_csv, list_workbook
from dingdian.web import bureau, clock
from dingdian.web.ledger import listing, looking, refreshing, words
from dingdian.web.ledger.columns import COLUMNS, cells
from dingdian.web.ledger.models import Region
from dingdian.web.rights import Right, needs
from dingdian.wiring import institutions

if TYPE_CHECKING:
    from dingdian.wiring.institutions import Looked

#: Rows of a page, and the formats of an export with their media types.
ROWS = 50
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@needs(Right.SEE_LEDGER)
def index(request: HttpRequest) -> HttpResponse:
    """The list; asked by its own form it answers with the rows alone."""
    filters = listing.Filters.of(request)
    districts = listing.districts_of(request.user)
    visible = listing.visible(request.user)
    page = Paginator(filters.apply(visible), ROWS).get_page(request.GET.get("page"))
    names = dict(Region.objects.values_list("code", "name"))
    context = {
        "filters": filters,
        "page": page,
        "rows": [(each, cells(each, filters.columns, names)) for each in page],
        "total": visible.count(),
        "picture": refreshing.shown_picture(request.user.username),
        "offered": list(filters.offered(districts)),
        "columns": COLUMNS.values(),
        "shown": {each.name for each in filters.columns},
        "may_export": request.user.may(Right.EXPORT_LEDGER),
    }
    only_rows = request.htmx and request.htmx.target == "rows"
    answer = render(request, "ledger/rows.html" if only_rows else "ledger/list.html", context)
    patch_vary_headers(answer, ("HX-Request",))
    return answer


@needs(Right.EXPORT_LEDGER)
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The filtered list as a file; who took which rows along stands in the journal."""
    if form not in FORMATS:
        raise Http404
    filters = listing.Filters.of(request)
    found = filters.apply(listing.visible(request.user, Right.EXPORT_LEDGER))
    names = dict(Region.objects.values_list("code", "name"))
    rows = [[each.value(row, names) for each in filters.columns] for row in found]
    heads = [each.head() for each in filters.columns]
    fields = request.GET.get("fields") == "yes"
    day = clock.today()
    content = (
        list_csv(heads, rows, fields=fields)
        if form == "csv"
        else list_workbook(pgettext("ledger", "Institutions"), heads, rows, fields=fields, day=day)
    )
    with transaction.atomic():
        bureau.note(
            request.user,
            "ledger",
            "ledger.export",
            form=form,
            filter=filters.said(),
            rows=len(rows),
        )
    return as_file(content, f"institutions-{day}.{form}", FORMATS[form])


def as_file(content: bytes, name: str, media: str) -> HttpResponse:
    """A file to be kept."""
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Right.SEE_LEDGER)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """An institution as it stood on a day, as known at a moment, with its whole history."""
    row = get_object_or_404(listing.visible(request.user), code=code)
    asked = asked_of(request)
    desk = bureau.desk()
    looked = institutions.look(desk, code, asked["on"], asked["known"])
    cases = [looking.told(each, desk.terms, asked["on"]) for each in looked.shown.cases]
    context = {
        "row": row,
        "cases": cases,
        "limits": [each for case in cases for each in case.limits],
        "history": looking.history(looked.versions),
        "may_see_map": request.user.may(Right.CHECK_SITE),
        **asked,
        **of_census(looked, row.district),
    }
    return render(request, "ledger/one.html", context)


def of_census(looked: Looked, district: str) -> dict[str, Any]:
    """What the census says of an institution now, as ``ledger/about.html`` shows it."""
    regions = dict(Region.objects.values_list("code", "name"))
    shown = looked.shown
    return {
        "found": bool(shown.facts),
        "taken_on": looked.taken_on,
        "origin": shown.origin,
        "facts": list(looking.facts(shown, regions)),
        "services": list(looking.services(shown)),
        "beds": looking.beds(shown),
        "agreement": list(looking.agreement(shown)),
        "district_name": regions.get(district, district),
        "standing": words.term("standing", str(shown.facts.get("standing") or "")),
        "tone": words.tone(str(shown.facts.get("standing") or "")),
    }


def asked_of(request: HttpRequest) -> dict[str, Any]:
    """The day and the moment that the address asks for; what cannot be read is today, and now."""
    today = clock.today()
    day = _day(request.GET.get("on", "")) or today
    known = _day(request.GET.get("known", ""))
    moment = None
    if known is not None:
        moment = dt.datetime.combine(known, dt.time(23, 59, 59), SHANGHAI)
    return {"on": day, "known": moment, "known_day": known, "is_today": day == today and not known}


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
