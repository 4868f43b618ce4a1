"""Which open applications a change of the policy meets: the rules they keep, and those of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dingdian.actions.show_case import Reached, changed_rules
from dingdian.core.lifecycle.stages import OPEN
from dingdian.core.lifecycle.state import State
from dingdian.core.lifecycle.terms import Terms


@dataclass(frozen=True, slots=True)
class Affected:
    """An open application, the day whose rules it keeps, and the rules that are others by then."""

    state: State
    rules_day: dt.date
    reached: tuple[Reached, ...]


def list_affected(
    states: Iterable[State], terms: Terms, today: dt.date, then: dt.date
) -> Iterator[Affected]:
    """The open applications whose rules are other ones on the day ``then``.

    Each keeps the rules of the day that the reading ``rules_of_day`` names, as of ``today``; a
    rule about the other side (medical institutions, pharmacies) does not meet it. Where the
    reading lets none keep any, all are held to ``today``.
    """
    known: dict[dt.date, tuple[Reached, ...]] = {}
    for state in states:
        if state.stage not in OPEN:
            continue
        day = terms.rules_day(state, today)
        if day not in known:
            known[day] = tuple(changed_rules(terms, day, then))
        found = tuple(each for each in known[day] if _is_about(terms, each, then, state.side))
        if found:
            yield Affected(state, day, found)


def _is_about(terms: Terms, reached: Reached, then: dt.date, side: str) -> bool:
    """Whether a rule is about a side; one that names no side is about everybody."""
    rule = terms.policy(then).rules.get(reached.rule)
    about = getattr(rule.rule, "about", ()) if rule else ()
    sides = {each for each in about if each in ("medical_institutions", "pharmacies")}
    return not sides or side in sides
