"""Pages of the years ahead: asking for a projection, what came out, its files."""

from __future__ import annotations

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from dingdian.core.projection_record import VERSION, ProjectionRecord
from dingdian.reports.frame import mark_words
from dingdian.reports.projection import words as own
from dingdian.reports.projection import workbook
from dingdian.reports.projection.lines import held, red_lines
from dingdian.reports.projection.speech import ProjectionWords
from dingdian.reports.record_json import read_record
from dingdian.web import bureau
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.running import ask
from dingdian.web.plans.documents import sent
from dingdian.web.projection.forms import ProjectionForm
from dingdian.web.projection.handlers import WORK
from dingdian.web.projection.models import Projected
from dingdian.web.rights import Right, needs
from dingdian.wiring.projection import PROJECTION_JSON

#: Projections that are listed, and what of a folder is handed out.
LISTED = 50
FILES = (workbook.FILE, PROJECTION_JSON)
_ABOUT = "projection"


@needs(Right.RUN_PLAN)
def index(request: HttpRequest) -> HttpResponse:
    """What was projected, and asking for more."""
    form = ProjectionForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.given()
            with transaction.atomic():
                job = ask(WORK, _ABOUT, by=request.user.username, **given)
                bureau.note(request.user, _ABOUT, "projection.ask", job=job.pk)
            return redirect("projection:list")
    job = Job.objects.filter(kind=WORK).first()
    context = {
        "form": form,
        "projected": Projected.objects.select_related("plan")[:LISTED],
        "job": job if job and (job.open or job.faults) else None,
    }
    return render(request, "projection/list.html", context, status=status)


@needs(Right.RUN_PLAN)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What came out: every scenario, its red lines, and the numbers side by side."""
    made = get_object_or_404(Projected.objects.select_related("plan"), pk=pk)
    content = made.held(PROJECTION_JSON).read_bytes()
    record = read_record(ProjectionRecord, content, version=VERSION, file=PROJECTION_JSON)
    words = ProjectionWords(record, bureau.lang())
    scenarios = [
        {
            "name": words.scenario(each),
            "assumed": list(words.assumed(each.assumed)),
            "lines": [*red_lines(words, each), *held(words, each)],
        }
        for each in record.scenarios
    ]
    context = {
        "made": made,
        "title": words.title(),
        "basis": words.basis(),
        "advice": words.say(own.ADVICE),
        "marks": mark_words(words),
        "asked": list(words.asked()),
        "scenarios": scenarios,
        "years": range(record.year - 1, record.through + 1),
        "rows": workbook.side_by_side(words),
        "files": FILES,
    }
    return render(request, "projection/one.html", context)


@needs(Right.RUN_PLAN)
@require_safe
def file(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """One file as it was written, to be saved."""
    made = get_object_or_404(Projected, pk=pk)
    if name not in FILES:
        raise Http404
    path = made.held(name)
    bureau.note(request.user, made.subject, "projection.file", file=name)
    return sent(path, f"{made.pk}-{name}", page=False)
