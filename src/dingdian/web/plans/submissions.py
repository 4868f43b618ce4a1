"""What the county branches ask for (申报): written and sent by them, answered by the planner."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.record import QuotaRecord
from dingdian.web import bureau, clock
from dingdian.web.ledger.models import Region
from dingdian.web.plans.forms import CallForm, SubmissionForm
from dingdian.web.plans.models import Call, Submission, SubmissionState, Version
from dingdian.web.plans.reading import Shown, shown
from dingdian.web.plans.tabling import Rows
from dingdian.web.rights import Districts, Right, needs

ROWS = 50
State = SubmissionState
#: States in which the county may still change what it wrote.
OPEN = (State.DRAFT,)


def visible(request: HttpRequest) -> QuerySet[Submission]:
    """The submissions that somebody may see: of their districts, and drafts of their own only."""
    seen, own = (request.user.districts(r) for r in (Right.SEE_PLANS, Right.SUBMIT_DEMAND))
    found = Submission.objects.all()
    if seen is not None:
        found = found.filter(region__in=seen)
    return found if own is None else found.filter(~Q(state=State.DRAFT) | Q(region__in=own))


@needs(Right.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """The submissions of a year, with the deadline and the numbers of the last plan."""
    years = _years()
    year = _year(request.GET.get("year", ""), years)
    region, state = request.GET.get("region", ""), request.GET.get("state", "")
    found = visible(request).filter(year=year)
    if region:
        found = found.filter(region=region)
    if state in State.values:
        found = found.filter(state=state)
    page = Paginator(found.order_by("region", "resource", "-id"), ROWS).get_page(
        request.GET.get("page")
    )
    call = Call.objects.filter(year=year).first()
    last = _last(year)
    names = _regions()
    context = {
        "years": years,
        "year": year,
        "page": page,
        "rows": [_row(each, names, last) | {"late": _late(each, call)} for each in page],
        "regions": [
            (c, n) for c, n in names.items() if _in(c, request.user.districts(Right.SEE_PLANS))
        ],
        "region": region,
        "states": State.choices,
        "state": state,
        "call": call,
        "late": call is not None and clock.today() > call.through,
        "may_submit": request.user.may(Right.SUBMIT_DEMAND),
        "may_answer": request.user.may(Right.RUN_PLAN),
        "version": last[0] if last else None,
        "numbers": list(_numbers(request, names, last)),
    }
    return render(request, "plans/submissions.html", context)


@needs(Right.SUBMIT_DEMAND)
def new(request: HttpRequest) -> HttpResponse:
    """A new submission of one's district."""
    year = _year(request.GET.get("year", ""), _years())
    wished = {name: request.GET.get(name, "") for name in ("region", "resource")}
    form = _form(request, wished)
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.year, made.by, made.at = year, request.user.username, clock.now()
        if _save(request, made, "submission.draft"):
            return redirect("plans:submission", made.pk)
        form.add_error("resource", _("There is one of the district for this resource and year."))
    return render(request, "plans/submission_edit.html", {"form": form, "year": year})


@needs(Right.SUBMIT_DEMAND)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    held = _mine(request, pk)
    form = _form(request, {}, held)
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.by, made.at = request.user.username, clock.now()
        if _save(request, made, "submission.draft"):
            return redirect("plans:submission", made.pk)
        form.add_error("resource", _("There is one of the district for this resource and year."))
    context = {"form": form, "year": held.year, "held": held}
    return render(request, "plans/submission_edit.html", context)


@needs(Right.SEE_PLANS)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission, with the numbers of the last plan beside it."""
    found = get_object_or_404(visible(request), pk=pk)
    names, last = _regions(), _last(found.year)
    call = Call.objects.filter(year=found.year).first()
    mine = request.user.may(Right.SUBMIT_DEMAND, found.region)
    context = {
        "each": found,
        "row": _row(found, names, last) | {"late": _late(found, call)},
        "version": last[0] if last else None,
        "call": call,
        "may_edit": mine and found.state in OPEN,
        "may_renew": mine and found.state == State.RETURNED,
        "may_answer": request.user.may(Right.RUN_PLAN)
        and found.state in (State.SUBMITTED, State.ACCEPTED),
    }
    return render(request, "plans/submission.html", context)


@needs(Right.SUBMIT_DEMAND)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to the planner; after the deadline it is sent all the same, and marked late."""
    held = _mine(request, pk)
    with transaction.atomic():
        moved = Submission.objects.filter(pk=held.pk, state=State.DRAFT).update(
            state=State.SUBMITTED, by=request.user.username, at=clock.now()
        )
        if not moved:
            raise Http404
        _note(request, held, "submission.submit")
    messages.success(request, _("The submission has been sent."))
    return redirect("plans:submission", held.pk)


