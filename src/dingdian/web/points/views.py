"""Pages of points of persons: the register, one person, handing in, confirming."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dingdian.core.errors import DingdianError
from dingdian.web import clock, errors
from dingdian.web.accounts.second import may_second
from dingdian.web.assessments import access
from dingdian.web.ledger import words
from dingdian.web.points import forms, register, showing
from dingdian.web.points.models import Batch, Stand
from dingdian.web.rights import Right, needs

#: Persons of a page.
ROWS = 50
_LONGEST = 1000


@access.seers
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every person with points of one's districts, the most points first."""
    near = request.GET.get("near") == "yes"
    try:
        found = showing.persons(access.seen(request.user), clock.today())
    except DingdianError as error:
        told = errors.fault_lines(error)
        return render(request, "points/list.html", {"told": told}, status=errors.status_of(error))
    people = [each for each in found if each.near or not near]
    batches = register.visible(request.user)
    context = {
        "page": Paginator(people, ROWS).get_page(request.GET.get("page")),
        "near": near,
        "n_near": sum(each.near for each in found),
        "n": len(found),
        "rule": showing.rule(clock.today()),
        "batches": batches.filter(state=Stand.WAITING),
        "done": batches.exclude(state=Stand.WAITING)[:20],
        "forms": list(showing.titles()),
        "may": request.user.may(Right.RUN_ASSESSMENT),
    }
    return render(request, "points/list.html", context)


@access.seers
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A person, by one of the lines about it: what is on record, and what it comes to."""
    line = get_object_or_404(register.confirmed(), pk=pk)
    seen = access.seen(request.user)
    lines = list(register.confirmed().filter(person=line.person))
    mine = [each for each in lines if seen is None or each.district in seen]
    if not mine:
        raise Http404
    person = next(iter(showing.standings(lines, clock.today())), None)
    context = {
        "person": person,
        "lines": mine,
        "others": len(lines) - len(mine),
        "code": line.person,
        "district": mine[0].district,
        "rule": showing.rule(clock.today()),
        "responsibilities": dict(words.terms_of("responsibility")),
    }
    return render(request, "points/person.html", context)


@needs(Right.RUN_ASSESSMENT)
def new(request: HttpRequest, form: str) -> HttpResponse:
    """The form of a line, and handing it in; ``file`` hands a workbook in.

    Raises:
        Http404: there is no such form.
    """
    kinds: dict[str, type[django_forms.Form]] = {**forms.FORMS, "file": forms.FileForm}
    if form not in kinds:
        raise Http404
    filled = kinds[form](*((request.POST, request.FILES) if request.method == "POST" else ()))
    told: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        status = 422
        if filled.is_valid():
            try:
                made = _hand_in(request, form, filled)
            except DingdianError as error:
                told, status = errors.fault_lines(error), errors.status_of(error)
            else:
                messages.success(request, _("Handed in: another person confirms it."))
                return redirect("points:batch", made.pk)
    title = dict(showing.titles())[form]
    context = {"form": filled, "told": told, "title": title}
    return render(request, "points/new.html", context, status=status)


def _hand_in(request: HttpRequest, form: str, filled: django_forms.Form) -> Batch:
    if form == "file":
        lines, name, sha256 = register.read(filled.cleaned_data["file"])
        return register.hand_in(request.user, lines, name=name, sha256=sha256)
    return register.hand_in(request.user, [forms.line_of(filled)])


@access.seers
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed in at once, and deciding on it."""
    found: Batch = get_object_or_404(showing.batches(request.user), pk=pk)
    told: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        verb, why = request.POST.get("decision", ""), request.POST.get("why", "")[:_LONGEST].strip()
        if verb != "withdraw" and not _may_confirm(request, found):
            raise PermissionDenied
        if verb not in ("confirm", "send_back", "withdraw") or (verb == "send_back" and not why):
            told, status = [("", _("No decision was chosen, or no reason was given."), "")], 422
        else:
            try:
                register.decide(request.user, found, verb, why)
            except DingdianError as error:
                told, status = errors.fault_lines(error), errors.status_of(error)
            else:
                messages.success(request, _("Done."))
                return redirect("points:list")
    waits = Batch.objects.filter(pk=pk, state=Stand.WAITING).exists()
    context: dict[str, Any] = {
        "batch": found,
        "lines": found.lines.all(),
        "told": told,
        "may_confirm": waits
        and may_second(request.user, found.by, Right.CONFIRM_ASSESSMENT, [found.district]),
        "may_withdraw": waits and found.by == request.user.username,
    }
    return render(request, "points/batch.html", context, status=status)


def _may_confirm(request: HttpRequest, found: Batch) -> bool:
    return bool(request.user.may(Right.CONFIRM_ASSESSMENT, found.district))
