"""What the page of the map is given: words for its scripts, addresses, the measures of a plan."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from dingdian.core.census.vocabulary import KINDS
from dingdian.core.circles import Points
from dingdian.core.errors import DingdianError
from dingdian.reports.map import live
from dingdian.reports.map.page import is_schematic
from dingdian.reports.sites.plain import site_geojson
from dingdian.reports.words import labels
from dingdian.reports.words.map import HEAD, SHOWN
from dingdian.web.bureau import lang
from dingdian.web.maps.sheets import script
from dingdian.web.plans.models import Version
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dingdian.actions.check_site import SiteReport
    from dingdian.core.record import Record
    from dingdian.core.streets import Network
    from dingdian.web.accounts.models import User
    from dingdian.web.maps.desks import Made

_log = logging.getLogger("dingdian.web")


def context(user: User, made: Made) -> dict[str, Any]:
    """What the template of the map needs beside the form."""
    language = lang()
    version, record = latest(user)
    census, basis = made.desk.census, made.desk.basis
    words = made.sheet.words(language, version.pk if version else 0, record)
    stamps = [HEAD["schematic"].say(language)] if is_schematic(census) else []
    marks = {"invented": basis.invented, "simulation": basis.simulation}
    stamps += [labels.MARKS[code].say(language) for code, holds in marks.items() if holds]
    return {
        "version": version,
        "words": {name: text.zh if language == "zh" else text.en for name, text in SHOWN.items()},
        "head": {name: HEAD[name].say(language) for name in ("schematic", "empty", "no_script")},
        "map_data": words,
        "sources": sources(user),
        "stamps": stamps,
        "map_notes": live.notes(census, language, settings.CONFIG.map_approval),
        "basis": basis,
    }


def sources(user: User) -> dict[str, Any]:
    """Where the scripts of the page find the rest, and whose institutions have a page."""
    districts = user.districts(Right.SEE_LEDGER)
    return {
        "points": reverse("maps:points"),
        "localities": reverse("maps:localities"),
        "scripts": [
            reverse("maps:scripts", args=(script().tag,)),
            static("maps/live.js"),
        ],
        "mine": None if districts is None else sorted(districts),
        "institution": reverse("ledger:one", args=("CODE",)),
    }


def latest(user: User) -> tuple[Version | None, Record | None]:
    """The version of a plan that was made last, as far as the user sees plans; no what-if."""
    if not user.may(Right.SEE_PLANS):
        return None, None
    version = (
        Version.objects.visible_to(user).filter(what_if=False).order_by("-made_at", "-pk").first()
    )
    if version is None:
        return None, None
    try:
        return version, version.record()
    except (DingdianError, OSError) as error:
        _log.warning("the map goes without version %s: %s", version.pk, error)
        return None, None


def shapes(report: SiteReport, passable: Network | None) -> dict[str, Any]:
    """The answer as the map draws it, with the streets from which one comes to it in time."""
    found = site_geojson(report)
    if passable is None:
        return found
    return found | {"features": [*found["features"], *_reach(report, passable)]}


def _reach(report: SiteReport, passable: Network) -> Iterator[dict[str, Any]]:
    """For the distance of each rule the streets that lead to the site within it."""
    from dingdian.core.streets import StreetSites  # needs an optional extra

    here = Points(np.array([report.site.lon]), np.array([report.site.lat]))
    sites = StreetSites.of(passable, here)
    for radius, rim in sorted({(a.radius_mm, b.terms.rim) for b, a in _drawn(report)}):
        parts = sites.reach(0, radius, rim=rim)
        ends = (each.round(6).tolist() for p in (parts.begin, parts.end) for each in (p.lon, p.lat))
        lines = [[[a, b], [c, d]] for a, b, c, d in zip(*ends, strict=True)]
        yield {
            "type": "Feature",
            "geometry": {"type": "MultiLineString", "coordinates": lines},
            "properties": {"role": "reach", "radius_mm": radius},
        }


def _drawn(report: SiteReport) -> Iterator[tuple[Any, Any]]:
    """The rules with a distance, and their answers."""
    for bound, answer in zip(report.rules, report.answers, strict=True):
        if bound.terms is not None and answer.radius_mm is not None:
            yield bound, answer


def names() -> dict[str, Any]:
    """Names of districts and kinds."""
    from dingdian.web.ledger.models import Region

    language = lang()
    return {
        "regions": dict(Region.objects.filter(level="county").values_list("code", "name")),
        "kinds": {t.id: t.zh if language == "zh" else t.en for t in KINDS.values()},
    }
