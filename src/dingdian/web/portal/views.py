"""Pages of an institution: its own data, its cases, applying, and what it asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.moves import MOVES, Role
from dingdian.core.lifecycle.stages import LIVE, OPEN
from dingdian.reports.lives.words import Speech
from dingdian.web import bureau, clock, papers
from dingdian.web.cases import filling
from dingdian.web.cases.finding import Found, district_of
from dingdian.web.cases.forms import About, MoveForm, chosen_kind
from dingdian.web.cases.materials import materials_of
from dingdian.web.cases.models import Paper, Proposal, by_entry
from dingdian.web.cases.offering import Offer, grouped, offered, offers_now
from dingdian.web.cases.recording import CHECKED, apply, propose
from dingdian.web.cases.recording import record as keep
from dingdian.web.intake.reading import coming
from dingdian.web.intake.setting import against
from dingdian.web.ledger import refreshing, words
from dingdian.web.ledger.views import of_census
from dingdian.web.letters import making
from dingdian.web.letters.models import Letter
from dingdian.web.portal import scores, showing
from dingdian.web.portal.finding import Holder, cases_of_holder, holders_of, own
from dingdian.web.rights import Right, needs
from dingdian.wiring import institutions

_ME = (Role.INSTITUTION,)
#: So many of what was reported last are shown.
_REPORTED = 5


@needs(Right.OWN_CASES)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is one's own: data, agreement, what is due, letters, cases."""
    found = [_of_holder(each) for each in holders_of(request.user)]
    picture = refreshing.shown_picture(request.user.username)
    context = {"holders": found, "picture": picture, "windows": coming()}
    return render(request, "portal/home.html", context)


def _of_holder(holder: Holder) -> dict[str, Any]:
    desk, today = bureau.desk(), clock.today()
    found = list(cases_of_holder(holder))
    looks = (institutions.look_case(desk, each.state.case, today, None) for each in found)
    cases = [showing.shown(each, desk.terms, today) for each in looks if each is not None]
    said: dict[str, Any] = {}
    if holder.row is not None:
        looked = institutions.look(desk, holder.code, today, None)
        said = of_census(looked, holder.row.district) | {"origin": ""}
    letters = sorted(showing.letters(cases), key=lambda each: each.entry, reverse=True)
    return said | {
        "holder": holder,
        "cases": cases,
        "agreements": [each for each in cases if each.days_left is not None],
        "may_apply": _may_apply(holder, found),
        "limits": [(each, limit) for each in cases for limit in each.told.limits],
        "letters": letters,
        "scores": scores.shown(holder.code),
    }


def _may_apply(holder: Holder, cases: Iterable[Found]) -> bool:
    """Whether an institution may apply: not beside a case that is open or in force.

    A legal person may have several places, each with a case of its own.
    """
    return holder.row is None or not any(found.state.stage in (*OPEN, *LIVE) for found in cases)


@needs(Right.OWN_CASES)
@require_safe
def one(request: HttpRequest, case: str) -> HttpResponse:
    """A case on its way: its stage, what was asked for, its history, what may be recorded now."""
    found = own(request.user, case)
    desk, today = bureau.desk(), clock.today()
    looked = institutions.look_case(desk, case, today, None)
    if looked is None:
        raise Http404
    shown = showing.shown(looked, desk.terms, today)
    handed = _papers(found)
    papers_of = by_entry(handed)
    speech = Speech(bureau.lang(), desk.terms, today)
    context = {
        "shown": shown,
        "lines": [
            (line, showing.documents(line), papers_of.get(line.entry.seq, []))
            for line in shown.told.lines
        ],
        "missing": showing.missing(found.state, shown.told.lines),
        "materials": materials_of(found.state, desk.terms, today, handed),
        "groups": grouped(offers_now(_ME, found.state), speech),
        "is_open": found.state.stage in OPEN,
        "reported": _reported(case, speech),
    }
    return render(request, "portal/one.html", context)


def _reported(case: str, speech: Speech) -> list[tuple[str, Proposal]]:
    """What the institution reported that is not in the ledger: it waits, or was sent back."""
    made = Proposal.objects.filter(case=case, role=Role.INSTITUTION, entry=None)
    return [(speech.move(each.move), each) for each in made[:_REPORTED]]


def _papers(found: Found) -> list[Paper]:
    """The papers that the institution itself handed in; those of the office stay there."""
    own_entries = [each.seq for each in found.entries if each.role == Role.INSTITUTION]
    return list(Paper.objects.filter(case=found.state.case, entry__in=own_entries))


