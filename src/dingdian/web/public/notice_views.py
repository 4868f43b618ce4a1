"""Public notices of cases, an objection to one, and where something sent stands."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from dingdian.core.census.vocabulary import CHOICES
from dingdian.web import clock
from dingdian.web.bureau import lang
from dingdian.web.public import keeping, limits, receipts
from dingdian.web.public.models import PublicNotice, PublicRegion, PublicReply, Said
from dingdian.web.public.pages import page
from dingdian.web.public.said_forms import ObjectionForm, ReceiptForm
from dingdian.web.public.spoken import Kind
from dingdian.web.rights import open_to_all

_ROWS = 50
#: Outcome of a notice -> its words.
OUTCOMES: Mapping[str, Promise] = MappingProxyType(
    {
        "open": pgettext_lazy("notice", "under notice"),
        "review": pgettext_lazy("notice", "an objection is under review"),
        "closed": pgettext_lazy("notice", "ended; the agreement is being negotiated"),
        "signed": pgettext_lazy("notice", "ended; the agreement was signed"),
        "not_admitted": pgettext_lazy("notice", "not admitted"),
        "withdrawn": pgettext_lazy("notice", "the application was withdrawn"),
    }
)
_RUNNING = ("open", "review")
#: Where something that was sent stands -> its words.
STANDINGS: Mapping[str, Promise] = MappingProxyType(
    {
        "received": pgettext_lazy("reply", "the bureau has it"),
        "accepted": pgettext_lazy("reply", "accepted; it is being investigated"),
        "investigated": pgettext_lazy("reply", "investigated; the answer is being written"),
        "answered": pgettext_lazy("reply", "answered"),
        "not_accepted": pgettext_lazy("reply", "not accepted"),
        "review": pgettext_lazy("reply", "under review"),
        "upheld": pgettext_lazy("reply", "upheld"),
        "dismissed": pgettext_lazy("reply", "dismissed"),
        "inadmissible": pgettext_lazy("reply", "not admissible"),
    }
)


@open_to_all
def notices(request: HttpRequest) -> HttpResponse:
    """The notices that run, then those that are over with what came of them."""
    today = clock.today()
    found = PublicNotice.objects.all()
    running = found.filter(closes__gte=today, outcome__in=_RUNNING).order_by("closes", "public_id")
    over = found.exclude(pk__in=running.values("pk"))
    shown = Paginator(over, _ROWS).get_page(request.GET.get("page"))
    names = _districts()
    return page(
        request,
        "notices",
        open=[_told(each, names) for each in running],
        page=shown,
        over=[_told(each, names) for each in shown],
    )


def _districts() -> dict[str, str]:
    return dict(PublicRegion.objects.filter(level="county").values_list("code", "name"))


def _told(each: PublicNotice, names: Mapping[str, str]) -> dict[str, Any]:
    """A notice in words."""
    today = clock.today()
    kind = CHOICES["kind"].get(each.kind)
    return {
        "notice": each,
        "kind": (kind.zh if lang() == "zh" else kind.en) if kind else each.kind,
        "district": names.get(each.district, ""),
        "days_left": (each.closes - today).days + 1,
        "coming": each.opens > today,
        "outcome": OUTCOMES.get(each.outcome, each.outcome),
    }


def closed_because(each: PublicNotice) -> str:
    """Why no objection can be made; empty where one can."""
    today = clock.today()
    if each.outcome not in _RUNNING:
        return _("This notice is over: what came of it stands above. Nothing was kept.")
    if each.closes < today:
        return _("The last day of this notice was before today. Nothing was kept.")
    if each.opens > today:
        return _("This notice has not begun yet. Nothing was kept.")
    return ""


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """One notice; through its last day an objection may be sent."""
    found = get_object_or_404(PublicNotice, public_id=public_id)
    closed = closed_because(found)
    if request.method != "POST":
        return _page(request, found, None if closed else ObjectionForm())
    if closed:
        return _page(request, found, None, 409, told=closed)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, 422)
    try:
        kept = keeping.keep(request, Kind.OBJECTION, found.public_id, form)
    except keeping.RefusedError as refused:
        return _page(request, found, form, refused.status, told=refused.why)
    return redirect("public:receipt", said=kept)


def _page(
    request: HttpRequest,
    found: PublicNotice,
    form: ObjectionForm | None,
    status: int = 200,
    *,
    told: str = "",
) -> HttpResponse:
    return page(request, "notice", status, form=form, said=told, **_told(found, _districts()))


@open_to_all
def receipt(request: HttpRequest, said: uuid.UUID) -> HttpResponse:
    """That something was kept, and its receipt; only whoever sent it sees this page.

    Raises:
        Http404: it is somebody else's, or none.
    """
    found = get_object_or_404(Said, public_id=said)
    if not keeping.is_own(request, said):
        raise Http404
    return page(request, "receipt", kind=found.kind, number=receipts.receipt_of(said))


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """Where something stands, asked by its receipt; the number never stands in an address."""
    if request.method != "POST":
        return page(request, "lookup", form=ReceiptForm())
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return page(request, "lookup", 422, form=form)
    if request.session.session_key is None:
        request.session.create()
    if not limits.allowed(request, limits.LOOKS):
        form.add_error("number", gettext_lazy("Too many questions from here. Wait a minute."))
        return page(request, "lookup", 429, form=form)
    number = form.cleaned_data["number"]
    found = PublicReply.objects.filter(digest=receipts.digest(number)).first()
    answered = STANDINGS.get(found.status, found.status) if found else ""
    return page(request, "lookup", form=form, asked=True, reply=found, standing=answered)
