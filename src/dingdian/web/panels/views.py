"""Panels of the office: the list, the draw, the lot, who keeps away, the result, the retracing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import RequestError
from dingdian.core.panel.retracing import differences
from dingdian.core.panel.state import OVER, State, subject_of
from dingdian.core.panel.terms import Terms
from dingdian.core.workings import Reason
from dingdian.reports.words.panel import SENTENCES
from dingdian.web import bureau, clock, errors
from dingdian.web.cases.finding import seen as seen_case
from dingdian.web.ledger import listing
from dingdian.web.ledger.models import Case
from dingdian.web.panels import advancing, applicants, showing
from dingdian.web.panels.forms import ConcludeForm, DrawForm, RecuseForm, SheetForm
from dingdian.web.panels.models import Expert, Panel, Person
from dingdian.web.rights import Right, needs

#: Panels of a page of the list, and cases without one that are named.
ROWS, WITHOUT = 50, 50


@needs(Right.SEE_PANELS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Cases in evaluation without a panel, then the panels of one's districts."""
    found = listing.within(Panel.objects.all(), request.user.districts(Right.SEE_PANELS))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    waiting = without_panel(request.user.districts(Right.SEE_PANELS))
    last = showing.last_days([*(e.case for e in page), *(e.case for e in waiting)])
    today = clock.today()
    context = {
        "page": page,
        "rows": [(each, last.get(each.case), _left(each, last, today)) for each in page],
        "waiting": [(each, last.get(each.case)) for each in waiting],
        "may": request.user.may(Right.MANAGE_PANELS),
    }
    return render(request, "panels/list.html", context)


def _left(panel: Panel, last: dict[str, Any], today: Any) -> int | None:
    day = None if panel.is_over else last.get(panel.case)
    return (day - today).days if day else None


def without_panel(districts: Any) -> list[Case]:
    """Cases in evaluation for which no panel was drawn yet."""
    rows = Case.objects.filter(stage__in=[str(each) for each in applicants.EVALUATED])
    rows = listing.within(rows, districts).order_by("case")[:WITHOUT]
    drawn = set(Panel.objects.values_list("key", flat=True))
    return [each for each in rows if applicants.of_case(each.case).key not in drawn]


@needs(Right.MANAGE_PANELS)
def draw(request: HttpRequest, case: str) -> HttpResponse:
    """Draw the panel of a case in evaluation: the people, the seed, where it was published.

    Raises:
        Http404: there is no such case in one's districts, or it is not in evaluation.
    """
    found = seen_case(request.user, case, Right.MANAGE_PANELS)
    subject = applicants.subject_of(found)
    known = Panel.objects.filter(key=subject.key).first()
    if known is not None:
        return redirect("panels:one", known.pk)
    if not subject.is_evaluated:
        raise Http404
    people = list(Person.objects.filter(case=case))
    number = applicants.number_of(found.state.about.get("person", ""))
    form = DrawForm(
        *_sent(request), people=people, initial={"published_on": clock.today(), "seen": 0}
    )
    if not people and number:
        form.fields["legal_person_number"].initial = number
    terms = subject.terms

    def do() -> HttpResponse:
        given = form.cleaned_data
        panel = advancing.draw(
            request.user,
            subject,
            form.people(),
            seed=given["seed"],
            source=given["source"],
            published_on=given["published_on"],
            witness=given["witness"],
            seen=given["seen"] or 0,
        )
        messages.success(request, _("The panel is drawn."))
        return redirect("panels:one", panel.pk)

    context = {
        "found": found,
        "number": subject.number,
        "terms": terms if isinstance(terms, Terms) else None,
        "unclear": _unclear(terms),
        "fields": _fields(terms),
    }
    return answer(request, form, do, context, template="panels/draw.html")


def _fields(terms: Terms | Reason) -> list[tuple[str, int]]:
    if not isinstance(terms, Terms):
        return []
    return [(terms.name(each).say(bureau.lang()), n) for each, n in terms.fields.items()]


def _unclear(terms: Terms | Reason) -> str:
    if isinstance(terms, Terms):
        return ""
    said = SENTENCES.get(terms.code)
    return said.say(bureau.lang(), **dict(terms.details)) if said else terms.code


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()


def answer(
    request: HttpRequest,
    form: Any,
    do: Callable[[], HttpResponse],
    context: dict[str, Any],
    *,
    template: str,
) -> HttpResponse:
    """The form; sent, what comes of it, or the form again with every reason against it."""
    told: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return do()
            except RequestError as error:
                told, status = errors.fault_lines(error), errors.status_of(error)
    return render(request, template, {**context, "form": form, "told": told}, status=status)


def _of(request: HttpRequest, pk: int, right: Right) -> tuple[Panel, State]:
    """A panel of the districts in which somebody has a right, and where it stands.

    Raises:
        Http404: there is none, or it is of another district.
    """
    panel = get_object_or_404(Panel, pk=pk)
    if not request.user.may(right, panel.district):
        raise Http404
    return panel, advancing.state_of_key(panel.key)


def _open(request: HttpRequest, pk: int) -> tuple[Panel, State, applicants.Subject]:
    """A panel that somebody may lead on.

    Raises:
        Http404: there is none in their districts, it is over, or the case has moved on.
    """
    panel, state = _of(request, pk, Right.MANAGE_PANELS)
    subject = applicants.of_case(panel.case)
    if state.stage in OVER or subject.key != panel.key or not subject.is_evaluated:
        raise Http404
    return panel, state, subject


