"""My evaluations: the cases drawn for an expert, their sheet, and stepping back.

Everything is asked of a seat that is the expert's and that they have not left; nobody stands in
for an expert, so a deputy finds nothing here.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dingdian.core.lifecycle.state import State as CaseState
from dingdian.core.panel.experts import related
from dingdian.core.panel.state import OVER, State
from dingdian.reports.words.panel import passed_over
from dingdian.web import bureau, clock
from dingdian.web.cases.materials import materials_of
from dingdian.web.cases.models import Paper
from dingdian.web.ledger import looking, words
from dingdian.web.ledger.models import Region
from dingdian.web.panels import advancing, applicants, register, showing
from dingdian.web.panels.forms import RecuseForm, SheetForm
from dingdian.web.panels.models import Panel, Seat
from dingdian.web.panels.views import answer, grounds
from dingdian.web.rights import Right, needs


@needs(Right.EVALUATE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The cases drawn for whoever signed in: those under way first, with the days left."""
    seats = list(seats_of(request.user))
    last, today = showing.last_days([each.panel.case for each in seats]), clock.today()
    rows = [
        {
            "seat": each,
            "panel": each.panel,
            "last": last.get(each.panel.case),
            "days": (last[each.panel.case] - today).days if each.panel.case in last else None,
        }
        for each in seats
    ]
    context = {
        "under_way": [each for each in rows if not each["panel"].is_over],
        "over": [each for each in rows if each["panel"].is_over],
        "expert": getattr(request.user, "expert", None),
    }
    return render(request, "panels/mine.html", context)


def seats_of(user: Any) -> Any:
    """The seats of somebody that they have not left."""
    found = Seat.objects.filter(expert__user=user, recused_on=None)
    return found.select_related("panel", "expert").order_by("-panel__last")


def _mine(request: HttpRequest, pk: int) -> tuple[Seat, State, applicants.Subject]:
    """One's seat in a panel, where the panel stands, and its case.

    Raises:
        Http404: one does not sit there.
    """
    seat = get_object_or_404(seats_of(request.user), panel__pk=pk)
    state = advancing.state_of_key(seat.panel.key)
    if seat.expert.code not in state.members:
        raise Http404
    return seat, state, applicants.of_case(seat.panel.case)


def _is_open(panel: Panel, state: State, subject: applicants.Subject) -> bool:
    return state.stage not in OVER and subject.key == panel.key and subject.is_evaluated


@needs(Right.EVALUATE)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The application and its papers, one's sheet, and all sheets once the panel concluded."""
    seat, state, subject = _mine(request, pk)
    terms = state.terms
    assert terms is not None  # noqa: S101 -- somebody sits in it
    code, panel = seat.expert.code, seat.panel
    is_open = _is_open(panel, state, subject)
    if request.method == "POST" and not is_open:
        raise Http404
    seen = advancing.seen_by(state, code)
    sheet = state.sheets.get(code)
    initial = {"seen": seen, "evaluated_on": sheet.evaluated_on if sheet else clock.today()}
    form = SheetForm(
        *((request.POST,) if request.method == "POST" else ()),
        terms=terms,
        sheet=sheet,
        initial=initial,
    )

    def do() -> HttpResponse:
        given = form.cleaned_data
        kept = advancing.score(
            request.user,
            subject,
            seat.expert,
            answers=form.answers(),
            evaluated_on=given["evaluated_on"],
            opinion=given["opinion"],
            seen=given["seen"] or 0,
        )
        whole = kept.seats.get(expert=seat.expert).complete
        said = _("The sheet is kept.") if whole else _("Kept; some items are still open.")
        messages.success(request, said)
        return redirect("evaluations:one", panel.pk)

    core, day = register.core_of(seat.expert), clock.today()
    why = related(core, subject.applicant, terms, day) if is_open else None
    last = showing.last_days([panel.case]).get(panel.case)
    context = {
        "panel": panel,
        "seat": seat,
        "open": is_open,
        "sheet": sheet,
        "missing": sheet.missing(terms.items) if sheet else [e.item for e in terms.items],
        "related": passed_over(why, terms, bureau.lang()) if why else "",
        "last_day": last,
        "days": (last - day).days if last else None,
        "shown": showing.concluded(state),
        "filled": sum(each.is_complete for each in showing.places(state) if not each.seat.recused),
        "members": state.members,
        **_application(subject.found.state, subject),
    }
    return answer(request, form, do, context, template="panels/sheet.html")


def _application(state: CaseState, subject: applicants.Subject) -> dict[str, Any]:
    """What the case states and the papers that were handed in for it."""
    papers = list(Paper.objects.filter(case=state.case, entry__isnull=False))
    terms, today = bureau.desk().terms, clock.today()
    names = dict(Region.objects.values_list("code", "name"))
    facts = [
        looking.Fact(
            words.fact_name(name),
            f"{names[text]} {text}"
            if name == "region" and text in names
            else words.fact(name, text, terms, state.since),
            masked=looking.PERSONS.get(name, ""),
        )
        for name, text in state.about.items()
        if text
    ]
    services = words.joined([words.term("service", each) for each in state.services])
    beds = words.joined([f"{words.bed_class(e)} {n}" for e, n in state.beds.items()])
    listed = {each.pk for m in materials_of(state, terms, today, papers) for each in m.papers}
    return {
        "found": subject.found,
        "facts": facts,
        "services": services,
        "beds": beds,
        "materials": materials_of(state, terms, today, papers),
        "papers": [each for each in papers if each.pk not in listed],
    }


@needs(Right.EVALUATE)
def step_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a relation and leave the panel: the next of the same lot takes the seat."""
    seat, state, subject = _mine(request, pk)
    if not _is_open(seat.panel, state, subject):
        raise Http404
    data = (request.POST,) if request.method == "POST" else ()
    form = RecuseForm(
        *data,
        grounds=grounds(state),
        initial={"seen": advancing.seen_by(state, seat.expert.code)},
    )

    def do() -> HttpResponse:
        given = form.cleaned_data
        advancing.recuse(
            request.user,
            subject,
            seat.expert,
            ground=given["ground"],
            reason=given["reason"],
            seen=given["seen"] or 0,
        )
        messages.success(request, _("Recorded: you have left this evaluation."))
        return redirect("evaluations:list")

    context = {"panel": seat.panel, "found": subject.found}
    return answer(request, form, do, context, template="panels/step_back.html")


@needs(Right.EVALUATE)
@require_safe
def paper(request: HttpRequest, pk: int, paper_pk: int) -> FileResponse:
    """A paper of a case that was drawn for whoever signed in, to be saved.

    Raises:
        Http404: the case is another's, or the paper of another case.
        RequestError: its bytes are not those that were handed in.
    """
    seat, _state, _subject = _mine(request, pk)
    of_case = Paper.objects.filter(case=seat.panel.case, entry__isnull=False)
    return get_object_or_404(of_case, pk=paper_pk).attachment()
