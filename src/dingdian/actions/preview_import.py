"""What an import would change: against the census of its day as the ledger has it now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dingdian.actions.open_ledger import Recording, of_this_place, openings
from dingdian.actions.ports import Ledger
from dingdian.actions.rebuild_census import rebuild_census
from dingdian.core.census import Census
from dingdian.core.census.canonical import fingerprint
from dingdian.core.census.carrying import carried
from dingdian.core.census.difference import RowChange, Unusual, difference, unusual
from dingdian.core.errors import Fault, RequestError
from dingdian.core.lifecycle.naming import told
from dingdian.core.lifecycle.terms import Terms


@dataclass(frozen=True, slots=True)
class Base:
    """What the ledger has for a day.

    ``fingerprint`` is that of the census of the day, rebuilt; empty where none was kept by then.
    ``known_at`` is the moment from which the census that it rests on is known.
    """

    census: Census | None
    fingerprint: str
    known_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do.

    ``census`` is what would be kept; ``opens`` are the codes of institutions for which a case
    would be opened; ``faults`` what is odd beside the cases there are.
    """

    day: dt.date
    base: Base
    census: Census
    changes: tuple[RowChange, ...]
    opens: tuple[str, ...]
    faults: tuple[Fault, ...]
    unusual: tuple[Unusual, ...]


def base_of(ledger: Ledger, terms: Terms, day: dt.date) -> Base:
    """What the ledger has for a day, as known now."""
    known_at = ledger.census_known_at(day)
    if known_at is None:
        return Base(None, "", None)
    census = rebuild_census(ledger, terms, day)
    return Base(census, fingerprint(census), known_at)


def preview_import(
    ledger: Ledger, census: Census, terms: Terms, *, today: dt.date, recording: Recording
) -> Preview:
    """What keeping a census would change, and which cases it would open; nothing is written.

    Raises:
        RequestError: the census does not say its day, is of a day to come, or of another place.
    """
    day = of_this_place(census, terms)
    if day > today:
        raise RequestError((told("import_day_ahead", day=day, today=today),))
    base = base_of(ledger, terms, day)
    whole = carried(census, base.census)
    changes = difference(base.census, whole)
    opened = openings(ledger, whole, terms, recording)
    return Preview(
        day=day,
        base=base,
        census=whole,
        changes=changes,
        opens=tuple(each.case for each in opened.entries),
        faults=opened.faults,
        unusual=unusual(base.census, whole, changes),
    )
