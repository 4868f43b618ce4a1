"""A panel as pages tell it: the lot, who sits in it, how far the sheets are, and the result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dingdian.core.journal import Note
from dingdian.core.lifecycle.due import due_of
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.panel.lot import ticket
from dingdian.core.panel.result import ItemResult, Result, Verdict
from dingdian.core.panel.sheets import Sheet
from dingdian.core.panel.state import Seat, State
from dingdian.core.panel.terms import Terms
from dingdian.reports.words.panel import passed_over
from dingdian.web import bureau, clock
from dingdian.web.bureau import lang
from dingdian.web.panels.applicants import EVALUATED
from dingdian.web.panels.forms import plain
from dingdian.web.panels.models import Expert
from dingdian.wiring import institutions

#: What a limit asks for that an evaluation keeps.
EVALUATION = "evaluated"
#: So many days ahead a last day is told.
AHEAD = 3660


@dataclass(frozen=True, slots=True)
class Ticket:
    """Somebody's place in the lot: what the seed drew for them, and what came of it."""

    place: int
    code: str
    name: str
    field: str
    drawn: str
    bars: str
    sits: bool
    left: bool
    later: bool


def lots(state: State) -> Iterator[Ticket]:
    """Everybody of the register in the order of the lot, as the last note has it."""
    terms = _terms(state)
    names = dict(Expert.objects.values_list("code", "name"))
    left = {each.expert for each in state.seats if each.recused}
    first = {each.expert for each in _first(state)}
    for place, each in enumerate(state.lots, 1):
        sits = each.expert in state.members
        yield Ticket(
            place=place,
            code=each.expert,
            name=names.get(each.expert, ""),
            field=terms.name(each.field).say(lang()),
            drawn=ticket(state.seed, state.case, each.expert),
            bars=_bars(each.barred, terms) if not sits and each.expert not in left else "",
            sits=sits,
            left=each.expert in left,
            later=each.expert not in first,
        )


def _bars(why: Any, terms: Terms) -> str:
    """What bars somebody; that they sit in the panel already is told by their seat."""
    if why is None or why.code == "expert_seated_or_recused":
        return ""
    return passed_over(why, terms, lang())


def _first(state: State) -> Any:
    from dingdian.core.panel.lot import lots_read

    return lots_read(state.history[0].facts["lots"])


@dataclass(frozen=True, slots=True)
class Place:
    """A seat: who sits there, whose it was, why they left, how far their sheet is."""

    seat: Seat
    name: str
    field: str
    has_user: bool
    filled: int
    items: int
    ground: str

    @property
    def is_complete(self) -> bool:
        """Whether no item of the sheet is open."""
        return self.filled == self.items


def places(state: State) -> Iterator[Place]:
    """The seats in the order in which they were drawn."""
    terms = _terms(state)
    experts = {each.code: each for each in Expert.objects.all()}
    for each in state.seats:
        row, sheet = experts.get(each.expert), state.sheets.get(each.expert)
        yield Place(
            seat=each,
            name=row.name if row else "",
            field=terms.name(each.field).say(lang()),
            has_user=bool(row and row.user_id),
            filled=len({*sheet.votes, *sheet.points}) if sheet else 0,
            items=len(terms.items),
            ground=terms.name(each.recused.ground).say(lang()) if each.recused else "",
        )


@dataclass(frozen=True, slots=True)
class Row:
    """An item of the result: what every expert gave, and what it comes to."""

    name: str
    cells: tuple[Any, ...]
    found: ItemResult
    full: str
    sum: str
    mean: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A concluded panel: every sheet beside the others, and the verdict."""

    result: Result
    members: tuple[str, ...]
    passed: tuple[Row, ...]
    scored: tuple[Row, ...]
    totals: tuple[str, ...]
    opinions: tuple[tuple[str, str, dt.date], ...]
    merit: str
    mark: str
    shortfall: str
    failed: tuple[str, ...]

    @property
    def is_passed(self) -> bool:
        """Whether the applicant passed."""
        return self.result.verdict is Verdict.PASSED


def concluded(state: State) -> Shown | None:
    """The result with every sheet; ``None`` before the conclusion: sheets are hidden till then."""
    result = state.result
    if result is None or state.concluded_on is None:
        return None
    sheets = [state.sheets[each] for each in state.members]
    rows = [(each, _row(each, sheets)) for each in result.items]
    return Shown(
        result=result,
        members=state.members,
        passed=tuple(row for each, row in rows if each.item.full is None),
        scored=tuple(row for each, row in rows if each.item.full is not None),
        totals=tuple(plain(each.total) for each in sheets),
        opinions=tuple((e.expert, e.opinion, e.evaluated_on) for e in sheets),
        merit=number(result.merit),
        mark=number(result.mark),
        shortfall=number(result.shortfall),
        failed=tuple(e.item.name.say(lang()) for e in result.items if e.item.item in result.failed),
    )


def closed(state: State) -> tuple[Note, str] | None:
    """The note that closed a panel, and in words the move by which its case left."""
    note = state.closed
    return (note, MOVES[note.facts["move"]].name.say(lang())) if note else None


def _row(found: ItemResult, sheets: Sequence[Sheet]) -> Row:
    item = found.item
    cells: tuple[Any, ...]
    if item.full is None:
        cells = tuple(each.votes[item.item] for each in sheets)
    else:
        cells = tuple(plain(each.points[item.item]) for each in sheets)
    full, total, mean = number(found.full), number(found.score), number(found.mean)
    return Row(item.name.say(lang()), cells, found, full, total, mean)


def number(value: Fraction | None) -> str:
    """As many decimals as are needed, at most three; empty where there is none."""
    return "" if value is None else plain(value)


def _terms(state: State) -> Terms:
    assert state.terms is not None  # noqa: S101 -- pages show panels that were drawn
    return state.terms


def last_days(cases: Sequence[str]) -> dict[str, dt.date]:
    """Case -> the last day of its evaluation, however far ahead; without those not in evaluation.

    One whose limit rests, or has none, is left out.
    """
    desk, today = bureau.desk(), clock.today()
    states = institutions.look_states(desk, list(dict.fromkeys(cases)))
    return {
        state.case: due.last
        for state in states
        if state.stage in EVALUATED
        for due in due_of(state, desk.terms, today, AHEAD)
        if due.does == EVALUATION and due.last is not None
    }
