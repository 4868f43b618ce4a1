"""The first page, tasks, search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dingdian.web.rights import Right, needs


@needs(Right.SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """The overview."""
    return render(request, "desk/home.html")
