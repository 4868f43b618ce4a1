"""The list of rounds, the upload, what the check found, and deciding or discarding one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import RequestError, Severity
from dingdian.core.faults import KINDS
from dingdian.reports.quality import SEVERITIES
from dingdian.web import bureau, clock
from dingdian.web.errors import fault_lines, status_of, too_large_lines
from dingdian.web.imports import receiving
from dingdian.web.imports.lines import Lines
from dingdian.web.imports.quality import fault_of, said
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.running import ask, cancel
from dingdian.web.papers import FilesInput, ManyFiles
from dingdian.web.procedure import places
from dingdian.web.rights import Right, needs
from dingdian.web.rounds import access, replaying, working
from dingdian.web.rounds.models import BEFORE, HAVING, Round, State, held, rounds_folder

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: Rows of a page of the list, and faults of a page.
ROWS, FAULTS = 50, 100


class UploadForm(forms.Form):
    """The files of a round, and the day of decision where the file does not say it."""

    files = ManyFiles(
        label=gettext_lazy("Files of the round"),
        widget=FilesInput({"multiple": True, "accept": ".xlsx,.csv,.zip", "required": True}),
        help_text=gettext_lazy(
            "One workbook (xlsx), or several tables as csv, also in a zip. Nothing in the ledger "
            "changes before the round is entered."
        ),
    )
    day = forms.DateField(
        label=gettext_lazy("Day of decision"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Only where the table round of the file does not state it."),
    )


@needs(Right.SEE_LEDGER)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The rounds with applicants of one's districts, the newest first."""
    state = request.GET.get("state", "")
    rows = Round.objects.visible_to(request.user).select_related("version__plan")
    if state in State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.defer("manifest"), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "states": State.choices,
        "may_upload": request.user.may(Right.MOVE_CASES),
    }
    return render(request, "rounds/list.html", context)


@needs(Right.MOVE_CASES)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose the files of a round, or take a workbook to fill in."""
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    told: list[tuple[str, str, str]] = []
    status = 200
    if getattr(request, "too_large", False):
        told, status = too_large_lines(), 413
    elif request.method == "POST" and form.is_valid():
        try:
            row = take(request.user, form.cleaned_data["files"], form.cleaned_data["day"])
        except RequestError as error:
            told, status = fault_lines(error), status_of(error)
        else:
            return redirect("rounds:one", row.pk)
    elif request.method == "POST":
        status = 422
    context = {
        "form": form if status != 413 else UploadForm(),
        "told": told,
        "limit": settings.CONFIG.upload_limit_mb,
        "plans": places.in_force(),
    }
    return render(request, "rounds/new.html", context, status=status)


def take(user: User, files: list[Any], day: Any) -> Round:
    """The row of an upload, and its work; without a row the files go again.

    Raises:
        RequestError: something is no part of a round; then nothing is kept.
    """
    folder, received = receiving.receive(files)
    came = Path(settings.MEDIA_ROOT) / folder
    place = rounds_folder() / folder
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(came, place)
        names = "、".join(each.name for each in received)
        with transaction.atomic():
            row = Round.objects.create(
                folder=folder,
                name=names if len(names) <= 200 else f"{names[:199]}…",
                files=[each.plain() for each in received],
                by=user.username,
                uploaded_at=clock.now(),
                stated=day,
            )
            digests = "、".join(each.sha256[:16] for each in received[:20])
            bureau.note(user, row.subject, "round.upload", file=row.name, sha256=digests)
            ask_for(row, user)
    except BaseException:
        for each in (came, place):
            shutil.rmtree(each, ignore_errors=True)
        raise
    return row


def ask_for(row: Round, user: User) -> Job:
    """Ask for a round to be checked and decided."""
    return ask(working.WORK, row.subject, by=user.username, pk=row.pk, language=bureau.lang())


@needs(Right.SEE_LEDGER)
@require_safe
def faults(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the check found, in one list; for who sees the whole round."""
    row = access.seen(request.user, pk)
    whole = access.whole(request.user, row)
    found = Lines([(row.lines_place, row.faults if whole else 0)])
    page = Paginator(found, FAULTS).get_page(request.GET.get("page"))
    context = {"row": row, "page": page, "lines": [_line(row, each) for each in page]}
    context |= {"whole": whole, "marked": whole and row.marked.is_file(), "current": "faults"}
    return render(request, "rounds/faults.html", context)


def _line(row: Round, each: Any) -> dict[str, Any]:
    """A fault as the list shows it: one that does not stop the round is read as unknown."""
    lang = bureau.lang()
    what, cure = said(each, lang)
    severity = KINDS[each[0]].severity
    if severity is Severity.BLOCKING and row.state != State.BLOCKED:
        severity = Severity.WARNING
    words = SEVERITIES[severity].say(lang)
    return {
        "place": str(fault_of(each).place),
        "what": what,
        "cure": cure,
        "severity": words,
        "tone": {Severity.BLOCKING: "bad", Severity.WARNING: "warn"}.get(severity, "info"),
    }


def first_faults(row: Round, n: int) -> list[dict[str, Any]]:
    """The first faults of a round that was stopped."""
    return [_line(row, each) for each in Lines([(row.lines_place, row.faults)])[:n]]


@needs(Right.MOVE_CASES)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Check and decide a round anew; the decision before stays on the disk."""
    row = access.moving(request.user, pk)
    row.in_state(*BEFORE)
    ask_for(row, request.user)
    return redirect("rounds:one", pk)


@needs(Right.MOVE_CASES)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a round go that nobody waits for: the row and its journal stay."""
    row = access.moving(request.user, pk)
    with transaction.atomic():
        row = held(row.pk, *BEFORE)
        row.state, row.closed_at = State.DISCARDED, clock.now()
        row.save(update_fields=("state", "closed_at"))
        bureau.note(request.user, row.subject, "round.discard", file=row.name)
    for job in Job.objects.filter(about=row.subject, state__in=("waiting", "running")):
        cancel(job)
    messages.success(request, _("The round was discarded. Nothing of it is in the ledger."))
    return redirect("rounds:list")


@needs(Right.SEE_LEDGER)
@require_POST
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide a round again from its evidence, and say whether it is the same."""
    row = access.decided(request.user, pk)
    row.in_state(*HAVING)
    given = {"pk": row.pk, "number": row.number}
    ask(replaying.WORK, row.subject, by=request.user.username, **given)
    return redirect("rounds:one", pk)
