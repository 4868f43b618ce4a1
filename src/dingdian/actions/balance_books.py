"""The books of the ledger over a span of days: what stood, came in, went out, and stands."""

from __future__ import annotations

import datetime as dt

from dingdian.actions.ports import Ledger
from dingdian.core.lifecycle.books import Account, books
from dingdian.core.lifecycle.reading import cases_by_id


def balance_books(
    ledger: Ledger, first: dt.date, last: dt.date, known_at: dt.datetime | None = None
) -> tuple[Account, ...]:
    """The accounts from the first day to the last, as known at a moment (now, where none is given).

    Every account balances; one that does not is a fault of the program, and shows.
    """
    return books(cases_by_id(ledger.entries(), known_at).values(), first, last)
