"""Entries read as cases: grouped, as known at a moment, as they stood on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.state import State, in_effect, state_of


def cases_by_id(
    entries: Iterable[Entry], known_at: dt.datetime | None = None
) -> dict[str, list[Entry]]:
    """The entries of each case, in their order; those known by a moment, where one is given."""
    found: dict[str, list[Entry]] = {}
    for each in entries:
        if known_at is None or each.known_at <= known_at:
            found.setdefault(each.case, []).append(each)
    return found


def states_of(cases: Iterable[Sequence[Entry]]) -> list[State]:
    """How the cases stand; one whose entries were all annulled is left out."""
    return [state for each in cases if (state := state_of(each)) is not None]


def as_it_stood(entries: Sequence[Entry], day: dt.date) -> State | None:
    """How a case stood at the end of a day; ``None`` before its first entry."""
    return state_of([each for each in in_effect(entries) if each.held_on <= day])
