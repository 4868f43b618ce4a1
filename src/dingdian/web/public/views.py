"""Pages of the public site that are read: home, institutions, map, plans, contact."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404

from dingdian.core.census.vocabulary import CHOICES, DESIGNATED
from dingdian.core.dossier.stages import STAGES, Phase, Stage
from dingdian.web import clock
from dingdian.web.bureau import lang
from dingdian.web.public import where
from dingdian.web.public.forms import counties, terms
from dingdian.web.public.models import (
    PublicConsultation,
    PublicInstitution,
    PublicNotice,
    PublicPlan,
    PublicRegion,
)
from dingdian.web.public.pages import page, shown
from dingdian.web.rights import open_to_all

_ROWS = 50
#: Notices that the first page names.
_FIRST = 5
#: Papers that a browser shows itself; all others are saved.
_READ_HERE = (".pdf", ".html")
_SANDBOX = (
    "sandbox allow-scripts allow-popups; default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """What the site has, and which consultations are open."""
    today = clock.today()
    counted = Q(standing__in=DESIGNATED)
    kinds = PublicInstitution.objects.aggregate(
        all=Count("code", filter=counted),
        pharmacies=Count("code", filter=counted & Q(kind="retail_pharmacy")),
        suspended=Count("code", filter=~counted),
    )
    running = PublicNotice.objects.filter(
        opens__lte=today, closes__gte=today, outcome__in=("open", "review")
    )
    return page(
        request,
        "home",
        notices=list(running.order_by("closes", "public_id")[:_FIRST]),
        noticed=running.count(),
        all=kinds["all"],
        pharmacies=kinds["pharmacies"],
        medical=kinds["all"] - kinds["pharmacies"],
        suspended=kinds["suspended"],
        plans=PublicPlan.objects.count(),
        open=list(PublicConsultation.objects.filter(opens__lte=today, closes__gte=today)),
    )


# -- institutions ---------------------------------------------------------------------


@open_to_all
def institutions(request: HttpRequest) -> HttpResponse:
    """The designated institutions, filtered by what stands in the address."""
    found = _filtered(request)
    rows = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    regions = dict(PublicRegion.objects.filter(level="county").values_list("code", "name"))
    for each in rows:
        each.district_name = regions.get(each.district, "")
        each.services_shown = _services(each)
    return page(
        request,
        "institutions",
        page=rows,
        districts=list(regions.items()),
        kinds=terms("kind"),
        services=terms("service"),
        words=_words(),
    )


def _filtered(request: HttpRequest) -> QuerySet[PublicInstitution]:
    asked = {n: request.GET.get(n, "").strip() for n in ("q", "district", "kind", "service")}
    found = PublicInstitution.objects.all()
    if asked["district"]:
        found = found.filter(district=asked["district"])
    if asked["kind"]:
        found = found.filter(kind=asked["kind"])
    if asked["service"]:
        found = found.filter(services__contains=f" {asked['service']} ")
    if text := asked["q"][:60]:
        found = found.filter(
            Q(name__icontains=text) | Q(address__icontains=text) | Q(code__istartswith=text)
        )
    return found


def _services(each: PublicInstitution) -> list[str]:
    known = CHOICES["service"]
    found = [known[word] for word in each.services.split() if word in known]
    return [term.zh if lang() == "zh" else term.en for term in found]


def _words() -> dict[str, dict[str, str]]:
    return {name: dict(terms(name)) for name in ("kind", "level", "standing")}


@open_to_all
def institution(request: HttpRequest, code: str) -> HttpResponse:
    """One institution."""
    found = get_object_or_404(PublicInstitution, code=code)
    district = PublicRegion.objects.filter(code=found.district).first()
    return page(
        request,
        "institution",
        institution=found,
        district=district,
        services=_services(found),
        words=_words(),
    )


# -- map ------------------------------------------------------------------------------


@open_to_all
def map_page(request: HttpRequest) -> HttpResponse:
    """The institutions on a map."""
    return page(
        request,
        "map",
        kinds=terms("kind"),
        districts=counties(),
        words={"kind": dict(terms("kind"))},
    )


@open_to_all
def map_data(request: HttpRequest) -> HttpResponse:
    """What the map draws, as it stands in the edition.

    Raises:
        Http404: there is no edition yet.
    """
    edition = shown()
    if edition is None:
        raise Http404
    tag = f'"{edition.sha256[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    file = (where.editions() / edition.folder / "map.json").open("rb")
    response = FileResponse(file, content_type="application/json")
    response["ETag"], response["Cache-Control"] = tag, "no-cache"
    return response


# -- plans ----------------------------------------------------------------------------


@open_to_all
def plans(request: HttpRequest) -> HttpResponse:
    """The issued plans, the newest first."""
    rows = Paginator(PublicPlan.objects.all(), _ROWS).get_page(request.GET.get("page"))
    for each in rows:
        each.stage_name = STAGES[Stage(each.stage)].name
    return page(request, "plans", page=rows)


@open_to_all
def plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """One issued plan with its papers."""
    found = get_object_or_404(PublicPlan, public_id=public_id)
    row = STAGES[Stage(found.stage)]
    ended = row.phase is Phase.ENDED
    return page(request, "plan", plan=found, stage=row.name, ended=ended)


@open_to_all
def plan_paper(request: HttpRequest, public_id: str, at: int) -> HttpResponse:
    """A paper of a plan."""
    del request
    return paper(get_object_or_404(PublicPlan, public_id=public_id).papers, at)


def paper(papers: Sequence[dict[str, Any]], at: int) -> HttpResponse:
    """The paper of a number, from 1: shown where the browser can, else saved under its name.

    A page of the reports runs apart from this site, without its cookies, forms or addresses.

    Raises:
        Http404: there is none of that number.
    """
    edition = shown()
    if edition is None or not 1 <= at <= len(papers):
        raise Http404
    told = papers[at - 1]
    path = where.editions() / edition.folder / told["file"]
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    response = FileResponse(
        path.open("rb"),
        as_attachment=path.suffix not in _READ_HERE,
        filename=told["name"],
        content_type="text/html; charset=utf-8" if kind == "text/html" else kind,
    )
    if kind != "application/pdf":  # a browser shows no PDF in a sandbox
        response["Content-Security-Policy"] = _SANDBOX
    return response


@open_to_all
def contact(request: HttpRequest) -> HttpResponse:
    """How to ask, to complain, and what is done with what one says."""
    return page(request, "contact")
