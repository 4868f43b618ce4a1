"""Files of licences: handing one in, and working off what it found."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.census.schema import Field
from dingdian.core.errors import DingdianError, RequestError
from dingdian.core.licences.contract import LICENCES
from dingdian.web import errors
from dingdian.web.ledger import listing, words
from dingdian.web.licences import checking, reading
from dingdian.web.licences.models import Check
from dingdian.web.rights import Right, needs
from dingdian.web.signs import FitField

#: Findings of a page, and files that are listed.
ROWS, FILES = 50, 20
_LONGEST = 500


class FileForm(forms.Form):
    """A file of licences."""

    file = forms.FileField(
        label=gettext_lazy("File of licences"),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy("A workbook or csv of the health or the market authority."),
    )


class SettleForm(forms.Form):
    """What came of findings."""

    remark = FitField(
        label=gettext_lazy("What came of it"),
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": 2}),
    )


@needs(Right.SEE_LEDGER)
def index(request: HttpRequest) -> HttpResponse:
    """The files that were handed in, and handing one in."""
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    told: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        if not request.user.may(Right.MOVE_CASES):
            raise PermissionDenied
        status = 422
        if form.is_valid():
            try:
                made = checking.check(request.user, form.cleaned_data["file"])
            except DingdianError as error:
                told, status = errors.fault_lines(error), errors.status_of(error)
            else:
                return redirect("licences:one", made.pk)
    context = {
        "checks": Check.objects.all()[:FILES],
        "form": form,
        "told": told,
        "columns": [(words.heading(each), _meaning(each)) for each in LICENCES],
        "may": request.user.may(Right.MOVE_CASES),
    }
    return render(request, "licences/list.html", context, status=status)


def _meaning(column: Field) -> str:
    """What a column holds; of a choice also its words."""
    said = words.pick(column.meaning_zh, column.meaning)
    if not column.choice:
        return said
    return f"{said}：{words.joined([name for _id, name in words.terms_of(column.choice)])}"


@needs(Right.SEE_LEDGER)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file found in one's districts."""
    return _one(request, get_object_or_404(Check, pk=pk), SettleForm())


def _one(
    request: HttpRequest,
    made: Check,
    form: SettleForm,
    *,
    status: int = 200,
    told: list[tuple[str, str, str]] | None = None,
) -> HttpResponse:
    found = listing.within(made.findings.all(), request.user.districts(Right.SEE_LEDGER))
    settled = request.GET.get("settled") == "yes"
    found = found.exclude(settled_by="") if settled else found.filter(settled_by="")
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    mine = {
        each.pk
        for each in page
        if not each.settled_by and request.user.may(Right.MOVE_CASES, each.district)
    }
    context = {
        "check": made,
        "page": page,
        "rows": list(reading.lines(page.object_list)),
        "settled": settled,
        "mine": mine,
        "form": form,
        "told": told or [],
    }
    return render(request, "licences/one.html", context, status=status)


@needs(Right.MOVE_CASES)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle the chosen findings."""
    made = get_object_or_404(Check, pk=pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return _one(request, made, form, status=422)
    keys = [int(e) for e in request.POST.getlist("finding") if e.isascii() and e.isdigit()]
    try:
        n = checking.settle(request.user, made, keys, form.cleaned_data["remark"])
    except RequestError as error:
        told = errors.fault_lines(error)
        return _one(request, made, form, status=errors.status_of(error), told=told)
    said = ngettext("%(n)d finding is settled.", "%(n)d findings are settled.", n)
    messages.success(request, said % {"n": n})
    return redirect("licences:one", pk)
