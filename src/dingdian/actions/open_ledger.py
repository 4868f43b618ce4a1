"""The opening load: keep a census, and open a case for every designation that it shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dingdian.actions.change_stage import after_waiting
from dingdian.actions.ports import Desk, Ledger
from dingdian.core.census import Census
from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.errors import Fault, Place, RequestError
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.moving import Before, try_move
from dingdian.core.lifecycle.naming import told
from dingdian.core.lifecycle.opening import opening
from dingdian.core.lifecycle.reading import cases_by_id, states_of
from dingdian.core.lifecycle.stages import STAGES
from dingdian.core.lifecycle.state import State
from dingdian.core.lifecycle.terms import Terms


@dataclass(frozen=True, slots=True)
class Opened:
    """What an opening load did: rows of the census that changed, cases opened, what was odd."""

    rows: int
    cases: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """The entries that a census would open, and what is odd about it beside the cases there are."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """Who records, why, and at which moment."""

    known_at: dt.datetime
    by: str
    reason: str


def open_ledger(
    ledger: Ledger, census: Census, terms: Terms, *, known_at: dt.datetime, by: str, reason: str
) -> Opened:
    """Keep a census and open a case for each designation that the ledger does not know yet.

    Both or neither: whoever is killed between them leaves nothing behind. An institution that has
    a case already keeps it; where the two differ a fault says so.

    Raises:
        RequestError: the census does not say which day it describes, or is of another place.
    """
    of_this_place(census, terms)
    with ledger.writing() as desk:
        # what is known is read while nobody else writes: two loads at once open a case once
        recording = Recording(known_at, by, reason)
        rows, made = keep(ledger, desk, census, terms=terms, recording=recording)
    return Opened(rows, len(made.entries), made.faults)


def of_this_place(census: Census, terms: Terms) -> dt.date:
    """The day of a census that the ledger may keep.

    Raises:
        RequestError: it does not say which day it describes, or is of another place.
    """
    if census.taken_on is None:
        raise RequestError((told("census_without_day"),))
    card = terms.book.layers[terms.place].card
    if census.tree.root != card.region_code:
        wrong = {"found": census.tree.root, "wanted": card.region_code}
        raise RequestError((told("another_place", **wrong),))
    return census.taken_on


def keep(
    ledger: Ledger, desk: Desk, census: Census, *, terms: Terms, recording: Recording
) -> tuple[int, Opening]:
    """Keep a census and open its cases at the desk: rows that changed, and what was opened."""
    rows = desk.save_census(census, recording.known_at)
    last = desk.last_known_at
    at = after_waiting(recording.known_at, last)
    made = openings(ledger, census, terms, replace(recording, known_at=at))
    desk.append(made.entries)
    return rows, made


def openings(ledger: Ledger, census: Census, terms: Terms, recording: Recording) -> Opening:
    """What a census would open in a ledger, without opening it."""
    entries = list(ledger.entries())
    known = states_of(cases_by_id(entries).values())
    by_code = {state.institution: state for state in known if state.institution}
    seq, last = len(entries) + 1, entries[-1].known_at if entries else None
    asked, faults = opening(
        census, known_at=recording.known_at, by=recording.by, reason=recording.reason
    )
    found, made = [*faults, *_differences(census, by_code)], list[Entry]()
    for each in asked:
        if each.facts["institution"] in by_code:
            continue
        verdict = try_move(each, Before((), (), last, seq), terms)
        found += (replace(told, place=Place(each.case)) for told in verdict.faults)
        if verdict.entry is not None:
            made.append(verdict.entry)
            seq += 1
    return Opening(tuple(made), tuple(found))


def _differences(census: Census, known: Mapping[str, State]) -> list[Fault]:
    """Institutions whose standing in the census is not that of their case on that day."""
    table = census.tables["institutions"]
    pairs = zip(table["code"].cells(), table["standing"].cells(), strict=True)
    found = []
    for code, standing in pairs:
        state = known.get(str(code))
        own = STAGES[state.stage].standing if state else ""
        if state is None or not own or own == standing or state.last_day > _day(census):
            continue
        term = CHOICES["standing"].get(str(standing))
        said = {"census": term.en if term else "—", "census_zh": term.zh if term else "—"}
        stage = {"stage": STAGES[state.stage].name.en, "stage_zh": STAGES[state.stage].name.zh}
        found.append(told("standing_differs", value=code, **said, **stage))
    return found


def _day(census: Census) -> dt.date:
    assert census.taken_on is not None  # noqa: S101 -- asked before
    return census.taken_on
