"""Cases: the list, one with its papers and what may be recorded, and the form of every move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dingdian.core.errors import RequestError, fault
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.lifecycle.moving import Asked
from dingdian.reports.lives.words import Speech
from dingdian.storage.manifest import file_digest
from dingdian.web import bureau, clock, errors, papers
from dingdian.web.cases import listing
from dingdian.web.cases.finding import Found, district_of, seen
from dingdian.web.cases.forms import About, MoveForm
from dingdian.web.cases.models import Paper
from dingdian.web.cases.offering import Offer, offered, offers
from dingdian.web.cases.recording import apply
from dingdian.web.cases.recording import record as keep
from dingdian.web.ledger import looking, refreshing
from dingdian.web.ledger.models import Region
from dingdian.web.ledger.views import asked_of
from dingdian.web.letters.reading import of_case
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
    kept: dict[int, list[Paper]] = {}
    for each in Paper.objects.filter(case=case):
        kept.setdefault(each.entry, []).append(each)
    name = Region.objects.filter(code=found.district).values_list("name", flat=True).first()
    context = {
        "found": found,
        "cases": [told] if told else [],
        "district_name": name,
        "papers": kept,
        "letters": of_case(request.user, found),
        "groups": _groups(request, found) if asked["is_today"] else [],
        **asked,
    }
    return render(request, "cases/one.html", context)


def _groups(request: HttpRequest, found: Found) -> list[tuple[str, list[tuple[str, str]]]]:
    """The moves that may be recorded: those that lead on, those that stay, and annulling."""
    speech = Speech(bureau.lang(), bureau.desk().terms, clock.today())
    on, stay, other = [], [], []
    for each in offers(request.user, found.state.stage, found.district):
        said = (each.move, speech.move(each.move))
        move = MOVES[each.move]
        if each.move == "annul":
            other.append(said)
        else:
            (stay if move.sources == move.targets else on).append(said)
    groups = ((_("Leads on"), on), (_("Stays"), stay), (_("Corrects"), other))
    return [(title, moves) for title, moves in groups if moves]


@needs(Right.MOVE_CASES)
def new(request: HttpRequest) -> HttpResponse:
    """The form of an application that came on paper, and recording it as a new case."""
    districts = request.user.districts(Right.MOVE_CASES)
    about = About("apply", None, clock.today(), bureau.desk().terms, districts)
    form = MoveForm(*_given(request), about=about)

    def do() -> Changed:
        district = district_of(form.facts().get("region", ""))
        offer = offered(request.user, "apply", None, district)
        if offer is None:
            raise PermissionDenied
        return apply(request.user, _asked(form, "", offer), district, _papers(form))

    return _page(request, form, do, {"move": MOVES["apply"].name.say(bureau.lang())})


@needs(Right.MOVE_CASES, Right.DECIDE_CASES)
def record(request: HttpRequest, case: str, move: str) -> HttpResponse:
    """The form of a move of a case, and recording it."""
    if move not in MOVES:
        raise Http404
    found = seen(request.user, case)
    offer = offered(request.user, move, found.state.stage, found.district)
    if offer is None:
        raise PermissionDenied
    about = About(move, found.state, clock.today(), bureau.desk().terms, None)
    form = MoveForm(*_given(request), about=about, initial={"seen": found.state.last_seq})

    def do() -> Changed:
        return keep(request.user, _asked(form, case, offer), _papers(form))

    speech = Speech(bureau.lang(), bureau.desk().terms, clock.today())
    context = {
        "found": found,
        "move": speech.move(move),
        "role": speech.role(offer.role),
        "stage": speech.stage(found.state.stage),
        "clauses": MOVES[move].clauses,
    }
    return _page(request, form, do, context)


def _given(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _papers(form: MoveForm) -> tuple[papers.Kept, ...]:
    return papers.keep(form.cleaned_data["papers"])


def _asked(form: MoveForm, case: str, offer: Offer) -> Asked:
    given = form.cleaned_data
    return Asked(
        case=case,
        move=offer.move,
        held_on=given["held_on"],
        known_at=clock.now(),
        by="",
        role=offer.role,
        reason=given["reason"],
        documents=form.numbers(),
        facts=form.facts(),
        seen=given["seen"],
    )


def _page(request: HttpRequest, form: MoveForm, do: Any, context: dict[str, Any]) -> HttpResponse:
    """The form; sent, what comes of it: the case, or the form with every reason against it."""
    told: list[tuple[str, str, str]] = []
    status = 200
    if getattr(request, "too_large", False):
        limit = settings.CONFIG.upload_limit_mb
        told = errors.fault_lines(RequestError((fault("paper_too_large", limit=limit),)))
        status = 413
    elif request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            changed = do()
        except RequestError as error:
            told, status = errors.fault_lines(error), errors.status_of(error)
        else:
            return _done(request, changed, context["move"])
    return render(
        request, "cases/record.html", {**context, "form": form, "told": told}, status=status
    )


def _done(request: HttpRequest, changed: Changed, move: str) -> HttpResponse:
    entry = changed.entries[0]
    messages.success(
        request, _("Recorded: %(move)s, entry %(n)d.") % {"move": move, "n": entry.seq}
    )
    for _place, what, cure in errors.fault_lines(RequestError(changed.faults)):
        messages.warning(request, f"{what} {cure}".strip())
    return redirect("cases:one", entry.case)


@needs(Right.SEE_LEDGER)
@require_safe
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """A paper that went with a move, to be saved.

    Raises:
        RequestError: its bytes are not those that were handed in.
    """
    found = get_object_or_404(Paper, pk=pk)
    seen(request.user, found.case)
    if file_digest(found.path) != found.sha256:
        raise RequestError((fault("paper_changed", name=found.name),))
    return papers.attachment(found.path, found.name)
