"""Letters: the register, one with its service, and making one of an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csp.decorators import csp_exempt
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import RequestError, fault
from dingdian.storage.manifest import file_digest
from dingdian.web import clock, errors, papers
from dingdian.web.cases.finding import Found, seen
from dingdian.web.letters import making, reading, serving
from dingdian.web.letters.forms import ServiceForm, VoidForm
from dingdian.web.letters.models import Letter, Receipt
from dingdian.web.rights import Right, needs
from dingdian.wiring import letters

if TYPE_CHECKING:
    from dingdian.core.lifecycle.entry import Entry

#: Letters of a page of the register.
ROWS = 50
#: A letter is shown apart from this site, without scripts or addresses.
POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@needs(Right.SEE_LEDGER)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The register of letters of one's districts."""
    filters = reading.Filters.of(request)
    page = Paginator(filters.apply(request.user), ROWS).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "rows": [
            (each, reading.kind_words(each.kind), reading.way_words(each.served_way))
            for each in page
        ],
        "offered": filters.offered(request.user),
    }
    return render(request, "letters/list.html", context)


# -- making ---------------------------------------------------------------------------


def _entry(request: HttpRequest, case: str, seq: int, kind: str) -> tuple[Found, tuple[Entry, ...]]:
    """The case, and its entries up to the one whose letter is asked for."""
    found = seen(request.user, case)
    entries = making.upto(found.entries, seq)
    if not entries or kind not in making.kinds(entries[-1]):
        raise Http404
    if not request.user.may(making.right_for(entries[-1]), found.district):
        raise PermissionDenied
    return found, entries


@needs(Right.MOVE_CASES, Right.DECIDE_CASES)
def make(request: HttpRequest, case: str, seq: int, kind: str) -> HttpResponse:
    """The letter of an entry as it would be, and making it."""
    found, _entries = _entry(request, case, seq, kind)
    told: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        try:
            letter = making.make(request.user, found, seq, kind)
        except RequestError as error:
            told, status = errors.fault_lines(error), errors.status_of(error)
        else:
            messages.success(request, _("Made: %(number)s.") % {"number": letter.number})
            return redirect("letters:one", letter.pk)
    made = Letter.objects.filter(entry=seq, kind=kind, void_at=None).first()
    if made is not None and not told:
        return redirect("letters:one", made.pk)
    context = {
        "found": found,
        "seq": seq,
        "kind": kind,
        "words": reading.kind_words(kind),
        "told": told,
    }
    return render(request, "letters/make.html", context, status=status)


@needs(Right.MOVE_CASES, Right.DECIDE_CASES)
@require_safe
@csp_exempt()
@xframe_options_sameorigin
def preview(request: HttpRequest, case: str, seq: int, kind: str) -> HttpResponse:
    """The letter of an entry as it would be, without a number."""
    _found, entries = _entry(request, case, seq, kind)
    return _as_page(making.word_file(entries, kind))


def _as_page(docx: bytes) -> HttpResponse:
    answer = HttpResponse(letters.as_page(docx), content_type="text/html; charset=utf-8")
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = "private, no-cache"
    return answer


# -- one letter -----------------------------------------------------------------------


def _seen(request: HttpRequest, pk: int) -> Letter:
    """A letter of the districts that somebody sees.

    Raises:
        Http404: there is none, or it is of another district.
    """
    letter = get_object_or_404(Letter, pk=pk)
    if not request.user.may(Right.SEE_LEDGER, letter.district):
        raise Http404
    return letter


def _may(request: HttpRequest, letter: Letter, found: Found) -> bool:
    entry = next(each for each in found.entries if each.seq == letter.entry)
    return bool(request.user.may(making.right_for(entry), letter.district))


@needs(Right.SEE_LEDGER)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter with its service, its receipts and what may be done with it."""
    return _one(request, _seen(request, pk))


def _one(request: HttpRequest, letter: Letter, status: int = 200, **more: Any) -> HttpResponse:
    found = seen(request.user, letter.case)
    may = letter.void_at is None and _may(request, letter, found)
    start = {"seen": letter.last}
    serve = ServiceForm(corrects=letter.served_on is not None, day=clock.today(), initial=start)
    context = {
        "letter": letter,
        "words": reading.kind_words(letter.kind),
        "way": reading.way_words(letter.served_way),
        "runs_from": letter.core.runs_from if letter.runs else None,
        "annulled": letter.entry in making.annulled(found.entries),
        "receipts": list(letter.receipts.all()),
        "serve": serve if may else None,
        "void": VoidForm(initial=start) if may else None,
        **more,
    }
    return render(request, "letters/one.html", context, status=status)


@needs(Right.SEE_LEDGER)
@require_safe
@csp_exempt()
@xframe_options_sameorigin
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a letter says, as a page."""
    return _as_page(making.content(_seen(request, pk)))


@needs(Right.SEE_LEDGER)
@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The Word file of a letter, to be saved."""
    letter = _seen(request, pk)
    making.content(letter)
    return papers.attachment(letter.path, papers.shown_name(f"{letter.number}.docx", "docx"))


@needs(Right.MOVE_CASES, Right.DECIDE_CASES)
@require_POST
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a letter was served."""
    letter = _seen(request, pk)
    if not _may(request, letter, seen(request.user, letter.case)):
        raise PermissionDenied
    if getattr(request, "too_large", False):
        large = errors.too_large_lines()
        return _one(request, letter, 413, told=large)
    corrects = letter.served_on is not None
    form = ServiceForm(request.POST, request.FILES, corrects=corrects, day=clock.today())
    if not form.is_valid():
        return _one(request, letter, 422, serve=form)
    try:
        receipts = papers.keep(form.cleaned_data["papers"])
        serving.serve(request.user, pk, form.service(), receipts, seen=form.cleaned_data["seen"])
    except RequestError as error:
        told = errors.fault_lines(error)
        return _one(request, letter, errors.status_of(error), serve=form, told=told)
    messages.success(request, _("Recorded as served: %(number)s.") % {"number": letter.number})
    return redirect("letters:one", pk)


@needs(Right.MOVE_CASES, Right.DECIDE_CASES)
@require_POST
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a letter void."""
    letter = _seen(request, pk)
    if not _may(request, letter, seen(request.user, letter.case)):
        raise PermissionDenied
    form = VoidForm(request.POST)
    if not form.is_valid():
        return _one(request, letter, 422, void=form)
    given = form.cleaned_data
    try:
        serving.void(request.user, pk, given["reason"], seen=given["seen"])
    except RequestError as error:
        told = errors.fault_lines(error)
        return _one(request, letter, errors.status_of(error), void=form, told=told)
    messages.success(request, _("Void: %(number)s.") % {"number": letter.number})
    return redirect("letters:one", pk)


@needs(Right.SEE_LEDGER)
@require_safe
def receipt(request: HttpRequest, pk: int) -> FileResponse:
    """A receipt of service, to be saved.

    Raises:
        RequestError: its bytes are not those that were handed in.
    """
    found = get_object_or_404(Receipt, pk=pk)
    _seen(request, found.letter_id)
    if file_digest(found.path) != found.sha256:
        raise RequestError((fault("paper_changed", name=found.name),))
    return papers.attachment(found.path, found.name)
