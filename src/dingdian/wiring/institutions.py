"""One institution of the ledger: as it stood on a day, and what was ever kept of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dingdian.actions.show_case import ShownCase
    from dingdian.actions.show_institution import ShownInstitution
    from dingdian.core.lifecycle.state import State
    from dingdian.storage.db.institutions import Version
    from dingdian.wiring.lives import Desk


@dataclass(frozen=True, slots=True)
class Looked:
    """An institution as it was looked up.

    ``taken_on`` is the day of the census that it rests on, ``None`` where there was none;
    ``versions`` are all that was ever kept of its rows, oldest first.
    """

    shown: ShownInstitution
    taken_on: dt.date | None
    versions: Sequence[Version]


def look(desk: Desk, code: str, day: dt.date, known_at: dt.datetime | None) -> Looked:
    """An institution at the end of a day, as known at a moment; few rows are read.

    Raises:
        RequestError: the database cannot be read.
    """
    from dingdian.actions.show_institution import Base, show_institution
    from dingdian.core.lifecycle.due import HORIZON
    from dingdian.storage.db import cases, institutions
    from dingdian.storage.db.told import told

    ledger = desk.ledger
    with told(ledger.shown, ledger.wait):
        versions = institutions.versions(ledger.alias, code)
        kept = institutions.kept(ledger.alias, day, known_at)
        part = institutions.part_of(versions, day, known_at)
        named = cases.cases_of(ledger.alias, code)
        entries = [each for case in named for each in ledger.entries(case)]
    base = Base(part, *kept) if kept else None
    shown = show_institution(
        code, base, entries, desk.terms, day=day, known_at=known_at, horizon=HORIZON
    )
    return Looked(shown, kept.taken_on if kept else None, institutions.own(versions))


def look_case(
    desk: Desk, case: str, day: dt.date, known_at: dt.datetime | None
) -> ShownCase | None:
    """A case at the end of a day, as known at a moment; ``None`` before its first entry.

    Raises:
        RequestError: the database cannot be read.
    """
    from dingdian.actions.show_case import case_on
    from dingdian.core.lifecycle.due import HORIZON
    from dingdian.storage.db import institutions
    from dingdian.storage.db.told import told

    ledger = desk.ledger
    with told(ledger.shown, ledger.wait):
        versions = institutions.versions(ledger.alias, "")
        entries = [e for e in ledger.entries(case) if known_at is None or e.known_at <= known_at]
    return case_on(
        entries,
        desk.terms,
        day,
        horizon=HORIZON,
        census=lambda: institutions.part_of(versions, day, known_at),
    )


def look_states(desk: Desk, names: Sequence[str]) -> list[State]:
    """How many cases stand now; one whose entries were all annulled is left out.

    Raises:
        RequestError: the database cannot be read.
    """
    from dingdian.core.lifecycle.reading import cases_by_id, states_of
    from dingdian.storage.db import cases
    from dingdian.storage.db.told import told

    ledger = desk.ledger
    with told(ledger.shown, ledger.wait):
        return states_of(cases_by_id(cases.entries_of(ledger.alias, names)).values())
