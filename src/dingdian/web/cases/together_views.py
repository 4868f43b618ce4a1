"""Several cases and one move: choosing it, one form for all of them, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.facts import FACTS
from dingdian.core.lifecycle.moves import MOVES
from dingdian.reports.lives.words import Speech
from dingdian.web import bureau, clock, errors
from dingdian.web.cases import filling, together
from dingdian.web.cases.forms import About, MoveForm
from dingdian.web.cases.recording import is_confirmed_first
from dingdian.web.cases.together import MOST, Line
from dingdian.web.rights import Right, needs

if TYPE_CHECKING:
    from dingdian.core.lifecycle.moving import Asked
    from dingdian.web.cases.finding import Found

_LONGEST = 200


class TogetherForm(MoveForm):
    """The form of a move of several cases: what they share, and whether all or none."""

    whole = forms.ChoiceField(
        label=gettext_lazy("Where one is refused"),
        choices=(
            ("no", gettext_lazy("record the others all the same")),
            ("yes", gettext_lazy("record none")),
        ),
        widget=forms.RadioSelect,
        initial="no",
    )

    def __init__(self, *args: Any, about: About, **more: Any) -> None:
        super().__init__(*args, about=about, **more)
        for name in together.own_facts(about.move):
            self.fields.pop(name, None)

    def visible_fields(self) -> list[forms.BoundField]:
        """The fields of the move; whether all or none stands apart."""
        return [each for each in super().visible_fields() if each.name != "whole"]


@needs(Right.MOVE_CASES, Right.DECIDE_CASES)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The cases that were ticked, and the moves that may be recorded of every one of them."""
    found, told = _chosen(request, request.GET.getlist("case"))
    speech = Speech(bureau.lang(), bureau.desk().terms, clock.today())
    names = together.moves(request.user, found) if not told else []
    context = {
        "cases": [(each, speech.stage(each.state.stage)) for each in found],
        "moves": [(name, speech.move(name), is_confirmed_first(name)) for name in names],
        "told": told,
        "most": MOST,
    }
    return render(request, "cases/together.html", context, status=422 if told else 200)


def _chosen(request: HttpRequest, cases: Sequence[str]) -> tuple[list[Found], list[Any]]:
    """The cases of an address; what is wrong with their number."""
    if len(set(cases)) > MOST:
        said = _("%(n)d cases were chosen; at most %(most)d go together.")
        return [], [("", said % {"n": len(set(cases)), "most": MOST}, "")]
    found = together.chosen(request.user, cases)
    if not found:
        return [], [("", _("No case was chosen."), _("Tick some in the list."))]
    return found, []


@needs(Right.MOVE_CASES, Right.DECIDE_CASES)
def act(request: HttpRequest) -> HttpResponse:
    """One form for all of them; sent, what became of each."""
    given = request.POST if request.method == "POST" else request.GET
    found, told = _chosen(request, given.getlist("case"))
    move = given.get("move", "")
    if told or move not in MOVES:
        return redirect("cases:list")
    lines = list(together.lines(request.user, found, move))
    able = [each for each in lines if each.offer is not None]
    if not able:
        messages.error(request, _("This move may be recorded of none of them now."))
        return redirect("cases:list")
    first = able[0].found
    about = About(move, first.state, clock.today(), bureau.desk().terms, None)
    form = TogetherForm(*filling.given(request), about=about)
    if request.method != "POST" or getattr(request, "too_large", False) or not form.is_valid():
        large = getattr(request, "too_large", False)
        status = 413 if large else 422 if request.method == "POST" else 200
        told = errors.too_large_lines() if large else []
        return render(
            request, "cases/together_form.html", _form(request, lines, form, told), status=status
        )
    try:
        outcomes = together.do(
            request.user,
            [(line, _asked(request, line, form)) for line in able],
            form.handed(),
            whole=form.cleaned_data["whole"] == "yes",
        )
    except RequestError as error:  # of the papers: of each case its own reasons are told
        context = _form(request, lines, form, errors.fault_lines(error))
        return render(request, "cases/together_form.html", context, status=422)
    return _done(request, move, outcomes, [each for each in lines if each.offer is None])


def _asked(request: HttpRequest, line: Line, form: TogetherForm) -> Asked:
    """What the form asks to record of one case, with the facts of its own."""
    case = line.found.state.case
    assert line.offer is not None  # noqa: S101 -- only those are asked for
    asked = filling.asked(form, case, line.offer)
    own = {
        name: request.POST.get(f"{name}--{case}", "").strip()[:_LONGEST]
        for name in together.own_facts(line.offer.move)
    }
    facts = {**asked.facts, **{name: text for name, text in own.items() if text}}
    seen = request.POST.get(f"seen--{case}", "")
    known = int(seen) if seen.isdecimal() else line.found.state.last_seq
    return replace(asked, facts=facts, seen=known)


def _form(
    request: HttpRequest, lines: Sequence[Line], form: TogetherForm, told: list[Any]
) -> dict[str, Any]:
    move = form.about.move
    speech = Speech(bureau.lang(), bureau.desk().terms, clock.today())
    own = together.own_facts(move)
    return {
        "form": form,
        "told": told,
        "name": move,
        "move": speech.move(move),
        "confirmed": is_confirmed_first(move),
        "own": [FACTS[each].name.say(bureau.lang()) for each in own],
        "rows": list(_rows(request, lines, speech, own)),
        "able": sum(each.offer is not None for each in lines),
    }


def _rows(
    request: HttpRequest, lines: Sequence[Line], speech: Speech, own: Sequence[str]
) -> Iterator[dict[str, Any]]:
    for each in lines:
        case = each.found.state.case
        fields = [f"{name}--{case}" for name in own]
        yield {
            "found": each.found,
            "stage": speech.stage(each.found.state.stage),
            "able": each.offer is not None,
            "seen": request.POST.get(f"seen--{case}") or each.found.state.last_seq,
            "fields": [(name, request.POST.get(name, "")) for name in fields],
        }


def _done(
    request: HttpRequest, move: str, outcomes: list[Any], left: Sequence[Line]
) -> HttpResponse:
    speech = Speech(bureau.lang(), bureau.desk().terms, clock.today())
    context = together.told(outcomes) | {
        "move": speech.move(move),
        "left": left,
        "confirmed": is_confirmed_first(move),
    }
    status = 200 if any(each.done for each in outcomes) else 422
    return render(request, "cases/together_done.html", context, status=status)
