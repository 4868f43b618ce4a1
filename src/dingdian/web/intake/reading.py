"""Windows as pages, tasks and editions show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dingdian.web import clock
from dingdian.web.accounts.lists import district_names
from dingdian.web.intake.models import State, Window
from dingdian.web.ledger import listing, words
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dingdian.web.accounts.models import User

#: A window that is over stays on the public site for so long.
_SHOWN = dt.timedelta(365)


def visible(user: User) -> QuerySet[Window]:
    """The windows of the districts of which somebody sees cases, and those of the whole place."""
    districts = user.districts(Right.SEE_LEDGER)
    return listing.within(Window.objects.all(), districts and districts | {""})


@dataclass(frozen=True, slots=True)
class Line:
    """A window in words; ``now``: whether it runs, comes, or is over."""

    row: Window
    kinds: str
    services: str
    district: str
    now: str
    runs: bool


def lines(rows: Iterable[Window]) -> Iterator[Line]:
    """Windows in words."""
    names, today = district_names(), clock.today()
    for each in rows:
        kinds = "、".join(words.term("kind", kind) for kind in each.kinds)
        services = words.services(" ".join(each.services)) if each.services else ""
        yield Line(
            row=each,
            kinds=kinds or _("all kinds"),
            services=services or _("all services"),
            district=names.get(each.district, each.district) or _("the whole place"),
            now=_now(each, today),
            runs=each.opens <= today <= each.closes,
        )


def _now(window: Window, day: dt.date) -> str:
    if window.opens > day:
        return pgettext("intake", "to come")
    return pgettext("intake", "over") if window.closes < day else pgettext("intake", "open")


def coming() -> list[Line]:
    """What an institution is told: the windows that hold and are not over, the first first."""
    rows = Window.objects.filter(state=State.SET, closes__gte=clock.today())
    return list(lines(rows.order_by("opens", "pk")))


def tasks(user: User) -> Iterator[tuple[str, str, dt.date | None]]:
    """Windows that somebody else asked for and that this person may confirm."""
    asked = Window.objects.filter(state=State.ASKED).exclude(by=user.username)
    n = sum(user.may(Right.CONFIRM_CASES, each.district) for each in asked)
    if n:
        title = ngettext(
            "Confirm %(n)d window for applications", "Confirm %(n)d windows for applications", n
        )
        yield title % {"n": n}, reverse("intake:list"), None


def published(day: dt.date) -> list[dict[str, Any]]:
    """The windows that hold, as an edition of a day carries them."""
    rows = Window.objects.filter(state=State.SET, closes__gte=day - _SHOWN).order_by("opens", "pk")
    return [
        {
            "opens": each.opens.isoformat(),
            "closes": each.closes.isoformat(),
            "kinds": each.kinds,
            "services": each.services,
            "district": each.district,
            "basis": each.basis,
        }
        for each in rows
    ]
