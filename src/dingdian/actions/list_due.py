"""What is due on a day: over all cases of a ledger, by who must act."""

from __future__ import annotations

import datetime as dt

from dingdian.actions.ports import Ledger
from dingdian.core.lifecycle.due import HORIZON, Due, due_on
from dingdian.core.lifecycle.reading import as_it_stood, cases_by_id
from dingdian.core.lifecycle.state import State
from dingdian.core.lifecycle.terms import Terms


def cases_on(ledger: Ledger, day: dt.date, known_at: dt.datetime | None = None) -> list[State]:
    """How all cases stood at the end of a day, as known at a moment (now, where none is given)."""
    cases = cases_by_id(ledger.entries(), known_at)
    stood = (as_it_stood(entries, day) for entries in cases.values())
    return [each for each in stood if each is not None]


def list_due(
    ledger: Ledger,
    terms: Terms,
    day: dt.date,
    known_at: dt.datetime | None = None,
    *,
    horizon: int = HORIZON,
    who: str | None = None,
) -> list[Due]:
    """What is due, overdue and coming within ``horizon`` days; of one role, where one is named.

    As known at a moment; now, where none is given.
    """
    found = due_on(cases_on(ledger, day, known_at), terms, day, horizon)
    return [each for each in found if who in (None, each.who)]
