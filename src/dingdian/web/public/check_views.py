"""The pre-check: is this address open for this service?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dingdian.core.errors import DingdianError
from dingdian.reports.sites.answer import answer_words
from dingdian.web.bureau import lang
from dingdian.web.errors import fault_lines, status_of
from dingdian.web.public import checking, limits
from dingdian.web.public.forms import SiteForm
from dingdian.web.public.models import Installed, PublicLocality
from dingdian.web.public.pages import page, shown
from dingdian.web.rights import open_to_all


@open_to_all
def check(request: HttpRequest) -> HttpResponse:
    """The question, and its answer where one was asked: everything stands in the address."""
    edition = shown()
    asked = "kind" in request.GET
    form = SiteForm(request.GET if asked else None, initial=request.GET.dict())
    context: dict[str, Any] = {
        "form": form,
        "edition": edition,
        "localities": _localities(request.GET.get("district", "")),
        "chosen": request.GET.get("locality", ""),
    }
    if not asked or edition is None:
        return page(request, "check", **context)
    if not form.is_valid():
        return page(request, "check", 422, **context)
    if not limits.allowed(request, limits.CHECKS):
        why = _("Too many questions from here just now. Try again in a minute.")
        return page(request, "check", 429, told=why, **context)
    return _answered(request, form, edition, context)


def _answered(
    request: HttpRequest, form: SiteForm, edition: Installed, context: dict[str, Any]
) -> HttpResponse:
    from dingdian.actions.check_site import check_site

    try:
        desk = checking.desk_of(edition)
        report = check_site(desk, form.question(), reach_mm=checking.REACH_MM, most=checking.MOST)
    except DingdianError as error:
        return page(request, "check", status_of(error), faults=fault_lines(error), **context)
    answer = answer_words(report, lang())
    site = {"lon": report.site.lon, "lat": report.site.lat}
    near = [
        {"lon": each.lon, "lat": each.lat, "name": each.name, "code": each.code}
        for told in report.answers
        for each in told.near
        if each.lon is not None
    ]
    radii = sorted({each.radius_mm / 1000 for each in report.answers if each.radius_mm})
    drawn = {"site": site, "near": near, "radii": radii}
    picked = form.cleaned_data.get("picked", "")
    return page(request, "check", answer=answer, drawn=drawn, picked=picked, **context)


@open_to_all
def localities(request: HttpRequest) -> HttpResponse:
    """The places of a district, as a part of the page."""
    found = _localities(request.GET.get("district", ""))
    return render(request, "public/localities.html", {"localities": found})


def _localities(district: str) -> list[PublicLocality]:
    return list(PublicLocality.objects.filter(district=district)) if district else []
