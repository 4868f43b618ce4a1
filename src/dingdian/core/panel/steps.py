"""What may be recorded of a panel: each step with all that stands against it, and what is written.

A step is a value; ``worked`` says what is wrong with it, or gives the facts of its note.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dingdian.core.census.vocabulary import ROLES
from dingdian.core.digits import value_text
from dingdian.core.errors import Fault, Text, fault
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.panel.experts import (
    Applicant,
    Expert,
    applicant_faults,
    fingerprint,
    is_code,
    register_faults,
    related,
)
from dingdian.core.panel.lot import Drawn, Occasion, Shortage, draw, lots_text, next_of
from dingdian.core.panel.sheets import answer_faults, answers_text
from dingdian.core.panel.state import Seat, Stage, State, on
from dingdian.core.panel.terms import Terms, terms_text
from dingdian.core.signs import is_fit
from dingdian.core.workings import Reason

Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draw:
    """Draw the panel, once for each case.

    ``seed``: a text that nobody here can choose once the case is known, such as the numbers of a
    public lottery; ``seed_source`` where it was published, ``published_on`` when. ``witness``: who
    looked on (may be empty). ``terms`` as ``terms_of`` gives them.
    """

    applicant: Applicant
    register: Sequence[Expert]
    terms: Terms | Reason
    seed: str
    seed_source: str
    published_on: dt.date | None
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Recuse:
    """An expert keeps away; the next of the same lot in their field takes the seat."""

    expert: str
    ground: str
    reason: str
    applicant: Applicant
    register: Sequence[Expert]


@dataclass(frozen=True, slots=True)
class Redraw:
    """Fill the first free seat, now that the register has somebody for it."""

    applicant: Applicant
    register: Sequence[Expert]


@dataclass(frozen=True, slots=True)
class Evaluate:
    """The sheet of an expert, whole or in part; a later one stands instead of it.

    ``answers``: item -> ``yes``, ``no``, or points; empty: not answered yet. ``who`` is the expert
    as the register has them now: a relation that came up since the draw is refused.
    """

    who: Expert
    answers: Mapping[str, str]
    evaluated_on: dt.date | None
    applicant: Applicant
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Conclude:
    """The result is recorded as the sheets give it; from then on nothing changes."""

    concluded_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Close:
    """The case left its evaluation by a move that needs no result, such as a withdrawal.

    ``move`` is that move, ``entry`` its number in the ledger.
    """

    move: str
    entry: int


@dataclass(frozen=True, slots=True)
class Reopen:
    """The case stands in its evaluation again: entry ``entry`` took back what closed the panel."""

    entry: int


Step = Draw | Recuse | Redraw | Evaluate | Conclude | Close | Reopen
#: Step -> the ``act`` of its note behind ``panel.``, and its words.
ACTS: Mapping[type[Any], tuple[str, Text]] = MappingProxyType(
    {
        Draw: ("draw", Text("抽取评估专家", "draw the experts")),
        Recuse: ("recuse", Text("专家回避", "an expert keeps away")),
        Redraw: ("redraw", Text("补抽专家", "draw again for a free seat")),
        Evaluate: ("score", Text("填报评分", "fill in a sheet")),
        Conclude: ("conclude", Text("作出评估结论", "conclude the evaluation")),
        Close: ("close", Text("终止评估", "close the panel")),
        Reopen: ("reopen", Text("恢复评估", "open the panel again")),
    }
)
#: Why terms are not clear -> the fault that tells it to who wants to draw.
UNCLEAR: Mapping[str, str] = MappingProxyType(
    {
        "reading_open": "panel_reading_open",
        "reading_without_number": "panel_reading_without_number",
        "no_panel_rule": "panel_no_rule",
        "panel_too_small_to_trim": "panel_too_small",
    }
)


def worked(step: Step, state: State, *, case: str, day: dt.date) -> tuple[tuple[Fault, ...], Facts]:
    """All that stands against a step of a case on ``day``; where nothing does, what is written.

    ``state`` is that of the case; of the facts of the note none is empty.
    """
    if isinstance(step, Draw):
        faults, facts = _draw(step, state, case, day)
    else:
        faults, facts = _WORKED[type(step)](step, state, day)
    return (faults, {}) if faults else ((), {name: text for name, text in facts.items() if text})


def _stated(value: object, zh: str, en: str, *, must: bool = True) -> Iterator[Fault]:
    """What is wrong with a fact: it is needed and empty, or no document may hold its signs."""
    if value is None or (isinstance(value, str) and not value.strip()):
        if must:
            yield fault("panel_fact_missing", fact=en, fact_zh=zh)
    elif isinstance(value, str) and not is_fit(value):
        yield fault("panel_text_unfit", fact=en, fact_zh=zh)


def _draw(step: Draw, state: State, case: str, day: dt.date) -> tuple[tuple[Fault, ...], Facts]:
    if state.terms is not None:
        first = state.history[0]
        return (fault("panel_drawn_already", by=first.by, day=on(first)),), {}
    terms = step.terms
    if isinstance(terms, Reason):
        return (fault(UNCLEAR[terms.code], None, **dict(terms.details)),), {}
    faults = (*_asked(step, case, day), *register_faults(step.register, terms))
    if faults:
        return faults, {}
    found = draw(step.register, Occasion(case, step.seed, step.applicant, terms, day))
    assert step.published_on is not None  # noqa: S101 -- asked before
    return _too_few(found, terms), {
        "case": case,
        "seed": step.seed,
        "seed_source": step.seed_source,
        "seed_published_on": step.published_on.isoformat(),
        "witness": step.witness,
        "register": fingerprint(step.register),
        "terms": terms_text(terms),
        "lots": lots_text(found.lots),
        "members": ";".join(found.members),
    }


def _asked(step: Draw, case: str, day: dt.date) -> Iterator[Fault]:
    yield from _stated(step.seed, "抽签种子", "seed")
    yield from _stated(step.seed_source, "种子出处", "where the seed was published")
    yield from _stated(step.published_on, "种子公布日期", "the day on which the seed was published")
    yield from _stated(step.witness, "监督人", "witness", must=False)
    yield from applicant_faults(step.applicant)
    if not is_code(case):
        yield fault("panel_code_unfit", value=case)
    if step.seed.strip() and not (step.seed.isprintable() and step.seed == step.seed.strip()):
        yield fault("panel_seed_unfit")
    if step.published_on is not None and step.published_on > day:
        yield fault("panel_seed_late", day=step.published_on, limit=day)


def _too_few(found: Drawn, terms: Terms) -> tuple[Fault, ...]:
    return tuple(_short(each, terms) for each in found.shortages)


def _short(short: Shortage, terms: Terms) -> Fault:
    words = terms.name(short.field) if short.field else Text("全部专业", "all fields")
    return fault(
        "panel_too_few",
        field=words.en,
        field_zh=words.zh,
        needed=short.needed,
        free=short.free,
        barred=short.barred,
    )


def _open(state: State) -> tuple[Fault, ...]:
    """What stands against every step but the draw."""
    if state.terms is None:
        return (fault("panel_not_drawn"),)
    if state.concluded_on is not None:
        return (fault("panel_concluded", day=state.concluded_on),)
    if state.closed is not None:
        said = MOVES[state.closed.facts["move"]].name
        day = on(state.closed)
        return (fault("panel_closed", None, day=day, move=said.en, move_zh=said.zh),)
    return ()


def _recuse(step: Recuse, state: State, day: dt.date) -> tuple[tuple[Fault, ...], Facts]:
    if (found := _open(state)) or state.terms is None:
        return found, {}
    faults = (*_leaving(step, state, state.terms), *register_faults(step.register, state.terms))
    seat = next((each for each in state.seats if each.expert == step.expert), None)
    if faults or seat is None:
        return faults, {}
    again = _next(seat, step, state, day)
    return (), {
        "expert": step.expert,
        "ground": step.ground,
        "reason": step.reason,
        **again,
    }


def _leaving(step: Recuse, state: State, terms: Terms) -> Iterator[Fault]:
    if step.expert not in state.members:
        yield fault("panel_not_theirs", expert=step.expert, case=state.case)
    if step.ground not in terms.grounds:
        known = ", ".join(terms.grounds)
        yield fault("panel_ground_unknown", expert=step.expert, ground=step.ground, known=known)
    yield from _stated(step.reason, "回避理由", "the reason")


def _next(seat: Seat, step: Recuse | Redraw, state: State, day: dt.date) -> dict[str, str]:
    """Who takes a seat: the facts of the note; without ``drawn`` it stays free."""
    assert state.terms is not None  # noqa: S101 -- asked before
    of = Occasion(state.case, state.seed, step.applicant, state.terms, day)
    out = (each.expert for each in state.seats)
    found = next_of(seat.field, state.lots, step.register, out=out, of=of)
    return {
        "register": fingerprint(step.register),
        "lots": lots_text(found.lots),
        "drawn": ";".join(found.members),
    }


def _redraw(step: Redraw, state: State, day: dt.date) -> tuple[tuple[Fault, ...], Facts]:
    if (found := _open(state)) or state.terms is None:
        return found, {}
    if not state.vacancies:
        return (fault("panel_no_vacancy"),), {}
    if faults := (*register_faults(step.register, state.terms),):
        return faults, {}
    seat = state.vacancies[0]
    facts = {"expert": seat.expert, **_next(seat, step, state, day)}
    if facts["drawn"]:
        return (), facts
    of_field = sum(each.field == seat.field for each in step.register)
    return (_short(Shortage(seat.field, 1, 0, of_field), state.terms),), {}


def _evaluate(step: Evaluate, state: State, day: dt.date) -> tuple[tuple[Fault, ...], Facts]:
    if (found := _open(state)) or state.terms is None:
        return found, {}
    if step.who.id not in state.members:
        return (fault("panel_not_theirs", expert=step.who.id, case=state.case),), {}
    faults = (
        *_related(step, state.terms, day),
        *_stated(step.evaluated_on, "评估日期", "the day of the evaluation"),
        *_stated(step.opinion, "意见", "the opinion", must=False),
        *_within(step.evaluated_on, state, day),
        *answer_faults(step.answers, state.terms.items, step.opinion),
    )
    if faults or step.evaluated_on is None:
        return faults, {}
    return (), {
        "expert": step.who.id,
        "answers": answers_text(step.answers),
        "evaluated_on": step.evaluated_on.isoformat(),
        "opinion": step.opinion,
    }


def _related(step: Evaluate, terms: Terms, day: dt.date) -> Iterator[Fault]:
    """A relation of who is about to score, told by what it is."""
    why, expert = related(step.who, step.applicant, terms, day), step.who.id
    if why is None:
        return
    details = dict(why.details)
    if "ground" in details:
        words, of = terms.name(details["ground"]), details["institution"]
        yield fault("panel_related", expert=expert, ground=words.en, ground_zh=words.zh, of=of)
    elif "role" in details:
        role = ROLES[details["role"]]
        yield fault("panel_related_person", expert=expert, role=role.en, role_zh=role.zh)
    else:
        yield fault("panel_employer_unknown", expert=expert)


def _within(stated: dt.date | None, state: State, day: dt.date) -> Iterator[Fault]:
    """A day of the evaluation lies between the draw and today."""
    first = on(state.history[0])
    if stated is not None and not first <= stated <= day:
        yield fault("panel_day_outside", day=stated, first=first, last=day)


def _conclude(step: Conclude, state: State, day: dt.date) -> tuple[tuple[Fault, ...], Facts]:
    if (found := _open(state)) or state.terms is None:
        return found, {}
    faults = (
        *_stated(step.concluded_on, "结论日期", "the day of the conclusion"),
        *_within(step.concluded_on, state, day),
        *_unfinished(step, state),
    )
    result = state.result
    if faults or step.concluded_on is None or result is None:
        return faults, {}
    return (), {
        "concluded_on": step.concluded_on.isoformat(),
        "verdict": result.verdict.value,
        "merit": value_text(result.merit) if result.merit is not None else "",
        "mark": value_text(result.mark) if result.mark is not None else "",
        "failed": ";".join(result.failed),
        "left_out": ";".join(result.left_out),
        "members": ";".join(state.members),
        "clauses": ";".join(result.clauses),
    }


def _close(step: Close, state: State, _day: dt.date) -> tuple[tuple[Fault, ...], Facts]:
    return _open(state), {"move": step.move, "entry": str(step.entry)}


def _reopen(step: Reopen, state: State, _day: dt.date) -> tuple[tuple[Fault, ...], Facts]:
    faults = () if state.closed else (*_open(state), fault("panel_not_closed"))
    return faults, {"entry": str(step.entry)}


def _unfinished(step: Conclude, state: State) -> Iterator[Fault]:
    """Free seats, open answers, and sheets of a later day."""
    if state.stage is Stage.SHORT:
        yield fault("panel_seats_free", n=len(state.vacancies))
    terms, result = state.terms, state.result
    if terms is None or result is None:
        return
    names = {each.item: each.name for each in terms.items}
    for expert, items in result.missing.items():
        if expert not in state.sheets:
            yield fault("panel_sheet_missing", expert=expert, n=len(items))
            continue
        zh, en = "；".join(names[i].zh for i in items), "; ".join(names[i].en for i in items)
        yield fault("panel_sheet_open", expert=expert, n=len(items), items=en, items_zh=zh)
    for expert in state.members:
        sheet = state.sheets.get(expert)
        if sheet and step.concluded_on and sheet.evaluated_on > step.concluded_on:
            day = sheet.evaluated_on
            yield fault("panel_sheet_later", expert=expert, day=day, limit=step.concluded_on)


_WORKED: Mapping[type[Any], Callable[..., tuple[tuple[Fault, ...], Facts]]] = MappingProxyType(
    {
        Recuse: _recuse,
        Redraw: _redraw,
        Evaluate: _evaluate,
        Conclude: _conclude,
        Close: _close,
        Reopen: _reopen,
    }
)
