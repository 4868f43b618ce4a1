"""Where the panel of a case stands: folded from the notes of its journal, and from nothing else."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from dingdian.core.admission.application import Score
from dingdian.core.journal import Note
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.core.panel.lot import Lot, lots_read
from dingdian.core.panel.result import Result, result_of, scores_of
from dingdian.core.panel.sheets import Sheet, sheet_of
from dingdian.core.panel.terms import Terms, terms_read

#: Before the name of a step in the ``act`` of a note.
PREFIX = "panel."


class Stage(StrEnum):
    """Where a panel stands.

    ``UNDRAWN``: nobody is drawn. ``SHORT``: a seat is free and nobody of the register could take
    it. ``SCORING``: sheets are awaited. ``SCORED``: all are there. ``CONCLUDED``: the end.
    ``CLOSED``: its case left the evaluation without a result of it.
    """

    UNDRAWN = "undrawn"
    SHORT = "short"
    SCORING = "scoring"
    SCORED = "scored"
    CONCLUDED = "concluded"
    CLOSED = "closed"


#: Where a panel has nothing more to do.
OVER = frozenset({Stage.CONCLUDED, Stage.CLOSED})


@dataclass(frozen=True, slots=True)
class Recusal:
    """That an expert left a panel: the ground of the shelf, the reason, who recorded it when."""

    ground: str
    reason: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that somebody was drawn for; ``instead_of``: whose it was before, empty at first."""

    expert: str
    field: str
    drawn_on: dt.date
    instead_of: str = ""
    recused: Recusal | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A panel.

    ``lots``: the order of the lot with those who came into the register later behind it. ``seats``
    in the order in which they were drawn, those of recused experts too. ``sheets``: the last of
    each expert, of recused ones too; only those of ``members`` count. ``terms`` is ``None`` before
    the draw. ``closed``: the note that closed it, ``None`` where it is not. ``last``: number of the
    last note of a step, 0 where there is none.
    """

    case: str = ""
    seed: str = ""
    terms: Terms | None = None
    lots: tuple[Lot, ...] = ()
    seats: tuple[Seat, ...] = ()
    sheets: Mapping[str, Sheet] = field(default_factory=lambda: MappingProxyType({}))
    concluded_on: dt.date | None = None
    closed: Note | None = None
    history: tuple[Note, ...] = ()

    @property
    def last(self) -> int:
        """The number of the last note of a step, 0 where there is none."""
        return self.history[-1].seq if self.history else 0

    @property
    def members(self) -> tuple[str, ...]:
        """Who sits in the panel now."""
        return tuple(each.expert for each in self.seats if each.recused is None)

    @property
    def vacancies(self) -> tuple[Seat, ...]:
        """The seats of recused experts that nobody has taken."""
        taken = {each.instead_of for each in self.seats}
        return tuple(each for each in self.seats if each.recused and each.expert not in taken)

    @property
    def result(self) -> Result | None:
        """What the sheets come to now; ``None`` before the draw."""
        return result_of(self.terms, self.members, self.sheets) if self.terms else None

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        if self.terms is None:
            return Stage.UNDRAWN
        if self.concluded_on is not None:
            return Stage.CONCLUDED
        if self.closed is not None:
            return Stage.CLOSED
        if self.vacancies:
            return Stage.SHORT
        missing = result_of(self.terms, self.members, self.sheets).missing
        return Stage.SCORING if missing else Stage.SCORED

    @property
    def scores(self) -> tuple[Score, ...]:
        """What a round's table ``scores`` carries of a concluded panel; nothing before that."""
        found = self.result
        if found is None or self.concluded_on is None:
            return ()
        return scores_of(found.items, self.concluded_on, subject_of(self.case))


def subject_of(case: str) -> str:
    """The panel of a case as the journal calls it.

    An evaluation after a rectification is a case of its own, such as ``SQ2026001/2``.

    >>> subject_of("SQ2026001")
    'panel:SQ2026001'
    """
    return f"panel:{case}"


def on(note: Note) -> dt.date:
    """The day of a note, in Shanghai."""
    return note.at.astimezone(SHANGHAI).date()


def state_of(notes: Iterable[Note]) -> State:
    """The panel after the notes of its subject in their order; others are passed over."""
    state = State()
    for note in notes:
        after = _AFTER.get(note.act.removeprefix(PREFIX))
        if note.act.startswith(PREFIX) and after:
            state = replace(after(state, note), history=(*state.history, note))
    return state


def drawn_in(panels: Iterable[State], year: int) -> Counter[str]:
    """For how many cases each expert was drawn in a calendar year, without those they left."""
    return Counter(
        seat.expert
        for panel in panels
        for seat in panel.seats
        if seat.recused is None and seat.drawn_on.year == year
    )


def _draw(state: State, note: Note) -> State:
    facts = note.facts
    lots = lots_read(facts["lots"])
    fields = {each.expert: each.field for each in lots}
    return replace(
        state,
        case=facts["case"],
        seed=facts["seed"],
        terms=terms_read(facts["terms"]),
        lots=lots,
        seats=tuple(Seat(each, fields[each], on(note)) for each in facts["members"].split(";")),
    )


def _recuse(state: State, note: Note) -> State:
    facts = note.facts
    left = Recusal(facts["ground"], facts["reason"], note.by, note.at)
    seats = tuple(
        replace(each, recused=left) if each.expert == facts["expert"] else each
        for each in state.seats
    )
    return _redraw(replace(state, seats=seats), note)


def _redraw(state: State, note: Note) -> State:
    facts = note.facts
    state = replace(state, lots=lots_read(facts["lots"]))
    if not facts.get("drawn"):
        return state
    old = next(each for each in state.seats if each.expert == facts["expert"])
    seat = Seat(facts["drawn"], old.field, on(note), old.expert)
    return replace(state, seats=(*state.seats, seat))


def _score(state: State, note: Note) -> State:
    facts = note.facts
    assert state.terms is not None  # noqa: S101 -- nothing is scored before the draw
    day = dt.date.fromisoformat(facts["evaluated_on"])
    sheet = sheet_of(
        facts["expert"],
        json.loads(facts["answers"]),
        state.terms.items,
        day=day,
        opinion=facts.get("opinion", ""),
    )
    return replace(state, sheets=MappingProxyType({**state.sheets, sheet.expert: sheet}))


def _conclude(state: State, note: Note) -> State:
    return replace(state, concluded_on=dt.date.fromisoformat(note.facts["concluded_on"]))


def _close(state: State, note: Note) -> State:
    return replace(state, closed=note)


def _reopen(state: State, note: Note) -> State:
    return replace(state, closed=None)


_AFTER = MappingProxyType(
    {
        "draw": _draw,
        "recuse": _recuse,
        "redraw": _redraw,
        "score": _score,
        "conclude": _conclude,
        "close": _close,
        "reopen": _reopen,
    }
)
