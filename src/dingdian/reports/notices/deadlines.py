"""Last days that follow from an entry: of the clocks that run after it, and of ends ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dingdian.core.lifecycle.clocks import asked_ahead, limit_on, running
from dingdian.core.lifecycle.reckoning import Limit, ahead_of
from dingdian.core.lifecycle.stages import Stage
from dingdian.core.lifecycle.state import State
from dingdian.core.lifecycle.terms import Clock, Terms

_ONE = dt.timedelta(1)
#: Name in a template -> event at the end of a clock that runs; its last day is meant.
BY: Mapping[str, str] = MappingProxyType(
    {
        "evaluate_by": "evaluated",
        "supplement_by": "materials_supplemented",
        "object_by": "notice_closed",
    }
)
#: The same of clocks after which something may be done again: the first such day is meant.
FROM: Mapping[str, str] = MappingProxyType(
    {
        "apply_again_from": "may_apply_again",
        "evaluate_again_from": "re_evaluated",
        "review_again_from": "trial_reviewed_again",
    }
)
#: Name -> what is to be asked for ahead of which end.
AHEAD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "renew_by": ("renewal_requested", "agreement_expired"),
        "review_by": ("trial_review_requested", "trial_ended"),
    }
)
#: Name -> an end that is set.
THROUGH: Mapping[str, str] = MappingProxyType(
    {
        "agreement_through": "agreement_expired",
        "guidance_through": "guidance_ended",
        "trial_through": "trial_ended",
        "suspended_through": "agreement_lapsed",
    }
)
#: Every name of a day that may follow from an entry.
NAMES = (*BY, *FROM, *AHEAD, *THROUGH, "resume_by")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that follows, and the clause that it rests on; empty where an entry states it."""

    limit: Limit
    clause: str = ""


def deadlines(state: State, terms: Terms, day: dt.date) -> Mapping[str, Deadline]:
    """The days that follow for a case as it stands on ``day``; a clock that stands still has none.

    By their names in a template.
    """
    found = dict(_running(state, terms, day)) | dict(_ahead(state, terms, day))
    for name, event in THROUGH.items():
        if event in state.scheduled:
            found[name] = Deadline(Limit(state.scheduled[event]), _ends(state, terms, day, event))
    if state.stage is Stage.SUSPENDED_ON_REQUEST and "suspended_through" in found:
        found["resume_by"] = found["suspended_through"]
    return found


def _running(state: State, terms: Terms, day: dt.date) -> Iterator[tuple[str, Deadline]]:
    names = {event: name for name, event in (*BY.items(), *FROM.items())}
    for began, clock in running(state, terms, day=day):
        limit = limit_on(began, clock, state, terms)
        name = names.get(clock.ends)
        if name is None or limit.day is None:
            continue
        last = limit.day + _ONE if name in FROM else limit.day
        yield name, Deadline(Limit(last, limit.provisional), clock.clause)


def _ahead(state: State, terms: Terms, day: dt.date) -> Iterator[tuple[str, Deadline]]:
    for name, (asked, end) in AHEAD.items():
        for clock in _clocks(state, terms, day, end):
            wanted = clock.means == "ahead" and clock.begins == asked
            if wanted and asked_ahead(clock, state, terms):
                limit = ahead_of(clock, state.scheduled[end], terms.calendar)
                yield name, Deadline(limit, clock.clause)


def _clocks(state: State, terms: Terms, day: dt.date, end: str) -> tuple[Clock, ...]:
    return terms.clocks_of_end(end, state, day) if end in state.scheduled else ()


def _ends(state: State, terms: Terms, day: dt.date, event: str) -> str:
    """The clause of an end that is set, where a rule lays one down."""
    found = (each.clause for each in _clocks(state, terms, day, event) if each.means == "ends")
    return next(found, "")
