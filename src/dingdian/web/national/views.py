"""The list of changes on the national platform: confirmed one by one or together."""

from __future__ import annotations

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import Fault, RequestError
from dingdian.web import bureau, clock, errors
from dingdian.web.ledger.views import FORMATS, as_file
from dingdian.web.national import confirming, reading
from dingdian.web.national.forms import ConfirmForm, ReopenForm
from dingdian.web.national.gathering import gather
from dingdian.web.national.models import Change, Standing
from dingdian.web.rights import Right, needs

#: Changes of a page.
ROWS = 50
_SEEN = re.compile(r"[0-9]{1,18}\.[0-9]{1,18}")


@needs(Right.SEE_LEDGER)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The changes of one's districts: to be made, made, or taken back."""
    gather()
    return _index(request, ConfirmForm(day=clock.today()))


def _index(
    request: HttpRequest,
    form: ConfirmForm,
    status: int = 200,
    told: list[tuple[str, str, str]] | None = None,
) -> HttpResponse:
    filters = reading.Filters.of(request)
    page = Paginator(filters.apply(request.user), ROWS).get_page(request.GET.get("page"))
    rows = list(reading.lines(page.object_list))
    mine = {
        each.row.pk
        for each in rows
        if each.row.standing == Standing.OPEN
        and request.user.may(Right.MOVE_CASES, each.row.district)
    }
    context = {
        "filters": filters,
        "page": page,
        "rows": rows,
        "offered": filters.offered(request.user),
        "form": form,
        "told": told or [],
        "open": Standing.OPEN,
        "done": Standing.DONE,
        "mine": mine,
        "may": request.user.may(Right.MOVE_CASES),
        "may_export": request.user.may(Right.EXPORT_LEDGER),
    }
    return render(request, "national/list.html", context, status=status)


@needs(Right.MOVE_CASES)
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm that the chosen changes were made."""
    form = ConfirmForm(request.POST, day=clock.today())
    seen = [each for each in request.POST.getlist("change") if _SEEN.fullmatch(each)]
    if not form.is_valid():
        return _index(request, form, 422)
    given = form.cleaned_data
    try:
        done, refused = confirming.confirm(request.user, seen, given["day"], given["reference"])
    except RequestError as error:
        return _index(request, form, errors.status_of(error), errors.fault_lines(error))
    if done:
        n = len(done)
        said = ngettext("%(n)d change is confirmed.", "%(n)d changes are confirmed.", n)
        messages.success(request, said % {"n": n})
    if not refused:
        return redirect("national:list")
    told = [line for each, why in refused for line in _told(each, why)]
    return _index(request, form, 200 if done else 422, told)


def _told(change: Change, why: Fault) -> list[tuple[str, str, str]]:
    """Why one of several changes was not confirmed, at its name and item."""
    (line,) = reading.lines([change])
    where = f"{change.name or change.case} {line.item}"
    return [(where, what, cure) for _, what, cure in errors.fault_lines(RequestError((why,)))]


@needs(Right.MOVE_CASES)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to take a confirmation back, and taking it back."""
    change = get_object_or_404(Change, pk=pk)
    if not request.user.may(Right.MOVE_CASES, change.district):
        raise Http404
    form = ReopenForm(request.POST or None)
    told: list[tuple[str, str, str]] = []
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            confirming.reopen(request.user, pk, form.cleaned_data["reason"])
        except RequestError as error:
            told = errors.fault_lines(error)
        else:
            messages.success(request, _("It is to be made again."))
            return redirect("national:list")
    (line,) = reading.lines([change])
    context = {"line": line, "form": form, "told": told}
    return render(request, "national/reopen.html", context, status=status)


@needs(Right.EXPORT_LEDGER)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The changes that the filters leave, as a workbook; noted in the journal."""
    gather()
    filters = reading.Filters.of(request)
    changes = list(filters.apply(request.user, Right.EXPORT_LEDGER))
    content = reading.workbook(changes, clock.today())
    with transaction.atomic():
        bureau.note(
            request.user, "platform", "platform.export", filter=filters.said(), rows=len(changes)
        )
    return as_file(content, f"platform-{clock.today()}.xlsx", FORMATS["xlsx"])
