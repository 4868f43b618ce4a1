"""Moves that one person asked for and another confirms, sends back, or sees withdrawn."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import RequestError
from dingdian.reports.lives.words import Speech
from dingdian.web import bureau, clock, errors
from dingdian.web.cases import recording, together, waiting
from dingdian.web.cases.models import Proposal, ProposalState
from dingdian.web.ledger import looking, words
from dingdian.web.ledger.models import Case
from dingdian.web.rights import Right, needs

#: Rows of a page of the list.
ROWS = 50
_LONGEST = 1000
_KEY = re.compile(r"[0-9]{1,18}")


@needs(Right.MOVE_CASES, Right.DECIDE_CASES, Right.CONFIRM_CASES)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What was asked for: what waits first, then what was decided."""
    state = request.GET.get("state", ProposalState.WAITING)
    found = waiting.visible(request.user)
    if state in ProposalState.values:
        found = found.filter(state=state)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    names = dict(
        Case.objects.filter(case__in=[each.case for each in page]).values_list("case", "name")
    )
    speech = Speech(bureau.lang(), bureau.desk().terms, clock.today())
    mine = set(
        waiting.to_confirm(request.user)
        .filter(pk__in=[each.pk for each in page])
        .values_list("pk", flat=True)
    )
    context = {
        "page": page,
        "mine": mine,
        "rows": [(each, speech.move(each.move), names.get(each.case, "")) for each in page],
        "state": state,
        "states": ProposalState.choices,
    }
    return render(request, "cases/proposals.html", context)


@needs(Right.MOVE_CASES, Right.CONFIRM_CASES)
@require_POST
def several(request: HttpRequest) -> HttpResponse:
    """Confirm the moves that were ticked, and say what became of each."""
    chosen = {int(each) for each in request.POST.getlist("proposal") if _KEY.fullmatch(each)}
    rows = waiting.confirmable(request.user).filter(pk__in=chosen).order_by("pk")
    if not rows or len(rows) > ROWS:
        messages.error(request, _("No move was ticked, or more than a page of them."))
        return redirect("cases:proposals")
    outcomes = together.confirm_all(request.user, rows)
    context = together.told(outcomes) | {"move": _("Confirming several moves")}
    status = 200 if any(each.done for each in outcomes) else 422
    return render(request, "cases/together_done.html", context, status=status)


@needs(Right.MOVE_CASES, Right.DECIDE_CASES, Right.CONFIRM_CASES)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A move that was asked for, with all that it would record."""
    return _page(request, _found(request, pk), [], 200)


@needs(Right.MOVE_CASES, Right.DECIDE_CASES, Right.CONFIRM_CASES)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm it, send it back with a reason, or withdraw it."""
    proposal = _found(request, pk)
    why = request.POST.get("why", "").strip()[:_LONGEST]
    verb = request.POST.get("decision", "")
    if verb != "withdraw" and not waiting.may_confirm(request.user, proposal):
        raise PermissionDenied
    try:
        if verb == "confirm":
            changed = recording.confirm(request.user, proposal)
            said = _("Confirmed and recorded as entry %(n)d.") % {"n": changed.entries[0].seq}
        elif verb == "send_back" and why:
            recording.send_back(request.user, proposal, why)
            said = _("Sent back.")
        elif verb == "withdraw":
            recording.withdraw(request.user, proposal)
            said = _("Withdrawn.")
        else:
            told = [("", _("No decision was chosen, or no reason was given."), "")]
            return _page(request, proposal, told, 422)
    except RequestError as error:
        return _page(request, proposal, errors.fault_lines(error), errors.status_of(error))
    messages.success(request, said)
    return redirect("cases:one", proposal.case)


def _found(request: HttpRequest, pk: int) -> Proposal:
    found: Proposal = get_object_or_404(waiting.visible(request.user), pk=pk)
    return found


def _page(
    request: HttpRequest, proposal: Proposal, told: list[tuple[str, str, str]], status: int
) -> HttpResponse:
    terms = bureau.desk().terms
    speech = Speech(bureau.lang(), terms, clock.today())
    user = request.user
    open_now = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.WAITING).exists()
    context: dict[str, Any] = {
        "proposal": proposal,
        "move": speech.move(proposal.move),
        "role": speech.role(proposal.role),
        "name": Case.objects.filter(case=proposal.case).values_list("name", flat=True).first(),
        "facts": [
            looking.Fact(
                words.fact_name(name),
                words.fact(name, text, terms, proposal.held_on),
                masked=looking.PERSONS.get(name, ""),
            )
            for name, text in proposal.facts.items()
        ],
        "papers": proposal.papers.all(),
        "may_confirm": open_now
        and proposal.by != user.username
        and waiting.may_confirm(user, proposal),
        "may_withdraw": open_now and proposal.by == user.username,
        "told": told,
    }
    return render(request, "cases/proposal.html", context, status=status)
