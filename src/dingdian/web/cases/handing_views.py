"""Patients' hand-overs: those that are open, and the form of one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.handover import PATIENTS, HandOver
from dingdian.web import bureau, errors
from dingdian.web.cases import handing_over
from dingdian.web.cases.finding import seen
from dingdian.web.rights import Right, needs
from dingdian.web.signs import FitField

_MOST, _LONGEST = 99_999, 500


class HandOverForm(forms.Form):
    """Patients by kind, who takes them over, by when, and when all were handed over."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for kind, said in PATIENTS.items():
            self.fields[kind] = forms.IntegerField(
                label=capfirst(said.say(bureau.lang())), min_value=0, max_value=_MOST
            )
        self.fields["receiver"] = FitField(
            label=gettext_lazy("Taken over by"),
            required=False,
            max_length=_LONGEST,
            widget=forms.Textarea({"rows": 2}),
            help_text=gettext_lazy("Institutions; name no patient."),
        )
        self.fields["by"] = _day(gettext_lazy("To be done by"))
        self.fields["done_on"] = _day(gettext_lazy("All handed over on"))

    def said(self) -> HandOver:
        """What was filled in."""
        given = self.cleaned_data
        numbers = {kind: given[kind] for kind in PATIENTS}
        return HandOver(numbers, given["receiver"], given["by"], given["done_on"])


def _day(label: Any) -> forms.DateField:
    box = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=box)


@needs(Right.SEE_LEDGER)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The hand-overs of one's districts that are not closed."""
    found = handing_over.asked(request.user, Right.SEE_LEDGER)
    rows = [(each, dt.date.fromisoformat(each.ended.new)) for each in found]
    return render(request, "cases/handovers.html", {"rows": rows})


@needs(Right.MOVE_CASES)
def one(request: HttpRequest, case: str) -> HttpResponse:
    """The form of a hand-over, and recording it."""
    found = seen(request.user, case, Right.MOVE_CASES)
    asked = handing_over.of_case(case)
    if asked is None:
        raise Http404
    row = asked.row
    known = {"seen": 0}
    if row is not None:
        said = {"receiver": row.receiver, "by": row.by, "done_on": row.done_on}
        known = {"seen": row.last, **row.numbers, **said}
    form = HandOverForm(request.POST or None, initial=known)
    told: list[tuple[str, str, str]] = []
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            handing_over.record(
                request.user, asked.ended, form.said(), seen=form.cleaned_data["seen"]
            )
        except RequestError as error:
            told, status = errors.fault_lines(error), errors.status_of(error)
        else:
            messages.success(request, _("The hand-over is recorded."))
            return redirect("cases:one", case)
    context = {"found": found, "form": form, "told": told}
    return render(request, "cases/handover.html", context, status=status)
