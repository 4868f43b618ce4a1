"""Pages of what follows: hearings, appeals, what a second person confirms, entry in the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import DingdianError
from dingdian.web import bureau, errors
from dingdian.web.accounts.second import may_second
from dingdian.web.assessments import (
    access,
    entering,
    forms,
    quality,
    reading,
    recorded,
    recording,
    results,
    waiting,
)
from dingdian.web.assessments.models import Appeal, Campaign, Hearing, Kind, Measure, Result, Stand
from dingdian.web.jobs.models import Job
from dingdian.web.ledger import listing
from dingdian.web.rights import Right, needs

if TYPE_CHECKING:
    from dingdian.reports.assessment.speech import AssessmentWords
    from dingdian.web.accounts.models import User

_LONGEST = 1000


def _current(request: HttpRequest, year: int, code: str) -> Result:
    """The result of an institution in the version that holds, for who may record about it.

    Raises:
        Http404: there is none, or it is of a district in which one may not.
    """
    version = access.campaign_of(year).current
    if version is None:
        raise Http404
    found = access.result_of(request.user, version, code)
    if not request.user.may(Right.RUN_ASSESSMENT, found.district):
        raise Http404
    return found


def _done(
    request: HttpRequest,
    result: Result,
    bound: recorded.Bound,
    *,
    do: Callable[[], object],
    said: str,
) -> HttpResponse:
    """Do what a valid form asks for and say so; else its page with what was typed, and why not."""
    _key, form = bound
    if not form.is_valid():
        told = [
            (str(form.fields[name].label or "") if name in form.fields else "", line, "")
            for name, lines in form.errors.items()
            for line in lines
        ]
        return results.page(request, result, bound=bound, told=told, status=422)
    try:
        do()
    except DingdianError as error:
        told, status = errors.fault_lines(error), errors.status_of(error)
        return results.page(request, result, bound=bound, told=told, status=status)
    messages.success(request, said)
    at = reverse("assessments:institution", args=[result.version_id, result.code])
    return redirect(f"{at}#measures")


@needs(Right.RUN_ASSESSMENT)
@require_POST
def hearing(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Record a hearing."""
    result, form = _current(request, year, code), forms.HearingForm(request.POST)
    do = lambda: recording.hear(request.user, result, form.cleaned_data)  # noqa: E731
    said = _("The hearing is recorded. It counts when the scores are assessed again.")
    return _done(request, result, ("hearing", form), do=do, said=said)


