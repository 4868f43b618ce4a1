"""What a round came to: the table of applicants, one with every condition, and the places."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dingdian.core.admission.decision import Outcome
from dingdian.core.errors import RequestError
from dingdian.web import bureau, clock
from dingdian.web.audit.acts import act_words
from dingdian.web.errors import fault_lines
from dingdian.web.ledger.models import Case
from dingdian.web.procedure import places as issued_plans
from dingdian.web.rights import Right, needs
from dingdian.web.rounds import access, entering, lettering, reading, replaying, views, working
from dingdian.web.rounds.models import Round, State

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User
    from dingdian.web.rounds.reading import Shown

#: Applicants of a page; faults that the page of a round shows.
ROWS, FIRST = 100, 20


@needs(Right.SEE_LEDGER)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A round: how far it is, what stops it, and its applicants once it is decided."""
    user = request.user
    row = access.seen(user, pk)
    job = access.last_job(row, working.WORK)
    stale = job is not None and row.has_decision and not job.open and job.state == "done"
    context: dict[str, Any] = {
        "row": row,
        "current": "result",
        "job": None if stale else access.going_on(job),
        "may_move": access.may(user, row, Right.MOVE_CASES),
        "whole": access.whole(user, row),
        **_notes(row),
        "may_see_version": user.may(Right.SEE_PLANS),
        "districts": working.names_of_districts(row),
    }
    if row.state == State.BLOCKED and context["whole"]:
        context["first"] = views.first_faults(row, FIRST)
        context["marked"] = row.marked.is_file()
    if not row.has_decision:
        return render(request, "rounds/progress.html", context)
    return render(request, "rounds/result.html", context | _result(request, row))


def _notes(row: Round) -> dict[str, Any]:
    notes = bureau.journal().notes(row.subject)
    return {"notes": notes, "told_notes": [(each, act_words(each.act)) for each in notes]}


def _result(request: HttpRequest, row: Round) -> dict[str, Any]:
    """The table of applicants; what is wrong with the evidence in its place."""
    user = request.user
    try:
        found = reading.shown(row)
    except RequestError as error:
        return {"broken": fault_lines(error), **_round_about(user, row)}
    districts = user.districts(Right.SEE_LEDGER)
    filters = reading.Filters.of(request)
    mine = [each for each in found.ordered if reading.within(each, districts)]
    kept = list(filters.apply(found, districts))
    page = Paginator(kept, ROWS).get_page(request.GET.get("page"))
    counted = Counter(each.final for each in mine)
    codes = sorted({each.district for each in mine})
    return {
        "shown": found,
        "filters": filters,
        "page": page,
        "rows": [found.row(each) for each in page],
        "count": len(kept),
        "of": len(mine),
        "outcomes": [(o.value, found.words.outcome(o), counted[o]) for o in Outcome if counted[o]],
        "offered": [(code or "-", found.words.scope(code) if code else "") for code in codes],
        **_round_about(user, row),
    }


def _round_about(user: User, row: Round) -> dict[str, Any]:
    """What stands around the table: changes since, files, work, what may be done."""
    since = working.entries_since(row)
    specimens = access.last_job(row, lettering.SPECIMENS)
    replayed = access.last_job(row, replaying.WORK)
    lettered = access.last_job(row, lettering.LETTERS)
    return {
        "since": since if row.state != State.ENTERED else 0,
        "changed": row.changed_files(),
        "superseded": _superseded(row),
        "replayed": replayed if _is_of(replayed, row) else None,
        "replaying": access.going_on(replayed),
        "specimens": row.letters.is_file(),
        "writing": access.going_on(specimens),
        "entering": access.going_on(access.last_job(row, entering.WORK)),
        "lettering": access.going_on(lettered),
        "refused_letters": lettered.result.get("told", ()) if lettered else (),
        "left_letters": lettering.left(user, row) if row.state == State.ENTERED else 0,
        "may_confirm": entering.may_confirm(user, row),
        "said": bureau.lang(),
    }


def _superseded(row: Round) -> str:
    """The plan that is in force now, where it is another than that of the decision."""
    assert row.version is not None  # noqa: S101 -- it was decided
    year = row.version.plan.year
    now = next((each for each in issued_plans.in_force() if each.year == year), None)
    if now is not None and now.issued_version_id == row.version_id:
        return ""
    return str(now.title) if now is not None else "—"


@needs(Right.SEE_LEDGER)
@require_safe
def applicant(request: HttpRequest, pk: int, application: str) -> HttpResponse:
    """An applicant with every condition, its clause, numbers, sources and readings."""
    user = request.user
    row = access.decided(user, pk)
    found = reading.shown(row)
    decision = one_of(found, user, application)
    case = Case.objects.filter(case=application).first() if row.state == State.ENTERED else None
    context = {
        "row": row,
        "shown": found,
        "each": found.row(decision),
        "decision": decision,
        "stages": found.conditions(decision),
        "faults": found.faults(decision),
        "exceptions": found.exceptions(decision),
        "case": case,
        "today": clock.today(),
        "may_see_plans": user.may(Right.SEE_PLANS),
        "may_letter": user.may(Right.MOVE_CASES, decision.district),
    }
    return render(request, "rounds/applicant.html", context)


def one_of(found: Shown, user: User, application: str) -> Any:
    """The decision of an applicant of one's districts.

    Raises:
        Http404: there is none.
    """
    decision = found.record.of(application)
    if decision is None or not reading.within(decision, user.districts(Right.SEE_LEDGER)):
        raise Http404
    return decision


@needs(Right.SEE_LEDGER)
@require_safe
def places(request: HttpRequest, pk: int) -> HttpResponse:
    """The places before the round, taken by it, and left."""
    row = access.decided(request.user, pk)
    found = reading.shown(row)
    context = {"row": row, "shown": found, "table": found.places, "current": "places"}
    return render(request, "rounds/places.html", context)


def _is_of(job: Any, row: Round) -> bool:
    """Whether a replay that ended is of the last decision."""
    return job is not None and job.state == "done" and job.result.get("number") == row.number
