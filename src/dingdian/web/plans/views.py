"""Plans: the list, one plan with its versions, a new plan, a run."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from dingdian.web import bureau, clock
from dingdian.web.accounts.models import User
from dingdian.web.jobs.models import Job, State
from dingdian.web.plans import making
from dingdian.web.plans.advice import listed
from dingdian.web.plans.forms import PlanForm, RunForm
from dingdian.web.plans.models import Overlay, Plan, PlanKind
from dingdian.web.rights import Right, needs

ROWS = 50


@needs(Right.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """All plans, the latest year first; filters in the address."""
    kind, year = request.GET.get("kind", ""), request.GET.get("year", "")
    found = (
        Plan.objects.visible_to(request.user)
        .select_related("issued_version", "amends")
        .annotate(
            made=Count("versions", filter=Q(versions__what_if=False)),
            tried=Count("versions", filter=Q(versions__what_if=True)),
            last=Max("versions__made_at"),
        )
        .order_by("-year", "-pk")
    )
    if kind in PlanKind.values:
        found = found.filter(kind=kind)
    if year.isdecimal():
        found = found.filter(year=int(year[:4]))
    seen = Plan.objects.visible_to(request.user)
    years = seen.order_by("-year").values_list("year", flat=True).distinct()
    context = {
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "years": list(years),
        "kinds": PlanKind.choices,
        "kind": kind,
        "year": year,
        "may_run": request.user.may(Right.RUN_PLAN),
    }
    return render(request, "plans/list.html", context)


@needs(Right.RUN_PLAN)
def new(request: HttpRequest) -> HttpResponse:
    """A new plan."""
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.created_by, made.created_at = request.user.username, clock.now()
        with transaction.atomic():
            made.save()
            bureau.note(
                request.user,
                made.subject,
                "plan.new",
                kind=made.kind,
                year=made.year,
                title=made.title,
            )
        return redirect("plans:plan", made.pk)
    return render(request, "plans/new.html", {"form": form})


@needs(Right.SEE_PLANS)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan: its versions, the run under way, its what-if changes."""
    user = request.user
    seen = Plan.objects.visible_to(user).select_related("issued_version", "amends")
    found = get_object_or_404(seen, pk=pk)
    versions = (
        found.versions.visible_to(user)
        .select_related("overlay")
        .order_by("-number")
        .defer("manifest")
    )
    page = Paginator(versions, ROWS).get_page(request.GET.get("page"))
    context = {
        "plan": found,
        "page": page,
        "jobs": _jobs(request, found),
        "overlays": _overlays(user, found),
        "amendments": found.amendments.visible_to(user),
        "may_run": user.may(Right.RUN_PLAN),
        "advice": listed(found) if user.may(Right.RUN_PLAN) else (),
    }
    return render(request, "plans/plan.html", context)


def _overlays(user: User, plan: Plan) -> QuerySet[Overlay] | tuple[()]:
    """The what-if changes of a plan, for those who see drafts."""
    if user.districts(Right.SEE_PLANS) is not None:
        return ()
    return plan.overlays.annotate(used=Count("versions")).order_by("-pk")[:ROWS]


def _jobs(request: HttpRequest, plan: Plan) -> list[Job]:
    """Runs that go on, and the last one where it failed; for those who may see long work."""
    if not request.user.may(Right.SEE_JOBS):
        return []
    of_plan = Job.objects.filter(kind=making.WORK, about=plan.subject)
    last = of_plan.first()
    going = list(of_plan.filter(state__in=(State.WAITING, State.RUNNING)))
    if last is not None and last.state in (State.FAILED, State.CANCELLED):
        going.insert(0, last)
    return going


@needs(Right.RUN_PLAN)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a version of a plan."""
    found = get_object_or_404(Plan, pk=pk)
    form = RunForm(found, request.POST or None, initial=_wished(request))
    if request.method == "POST" and form.is_valid():
        if found.issued_version_id and form.cleaned_data["overlay"] is None:
            form.add_error(
                "overlay", _("The plan is issued: amend it by a new plan, or try what-if changes.")
            )
        else:
            with transaction.atomic():
                given = form.given()
                job = making.ask_for(found, request.user, given)
                along = (given["streets"] or {}).get("graph")
                bureau.note(request.user, found.subject, "plan.run", job=job.pk, streets=along)
            messages.info(request, _("The run has been asked for."))
            return redirect("plans:plan", found.pk)
    context = {"plan": found, "form": form, "accepted": len(making.accepted(found.year))}
    return render(request, "plans/run.html", context)


def _wished(request: HttpRequest) -> dict[str, str]:
    """The overlay that the address names."""
    wished = request.GET.get("overlay", "")
    return {"overlay": wished} if wished.isdecimal() else {}
