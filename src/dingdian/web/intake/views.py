"""Windows of the office: the list, asking for one or for a change, confirming it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.moves import MOVES
from dingdian.web import clock, errors
from dingdian.web.accounts.second import may_second
from dingdian.web.intake import reading, setting
from dingdian.web.intake.forms import WindowForm
from dingdian.web.intake.models import State, Window
from dingdian.web.rights import Right, needs

_ROWS, _LONGEST = 50, 1000


@needs(Right.SEE_LEDGER)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The windows of one's districts, the latest first."""
    page = Paginator(reading.visible(request.user), _ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": list(reading.lines(page)),
        "may": request.user.may(Right.MOVE_CASES),
        "clauses": MOVES["apply"].clauses,
    }
    return render(request, "intake/list.html", context)


@needs(Right.MOVE_CASES)
def new(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Asking for a window; with ``pk`` for a change of one that holds.

    Raises:
        Http404: there is none that holds in one's districts.
    """
    old = None if pk is None else get_object_or_404(reading.visible(request.user), pk=pk)
    if old is not None and not request.user.may(Right.MOVE_CASES, old.district):
        raise Http404
    sent = (request.POST,) if request.method == "POST" else ()
    initial = model_to_dict(old) | {"basis": ""} if old else {"opens": clock.today()}
    form = WindowForm(*sent, user=request.user, initial=initial)
    told: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = setting.ask(request.user, form.cleaned_data, old)
            except RequestError as error:
                told, status = errors.fault_lines(error), errors.status_of(error)
            else:
                return _asked(request, made)
    context = {"form": form, "told": told, "old": old}
    return render(request, "intake/new.html", context, status=status)


def _asked(request: HttpRequest, made: Window) -> HttpResponse:
    said = _("Asked for: a second person confirms it.")
    messages.success(request, said if made.state == State.ASKED else _("It holds."))
    return redirect("intake:one", made.pk)


@needs(Right.SEE_LEDGER)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A window, and what may be done with it."""
    return _page(request, get_object_or_404(reading.visible(request.user), pk=pk))


def _page(request: HttpRequest, window: Window, told: Any = (), status: int = 200) -> HttpResponse:
    user, waits = request.user, window.state == State.ASKED
    own = window.by == user.username
    (line,) = reading.lines([window])
    change = window.state == State.SET and window.closes >= clock.today()
    context = {
        "window": window,
        "line": line,
        "told": told,
        "may_confirm": waits
        and may_second(user, window.by, Right.CONFIRM_CASES, [window.district]),
        "may_withdraw": waits and own,
        "may_change": change and user.may(Right.MOVE_CASES, window.district),
    }
    return render(request, "intake/one.html", context, status=status)


@needs(Right.MOVE_CASES, Right.CONFIRM_CASES)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a window, send it back with a reason, or withdraw it."""
    window = get_object_or_404(reading.visible(request.user), pk=pk)
    verb = request.POST.get("decision", "")
    why = request.POST.get("why", "").strip()[:_LONGEST]
    right = Right.MOVE_CASES if verb == "withdraw" else Right.CONFIRM_CASES
    if not request.user.may(right, window.district):
        raise PermissionDenied
    try:
        if verb == "confirm":
            setting.confirm(request.user, window)
            messages.success(request, _("It holds. The next edition tells the public site."))
        elif verb == "send_back" and why:
            setting.send_back(request.user, window, why)
        elif verb == "withdraw":
            setting.withdraw(request.user, window)
        else:
            told = [("", _("No decision was chosen, or no reason was given."), "")]
            return _page(request, window, told, 422)
    except RequestError as error:
        return _page(request, window, errors.fault_lines(error), errors.status_of(error))
    return redirect("intake:one", pk)
