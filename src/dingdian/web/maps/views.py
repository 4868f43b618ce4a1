"""Pages of this area: the map, what it draws, and what may stand where."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import DingdianError
from dingdian.reports.sites.answer import TONES
from dingdian.reports.sites.words import VERDICTS
from dingdian.web import errors
from dingdian.web.bureau import lang
from dingdian.web.maps import asking, desks, drawing
from dingdian.web.maps.forms import SiteForm
from dingdian.web.maps.models import KeptAnswer
from dingdian.web.maps.sheets import Packed, script
from dingdian.web.rights import Right, needs

#: How many kept answers stand on a page.
ROWS = 50
_MINUTE, _YEAR = 60, 365 * 86400


@needs(Right.CHECK_SITE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The map, with the form that asks beside it."""
    form = SiteForm(initial=_asked(request))
    try:
        made = desks.site_desk()
    except DingdianError as error:
        faults = errors.fault_lines(error)
        context = {"form": form, "faults": faults}
        return render(request, "maps/map.html", context, status=errors.status_of(error))
    context = {"form": form, "made": made, **drawing.context(request.user, made)}
    return render(request, "maps/map.html", context)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What the address asks, to fill the form with."""
    given = request.GET
    own = {name: given[name] for name in given if name in SiteForm.base_fields}
    many = {name: given.getlist(name) for name in ("services", "flags") if name in given}
    return {"kind": "retail_pharmacy", "services": ["outpatient_pooling"], **own, **many}


@needs(Right.CHECK_SITE)
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Districts and institutions as the map reads them: what is public, the same for everybody."""
    return _sent(request, desks.site_desk().sheet.points(), "application/json")


@needs(Right.CHECK_SITE)
@require_safe
def localities(request: HttpRequest) -> HttpResponse:
    """Localities as the map reads them."""
    return _sent(request, desks.site_desk().sheet.localities(), "application/json")


@needs(Right.CHECK_SITE)
@require_safe
def scripts(request: HttpRequest, tag: str) -> HttpResponse:
    """The scripts that draw the map; ``tag`` is what they hold, so that a browser keeps them."""
    found = script()
    response = _sent(request, found, "text/javascript; charset=utf-8")
    if tag == found.tag:
        response["Cache-Control"] = f"private, max-age={_YEAR}, immutable"
    return response


def _sent(request: HttpRequest, packed: Packed, kind: str) -> HttpResponse:
    """A body ready made; nothing where the browser has it already."""
    tag = f'"{packed.tag}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "").replace("W/", "")):
        response = HttpResponse(status=304)
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(packed.zipped, content_type=kind)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(packed.plain, content_type=kind)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


@needs(Right.CHECK_SITE)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """The answer to a question: a part of the map, or a page of its own."""
    form = SiteForm(request.GET) if request.GET else SiteForm(initial=_asked(request))
    context: dict[str, Any] = {"form": form}
    status = 200
    if form.is_bound:
        found, status = _answered(request, form)
        context |= found
    part = getattr(request, "htmx", False)
    name = "maps/answer.html" if part else "maps/check.html"
    return render(request, name, context, status=status)


def _answered(request: HttpRequest, form: SiteForm) -> tuple[dict[str, Any], int]:
    if not form.is_valid():
        return {}, 422
    try:
        made, report = asking.ask(request.user, form.question(), form.reach_mm())
        by = form.cleaned_data.get("by", "")
        ways, passable = asking.ways(report, by), asking.passable(by)
    except DingdianError as error:
        return {"faults": errors.fault_lines(error)}, errors.status_of(error)
    shapes = drawing.shapes(report, passable)
    answer = asking.told(report, ways, lang())
    return {"answer": answer, "made": made, "shapes": shapes, "asked": request.GET.urlencode()}, 200


@needs(Right.CHECK_SITE)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Ask once more, and keep the answer under a number of its own."""
    form = SiteForm(request.POST)
    if not form.is_valid():
        return render(request, "maps/check.html", {"form": form}, status=422)
    _, report = asking.ask(request.user, form.question(), form.reach_mm())
    question = {name: request.POST.getlist(name) for name in form.fields if name in request.POST}
    remark = request.POST.get("remark", "").replace("\x00", "")[:200]
    kept = asking.keep(request.user, report, question, remark)
    return redirect("maps:kept", pk=kept.pk)


def _kept(request: HttpRequest) -> QuerySet[KeptAnswer]:
    """The kept answers that somebody may see: of their districts, and their own."""
    districts = request.user.districts(Right.CHECK_SITE)
    if districts is None:
        return KeptAnswer.objects.all()
    return KeptAnswer.objects.filter(Q(district__in=districts) | Q(by=request.user.username))


@needs(Right.CHECK_SITE)
@require_safe
def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """A kept answer as a sheet to print."""
    found = get_object_or_404(_kept(request), pk=pk)
    context = {"kept": found, "answer": found.told[lang()]}
    return render(request, "maps/kept.html", context)


@needs(Right.CHECK_SITE)
@require_safe
def kept_list(request: HttpRequest) -> HttpResponse:
    """The kept answers, the last first."""
    page = Paginator(_kept(request).defer("answer", "told"), ROWS).get_page(request.GET.get("page"))
    verdicts = {v.value: (t.say(lang()), TONES[v]) for v, t in VERDICTS.items()}
    context = {"page": page, "verdicts": verdicts, **drawing.names()}
    return render(request, "maps/kept_list.html", context)


__all__ = ["check", "index", "keep", "kept", "kept_list", "localities", "points", "scripts"]
