"""Objections to public notices: the list, one of them, recording and answering it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import RequestError
from dingdian.web import errors
from dingdian.web.ledger import words
from dingdian.web.ledger.models import Case, Region
from dingdian.web.objections import reading, settling
from dingdian.web.objections.models import Objection, Outcome
from dingdian.web.rights import Right, needs
from dingdian.web.signs import FitField

_ROWS = 50
_SAID, _ANSWER = 300, 2000


class RecordForm(forms.Form):
    """What is objected, as it will stand in the ledger."""

    said = FitField(
        label=gettext_lazy("What is objected"),
        max_length=_SAID,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("It stands in the ledger for good: no names, no telephone."),
    )


class AnswerForm(forms.Form):
    """The answer, which the public site shows to whoever has the receipt."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("objection", "Outcome"), choices=[("", "—"), *Outcome.choices]
    )
    said = FitField(
        label=pgettext_lazy("objection", "Answer"),
        max_length=_ANSWER,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy(
            "The next edition carries it to the public site; only who has the receipt number "
            "finds it. No names, no telephone."
        ),
    )


@needs(Right.SEE_LEDGER)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The objections of one's districts; the open ones where nothing else is asked for."""
    done = request.GET.get("answered") == "yes"
    found = reading.visible(request.user)
    found = found.exclude(outcome="") if done else found.filter(outcome="")
    page = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    names = dict(Region.objects.filter(level="county").values_list("code", "name"))
    context = {"page": page, "answered": done, "names": names}
    return render(request, "objections/list.html", context)


@needs(Right.SEE_LEDGER)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """An objection with where its case stands."""
    return _page(request, _found(request, pk, Right.SEE_LEDGER))


def _found(request: HttpRequest, pk: int, right: Right) -> Objection:
    """An objection of the districts in which somebody has a right.

    Raises:
        Http404: there is none, or it is of another district.
    """
    found = reading.visible(request.user, right).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    objection: Objection,
    *,
    record: RecordForm | None = None,
    answer: AnswerForm | None = None,
    told: list[tuple[str, str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    may = request.user.may(Right.MOVE_CASES, objection.district)
    case = Case.objects.filter(case=objection.case).first()
    open_now = may and not objection.outcome
    context: dict[str, Any] = {
        "objection": objection,
        "stage": words.stage(case.stage) if case else "",
        "district_name": Region.objects.filter(code=objection.district)
        .values_list("name", flat=True)
        .first(),
        "record": record or RecordForm() if open_now and objection.entry is None else None,
        "answer": answer or AnswerForm() if open_now else None,
        "told": told or [],
    }
    return render(request, "objections/one.html", context, status=status)


@needs(Right.MOVE_CASES)
@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record it in the ledger."""
    found = _found(request, pk, Right.MOVE_CASES)
    form = RecordForm(request.POST)
    if not form.is_valid():
        return _page(request, found, record=form, status=422)

    def do() -> None:
        settling.record(request.user, found, form.cleaned_data["said"])
        messages.success(request, _("The objection stands in the ledger."))

    return _done(request, found, do, record=form)


@needs(Right.MOVE_CASES)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer it."""
    found = _found(request, pk, Right.MOVE_CASES)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, answer=form, status=422)

    def do() -> None:
        given = form.cleaned_data
        settling.answer(request.user, found, given["outcome"], given["said"])
        messages.success(request, _("Answered. The next edition carries it to the public site."))

    return _done(request, found, do, answer=form)


def _done(
    request: HttpRequest, found: Objection, do: Callable[[], None], **form: Any
) -> HttpResponse:
    try:
        do()
    except RequestError as error:
        told, status = errors.fault_lines(error), errors.status_of(error)
        return _page(request, found, told=told, status=status, **form)
    return redirect("objections:one", found.pk)
