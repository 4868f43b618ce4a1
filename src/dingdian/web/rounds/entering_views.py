"""Entering a round: what would be recorded, asking for it, confirming it, and its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dingdian.core.errors import RequestError
from dingdian.reports.lives.words import Speech
from dingdian.web import bureau, clock
from dingdian.web.errors import fault_lines, status_of
from dingdian.web.jobs.running import ask
from dingdian.web.rights import FOUR_EYES, Right, needs
from dingdian.web.rounds import access, entering, lettering
from dingdian.web.rounds.models import Round, State

if TYPE_CHECKING:
    from dingdian.core.lifecycle.moving import Asked

#: The longest reason of sending back.
_LONGEST = 1000


@needs(Right.MOVE_CASES)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What entering a round would record; sent, it is asked for."""
    row = access.moving(request.user, pk)
    if not row.has_decision:
        raise Http404
    told: list[tuple[str, str, str]] = []
    asked: tuple[Asked, ...] = ()
    status = 200
    try:
        if request.method == "POST":
            job = entering.propose(request.user, row)
            if job is None:
                messages.success(request, _("Asked for: a second person confirms it."))
            return redirect("rounds:one", pk)
        row.in_state(State.DECIDED)
        asked = entering.check(row)
    except RequestError as error:
        told = fault_lines(error)
        status = status_of(error) if request.method == "POST" else 200
    context: dict[str, Any] = {
        "row": row,
        "told": told,
        "moves": _told(asked),
        "total": len(asked),
        "confirmed": entering.is_confirmed_first(asked),
        "current": "enter",
    }
    return render(request, "rounds/enter.html", context, status=status)


def _told(asked: tuple[Asked, ...]) -> list[tuple[str, int, bool]]:
    """The moves in words, how many there are of each, and whether it is one of the four eyes."""
    speech = Speech(bureau.lang(), bureau.desk().terms, clock.today())
    return [(speech.move(name), n, name in FOUR_EYES) for name, n in entering.counted(asked)]


@needs(Right.MOVE_CASES, Right.CONFIRM_CASES)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the entering of a round, send it back with a reason, or withdraw it."""
    row = access.decided(request.user, pk)
    verb, why = request.POST.get("decision", ""), request.POST.get("why", "").strip()[:_LONGEST]
    if verb == "withdraw":
        if not access.may(request.user, row, Right.MOVE_CASES):
            raise PermissionDenied
    elif not row.within(request.user, Right.CONFIRM_CASES):
        raise PermissionDenied
    try:
        _decide(request, row, verb, why)
    except RequestError as error:
        for _place, what, cure in fault_lines(error):
            messages.error(request, f"{what} {cure}".strip())
    return redirect("rounds:one", pk)


def _decide(request: HttpRequest, row: Round, verb: str, why: str) -> None:
    if verb == "confirm":
        entering.confirm(request.user, row)
    elif verb == "send_back" and why:
        entering.send_back(request.user, row, why)
        messages.success(request, _("Sent back."))
    elif verb == "withdraw":
        entering.withdraw(request.user, row)
        messages.success(request, _("Withdrawn."))
    else:
        messages.error(request, _("No decision was chosen, or no reason was given."))


@needs(Right.MOVE_CASES)
@require_POST
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the letters of the entries of a round, each under the next number of its series."""
    row = access.moving(request.user, pk)
    row.in_state(State.ENTERED)
    given = {"pk": row.pk, "left": lettering.left(request.user, row)}
    ask(lettering.LETTERS, row.subject, by=request.user.username, **given)
    return redirect("rounds:one", pk)