@needs(Right.OWN_CASES)
def new(request: HttpRequest) -> HttpResponse:
    """Apply: whose application it is, the kind, then the form with what the ledger knows."""
    user, holders = request.user, holders_of(request.user)
    code = request.GET.get("for", "")
    holder = next((each for each in holders if each.code == code), None)
    if code and holder is None:
        raise Http404
    holder = holder or holders[0]
    kind = chosen_kind(request)
    if not _may_apply(holder, cases_of_holder(holder)):
        messages.warning(request, _("A case of this institution is under way or in force already."))
        return redirect("portal:home")
    if kind is None and "kind" not in request.GET and holder.row is not None:
        kind = holder.row.kind or None
    if kind is None:
        context = {"kinds": words.terms_of("kind"), "holder": holder, "holders": holders}
        return render(request, "portal/kinds.html", context)
    if request.method != "POST" and (why := against({"kind": kind}, "", clock.today())):
        filling.warn(request, why)
        return redirect("portal:home")
    about = About(
        move="apply",
        state=None,
        day=clock.today(),
        terms=bureau.desk().terms,
        districts=None,
        kind=kind,
        known=holder.known(),
        fixed=holder.fixed,
        own=True,
    )
    form = MoveForm(*filling.given(request), about=about)

    def do() -> HttpResponse:
        district = district_of(form.facts().get("region", ""))
        if why := against({**form.facts(), "kind": kind}, district, clock.today()):
            raise RequestError(why)
        asked = filling.asked(form, "", Offer("apply", Role.INSTITUTION))
        changed = apply(user, asked, district, form.handed())
        return redirect("portal:one", filling.recorded(request, changed, said))

    said = MOVES["apply"].name.say(bureau.lang())
    context = {
        "move": said,
        "kind": words.term("kind", kind),
        "holder": holder,
    }
    return filling.answer(request, form, do, context, template="portal/record.html")


@needs(Right.OWN_CASES)
def record(request: HttpRequest, case: str, move: str) -> HttpResponse:
    """The form of a move of one's own case, and recording it.

    Raises:
        Http404: the case is another's, or the institution may not record that now.
    """
    user, found = request.user, own(request.user, case)
    offer = offered(_ME, move, found.state.stage)
    if offer is None:
        raise Http404
    desk, today = bureau.desk(), clock.today()
    papers = tuple(_papers(found))
    about = About(
        move, found.state, today, desk.terms, None, papers=papers, entries=found.entries, own=True
    )
    form = MoveForm(*filling.given(request), about=about, initial={"seen": found.state.last_seq})

    def do() -> HttpResponse:
        asked = filling.asked(form, case, offer)
        if move in CHECKED:
            propose(user, asked, found.district, form.handed())
            messages.success(
                request, _("Handed in: it is in force once the agency has checked it.")
            )
            return redirect("portal:one", case)
        changed = keep(user, asked, form.handed())
        return redirect("portal:one", filling.recorded(request, changed, said))

    speech = Speech(bureau.lang(), desk.terms, today)
    said = speech.move(move)
    looked = institutions.look_case(desk, case, today, None)
    told = showing.shown(looked, desk.terms, today).told.lines if looked else ()
    context = {
        "found": found,
        "move": said,
        "stage": speech.stage(found.state.stage),
        "missing": showing.missing(found.state, told),
    }
    return filling.answer(request, form, do, context, template="portal/record.html")


@needs(Right.OWN_CASES)
@require_safe
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """A paper that the institution handed in, to be saved.

    Raises:
        Http404: it is another's, or the office's.
        RequestError: its bytes are not those that were handed in.
    """
    found = get_object_or_404(Paper, pk=pk)
    if found not in _papers(own(request.user, found.case)):
        raise Http404
    return found.attachment()


@needs(Right.OWN_CASES)
@require_safe
def letter(request: HttpRequest, pk: int) -> FileResponse:
    """The Word file of a letter that was served, to be saved.

    Raises:
        Http404: it is another's, was not served, or is void.
        RequestError: its bytes are not those that were made.
    """
    found = get_object_or_404(Letter, pk=pk)
    case = own(request.user, found.case).state.case
    served = get_object_or_404(showing.served_of([case]), pk=pk)
    making.content(served)
    return papers.attachment(served.path, papers.shown_name(f"{served.number}.docx", "docx"))
