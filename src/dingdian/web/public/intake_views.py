"""When applications are taken, as the edition tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dingdian.web import clock
from dingdian.web.public.forms import counties, terms
from dingdian.web.public.pages import page, shown
from dingdian.web.rights import open_to_all


@open_to_all
@require_safe
def windows(request: HttpRequest) -> HttpResponse:
    """The windows that are open or to come, then those that are over."""
    edition = shown()
    told = list(_told(edition.about.get("windows", []))) if edition else []
    return page(
        request,
        "windows",
        edition=edition,
        coming=[each for each in told if not each["over"]],
        over=[each for each in reversed(told) if each["over"]],
    )


def _told(rows: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Windows in words; no kinds, or services, means all of them."""
    kinds, services, names = dict(terms("kind")), dict(terms("service")), dict(counties())
    today = clock.today()
    for each in rows:
        opens, closes = (dt.date.fromisoformat(each[name]) for name in ("opens", "closes"))
        yield {
            "opens": opens,
            "closes": closes,
            "kinds": [kinds.get(kind, kind) for kind in each["kinds"]],
            "services": [services.get(one, one) for one in each["services"]],
            "district": names.get(each["district"], each["district"]),
            "basis": each["basis"],
            "runs": opens <= today <= closes,
            "over": closes < today,
        }
