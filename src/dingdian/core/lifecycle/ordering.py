"""Whether the days that a move states fit together, whatever the move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from dingdian.core.errors import Fault
from dingdian.core.lifecycle.facts import day_of
from dingdian.core.lifecycle.naming import said_fact, told

#: Facts of last days: none lies before the first day of what it ends.
_LAST_DAYS = ("agreement_through", "guidance_through", "trial_through", "suspended_through")
#: Facts of days that have come when a move is recorded.
_PAST_DAYS = ("approved_on", "requested_on", "opened_on")


def days_in_order(move: str, day: dt.date, facts: Mapping[str, str]) -> Iterator[Fault]:
    """What a move of ``day`` states of days fits together, and what has come lies not ahead.

    An opening load tells what began long before its entry: there only the stated first day of an
    agreement counts.
    """
    days = {
        name: day_of(facts[name])
        for name in (*_LAST_DAYS, *_PAST_DAYS, "agreement_since")
        if facts.get(name)
    }
    first = days.get("agreement_since", None if move == "open" else day)
    for name in _LAST_DAYS:
        if name in days and first is not None and days[name] < first:
            yield _disorder(name, days[name], first)
    for name in _PAST_DAYS:
        if name in days and days[name] > day:
            yield told("day_ahead", value=days[name], day=day, **said_fact(name))
    guidance, trial = days.get("guidance_through"), days.get("trial_through")
    if guidance is not None and trial is not None and guidance > trial:
        yield _disorder("trial_through", trial, guidance)


def _disorder(name: str, value: dt.date, first: dt.date) -> Fault:
    return told("days_reversed", value=value, first=first, **said_fact(name))
