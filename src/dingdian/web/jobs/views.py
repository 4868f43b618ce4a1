"""Long work on a page: a list, one piece with its progress, and its cancelling."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dingdian.web.accounts.models import User
from dingdian.web.bureau import note
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.running import cancel as cancel_job
from dingdian.web.rights import Right, needs

#: Kinds of work that auditors alone see and end.
_OF_AUDITORS = ("verify",)


@needs(Right.SEE_JOBS)
def index(request: HttpRequest) -> HttpResponse:
    """All long work but the auditor's, the newest first."""
    page = Paginator(_seen_by(request.user), 50).get_page(request.GET.get("page"))
    return render(request, "jobs/list.html", {"page": page})


def _seen_by(user: User) -> QuerySet[Job]:
    """The work that a user may see: what they asked for, and by right the auditors' or all else."""
    seen = Q(by=user.username)
    if user.may(Right.READ_JOURNAL):
        seen |= Q(kind__in=_OF_AUDITORS)
    if user.may(Right.SEE_JOBS):
        seen |= ~Q(kind__in=_OF_AUDITORS)
    return Job.objects.filter(seen)


@needs(Right.SIGNED_IN)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece of work; asked by a part of a page, only its progress.

    The progress is also of who was shown it on a page that is about the same, by its pass.
    """
    job = get_object_or_404(Job, pk=pk)
    watched = request.htmx and constant_time_compare(request.GET.get("watch"), job.pass_to_watch)
    if not watched:
        get_object_or_404(_seen_by(request.user), pk=pk)
    part = "jobs/progress.html" if request.htmx else "jobs/one.html"
    context = {"job": job, "next": request.GET.get("next", "")}
    context["sees_all"] = request.user.may(Right.SEE_JOBS)
    response = render(request, part, context)
    if request.htmx and not job.open:
        response["HX-Refresh"] = "true"
    return response


@needs(Right.SIGNED_IN)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the end of a piece of work."""
    job = get_object_or_404(_seen_by(request.user), pk=pk)
    with transaction.atomic():
        cancel_job(job)
        if job.open:
            note(request.user, f"job:{pk}", "job.cancel", kind=job.kind, about=job.about)
    messages.info(request, _("The work will end at its next step."))
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if here else reverse("jobs:one", args=(pk,)))