@needs(Right.RUN_ASSESSMENT)
@require_POST
def step(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Ask for a step to be confirmed."""
    result, form = _current(request, year, code), forms.StepForm(request.POST)

    def do() -> None:
        recording.ask_step(request.user, result, **form.cleaned_data)

    said = _("Asked for: another person confirms it.")
    return _done(request, result, (form.data.get("step", ""), form), do=do, said=said)


@needs(Right.RUN_ASSESSMENT)
@require_POST
def deposit(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Ask for the settlement of a deposit to be confirmed."""
    result, form = _current(request, year, code), forms.DepositForm(request.POST)

    def do() -> None:
        given = dict(form.cleaned_data)
        held = Fraction(given.pop("held"))
        recording.ask_deposit(request.user, result, held, **given)

    said = _("Asked for: another person confirms it.")
    return _done(request, result, ("deposit", form), do=do, said=said)


@needs(Right.RUN_ASSESSMENT)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide an appeal."""
    mine = listing.within(Appeal.objects.all(), request.user.districts(Right.RUN_ASSESSMENT))
    made: Appeal = get_object_or_404(mine, pk=pk)
    result, form = _current(request, made.campaign.year, made.code), forms.AnswerForm(request.POST)

    def do() -> None:
        points = form.cleaned_data["new_points"]
        new = None if points is None else Fraction(points)
        recording.answer(request.user, made, new, form.cleaned_data["answer"])

    said = _("The appeal is decided. It counts when the scores are assessed again.")
    return _done(request, result, (recorded.key_of(made), form), do=do, said=said)


@access.runners
@require_POST
def show(request: HttpRequest, year: int) -> HttpResponse:
    """Let the institutions see their scores."""
    recording.show(request.user, access.campaign_of(year))
    messages.success(request, _("Institutions see their own scores from now on."))
    return redirect("assessments:campaign", year)


# -- four eyes ----------------------------------------------------------------------------------


@access.seers
@require_safe
def measures(request: HttpRequest, year: int) -> HttpResponse:
    """What follows in a year: the last ones, appeals, what waits to be confirmed, the entry."""
    campaign = access.campaign_of(year)
    return render(request, "assessments/measures.html", _measures(request, campaign))


def _measures(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    current, seen = campaign.current, access.seen(request.user)
    asked = waiting.visible(request.user).filter(campaign=campaign)
    words = reading.words_of(current) if current else None
    inside = access.results_of(request.user, current).filter(bottom="in") if current else []
    heard = {each.code: each for each in campaign.hearings.all()}
    return {
        "campaign": campaign,
        "current": current,
        "inside": list(_inside(words, inside, heard)) if words else [],
        "appeals": [
            (each, words.item(each.item) if words else each.item)
            for each in listing.within(campaign.appeals.all(), seen)
        ],
        "waiting": [recorded.told(each, words) for each in asked.filter(state=Stand.WAITING)],
        "decided": [
            recorded.told(each, words) for each in asked.exclude(state=Stand.WAITING)[:100]
        ],
        "left": _left(campaign),
        "runs": access.runs(request.user),
    }


def _inside(
    words: AssessmentWords, inside: Iterable[Result], heard: dict[str, Hearing]
) -> Iterator[tuple[reading.Row, Hearing | None, list[tuple[str, Any]]]]:
    """Those in the bottom, each with its last hearing and the steps of the ladder."""
    for row in reading.rows(words, inside):
        steps = [(words.step(each["step"]), each) for each in row.row.record["steps"]]
        yield row, heard.get(row.row.code), steps


def _left(campaign: Campaign) -> int:
    """How many things were recorded since the version that holds was made."""
    current = campaign.current
    if current is None:
        return 0
    since = current.at
    confirmed = campaign.measures.filter(kind=Kind.STEP, state=Stand.CONFIRMED)
    return (
        campaign.hearings.filter(at__gt=since).count()
        + campaign.appeals.filter(at__gt=since).count()
        + campaign.appeals.filter(at__lte=since, decided_at__gt=since).count()
        + confirmed.filter(decided_at__gt=since).count()
    )


@access.seers
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Something that was asked for, and deciding on it."""
    found: Measure = get_object_or_404(waiting.visible(request.user), pk=pk)
    told: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        try:
            said = _decide(request, found)
        except DingdianError as error:
            told, status = errors.fault_lines(error), errors.status_of(error)
        else:
            messages.success(request, said)
            return redirect("assessments:measures", found.campaign.year)
    found.refresh_from_db()
    words = reading.words_of(found.version)
    user, waits = request.user, found.state == Stand.WAITING
    context = {
        "measure": found,
        "campaign": found.campaign,
        "title": recorded.told(found, words)[1],
        "share": words.share(found.facts.get("share")) if found.kind == Kind.DEPOSIT else "",
        "preview": entering.preview(user, found.version)
        if found.kind == Kind.ENTRY and waits
        else None,
        "may_confirm": waits
        and may_second(user, found.by, Right.CONFIRM_ASSESSMENT, [found.district]),
        "may_withdraw": waits and found.by == user.username,
        "told": told,
    }
    if context["preview"]:
        context["odd"] = list(_lines(context["preview"].faults))
    return render(request, "assessments/measure.html", context, status=status)


def _lines(faults: Any) -> Iterator[tuple[str, str, str, int]]:
    for group in quality.groups_of(faults):
        for where, what, cure in list(quality.lines(group, bureau.lang()))[:20]:
            yield where, what, cure, group["count"]


def _may_confirm(user: User, found: Measure) -> bool:
    return bool(user.may(Right.CONFIRM_ASSESSMENT, found.district))


def _decide(request: HttpRequest, found: Measure) -> str:
    user, why = request.user, request.POST.get("why", "").strip()[:_LONGEST]
    verb = request.POST.get("decision", "")
    if verb == "withdraw":
        recording.withdraw(user, found)
        return _("Withdrawn.")
    if not _may_confirm(user, found):
        raise PermissionDenied
    if verb == "send_back" and why:
        recording.send_back(user, found, why)
        return _("Sent back.")
    if verb != "confirm":
        raise Http404
    recording.confirm(user, found)
    if found.kind == Kind.ENTRY:
        return _("Confirmed: it is being entered in the ledger.")
    return _("Confirmed.")


@access.runners
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """What the entry of a version would come to, how it went, and asking for it."""
    version = access.version_of(pk)
    told: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        try:
            made = recording.ask_entry(request.user, version)
        except DingdianError as error:
            told, status = errors.fault_lines(error), errors.status_of(error)
        else:
            return redirect("assessments:measure", made.pk)
    campaign, current = version.campaign, version.campaign.current
    if current is None:
        raise Http404
    job = Job.objects.filter(about=campaign.subject, kind=entering.WORK).order_by("-pk").first()
    version.refresh_from_db(fields=("entered",))  # work that is over by now has said so
    open_now = not version.entered and current == version
    preview = entering.preview(request.user, version) if open_now else None
    entered = version.entered
    context = {
        "version": version,
        "campaign": campaign,
        "job": job if job and (job.open or job.faults) else None,
        "preview": preview,
        "odd": list(_lines(preview.faults)) if preview else [],
        "entered": entered,
        "entered_at": dt.datetime.fromisoformat(entered["at"]) if entered else None,
        "groups": [list(quality.lines(each, bureau.lang())) for each in entered.get("groups", ())],
        "waiting": campaign.measures.filter(kind=Kind.ENTRY, state=Stand.WAITING).first(),
        "told": told,
    }
    return render(request, "assessments/entry.html", context, status=status)
