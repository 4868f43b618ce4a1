"""Cases: the list, one with its papers and what may be recorded, and the form of every move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.lifecycle.takings import TAKE
from dingdian.reports.lives.words import Speech
from dingdian.web import bureau, clock
from dingdian.web.cases import filling, handing_over, listing
from dingdian.web.cases.finding import Found, district_of, seen
from dingdian.web.cases.forms import About, MoveForm, chosen_kind
from dingdian.web.cases.materials import materials_of
from dingdian.web.cases.models import Paper, Proposal, ProposalState, by_entry
from dingdian.web.cases.offering import grouped, offered, offers_now, roles_of
from dingdian.web.cases.recording import apply, is_confirmed_first, propose, record
from dingdian.web.cases.together import MOST
from dingdian.web.intake.setting import against
from dingdian.web.ledger import looking, refreshing, words
from dingdian.web.ledger.models import Region
from dingdian.web.ledger.views import asked_of
from dingdian.web.letters.reading import of_case
from dingdian.web.panels import citing
from dingdian.web.panels.applicants import subject_of
from dingdian.web.rights import Right, needs
from dingdian.wiring import institutions

if TYPE_CHECKING:
    from dingdian.actions.change_stage import Changed

#: Cases of a page of the list.
ROWS = 50


@needs(Right.SEE_LEDGER)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The cases of one's districts, with the limit of each that comes first."""
    filters = listing.Filters.of(request)
    page = Paginator(filters.apply(request.user), ROWS).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "rows": listing.rows(page.object_list, bureau.desk().terms, clock.today()),
        "offered": filters.offered(request.user),
        "picture": refreshing.shown_picture(request.user.username),
        "may_apply": request.user.may(Right.MOVE_CASES),
        "may_choose": request.user.may(Right.MOVE_CASES) or request.user.may(Right.DECIDE_CASES),
        "most": MOST,
        "may_confirm": request.user.may(Right.CONFIRM_CASES),
    }
    return render(request, "cases/list.html", context)


@needs(Right.SEE_LEDGER)
@require_safe
def one(request: HttpRequest, case: str) -> HttpResponse:
    """A case with its whole history, what is due, and what may be recorded now."""
    found = seen(request.user, case)
    asked = asked_of(request)
    desk = bureau.desk()
    shown = institutions.look_case(desk, case, asked["on"], asked["known"])
    told = looking.told(shown, desk.terms, asked["on"]) if shown else None
    papers_of_case = list(Paper.objects.filter(case=case))
    roles = roles_of(request.user, found.district)
    speech = Speech(bureau.lang(), desk.terms, clock.today())
    supplied = materials_of(found.state, desk.terms, clock.today(), papers_of_case)
    name = Region.objects.filter(code=found.district).values_list("name", flat=True).first()
    context = {
        "found": found,
        "proposal": Proposal.objects.filter(case=case, state=ProposalState.WAITING).first(),
        "cases": [told] if told else [],
        "district_name": name,
        "papers": by_entry(papers_of_case),
        "groups": grouped(offers_now(roles, found.state), speech) if asked["is_today"] else [],
        "materials": supplied,
        "letters": of_case(request.user, found),
        "panels": citing.panels_of(case) if request.user.may(Right.SEE_PANELS) else [],
        "may_draw": _may_draw(request, found),
        "handover": handing_over.of_case(case) if found.state.ended_on else None,
        "may_hand_over": request.user.may(Right.MOVE_CASES, found.district),
        **asked,
    }
    return render(request, "cases/one.html", context)


def _may_draw(request: HttpRequest, found: Found) -> bool:
    """Whether somebody may draw the panel of a case: it is in evaluation and has none."""
    if not request.user.may(Right.MANAGE_PANELS, found.district):
        return False
    return subject_of(found).is_evaluated and citing.cited(found) is None


@needs(Right.MOVE_CASES)
def new(request: HttpRequest) -> HttpResponse:
    """The form of an application that came on paper, and recording it as a new case.

    First the kind is chosen: the form shows what fits it.
    """
    user, kind = request.user, chosen_kind(request)
    if kind is None:
        return render(request, "cases/kinds.html", {"kinds": words.terms_of("kind")})
    districts = user.districts(Right.MOVE_CASES)
    about = About("apply", None, clock.today(), bureau.desk().terms, districts, kind=kind)
    form = MoveForm(*filling.given(request), about=about)

    def do() -> HttpResponse:
        district = district_of(form.facts().get("region", ""))
        offer = offered(roles_of(user, district), "apply", None)
        if offer is None:
            raise PermissionDenied
        asked = filling.asked(form, "", offer)
        changed = apply(user, asked, district, form.handed())
        filling.warn(request, against({**asked.facts, "kind": kind}, district, asked.held_on))
        return _done(request, changed, said)

    said = MOVES["apply"].name.say(bureau.lang())
    context = {"move": said, "kind": words.term("kind", kind)}
    return filling.answer(request, form, do, context, template="cases/record.html")


@needs(Right.MOVE_CASES, Right.DECIDE_CASES)
def act(request: HttpRequest, case: str, move: str) -> HttpResponse:
    """The form of a move of a case, and recording it; or asking a second person for it."""
    if move not in MOVES:
        raise Http404
    user, found = request.user, seen(request.user, case)
    offer = offered(roles_of(user, found.district), move, found.state.stage)
    if offer is None:
        raise PermissionDenied
    desk, today = bureau.desk(), clock.today()
    kept = Paper.objects.filter(case=case)
    about = About(
        move, found.state, today, desk.terms, None, papers=tuple(kept), entries=found.entries
    )
    initial = {"seen": found.state.last_seq, **citing.initial(found, move)}
    form = MoveForm(*filling.given(request), about=about, initial=initial)

    def do() -> HttpResponse:
        asked = citing.with_panel(found, filling.asked(form, case, offer))
        if not is_confirmed_first(move):
            return _done(request, record(user, asked, form.handed()), said)
        asked = replace(asked, seen=asked.seen or found.state.last_seq)
        made, noted = propose(user, asked, found.district, form.handed())
        filling.warn(request, noted)
        messages.success(request, _("Asked for: a second person confirms it."))
        return redirect("cases:proposal", made.pk)

    speech = Speech(bureau.lang(), desk.terms, today)
    said = speech.move(move)
    context = {
        "found": found,
        "move": said,
        "confirmed": is_confirmed_first(move),
        "role": speech.role(offer.role),
        "stage": speech.stage(found.state.stage),
        "clauses": MOVES[move].clauses,
        "takes": move in TAKE and move != "annul",
        "panel": citing.cited(found) if move in citing.RECORDS else None,
    }
    return filling.answer(request, form, do, context, template="cases/record.html")


def _done(request: HttpRequest, changed: Changed, move: str) -> HttpResponse:
    case = filling.recorded(request, changed, move)
    filling.warn(request, changed.faults)
    return redirect("cases:one", case)


@needs(Right.SEE_LEDGER)
@require_safe
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """A paper that went with a move, to be saved.

    Raises:
        RequestError: its bytes are not those that were handed in.
    """
    found = get_object_or_404(Paper, pk=pk)
    seen(request.user, found.case)
    return found.attachment()
