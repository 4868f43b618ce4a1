"""The calendar: how many limits end on each day of a month, and of which rules."""

from __future__ import annotations

import calendar as weeks
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dingdian.core.lifecycle.due import HORIZON
from dingdian.reports.lives.words import Speech
from dingdian.web import bureau, clock
from dingdian.web.desk import overview, waiting
from dingdian.web.ledger import listing, refreshing
from dingdian.web.ledger.models import DayTally
from dingdian.web.ledger.refreshing import AHEAD
from dingdian.web.rights import Right, needs

if TYPE_CHECKING:
    from dingdian.core.calendar import WorkCalendar

_DAY = dt.timedelta(1)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month: how many limits end on it; ``off``: nobody works."""

    day: dt.date
    inside: bool
    n: int
    off: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Limits of one rule that end on one day; ``listed``: the tasks show each of them."""

    day: dt.date
    rule: str
    does: str
    what: str
    who: str
    n: int
    listed: bool


@needs(Right.SEE_LEDGER)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month of limits: a table of weeks, and below it what ends on which day."""
    today = clock.today()
    asked = replace(waiting.Asked.of(request), urgency="", text="")
    first = _month(request.GET.get("month", ""), today)
    last = _after(first) - _DAY
    found = asked.apply(_visible(request), request.user).filter(day__range=(first, last))
    rows = list(found.values("day", "rule", "does", "who").annotate(n=Sum("n")).order_by("day"))
    terms = bureau.desk().terms
    context = {
        "asked": asked,
        "first": first,
        "before": first - _DAY if first > today - dt.timedelta(AHEAD) else None,
        "after": last + _DAY if last + _DAY <= today + dt.timedelta(AHEAD) else None,
        "weeks": list(_weeks(first, rows, terms.calendar)),
        "lines": list(_lines(rows, Speech(bureau.lang(), terms, today), today)),
        "total": sum(each["n"] for each in rows),
        "roles": waiting.roles(),
        "mine": [name for id, name in waiting.roles() if id in waiting.whose(request.user)],
        "districts": listing.districts_of(request.user),
        "names": overview.names_of_districts(),
        "picture": refreshing.shown_picture(request.user.username),
    }
    return render(request, "desk/calendar.html", context)


def _visible(request: HttpRequest) -> QuerySet[Any]:
    return listing.within(DayTally.objects.all(), request.user.districts(Right.SEE_LEDGER))


def _month(text: str, today: dt.date) -> dt.date:
    """The first day of a month within a year of today; of this one where none is named."""
    try:
        found = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        found = today
    near = abs((found - today).days) <= AHEAD
    return (found if near else today).replace(day=1)


def _after(first: dt.date) -> dt.date:
    return (first + dt.timedelta(31)).replace(day=1)


def _weeks(
    first: dt.date, rows: Iterable[Mapping[str, Any]], working: WorkCalendar
) -> Iterator[list[Cell]]:
    counted: Counter[dt.date] = Counter()
    for each in rows:
        counted[each["day"]] += each["n"]
    for week in weeks.Calendar().monthdatescalendar(first.year, first.month):
        yield [
            Cell(day, day.month == first.month, counted[day], not working.is_working(day))
            for day in week
        ]


def _lines(rows: Iterable[Mapping[str, Any]], speech: Speech, today: dt.date) -> Iterator[Line]:
    through = today + dt.timedelta(HORIZON)
    for each in rows:
        yield Line(
            each["day"],
            each["rule"],
            each["does"],
            speech.rule(each["rule"]),
            speech.role(each["who"]),
            each["n"],
            each["day"] <= through,
        )