@needs(Right.RUN_PLAN)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a submission, or return it with a reason."""
    held = get_object_or_404(visible(request), pk=pk)
    accepts, why = request.POST.get("act") == "accept", request.POST.get("answer", "").strip()[:500]
    if not accepts and not why:
        messages.error(request, _("Say why it is returned."))
        return redirect("plans:submission", held.pk)
    before = [State.SUBMITTED] if accepts else [State.SUBMITTED, State.ACCEPTED]
    after = State.ACCEPTED if accepts else State.RETURNED
    with transaction.atomic():
        moved = Submission.objects.filter(pk=held.pk, state__in=before).update(
            state=after, answer=why, answered_by=request.user.username, answered_at=clock.now()
        )
        if moved:
            _note(request, held, "submission.accept" if accepts else "submission.return", why=why)
    if not moved:
        messages.error(request, _("Somebody else has answered it meanwhile."))
    return redirect("plans:submission", held.pk)


@needs(Right.RUN_PLAN)
def set_call(request: HttpRequest) -> HttpResponse:
    """Set the last day on which the counties submit for a year."""
    year = _year(request.GET.get("year", ""), _years())
    held = Call.objects.filter(year=year).first()
    form = CallForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.year, made.by, made.at = year, request.user.username, clock.now()
        with transaction.atomic():
            made.save()
            bureau.note(
                request.user, f"submissions:{year}", "submission.call", through=made.through
            )
        return redirect(f"{request.path.rpartition('/')[0]}?year={year}")
    return render(request, "plans/call.html", {"form": form, "year": year})


def _form(
    request: HttpRequest, wished: dict[str, str], held: Submission | None = None
) -> SubmissionForm:
    where = request.user.districts(Right.SUBMIT_DEMAND)
    regions = [(code, name) for code, name in _regions().items() if _in(code, where)]
    return SubmissionForm(
        request.POST or None,
        instance=held,
        initial={name: value for name, value in wished.items() if value},
        regions=regions,
        resources=[(each, resource_name(each)) for each in _resources()],
    )


def _save(request: HttpRequest, made: Submission, act: str) -> bool:
    """Keep a draft with its note; ``False`` where a live one of the same is there."""
    try:
        with transaction.atomic():
            made.save()
            _note(request, made, act)
    except IntegrityError:
        return False
    return True


def _note(request: HttpRequest, each: Submission, act: str, **more: str) -> None:
    bureau.note(
        request.user,
        each.subject,
        act,
        region=each.region,
        year=each.year,
        resource=each.resource,
        asked=each.asked,
        **more,
    )


def _mine(request: HttpRequest, pk: int) -> Submission:
    """A draft of one's own district."""
    where = request.user.districts(Right.SUBMIT_DEMAND)
    found = Submission.objects.filter(state__in=OPEN)
    return get_object_or_404(found if where is None else found.filter(region__in=where), pk=pk)


def _late(each: Submission, call: Call | None) -> bool:
    """Whether it was sent after the last day."""
    sent = each.state != State.DRAFT and call is not None
    return sent and clock.day_of(each.at) > call.through  # type: ignore[union-attr]


def _in(code: str, where: Districts) -> bool:
    return where is None or code in where


def _years() -> list[int]:
    """The years that are spoken of: those of calls and submissions, this one and the next."""
    this = clock.today().year
    years = {this, this + 1}
    years |= set(Call.objects.values_list("year", flat=True))
    years |= set(Submission.objects.values_list("year", flat=True).distinct())
    return sorted(years, reverse=True)


def _year(asked: str, years: list[int]) -> int:
    if asked.isdecimal() and int(asked[:4]) in years:
        return int(asked[:4])
    return clock.today().year + 1


def _regions() -> dict[str, str]:
    """The districts by code: of the picture of the ledger, else of its last census."""
    found = dict(Region.objects.filter(level="county").values_list("code", "name"))
    if found:
        return found
    census = bureau.desk().ledger.census(dt.date.max)
    if census is None:
        return {}
    return {code: census.tree.names.get(code, code) for code in census.tree.districts}


def _last(year: int) -> tuple[Version, Shown] | None:
    """The last version that is no what-if, of the year or an earlier one."""
    versions = Version.objects.filter(what_if=False, plan__year__lte=year).select_related("plan")
    found = versions.order_by("-plan__year", "-made_at").first()
    return (found, shown(found)) if found is not None else None


def _resources() -> list[str]:
    """What may be asked for: what the last plan hands out, else everything of the vocabulary."""
    last = _last(clock.today().year + 1)
    found = list(dict.fromkeys(q.resource for q in last[1].record.quotas)) if last else []
    known = [each for each in found if each in CHOICES["resource"]]
    return known or list(CHOICES["resource"])


def resource_name(resource: str) -> str:
    """A resource in words."""
    term = CHOICES["resource"].get(resource)
    if term is None:
        return resource
    return term.zh if bureau.lang() == "zh" else term.en


def _row(
    each: Submission, names: dict[str, str], last: tuple[Version, Shown] | None
) -> dict[str, Any]:
    """A submission in words, with the stock, releases and places of the last plan."""
    told = {
        "each": each,
        "area": names.get(each.region, each.region),
        "resource": resource_name(each.resource),
    }
    quota = None
    if last is not None:
        at = (each.resource, each.region)
        quota = next((q for q in last[1].record.quotas if (q.resource, q.scope) == at), None)
    return told | _of_plan(quota, last)


def _of_plan(quota: QuotaRecord | None, last: tuple[Version, Shown] | None) -> dict[str, Any]:
    if quota is None or last is None:
        return {"stock": "—", "released": "—", "places": "—"}
    rows = Rows(*last)
    words = last[1].words

    def number(key: str | None) -> Any:
        figure = last[1].record.figures.get(key or "")
        return rows.number(key, words.quantity(figure)) if key and figure else "—"

    places = number(quota.key) if quota.key else _("no number")
    return {"stock": number(quota.stock), "released": number(quota.released), "places": places}


def _numbers(request: HttpRequest, names: dict[str, str], last: Any) -> Any:
    """What the last plan says of the districts of a county branch, resource by resource."""
    where = request.user.districts(Right.SUBMIT_DEMAND)
    if last is None or not where:
        return
    for quota in last[1].record.quotas:
        if quota.scope in where:
            yield {
                "area": names.get(quota.scope, quota.scope),
                "region": quota.scope,
                "resource": last[1].words.handed_out(quota.resource),
                "code": quota.resource,
                "asks": quota.resource in CHOICES["resource"],
            } | _of_plan(quota, last)
