"""One case with everything that bears on it on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dingdian.actions.ports import Ledger
from dingdian.core.census import Census
from dingdian.core.census.table import Cell
from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.due import Due, due_of
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.moving import possible
from dingdian.core.lifecycle.naming import told
from dingdian.core.lifecycle.reading import as_it_stood
from dingdian.core.lifecycle.stages import OPEN
from dingdian.core.lifecycle.state import State
from dingdian.core.lifecycle.terms import Terms


@dataclass(frozen=True, slots=True)
class Reached:
    """A rule that an open case keeps as it was, though it has changed since; or a red line set.

    ``rule`` is the rule's id; ``was`` and ``now`` are the clauses of its values, empty where none
    was or is in force. ``red_line`` is the number of the decision that set one.
    """

    rule: str = ""
    was: str = ""
    now: str = ""
    red_line: str = ""


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case on a day.

    ``rules_day`` is the day whose rules its application keeps. ``closed`` are the services that
    its stage closes, each with the rule. ``reached`` is what changed under an open case: by the
    reading ``red_line_open_cases`` red lines and higher law may reach it.
    """

    state: State
    entries: tuple[Entry, ...]
    due: tuple[Due, ...]
    possible: tuple[str, ...]
    rules_day: dt.date
    closed: tuple[tuple[str, str], ...]
    reached: tuple[Reached, ...]
    reading: str


def show_case(ledger: Ledger, case: str, terms: Terms, day: dt.date, *, horizon: int) -> ShownCase:
    """The case as it stood at the end of ``day``.

    Raises:
        RequestError: there is none of that id on that day.
    """
    entries = tuple(ledger.entries(case))
    found = case_on(entries, terms, day, horizon=horizon, census=lambda: ledger.census(day))
    if found is None:
        raise RequestError((told("case_unknown", case=case),))
    return found


def case_on(
    entries: Sequence[Entry],
    terms: Terms,
    day: dt.date,
    *,
    horizon: int,
    census: Callable[[], Census | None],
) -> ShownCase | None:
    """The case of some entries as it stood at the end of ``day``; ``None`` before its first one.

    ``census`` gives that of the day, and is asked only for a case whose application is open.
    """
    state = as_it_stood(entries, day)
    if state is None:
        return None
    rules_day = terms.rules_day(state, day)
    reached: Sequence[Reached] = ()
    if state.stage in OPEN:
        reached = (*changed_rules(terms, rules_day, day), *_red_lines(census(), day))
    gates = terms.closed_services(state, day)
    return ShownCase(
        state=state,
        entries=tuple(entries),
        due=tuple(due_of(state, terms, day, horizon)),
        possible=possible(state.stage),
        rules_day=rules_day,
        closed=tuple((service, gate.rule.rule) for service, gate in gates.items()),
        reached=tuple(reached),
        reading=terms.choice(day, "red_line_open_cases") or "",
    )


def changed_rules(terms: Terms, was: dt.date, now: dt.date) -> Iterator[Reached]:
    """The rules whose value is another one now than on the day that the case keeps."""
    before, after = terms.policy(was).rules, terms.policy(now).rules
    for name in sorted({*before, *after}):
        old = before[name].dated if name in before else None
        new = after[name].dated if name in after else None
        if old != new:
            yield Reached(rule=name, was=old.clause if old else "", now=new.clause if new else "")


def _red_lines(census: Census | None, day: dt.date) -> Iterator[Reached]:
    """The decisions of the census that set a red line by the day and that none has lifted."""
    if census is None:
        return
    table = census.tables["red_line_decisions"]
    rows = [table.row(at) for at in range(len(table))]
    for row in rows:
        later = (each for each in rows if _lifts(each, row, day))
        if row["decision"] == "set" and _by(row, day) and next(later, None) is None:
            yield Reached(red_line=str(row["number"]))


def _by(row: Mapping[str, Cell], day: dt.date) -> bool:
    decided = row["decided_on"]
    return isinstance(decided, dt.date) and decided <= day


def _lifts(row: Mapping[str, Cell], other: Mapping[str, Cell], day: dt.date) -> bool:
    """Whether a decision lifts another by the day: it names it, or all of its trigger."""
    about = row["trigger"] == other["trigger"] and row["lifts"] in (None, other["number"])
    return row["decision"] == "lift" and about and _by(row, day)
