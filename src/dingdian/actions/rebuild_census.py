"""The census of any day, as known at any moment: the last one kept, and the moves since."""

from __future__ import annotations

import datetime as dt

from dingdian.actions.ports import Ledger
from dingdian.core.census import Census
from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.naming import told
from dingdian.core.lifecycle.picture import Since, picture
from dingdian.core.lifecycle.reading import cases_by_id
from dingdian.core.lifecycle.terms import Terms


def rebuild_census(
    ledger: Ledger, terms: Terms, day: dt.date, known_at: dt.datetime | None = None
) -> Census:
    """The census of ``day``, as known at a moment (now, where none is given).

    Raises:
        RequestError: no census was kept up to that day.
    """
    base, saved_at = ledger.census(day, known_at), ledger.census_known_at(day, known_at)
    if base is None or base.taken_on is None or saved_at is None:
        raise RequestError((told("no_census_then", day=day),))
    since = Since(day, base.taken_on, saved_at, ledger.mark.opened_on)
    cases = cases_by_id(ledger.entries(), known_at)
    return picture(base, cases.values(), since, terms)
