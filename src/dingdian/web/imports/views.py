"""The list of imports, the upload, and the page of one."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from dingdian.core.errors import RequestError, fault
from dingdian.web import bureau, clock
from dingdian.web.errors import fault_lines
from dingdian.web.imports import receiving, tidying
from dingdian.web.imports.access import found, importers, last_job, wizard
from dingdian.web.imports.forms import OfDay
from dingdian.web.imports.models import Import, State
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.running import ask

#: Rows of a page of the list.
ROWS = 50


@importers
def index(request: HttpRequest) -> HttpResponse:
    """All imports, the newest first."""
    state = request.GET.get("state", "")
    rows = Import.objects.filter(state=state) if state in State.values else Import.objects.all()
    page = Paginator(rows.defer("groups", "preview"), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": State.choices}
    return render(request, "imports/list.html", context)


@importers
def upload(request: HttpRequest) -> HttpResponse:
    """The first step: choose files, or take a workbook to fill in."""
    if request.method != "POST":
        return _upload_page(request)
    uploads = request.FILES.getlist("files")
    if getattr(request, "too_large", False):
        limit = settings.CONFIG.upload_limit_mb
        error = RequestError((fault("import_too_large", limit=limit),))
        return _upload_page(request, error, 413)
    try:
        folder, files = receiving.receive(uploads)
    except RequestError as error:
        return _upload_page(request, error, 422)
    row = _taken(request, folder, files)
    return redirect("imports:quality", row.pk)


def _upload_page(
    request: HttpRequest, error: RequestError | None = None, status: int = 200
) -> HttpResponse:
    job = Job.objects.filter(kind="ledger_workbook").order_by("-pk").first()
    done = job is not None and not job.open and tidying.workbook().exists()
    context = {
        "faults": fault_lines(error) if error else [],
        "job": job if job and (job.open or job.faults) else None,
        "workbook": dt.date.fromisoformat(job.result["day"]) if done and job.result else None,
        "today": clock.today(),
        "limit": settings.CONFIG.upload_limit_mb,
        "current": 1,
    }
    return render(request, "imports/new.html", context, status=status)


def _taken(request: HttpRequest, folder: str, files: list[receiving.Received]) -> Import:
    """The row of an upload, and the work of checking it; without a row the files go again."""
    names = "、".join(each.name for each in files)
    try:
        with transaction.atomic():
            row = Import.objects.create(
                folder=folder,
                name=names if len(names) <= 200 else f"{names[:199]}…",
                files=[each.plain() for each in files],
                by=request.user.username,
                uploaded_at=clock.now(),
            )
            digests = "、".join(each.sha256[:16] for each in files[:20])
            bureau.note(request.user, row.subject, "import.upload", file=row.name, sha256=digests)
            ask("import_check", row.subject, by=request.user.username, **given(row))
    except BaseException:
        shutil.rmtree(Path(settings.MEDIA_ROOT) / folder, ignore_errors=True)
        raise
    return row


def given(row: Import, **more: str) -> dict[str, str | int]:
    """What long work about an import is asked with: which, and in which language it writes."""
    return {"pk": row.pk, "language": bureau.lang(), **more}


@importers
@require_POST
def ledger(request: HttpRequest) -> HttpResponse:
    """Ask for the ledger of a day as a workbook."""
    about, form = "ledger:workbook", OfDay(request.POST)
    if not form.is_valid():
        for each in form.errors["day"]:
            messages.error(request, each)
        return redirect("imports:new")
    given = {"language": bureau.lang(), "day": form.cleaned_data["day"].isoformat()}
    with transaction.atomic():
        ask("ledger_workbook", about, by=request.user.username, **given)
        bureau.note(request.user, about, "ledger.workbook_ask")
    return redirect("imports:new")


@importers
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """An import: its files, and what was done to it."""
    row = found(pk)
    notes = bureau.journal().notes(row.subject)
    context = wizard(row, 1, notes=notes, job=last_job(row, "import_check"))
    return render(request, "imports/one.html", context)
