"""Consultations: the drafts, a comment on them, and what the bureau answers."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dingdian.web import clock
from dingdian.web.public import limits
from dingdian.web.public.forms import CommentForm
from dingdian.web.public.models import Comment, PublicConsultation, number_of
from dingdian.web.public.pages import page
from dingdian.web.public.views import paper
from dingdian.web.rights import open_to_all

_ROWS = 50
#: A visitor's own comments, by id, so that only they see their page of thanks.
_OWN = "comments"
#: What became of a comment.
OUTCOMES = {
    "adopted": gettext_lazy("adopted"),
    "partly": gettext_lazy("partly adopted"),
    "not_adopted": gettext_lazy("not adopted"),
}


@open_to_all
def consultations(request: HttpRequest) -> HttpResponse:
    """Open ones first, then those that are over."""
    today = clock.today()
    found = PublicConsultation.objects.all()
    over = Paginator(found.filter(closes__lt=today), _ROWS).get_page(request.GET.get("page"))
    running = found.filter(closes__gte=today).order_by("closes", "public_id")
    return page(
        request,
        "consultations",
        page=over,
        open=[each for each in running if each.opens <= today],
        coming=[each for each in running if each.opens > today],
    )


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest, public_id: str) -> HttpResponse:
    """One consultation; while it is open, a comment may be sent."""
    found = get_object_or_404(PublicConsultation, public_id=public_id)
    today = clock.today()
    is_open = found.opens <= today <= found.closes
    if request.method != "POST":
        form = CommentForm() if is_open else None
        return _page(request, found, form)
    form = CommentForm(request.POST)
    if not is_open:
        why = _("This consultation is not open. Nothing was kept.")
        return _page(request, found, None, 409, told=why)
    if not form.is_valid():
        return _page(request, found, form, 422)
    if request.session.session_key is None:
        request.session.create()
    once = form.cleaned_data["once"]
    if str(once) in request.session.get(_OWN, []):
        return redirect("public:thanks", public_id=found.public_id, comment=once)
    if not limits.allowed(request, limits.COMMENTS):
        why = _("Too many comments from here just now. Keep your text and try again in an hour.")
        return _page(request, found, form, 429, told=why)
    return _kept(request, found, form)


def _page(
    request: HttpRequest,
    found: PublicConsultation,
    form: CommentForm | None,
    status: int = 200,
    *,
    told: str = "",
) -> HttpResponse:
    today = clock.today()
    return page(
        request,
        "consultation",
        status,
        consultation=found,
        form=form,
        told=told,
        over=found.closes < today,
        coming=found.opens > today,
        days_left=(found.closes - today).days + 1,
        answers=[_answer(each) for each in found.answers],
        tally=_tally(found),
    )


def _answer(told: dict[str, str]) -> dict[str, Any]:
    """What became of a comment, in words."""
    return {
        "number": number_of(uuid.UUID(told["id"])),
        "kind": dict(Comment.Kind.choices).get(told["kind"], ""),
        "outcome": told["outcome"],
        "words": OUTCOMES.get(told["outcome"], ""),
        "answer": told["answer"],
    }


def _tally(found: PublicConsultation) -> list[tuple[str, Any, int]]:
    """How many comments had which outcome."""
    counted = Counter(each["outcome"] for each in found.answers)
    return [(name, words, counted[name]) for name, words in OUTCOMES.items()]


def _kept(request: HttpRequest, found: PublicConsultation, form: CommentForm) -> HttpResponse:
    """Keep a comment, once; its author is shown its number."""
    given = form.cleaned_data
    try:
        with transaction.atomic():
            Comment.objects.create(
                public_id=given["once"],
                consultation=found.public_id,
                kind=given["kind"],
                name=given["name"],
                contact=given["contact"],
                text=given["text"],
                received_at=clock.now(),
            )
    except IntegrityError:  # the same form was sent twice at once, or its id is another's
        if not Comment.objects.filter(public_id=given["once"], text=given["text"]).exists():
            form.data = form.data.copy()
            form.data["once"] = str(uuid.uuid4())
            return _page(request, found, form, 409, told=_("Please send it once more."))
    request.session[_OWN] = [*request.session.get(_OWN, [])[-20:], str(given["once"])]
    return redirect("public:thanks", public_id=found.public_id, comment=given["once"])


@open_to_all
def thanks(request: HttpRequest, public_id: str, comment: uuid.UUID) -> HttpResponse:
    """That a comment was kept, and its number; only whoever sent it sees this page.

    Raises:
        Http404: it is somebody else's, or none.
    """
    found = get_object_or_404(PublicConsultation, public_id=public_id)
    if str(comment) not in request.session.get(_OWN, []):
        raise Http404
    return page(request, "thanks", consultation=found, number=number_of(comment))


@open_to_all
def consultation_paper(request: HttpRequest, public_id: str, at: int) -> HttpResponse:
    """A draft of a consultation."""
    del request
    return paper(get_object_or_404(PublicConsultation, public_id=public_id).papers, at)
