"""Record a move of a case in the ledger, or several together: all of them or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from dingdian.actions.ports import Desk, Ledger
from dingdian.core.errors import Fault, Place, RequestError
from dingdian.core.lifecycle.chain import Head
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.moving import Asked, Before, Verdict, stops, try_move
from dingdian.core.lifecycle.places import Plans, Scales
from dingdian.core.lifecycle.state import State, state_of
from dingdian.core.lifecycle.terms import Terms

#: While one writer waits for another, the other's entry may get a later moment: up to so much
#: later it is taken for both. More than that is a clock that went back.
WAITED = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Changed:
    """What was recorded: the entries, the end of the chain after them, and what was odd."""

    entries: tuple[Entry, ...]
    head: Head
    faults: tuple[Fault, ...] = ()


#: What is kept together with the moves, all of it or nothing: told what is recorded.
Within = Callable[[Changed], None]


def change_stage(
    ledger: Ledger,
    asked: Asked,
    terms: Terms,
    *,
    plans: Plans | None = None,
    within: Within | None = None,
) -> Changed:
    """Record one move; ``plans`` and ``within`` are as of ``change_stages``.

    Raises:
        RequestError: it is refused; every reason is told, and nothing is recorded.
    """
    return change_stages(ledger, (asked,), terms, plans=plans, within=within)


def would_change(
    ledger: Ledger, asked: Asked, terms: Terms, plans: Plans | None = None
) -> tuple[Fault, ...]:
    """What would be noted if a move were recorded now, held against ``plans``; nothing is.

    Raises:
        RequestError: it would be refused; every reason is told.
    """
    with ledger.writing() as desk:
        verdict = _tried(desk, asked, terms, plans)
    if verdict.entry is None:
        raise RequestError(verdict.faults)
    return verdict.faults


def change_stages(
    ledger: Ledger,
    asked: Iterable[Asked],
    terms: Terms,
    *,
    places: Sequence[Place] = (),
    plans: Plans | None = None,
    within: Within | None = None,
) -> Changed:
    """Record several moves in their order, all of them or none.

    ``places`` say where each was asked for; its faults are told there, else under its case.
    ``plans`` are those of the years: an entry that takes places is held against what is left of
    them; ``None`` where the caller knows no plans, and nothing is held against them.
    ``within`` is called before the ledger is let go: what it keeps stands or falls with the moves.

    Raises:
        RequestError: one or more are refused; the reasons of all are told.
    """
    made: list[Entry] = []
    odd: list[Fault] = []
    refused: list[Fault] = []
    with ledger.writing() as desk:
        head = desk.head
        for number, each in enumerate(asked):
            verdict = _tried(desk, each, terms, plans)
            place = places[number] if places else Place(each.case)
            told = [replace(fault, place=place) for fault in verdict.faults]
            if verdict.entry is None:
                refused += told
                continue
            odd += told
            made.append(verdict.entry)
            head = desk.append((verdict.entry,))
        if refused:
            raise RequestError(tuple(refused))
        changed = Changed(tuple(made), head, tuple(odd))
        if within is not None:
            within(changed)
    return changed


def after_waiting(known_at: dt.datetime, last: dt.datetime | None) -> dt.datetime:
    """The moment of an entry whose writer may have waited for the one that wrote the last entry."""
    if last is not None and dt.timedelta(0) < last - known_at <= WAITED:
        return last
    return known_at


def _tried(desk: Desk, asked: Asked, terms: Terms, plans: Plans | None) -> Verdict:
    last = desk.last_known_at
    asked = replace(asked, known_at=after_waiting(asked.known_at, last))
    entries = desk.entries(asked.case)
    before = Before(entries, _others(desk, asked, entries), last, desk.head.entries + 1)
    verdict = try_move(asked, before, terms)
    if verdict.entry is None or plans is None:
        return verdict
    found = tuple(Scales(plans, desk.takings, terms).weigh(verdict.entry, entries))
    faults = (*verdict.faults, *found)
    if stops(found):
        return Verdict(None, faults)
    remarks = tuple(dict.fromkeys(each.kind for each in faults))
    return Verdict(replace(verdict.entry, remarks=remarks), faults)


def _others(desk: Desk, asked: Asked, entries: Sequence[Entry]) -> tuple[State, ...]:
    """The other cases of the institution that a move names, or that its case has."""
    named = [asked.facts.get("institution", "")]
    named += [each.facts.get("institution", "") for each in entries]
    code = next(filter(None, named), "")
    cases = desk.cases_of(code) if code else ()
    states = (state_of(desk.entries(case)) for case in cases if case != asked.case)
    return tuple(each for each in states if each is not None)
