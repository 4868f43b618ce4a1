"""Long work on a page: a list, one piece with its progress, and its cancelling."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dingdian.web.accounts.models import User
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.running import cancel as cancel_job
from dingdian.web.rights import Right, needs


@needs(Right.SEE_JOBS)
def index(request: HttpRequest) -> HttpResponse:
    """All long work, the newest first."""
    page = Paginator(Job.objects.all(), 50).get_page(request.GET.get("page"))
    return render(request, "jobs/list.html", {"page": page})


def _seen_by(user: User) -> QuerySet[Job]:
    """The work that a user may see: all of it, or what they asked for themselves."""
    found = Job.objects.all()
    return found if user.may(Right.SEE_JOBS) else found.filter(by=user.username)


@needs(Right.SIGNED_IN)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece of work; asked by a part of a page, only its progress."""
    job = get_object_or_404(_seen_by(request.user), pk=pk)
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
    cancel_job(job)
    messages.info(request, _("The work will end at its next step."))
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if here else reverse("jobs:one", args=(pk,)))
