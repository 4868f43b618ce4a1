"""Complaints and findings: the list, entering one, and what is done with each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import RequestError, fault
from dingdian.core.supervision.complaints import STATUSES, Status, may_follow
from dingdian.reports.lives.words import Speech
from dingdian.storage.manifest import file_digest
from dingdian.web import bureau, clock, errors
from dingdian.web.accounts.lists import holders
from dingdian.web.complaints import handling, reading
from dingdian.web.complaints.forms import (
    AnswerForm,
    AssignForm,
    InvestigateForm,
    LinkForm,
    NewForm,
)
from dingdian.web.complaints.models import Complaint, Paper
from dingdian.web.ledger.views import FORMATS, as_file
from dingdian.web.papers import attachment, look
from dingdian.web.rights import Right, needs

_ROWS = 50
#: Stage that a form leads to -> the form.
STEPS: dict[Status, type[forms.Form]] = {
    Status.ACCEPTED: forms.Form,
    Status.NOT_ACCEPTED: AnswerForm,
    Status.INVESTIGATED: InvestigateForm,
    Status.ANSWERED: AnswerForm,
}


@needs(Right.HANDLE_COMPLAINTS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The complaints of one's districts; the open ones where nothing else is asked for."""
    filters = reading.Filters.of(request)
    page = Paginator(filters.apply(request.user), _ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": list(reading.lines(page.object_list)),
        "statuses": [(str(each), row.name) for each, row in STATUSES.items()],
        "status": filters.status,
        "mine": filters.mine,
        "text": filters.text,
    }
    return render(request, "complaints/list.html", context)


@needs(Right.HANDLE_COMPLAINTS)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The complaints that the filters leave, as a workbook without persons; noted."""
    filters = reading.Filters.of(request)
    rows = list(filters.apply(request.user))
    content = reading.workbook(rows, clock.today())
    with transaction.atomic():
        bureau.note(
            request.user, "complaints", "complaint.export", filter=filters.said(), rows=len(rows)
        )
    return as_file(content, f"complaints-{clock.today()}.xlsx", FORMATS["xlsx"])


@needs(Right.HANDLE_COMPLAINTS)
def new(request: HttpRequest) -> HttpResponse:
    """Typing one in."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NewForm(*given, user=request.user, initial={"received_on": clock.today()})
    told: list[tuple[str, str, str]] = []
    status = 200
    if getattr(request, "too_large", False):
        told, status = errors.too_large_lines(), 413
    elif request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                papers = look((each, "", "") for each in form.cleaned_data["papers"])
                made = handling.enter(request.user, form.said(), papers)
            except RequestError as error:
                told, status = errors.fault_lines(error), errors.status_of(error)
            else:
                messages.success(request, _("Kept. Its receipt is %s.") % made.receipt)
                return redirect("complaints:one", made.pk)
    return render(request, "complaints/new.html", {"form": form, "told": told}, status=status)


@needs(Right.HANDLE_COMPLAINTS)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them."""
    return _page(request, _found(request, pk))


def _found(request: HttpRequest, pk: int) -> Complaint:
    """A complaint of one's districts.

    Raises:
        Http404: there is none, or it is of another district.
    """
    found = reading.visible(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    complaint: Complaint,
    *,
    told: list[tuple[str, str, str]] | None = None,
    status: int = 200,
    **filled: forms.Form,
) -> HttpResponse:
    (line,) = reading.lines([complaint])
    policy = bureau.desk().terms.policy(complaint.received_on)
    moves = {each.seq: each for each in handling.moves_of(complaint.institution)}
    steps = [
        (each, STATUSES[each].name, filled.get(each) or form())
        for each, form in STEPS.items()
        if may_follow(Status(complaint.status), each)
    ]
    context: dict[str, Any] = {
        "line": line,
        "complaint": complaint,
        "rule": policy.readings.get(line.term.reading),
        "papers": complaint.papers.all(),
        "steps": steps,
        "assign": filled.get("assign") or _assign(complaint),
        "link": filled.get("link") or _link(complaint),
        "move": moves.get(complaint.entry),
        "told": told or [],
    }
    if context["move"] is not None:
        context["move_said"] = _speech().move(context["move"].move)
    return render(request, "complaints/one.html", context, status=status)


def _speech() -> Speech:
    return Speech(bureau.lang(), bureau.desk().terms, clock.today())


def _assign(complaint: Complaint, *given: Any) -> AssignForm:
    found = holders(Right.HANDLE_COMPLAINTS, complaint.district)
    users = [(each.username, each.name or each.username) for each in found]
    return AssignForm(*given, users=users, initial={"handler": complaint.handler})


def _link(complaint: Complaint, *given: Any) -> LinkForm:
    names = ("institution", "entry", "year")
    return LinkForm(
        *given,
        district=complaint.district,
        entries=handling.moves_of(complaint.institution),
        speech=_speech(),
        initial={name: getattr(complaint, name) for name in names},
    )


@needs(Right.HANDLE_COMPLAINTS)
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to somebody."""
    found = _found(request, pk)
    form = _assign(found, request.POST)

    def do() -> None:
        handling.assign(request.user, found, form.cleaned_data["handler"])

    return _done(request, found, do, assign=form)


@needs(Right.HANDLE_COMPLAINTS)
@require_POST
def step(request: HttpRequest, pk: int, status: str) -> HttpResponse:
    """Lead it on.

    Raises:
        Http404: there is no such stage to lead to.
    """
    found = _found(request, pk)
    if status not in {str(each) for each in STEPS}:
        raise Http404
    wanted = Status(status)
    form = STEPS[wanted](request.POST)

    def do() -> None:
        handling.step(request.user, found, wanted, **form.cleaned_data)

    return _done(request, found, do, **{status: form})


@needs(Right.HANDLE_COMPLAINTS)
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Name what followed in the ledger."""
    found = _found(request, pk)
    form = _link(found, request.POST)

    def do() -> None:
        given = form.cleaned_data
        moves = {each.seq: each for each in handling.moves_of(given["institution"])}
        entry = moves.get(given["entry"]) if given["entry"] is not None else None
        handling.link(
            request.user,
            found,
            institution=given["institution"],
            entry=entry,
            year=given["year"],
        )

    return _done(request, found, do, link=form)


def _done(
    request: HttpRequest, found: Complaint, do: Callable[[], None], **filled: forms.Form
) -> HttpResponse:
    (form,) = filled.values()
    if not form.is_valid():
        return _page(request, found, status=422, **filled)
    try:
        do()
    except RequestError as error:
        told, status = errors.fault_lines(error), errors.status_of(error)
        return _page(request, found, told=told, status=status, **filled)
    messages.success(request, _("Kept."))
    return redirect("complaints:one", found.pk)


@needs(Right.HANDLE_COMPLAINTS)
@require_safe
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """A paper, to be saved.

    Raises:
        RequestError: its bytes are not those that were handed in.
    """
    found = get_object_or_404(Paper, pk=pk)
    _found(request, found.of_id)
    if file_digest(found.path) != found.sha256:
        raise RequestError((fault("paper_changed", name=found.name),))
    return attachment(found.path, found.name)
