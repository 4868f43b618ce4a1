"""A case as its institution sees it: no remark of the office, no name of its staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from dingdian.actions.show_case import ShownCase
from dingdian.core.lifecycle.moves import MOVES, ROLES, Role
from dingdian.core.lifecycle.stages import ENDS, OPEN
from dingdian.core.lifecycle.state import State
from dingdian.core.lifecycle.terms import Terms
from dingdian.web.bureau import lang
from dingdian.web.ledger import looking, words
from dingdian.web.letters.models import Letter as Served

#: How an entry names a paper that went with it: those of the office are not shown.
_PAPER = " SHA-256 "


@dataclass(frozen=True, slots=True)
class Shown:
    """A case in words, and who must act now; empty where nobody has to."""

    told: looking.Told
    who: str
    days_left: int | None

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.told.shown.state

    @property
    def name(self) -> str:
        """The name of the institution, else the number of the case."""
        return self.state.about.get("name") or self.state.case

    @property
    def tone(self) -> str:
        """The class of the tag of its stage."""
        return words.tone(self.state.stage)


@dataclass(frozen=True, slots=True)
class Letter:
    """An entry that a letter goes with, and the letters that were served of it."""

    case: str
    entry: int
    day: dt.date
    says: str
    served: tuple[Served, ...]


def shown(case: ShownCase, terms: Terms, day: dt.date) -> Shown:
    """A case in the language of the page; ``days_left`` are those of its agreement."""
    through = case.state.scheduled.get("agreement_expired")
    return Shown(
        looking.told(case, terms, day), _who(case), (through - day).days if through else None
    )


def _who(case: ShownCase) -> str:
    """Whoever has to act now: the institution where a move of its own leads on, else the office."""
    stage = case.state.stage
    if stage not in OPEN:
        return ""
    mine = any(
        Role.INSTITUTION in move.roles and not set(move.targets) & set(ENDS)
        for name in case.possible
        if (move := MOVES[name]).sources != move.targets
    )
    return ROLES[Role.INSTITUTION if mine else Role.AGENCY].say(lang())


def documents(line: looking.Line) -> list[str]:
    """The documents that an entry names, without the papers of the office."""
    own = line.entry.role == Role.INSTITUTION
    return [each for each in line.entry.documents if own or _PAPER not in each]


def letters(cases: Iterable[Shown]) -> Iterator[Letter]:
    """The entries that a letter goes with and that were not annulled, of every case."""
    cases = list(cases)
    served: dict[int, list[Served]] = {}
    for each in served_of([case.state.case for case in cases]):
        served.setdefault(each.entry, []).append(each)
    for case in cases:
        for line in case.told.lines:
            if MOVES[line.entry.move].notice and not line.undone:
                seq, day = line.entry.seq, line.entry.held_on
                its = tuple(served.get(seq, ()))
                yield Letter(case.state.case, seq, day, line.move, its)


def served_of(cases: Iterable[str]) -> QuerySet[Served]:
    """The letters of some cases that were served and are not void: nobody reads one before that."""
    return Served.objects.filter(case__in=cases, void_at=None, served_on__isnull=False)


def missing(case: State, entries: Iterable[looking.Line]) -> str:
    """What the office asked for last, while it is still waited for; empty where it is not."""
    if case.stage not in ("supplementing", "awaiting_papers"):
        return ""
    asked = (each.entry.facts.get("missing", "") for each in entries if not each.undone)
    return next((each for each in asked if each), "")
