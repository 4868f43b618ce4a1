"""A form of a move that was filled in: what it asks to record, and the page of what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.moving import Asked
from dingdian.web import clock, errors
from dingdian.web.cases.forms import MoveForm
from dingdian.web.cases.offering import Offer

if TYPE_CHECKING:
    from dingdian.actions.change_stage import Changed
    from dingdian.core.errors import Fault


def given(request: HttpRequest) -> tuple[Any, ...]:
    """What a form takes of a request: nothing where it was only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def asked(form: MoveForm, case: str, offer: Offer) -> Asked:
    """What a valid form asks to record, in the name of the offer."""
    said = form.cleaned_data
    return Asked(
        case=case,
        move=offer.move,
        held_on=said["held_on"],
        known_at=clock.now(),
        by="",
        role=offer.role,
        reason=said.get("reason", ""),
        documents=form.numbers(),
        facts=form.facts(),
        seen=said["seen"],
    )


def answer(
    request: HttpRequest,
    form: MoveForm,
    do: Callable[[], HttpResponse],
    context: dict[str, Any],
    *,
    template: str,
) -> HttpResponse:
    """The form; sent, what comes of it, or the form again with every reason against it."""
    told: list[tuple[str, str, str]] = []
    status = 200
    if getattr(request, "too_large", False):
        told = errors.too_large_lines()
        status = 413
    elif request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            return do()
        except RequestError as error:
            told, status = errors.fault_lines(error), errors.status_of(error)
    return render(request, template, {**context, "form": form, "told": told}, status=status)


def recorded(request: HttpRequest, changed: Changed, move: str) -> str:
    """Tell that a move, in words, was recorded; the case to go to."""
    entry = changed.entries[0]
    messages.success(
        request, _("Recorded: %(move)s, entry %(n)d.") % {"move": move, "n": entry.seq}
    )
    return entry.case


def warn(request: HttpRequest, faults: tuple[Fault, ...]) -> None:
    """Tell what is odd about a move and does not stop it."""
    for _place, what, cure in errors.fault_lines(RequestError(faults)):
        messages.warning(request, f"{what} {cure}".strip())
