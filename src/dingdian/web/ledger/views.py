"""Pages of this area."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dingdian.web.rights import Right, needs


@needs(Right.SEE_LEDGER)
def index(request: HttpRequest) -> HttpResponse:
    """To be built."""
    return render(request, "web/base.html")
