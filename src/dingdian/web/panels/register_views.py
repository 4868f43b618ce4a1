"""The register of experts: the list, an expert, a file of them, and the template to fill in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dingdian.core.errors import DingdianError, RequestError, fault
from dingdian.web import bureau, clock, errors
from dingdian.web.accounts.lists import district_names
from dingdian.web.panels import keeping, register, taking_in
from dingdian.web.panels.expert_forms import ExpertForm, FileForm
from dingdian.web.panels.forms import said
from dingdian.web.panels.models import Expert
from dingdian.web.rights import Right, needs
from dingdian.wiring import experts

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Right.SEE_PANELS)
def index(request: HttpRequest) -> HttpResponse:
    """The experts of one's districts, and taking in a file of them."""
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    told: list[tuple[str, str, str]] = []
    status = 200
    may = request.user.may(Right.MANAGE_PANELS)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        status = 422
        if getattr(request, "too_large", False):
            told, status = errors.too_large_lines(), 413
        elif form.is_valid():
            try:
                fresh, changed = taking_in.take_in(request.user, form.cleaned_data["file"])
            except DingdianError as error:
                told, status = errors.fault_lines(error), errors.status_of(error)
            else:
                done = _("Taken in: %(fresh)d new experts, %(changed)d changed.")
                messages.success(request, done % {"fresh": fresh, "changed": changed})
                return redirect("panels:experts")
    context = {"rows": _rows(request), "form": form, "told": told, "may": may}
    return render(request, "panels/experts.html", context, status=status)


def _rows(request: HttpRequest) -> list[dict[str, Any]]:
    names, fields, today = district_names(), said(register.fields()), clock.today()
    drawn = {each.id: each.cases for each in register.everybody(today.year)}
    return [
        {
            "row": each,
            "field": fields.get(each.field, each.field),
            "districts": "、".join(names.get(code, code) for code in each.districts),
            "district": each.districts[0] if len(each.districts) == 1 else "",
            "here": each.since <= today and (each.through is None or today <= each.through),
            "drawn": drawn.get(each.code, 0),
            "relations": len(each.relations.all()),
            "mine": register.may_keep(request.user, each.districts),
        }
        for each in register.visible(request.user)
    ]


@needs(Right.MANAGE_PANELS)
def new(request: HttpRequest) -> HttpResponse:
    """Add an expert."""
    return _form(request, None)


@needs(Right.MANAGE_PANELS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an expert of one's own districts.

    Raises:
        Http404: there is none, or they evaluate elsewhere too.
    """
    row = Expert.objects.filter(pk=pk).select_related("user").first()
    if row is None or not register.may_keep(request.user, row.districts):
        raise Http404
    return _form(request, row)


def _form(request: HttpRequest, row: Expert | None) -> HttpResponse:
    data = (request.POST,) if request.method == "POST" else ()
    form = ExpertForm(*data, user=request.user, row=row)
    told: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _keep(request, form, row)
            except RequestError as error:
                told, status = errors.fault_lines(error), errors.status_of(error)
            else:
                messages.success(request, _("Kept in the register."))
                return redirect("panels:experts")
    declared = [
        (said(register.grounds()).get(each.ground, each.ground), each)
        for each in (row.relations.exclude(panel="") if row else ())
    ]
    context = {"form": form, "row": row, "told": told, "declared": declared}
    return render(request, "panels/expert.html", context, status=status)


def _keep(request: HttpRequest, form: ExpertForm, row: Expert | None) -> None:
    """Write an expert.

    Raises:
        RequestError: it is refused; also where a new one has a code that is taken.
    """
    written = form.row_of()
    if row is None and Expert.objects.filter(code=written.code).exists():
        raise RequestError((fault("panel_expert_twice", expert=written.code),))
    keeping.keep(request.user, [written], keeping.EDIT if row else keeping.ADD)


@needs(Right.SEE_PANELS)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    del request
    fields = [each.zh for each in register.fields().values()]
    grounds = [each.zh for each in register.grounds().values()]
    answer = HttpResponse(experts.template(bureau.lang(), fields, grounds), content_type=_XLSX)
    answer["Content-Disposition"] = 'attachment; filename="experts.xlsx"'
    return answer
