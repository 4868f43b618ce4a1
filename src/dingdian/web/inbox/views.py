"""Messages to whoever signed in."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dingdian.web import clock
from dingdian.web.inbox.words import said
from dingdian.web.rights import Right, needs

ROWS = 50


@needs(Right.SIGNED_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One's messages, the last one first."""
    page = Paginator(request.user.inbox.all(), ROWS).get_page(request.GET.get("page"))
    rows = [(each, said(each)) for each in page]
    return render(request, "inbox/list.html", {"page": page, "rows": rows})


@needs(Right.SIGNED_IN)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a message: on to the page that it is about."""
    found = get_object_or_404(request.user.inbox, pk=pk)
    if found.read_at is None:
        found.read_at = clock.now()
        found.save(update_fields=["read_at"])
    return redirect(found.address)


@needs(Right.SIGNED_IN)
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Take every message as read."""
    request.user.inbox.filter(read_at=None).update(read_at=clock.now())
    return redirect("inbox:list")
