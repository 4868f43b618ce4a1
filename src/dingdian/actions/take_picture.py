"""The whole ledger as it stands on a day, from one reading: census, cases, what is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import takewhile

from dingdian.actions.ports import Ledger
from dingdian.core.census import Census
from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.due import HORIZON, Due, due_on
from dingdian.core.lifecycle.naming import told
from dingdian.core.lifecycle.picture import Since, picture
from dingdian.core.lifecycle.reading import as_it_stood, cases_by_id
from dingdian.core.lifecycle.state import State
from dingdian.core.lifecycle.terms import Terms


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture of the ledger at the end of a day.

    ``entries`` is the number of the last entry that went in, ``taken_on`` the day of the census it
    begins with and ``saved_at`` the moment at which that was kept.
    """

    census: Census
    states: tuple[State, ...]
    due: tuple[Due, ...]
    entries: int
    taken_on: dt.date
    saved_at: dt.datetime


def take_picture(ledger: Ledger, terms: Terms, day: dt.date, *, horizon: int = HORIZON) -> Taken:
    """The census of ``day``, all cases and what they have due, from the same entries.

    What somebody records meanwhile is left out of all three.

    Raises:
        RequestError: no census was kept up to that day.
    """
    last = ledger.head().entries
    base, saved_at = ledger.census(day), ledger.census_known_at(day)
    if base is None or base.taken_on is None or saved_at is None:
        raise RequestError((told("no_census_then", day=day),))
    cases = cases_by_id(takewhile(lambda each: each.seq <= last, ledger.entries()))
    since = Since(day, base.taken_on, saved_at, ledger.mark.opened_on)
    found = ((case, as_it_stood(entries, day)) for case, entries in cases.items())
    stood = {case: state for case, state in found if state is not None}
    states = tuple(stood.values())
    return Taken(
        census=picture(base, cases.values(), since, terms, stood=stood),
        states=states,
        due=tuple(due_on(states, terms, day, horizon)),
        entries=last,
        taken_on=base.taken_on,
        saved_at=saved_at,
    )
