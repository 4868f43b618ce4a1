"""The clocks of a case: which are running, until when, and what has to be asked for ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dingdian.core.lifecycle.reckoning import DAY_OFF_READING, Limit, limit_of
from dingdian.core.lifecycle.stages import UNDER_AGREEMENT
from dingdian.core.lifecycle.state import Happened, State
from dingdian.core.lifecycle.terms import Clock, Terms

#: Event -> others that stand for it: by the reading trial_failure a failed trial may be a pause,
#: and what ends the wait is then that the agreement resumes.
_STANDS_FOR: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"trial_reviewed_again": ("resumed",)}
)


def running(state: State, terms: Terms, *, day: dt.date) -> Iterator[tuple[Happened, Clock]]:
    """The clocks that have begun and whose second event has not come.

    An application's clocks are those of the day whose rules it keeps; an agreement's those of
    the day on which they began.
    """
    rules_day = terms.rules_day(state, day)
    latest: dict[str, int] = {each.event: at for at, each in enumerate(state.happened)}
    for event, at in latest.items():
        began = state.happened[at]
        on = rules_day if state.agreement is None else began.day
        for clock in terms.clocks(on, state.side):
            if clock.begins != event or clock.means not in ("within", "not_before"):
                continue
            if all(latest.get(each, -1) < at for each in ends_of(clock)):
                yield began, clock


def ends_of(clock: Clock) -> frozenset[str]:
    """The events with which a clock is over: its own, and another that stands for it."""
    return frozenset({clock.ends, *_STANDS_FOR.get(clock.ends, ())})


def limit_on(began: Happened, clock: Clock, state: State, terms: Terms) -> Limit:
    """The last day of a clock of a case."""
    return limit_of(
        clock,
        began.day,
        terms.calendar,
        happened=state.happened,
        day_off=terms.choice(began.day, DAY_OFF_READING),
    )


def asked_ahead(clock: Clock, state: State, terms: Terms) -> bool:
    """Whether something has to be asked for ahead of an end, in the stage of a case.

    Renewal at the end of a trial follows the reading ``trial_renewal``, where the place has a
    trial: by order 2, by the place's own rule, or both.
    """
    if state.stage not in UNDER_AGREEMENT:
        return False
    if clock.begins == "renewal_requested" and "trial_ended" in state.scheduled:
        return terms.choice(state.since, "trial_renewal") != "sy_one_month"
    return True


def resumption_pending(state: State) -> Happened | None:
    """The request to resume that keeps a suspension from lapsing: one made by its last day."""
    last = state.scheduled.get("agreement_lapsed")
    asked, refused = state.last("resumption_requested"), state.last("resumption_refused")
    if asked is None or asked.day < state.since or (last is not None and asked.day > last):
        return None
    if refused is not None and refused.seq > asked.seq:
        return None
    return asked
