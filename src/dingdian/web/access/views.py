"""Pages of access: asking for it, what came out by district, its files."""

from __future__ import annotations

from csp.decorators import csp_exempt
from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.access_record import VERSION, AccessRecord
from dingdian.reports.access import geojson, page, tables, workbook
from dingdian.reports.access.lines import found as found_lines
from dingdian.reports.access.speech import AccessWords
from dingdian.reports.frame import mark_words
from dingdian.reports.record_json import read_record
from dingdian.web import bureau
from dingdian.web.access.forms import AccessForm
from dingdian.web.access.handlers import WORK
from dingdian.web.access.models import Measured
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.running import ask
from dingdian.web.plans import advice
from dingdian.web.plans.documents import sent
from dingdian.web.rights import Right, needs
from dingdian.wiring.access import ACCESS_JSON

#: Measures that are listed, and what of a folder is handed out.
LISTED = 50
FILES = (workbook.FILE, ACCESS_JSON, geojson.FILE, page.FILE)
_ABOUT = "access"


@needs(Right.RUN_PLAN)
def index(request: HttpRequest) -> HttpResponse:
    """What was measured, and asking for more."""
    form = AccessForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.given()
            with transaction.atomic():
                job = ask(WORK, _ABOUT, by=request.user.username, **given)
                bureau.note(request.user, _ABOUT, "access.ask", job=job.pk, kind=given["stock"])
            return redirect("access:list")
    job = Job.objects.filter(kind=WORK).first()
    context = {
        "form": form,
        "measured": Measured.objects.select_related("plan")[:LISTED],
        "job": job if job and (job.open or job.faults) else None,
    }
    return render(request, "access/list.html", context, status=status)


@needs(Right.RUN_PLAN)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What came out: how it was measured, the table of districts, files, the map."""
    made = get_object_or_404(Measured.objects.select_related("plan"), pk=pk)
    content = made.held(ACCESS_JSON).read_bytes()
    record = read_record(AccessRecord, content, version=VERSION, file=ACCESS_JSON)
    words = AccessWords(record, bureau.lang())
    context = {
        "made": made,
        "title": words.title(),
        "basis": words.basis(),
        "marks": mark_words(words),
        "asked": list(words.asked()),
        "lines": list(found_lines(words)),
        "table": tables.areas(words),
        "files": FILES,
        "map": page.FILE,
    }
    return render(request, "access/one.html", context)


@needs(Right.RUN_PLAN)
@csp_exempt()
@xframe_options_sameorigin
def file(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """One file as it was written; the map is opened, everything else is saved."""
    made = get_object_or_404(Measured, pk=pk)
    if name not in FILES:
        raise Http404
    path = made.held(name)
    opened = name == page.FILE and "save" not in request.GET
    if not opened:
        bureau.note(request.user, made.subject, "access.file", file=name)
    return sent(path, f"{made.pk}-{name}", page=opened)


@needs(Right.RUN_PLAN)
@require_POST
def advise(request: HttpRequest, pk: int) -> HttpResponse:
    """Add it to its plan as advice: a run may then take it along."""
    made = get_object_or_404(Measured.objects.select_related("plan"), pk=pk)
    content = made.held(ACCESS_JSON).read_bytes()
    new = advice.add(made.plan, request.user, [SimpleUploadedFile(ACCESS_JSON, content)])
    said = _("Added to the plan as advice.") if new else _("The plan has it already.")
    messages.info(request, said)
    return redirect("plans:plan", made.plan.pk)
