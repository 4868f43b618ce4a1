"""Pages of the street network: the one in force, handing one in, what a file holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import RequestError, fault
from dingdian.reports.streets import joined_lines, street_lines
from dingdian.web import errors
from dingdian.web.bureau import lang
from dingdian.web.rights import Right, needs
from dingdian.web.streets import receiving
from dingdian.web.streets.models import Network
from dingdian.web.streets.network import in_force

#: Files that are listed.
FILES = 20


class FileForm(forms.Form):
    """A street file."""

    file = forms.FileField(
        label=gettext_lazy("Street file"),
        widget=forms.FileInput({"accept": ".pbf,.gpkg,.geojson,.json"}),
        help_text=gettext_lazy(
            "An OpenStreetMap extract (.osm.pbf), or lines of your own as GeoPackage or GeoJSON. "
            "Once it is read it takes the place of the one in force."
        ),
    )


@needs(Right.RUN_PLAN)
def index(request: HttpRequest) -> HttpResponse:
    """The network in force, the files before it, and handing one in."""
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    told: list[Any] = []
    status = 200
    if request.method == "POST":
        try:
            if getattr(request, "too_large", False):
                limit = settings.CONFIG.upload_limit_mb
                raise RequestError((fault("streets_upload_too_large", limit=limit),))
            if form.is_valid():
                made = receiving.take(request.user, form.cleaned_data["file"])
                return redirect("streets:one", made.pk)
            status = 422
        except RequestError as error:
            told, status = errors.fault_lines(error), errors.status_of(error)
    found = in_force()
    context = {
        "form": form,
        "told": told,
        "found": found,
        "lines": _lines(found) if found else [],
        "files": Network.objects.all()[:FILES],
        "limit": settings.CONFIG.upload_limit_mb,
    }
    return render(request, "streets/list.html", context, status=status)


@needs(Right.RUN_PLAN)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A street file: what it holds, what is wrong with it, who joins it."""
    made = get_object_or_404(Network, pk=pk)
    context = {"made": made, "lines": _lines(made), "job": receiving.last_job(made)}
    return render(request, "streets/one.html", context)


def _lines(made: Network) -> list[str]:
    if not made.record:
        return []
    return [*street_lines(made.told, lang()), *joined_lines(made.told, lang())]


@needs(Right.RUN_PLAN)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Have no network in force."""
    receiving.remove(request.user, get_object_or_404(Network, pk=pk))
    messages.success(request, _("No street network is in force any more: distances are straight."))
    return redirect("streets:list")
