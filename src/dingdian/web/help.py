"""The page of help: what each area is for, the keys, and what the marks mean."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dingdian.web.rights import Right, needs


@needs(Right.SIGNED_IN)
def page(request: HttpRequest) -> HttpResponse:
    """Help for the areas that the visitor sees."""
    may = {right.value for right in Right if request.user.may(right)}
    return render(request, "web/help.html", {"may": may})
