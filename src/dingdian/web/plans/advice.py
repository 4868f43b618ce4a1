"""Advice of the command line added to a plan: read, held to its mark, kept for the runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dingdian.core.errors import Fault, RequestError, fault
from dingdian.core.record import AdviceRecord
from dingdian.reports.advice import read_advice
from dingdian.web import bureau, clock, errors, papers
from dingdian.web.accounts.models import User
from dingdian.web.plans.forms import AdviceForm
from dingdian.web.plans.making import advice_asked_for
from dingdian.web.plans.models import Advice, Plan
from dingdian.web.rights import Right, needs


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of advice as pages list it.

    ``fits`` are the numbers of the versions whose census it was worked out with, ``taken`` of
    those that took it along; ``asked`` says that a run that is not done yet takes it.
    """

    row: Advice
    fits: list[int]
    taken: list[int]
    asked: bool

    @property
    def removable(self) -> bool:
        """Whether no version rests on it and none is about to."""
        return not self.taken and not self.asked


def listed(plan: Plan) -> list[Listed]:
    """The advice that was added to a plan, the last first."""
    waiting = advice_asked_for(plan)
    versions = list(plan.versions.order_by("number").values_list("number", "census", "asked"))
    return [
        Listed(
            each,
            [number for number, census, _asked in versions if census == each.census],
            [number for number, _census, asked in versions if each.pk in asked.get("advice", ())],
            each.pk in waiting,
        )
        for each in plan.advice.order_by("-pk")
    ]


@needs(Right.RUN_PLAN)
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """The advice of a plan, and adding more: all files that were chosen, or none."""
    if request.user.districts(Right.RUN_PLAN) is not None:
        raise Http404
    plan = get_object_or_404(Plan, pk=pk)
    form = AdviceForm(request.POST or None, request.FILES or None)
    told: list[tuple[str, str, str]] = []
    status = 200
    if getattr(request, "too_large", False):
        told = errors.too_large_lines()
        form, status = AdviceForm(), 413
    elif request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            added = add(plan, request.user, form.cleaned_data["files"])
        except RequestError as error:
            told, status = errors.fault_lines(error), errors.status_of(error)
        else:
            _tell(request, added)
            return redirect("plans:advice", plan.pk)
    context = {"plan": plan, "form": form, "told": told, "advice": listed(plan)}
    return render(request, "plans/advice.html", context, status=status)


@needs(Right.RUN_PLAN)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file of advice off a plan again, unless a version took it along or is about to."""
    if request.user.districts(Right.RUN_PLAN) is not None:
        raise Http404
    plan, wanted = get_object_or_404(Plan, pk=pk), request.POST.get("row", "")
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)  # against a run that is asked for
        found = [each for each in listed(plan) if str(each.row.pk) == wanted]
        if not found:
            raise Http404
        row = found[0].row
        if found[0].removable:
            bureau.note(
                request.user, plan.subject, "plan.advice_drop", name=row.name, sha256=row.sha256
            )
            row.delete()
            messages.info(request, _("%(name)s was removed.") % {"name": row.name})
        else:
            said = _("%(name)s stays: a version took it along, or a run that waits will.")
            messages.error(request, said % {"name": row.name})
    return redirect("plans:advice", plan.pk)


def _tell(request: HttpRequest, added: int) -> None:
    said = ngettext("%(n)d file added.", "%(n)d files added.", added) % {"n": added}
    messages.info(request, said if added else _("Added before: nothing is new."))


def add(plan: Plan, by: User, uploads: Iterable[Any]) -> int:
    """Add uploaded files to a plan, all or none; those that it has stay; returns how many are new.

    Raises:
        RequestError: one is no advice, was changed, or is of another year; all such are told.
    """
    read, faults = [], list[Fault]()
    for each in uploads:
        try:
            read.append((each, _read(plan, each)))
        except RequestError as error:
            faults += error.faults
    if faults:
        raise RequestError(tuple(faults))
    new = 0
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        for upload, told in read:
            kept = papers.store(upload, "json")
            said = {"name": kept.name, "kind": kept.kind, "size": kept.size}
            said |= {"about": told.kind, "census": told.census, "shelf": told.shelf}
            _row, fresh = Advice.objects.get_or_create(
                plan=plan,
                sha256=kept.sha256,
                defaults={**said, "by": by.username, "at": clock.now()},
            )
            if fresh:
                new += 1
                bureau.note(by, plan.subject, "plan.advice", name=kept.name, sha256=kept.sha256)
    return new


def _read(plan: Plan, upload: Any) -> AdviceRecord:
    """The first answer of an uploaded file."""
    upload.seek(0)
    name = papers.shown_name(upload.name or "", "json")
    told, *_rest = read_advice(upload.read(), file=name)
    if told.year != plan.year:
        found, wanted = str(told.year), str(plan.year)
        raise RequestError((fault("advice_of_other_year", path=name, found=found, wanted=wanted),))
    return told
