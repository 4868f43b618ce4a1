"""A panel made again from its own notes: the seed draws the same, the sheets come to the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dingdian.core.digits import value_text
from dingdian.core.errors import Fault, fault
from dingdian.core.journal import Note
from dingdian.core.panel.lot import Lot, lots_read, ordered, seated
from dingdian.core.panel.state import PREFIX, State, state_of
from dingdian.core.panel.terms import terms_read


def differences(notes: Sequence[Note]) -> Iterator[Fault]:
    """Every note of a panel that says otherwise than what its own facts lead to; none: it holds.

    What the register and the records said of an expert on the day stands in the notes; that it was
    so is proved by the fingerprint of the register, which they hold too.
    """
    for at, note in enumerate(notes):
        before = state_of(notes[:at])
        name = note.act.removeprefix(PREFIX)
        if name == "draw":
            yield from _first(note)
        elif name in ("recuse", "redraw"):
            yield from _again(note, before)
        elif name == "conclude":
            yield from _concluded(note, before)


def _first(note: Note) -> Iterator[Fault]:
    facts, terms = note.facts, terms_read(note.facts["terms"])
    lots = lots_read(facts["lots"])
    again = ordered(lots, facts["seed"], facts["case"])
    yield from _unless_same(note, facts["members"], ";".join(seated(again, terms).members))
    yield from _order(note, lots, again)


def _again(note: Note, before: State) -> Iterator[Fault]:
    lots = lots_read(note.facts["lots"])
    first, new = lots[: len(before.lots)], lots[len(before.lots) :]
    field = next(each.field for each in before.seats if each.expert == note.facts["expert"])
    drawn = (each.expert for each in lots if each.field == field and each.barred is None)
    yield from _unless_same(note, note.facts.get("drawn", ""), next(drawn, ""))
    yield from _order(note, first, before.lots)
    yield from _order(note, new, ordered(new, before.seed, before.case))


def _order(note: Note, found: Sequence[Lot], again: Sequence[Lot]) -> Iterator[Fault]:
    of, to = (";".join(each.expert for each in its) for its in (found, again))
    yield from _unless_same(note, of, to)


def _unless_same(note: Note, found: str, again: str) -> Iterator[Fault]:
    if found != again:
        yield fault("panel_lot_differs", seq=note.seq, found=found or "—", again=again or "—")


def _concluded(note: Note, before: State) -> Iterator[Fault]:
    result = before.result
    of = (note.facts["verdict"], note.facts.get("merit", ""))
    to = (result.verdict.value, value_text(result.merit)) if result else ("", "")
    if of != to:
        yield fault("panel_result_differs", seq=note.seq, found=" ".join(of), again=" ".join(to))
