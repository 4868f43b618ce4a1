"""The campaigns of the yearly assessment, and the versions of their scores."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import DingdianError, RequestError, Severity, fault
from dingdian.core.faults import KINDS
from dingdian.core.journal import Note
from dingdian.reports.quality import SEVERITIES
from dingdian.web import bureau, clock, errors
from dingdian.web.assessments import access, making, quality
from dingdian.web.assessments.forms import OpenForm, RemarkForm
from dingdian.web.assessments.models import Campaign, State
from dingdian.web.audit.acts import act_words
from dingdian.web.jobs.models import Job
from dingdian.wiring import assessments

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@access.seers
def index(request: HttpRequest) -> HttpResponse:
    """The campaigns, the latest first, and opening one."""
    runs = access.runs(request.user)
    form = OpenForm(*([request.POST] if request.method == "POST" and runs else []))
    told: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        if not runs:
            raise PermissionDenied
        status = 422
        if form.is_valid():
            try:
                made = making.open_campaign(request.user, **form.cleaned_data)
            except RequestError as error:
                told = errors.fault_lines(error)
            else:
                return redirect("assessments:campaign", made.year)
    rows = [(each, each.current) for each in Campaign.objects.all()]
    context = {"rows": rows, "form": form, "told": told, "runs": runs}
    return render(request, "assessments/list.html", context, status=status)


@access.seers
@require_safe
def campaign(request: HttpRequest, year: int) -> HttpResponse:
    """A campaign: its versions, and the next one."""
    return _campaign(request, access.campaign_of(year))


def _campaign(
    request: HttpRequest, found: Campaign, error: DingdianError | None = None
) -> HttpResponse:
    versions = list(found.versions.order_by("-number"))
    job = Job.objects.filter(about=found.subject, kind=making.WORK).order_by("-pk").first()
    context = {
        "campaign": found,
        "versions": versions,
        "current": found.current,
        "job": job if job and (job.open or job.faults) else None,
        "form": RemarkForm(auto_id="again_%s"),
        "told": errors.fault_lines(error) if error else [],
        "runs": access.runs(request.user),
        "limit": settings.CONFIG.upload_limit_mb,
        "notes": _notes(found) if access.runs(request.user) else (),
    }
    status = errors.status_of(error) if error else 200
    return render(request, "assessments/campaign.html", context, status=status)


def _notes(found: Campaign) -> list[tuple[Note, str]]:
    notes = reversed(list(bureau.journal().notes(found.subject)))
    return [(each, act_words(each.act)) for each in notes]


@access.runners
@require_POST
def upload(request: HttpRequest, year: int) -> HttpResponse:
    """A workbook of scores is handed in: the next version."""
    found, form = access.campaign_of(year), RemarkForm(request.POST)
    try:
        if getattr(request, "too_large", False):
            limit = settings.CONFIG.upload_limit_mb
            raise RequestError((fault("import_too_large", limit=limit),))
        remark = form.cleaned_data["remark"] if form.is_valid() else ""
        uploads = request.FILES.getlist("files")
        made = making.upload(request.user, found, uploads, remark)
    except RequestError as error:
        return _campaign(request, found, error)
    return redirect("assessments:version", made.pk)


@access.runners
@require_POST
def again(request: HttpRequest, year: int) -> HttpResponse:
    """Assess the current scores again."""
    found, form = access.campaign_of(year), RemarkForm(request.POST)
    try:
        remark = form.cleaned_data["remark"] if form.is_valid() else ""
        made = making.again(request.user, found, remark)
    except RequestError as error:
        return _campaign(request, found, error)
    return redirect("assessments:version", made.pk)


@access.runners
@require_safe
def template(request: HttpRequest, year: int) -> HttpResponse:
    """The workbook to fill in, with every institution that had an agreement in the year."""
    del request
    rows = assessments.rows_to_score(bureau.desk(), year, clock.today(), None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "assessment.xlsx"
        assessments.write_template(
            path, policy=settings.CONFIG.policy, lang=bureau.lang(), rows=rows
        )
        answer = HttpResponse(path.read_bytes(), content_type=WORKBOOK)
    name = f"assessment-{year}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@access.seers
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A version: how far it is, and what was found about its workbook."""
    job = Job.objects.filter(kind=making.WORK, given__pk=pk).order_by("-pk").first()
    found, lang = access.version_of(pk), bureau.lang()  # after: work that is over has said so
    severity = request.GET.get("severity", "")
    counts = dict(zip(Severity, (found.blocking, found.warnings, found.notes), strict=True))
    # a row may be of any district: who sees one only is told how many there are
    runs = access.runs(request.user)
    groups = [
        {
            "severity": each["severity"],
            "shown": SEVERITIES[Severity(each["severity"])].say(lang),
            "count": each["count"],
            "lines": list(quality.lines(each, lang)),
            "left": each["count"] - len(each["cases"]),
        }
        for each in found.groups
        if runs and severity in ("", each["severity"]) and each["kind"] in KINDS
    ]
    waiting = found.state == State.WAITING
    context = {
        "version": found,
        "campaign": found.campaign,
        "groups": groups,
        "runs": runs,
        "severity": severity,
        "severities": [(each.value, SEVERITIES[each].say(lang), counts[each]) for each in Severity],
        "job": job if job and (job.open or (waiting and job.state != "done")) else None,
        "stopped": waiting and job is not None and not job.open,
    }
    return render(request, "assessments/version.html", context)


@access.runners
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a version whose work ended without a result."""
    found = access.version_of(pk)
    making.drop(request.user, found)
    messages.success(request, _("The version was given up. Nothing was assessed."))
    return redirect("assessments:campaign", found.campaign.year)
