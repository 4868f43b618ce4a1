"""A move under test, and what the clocks say of it: too early stops, too late is noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dingdian.core.errors import Fault
from dingdian.core.lifecycle.clocks import asked_ahead, ends_of, limit_on, running
from dingdian.core.lifecycle.moves import Move
from dingdian.core.lifecycle.naming import said_move, said_provisional, said_role, told
from dingdian.core.lifecycle.reckoning import Limit, ahead_of
from dingdian.core.lifecycle.state import MEDICAL, PHARMACIES, State
from dingdian.core.lifecycle.terms import Clock, Terms

_ONE = dt.timedelta(1)


@dataclass(frozen=True, slots=True)
class Try:
    """A move under test: what it says, the case before it (``None`` for a first move), the rules.

    ``others`` are the other cases of the same institution.
    """

    name: str
    move: Move
    day: dt.date
    facts: Mapping[str, str]
    documents: tuple[str, ...]
    state: State | None
    others: Sequence[State]
    terms: Terms

    @property
    def side(self) -> str:
        """Whose rules hold."""
        if self.state is not None:
            return self.state.side
        return PHARMACIES if self.facts.get("kind") == "retail_pharmacy" else MEDICAL


Guard = Callable[[Try], Iterator[Fault]]


def of_clocks(tried: Try) -> Iterator[Fault]:
    """What the clocks say: too early stops, too late is noted."""
    state = tried.state
    if state is None:
        return
    raises = frozenset(tried.move.raises)
    for began, clock in running(state, tried.terms, day=tried.day):
        if not ends_of(clock) & raises:
            continue
        limit = limit_on(began, clock, state, tried.terms)
        if limit.day is None:
            continue
        if clock.means == "not_before" and tried.day <= limit.day:
            yield too_early(tried, limit, clock.rule, clock.clause)
        elif clock.means == "within" and tried.day > limit.day:
            yield late(clock, limit)
    for event, end in state.scheduled.items():
        for clock in tried.terms.clocks_of_end(event, state, tried.day):
            if clock.means != "ahead" or clock.begins not in raises:
                continue
            if not asked_ahead(clock, state, tried.terms):
                continue
            limit = ahead_of(clock, end, tried.terms.calendar)
            if limit.day is not None and tried.day > limit.day:
                yield late(clock, limit)


def too_early(tried: Try, limit: Limit, rule: str, clause: str) -> Fault:
    """That a move may come only after the last day of a period, which is known."""
    assert limit.day is not None  # noqa: S101 -- asked for a day that is known
    return told(
        "too_early",
        last=limit.day,
        first=limit.day + _ONE,
        rule=rule,
        clause=clause,
        **said_move(tried.name),
        **said_provisional(provisional=limit.provisional),
    )


def late(clock: Clock, limit: Limit) -> Fault:
    """That a limit was missed: by whom, and when it was."""
    return told(
        "late",
        last=limit.day,
        rule=clock.rule,
        clause=clock.clause,
        **said_role(clock.who, "who"),
        **said_provisional(provisional=limit.provisional),
    )