@needs(Right.SEE_PANELS)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A panel: seats and how far their sheets are, the lot with what bars whom, the result."""
    panel, state = _of(request, pk, Right.SEE_PANELS)
    subject = applicants.of_case(panel.case)
    is_open = (
        state.stage not in OVER
        and subject.key == panel.key
        and subject.is_evaluated
        and request.user.may(Right.MANAGE_PANELS, panel.district)
    )
    first = state.history[0]
    context = {
        "panel": panel,
        "state": state,
        "stage": str(state.stage),
        "first": first,
        "facts": first.facts,
        "lots": list(showing.lots(state)),
        "places": list(showing.places(state)),
        "shown": showing.concluded(state),
        "closed": showing.closed(state),
        "open": is_open,
        "last_day": showing.last_days([panel.case]).get(panel.case),
        "may_read_case": request.user.may(Right.SEE_LEDGER, panel.district),
    }
    return render(request, "panels/one.html", context)


@needs(Right.MANAGE_PANELS)
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that an expert keeps away: the next of the same lot takes the seat."""
    panel, state, subject = _open(request, pk)
    names = dict(Expert.objects.values_list("code", "name"))
    sitting = [(each, f"{each} {names.get(each, '')}") for each in state.members]
    form = RecuseForm(
        *_sent(request), grounds=grounds(state), experts=sitting, initial={"seen": state.last}
    )

    def do() -> HttpResponse:
        given = form.cleaned_data
        expert = Expert.objects.get(code=given["expert"])
        advancing.recuse(
            request.user,
            subject,
            expert,
            ground=given["ground"],
            reason=given["reason"],
            seen=given["seen"] or 0,
            keep=given["keep"],
        )
        messages.success(request, _("Recorded. The next of the same lot was asked for the seat."))
        return redirect("panels:one", panel.pk)

    context = {"panel": panel, "title": _("An expert keeps away")}
    return answer(request, form, do, context, template="panels/step.html")


def grounds(state: State) -> dict[str, str]:
    """The grounds of the terms of a panel, in words."""
    terms = state.terms
    return {e: terms.name(e).say(bureau.lang()) for e in terms.grounds} if terms else {}


@needs(Right.MANAGE_PANELS)
@require_POST
def redraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill a free seat, now that the register has somebody for it."""
    panel, _state, subject = _open(request, pk)
    seen = request.POST.get("seen", "")
    try:
        advancing.redraw(request.user, subject, int(seen) if seen.isdecimal() else 0)
    except RequestError as error:
        for _place, what, cure in errors.fault_lines(error):
            messages.error(request, f"{what} {cure}".strip())
    else:
        messages.success(request, _("The seat is taken."))
    return redirect("panels:one", panel.pk)


@needs(Right.MANAGE_PANELS)
def enter(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Enter the sheet that an expert without a user handed in on paper.

    Raises:
        Http404: they do not sit in the panel, or have a user of their own.
    """
    panel, state, subject = _open(request, pk)
    expert = get_object_or_404(Expert, code=code, user=None)
    if code not in state.members or state.terms is None:
        raise Http404
    seen = advancing.seen_by(state, code)
    form = SheetForm(
        *_sent(request), terms=state.terms, sheet=state.sheets.get(code), initial={"seen": seen}
    )

    def do() -> HttpResponse:
        given = form.cleaned_data
        advancing.score(
            request.user,
            subject,
            expert,
            answers=form.answers(),
            evaluated_on=given["evaluated_on"],
            opinion=given["opinion"],
            seen=given["seen"] or 0,
        )
        messages.success(request, _("The sheet is kept."))
        return redirect("panels:one", panel.pk)

    context = {"panel": panel, "expert": expert}
    return answer(request, form, do, context, template="panels/enter.html")


@needs(Right.MANAGE_PANELS)
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the result as the sheets give it."""
    from dingdian.core.panel.steps import Conclude

    panel, state, subject = _open(request, pk)
    initial = {"seen": state.last, "concluded_on": clock.today()}
    form = ConcludeForm(*_sent(request), initial=initial)

    def do() -> HttpResponse:
        given = form.cleaned_data
        step = Conclude(given["concluded_on"])
        advancing.take(request.user, subject, step, given["seen"] or 0)
        messages.success(request, _("Concluded."))
        return redirect("panels:one", panel.pk)

    context = {"panel": panel, "title": _("Conclude the evaluation"), "concludes": True}
    return answer(request, form, do, context, template="panels/step.html")


@needs(Right.SEE_PANELS)
@require_safe
def retrace(request: HttpRequest, pk: int) -> HttpResponse:
    """Make draw and result again from the notes, and say where they differ."""
    panel, state = _of(request, pk, Right.SEE_PANELS)
    notes = bureau.journal().notes(subject_of(panel.key))
    found = tuple(differences(notes))
    context = {
        "panel": panel,
        "state": state,
        "notes": [(each, act_words(each.act)) for each in notes],
        "told": errors.fault_lines(RequestError(found)) if found else [],
        "example": next(iter(showing.lots(state)), None),
    }
    return render(request, "panels/retrace.html", context)


def act_words(act: str) -> str:
    """An act of the journal in words."""
    from dingdian.web.audit.acts import act_words as said

    return said(act)
