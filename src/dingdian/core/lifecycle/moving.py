"""May a move be recorded? The table says what is possible, the guards what the rules allow.

A refusal is a value: every reason at once, each with its clause and what to do.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from dingdian.core.errors import Fault, Severity
from dingdian.core.faults import KINDS
from dingdian.core.lifecycle.entry import SHANGHAI, Entry
from dingdian.core.lifecycle.facts import FACTS
from dingdian.core.lifecycle.guards import GUARDS, no_other_agreement
from dingdian.core.lifecycle.moves import MOVES, ROLES, Move, Role, Way
from dingdian.core.lifecycle.naming import joined, said_move, said_role, said_stage, told
from dingdian.core.lifecycle.ordering import days_in_order
from dingdian.core.lifecycle.stages import LIVE, Stage
from dingdian.core.lifecycle.state import State, in_effect, state_of
from dingdian.core.lifecycle.terms import Terms
from dingdian.core.lifecycle.trying import Try, of_clocks
from dingdian.core.lifecycle.working_out import clauses_of, facts_of, open_readings, target_of

#: Characters that no text may hold: a database may not take them, and nobody sees them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
#: What is called how where it is missing.
_ASKED = {"case": "件号", "by": "办理人"}
#: Moves that may be recorded before the day on which they hold: a renewal is signed ahead.
_AHEAD = frozenset({"renew"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A move that somebody asks to record.

    ``held_on`` is the day on which it held, ``known_at`` the moment of recording. ``seen`` is the
    number of the last entry of the case that they saw, ``None`` where they do not say.
    """

    case: str
    move: str
    held_on: dt.date
    known_at: dt.datetime
    by: str
    role: str
    reason: str = ""
    documents: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What is there before a move.

    ``entries`` are those of the case, ``others`` the other cases of the same institution.
    ``last_known_at`` is the moment of the last entry of the whole ledger, ``seq`` the number that
    the next entry gets.
    """

    entries: Sequence[Entry]
    others: Sequence[State]
    last_known_at: dt.datetime | None
    seq: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of it: the entry to append, ``None`` where it is refused, and all that was found.

    What does not stop it stands with the entry, as remarks.
    """

    entry: Entry | None
    faults: tuple[Fault, ...] = ()


def try_move(asked: Asked, before: Before, terms: Terms) -> Verdict:
    """Whether a move may be recorded, and as which entry; a fact without text is none."""
    asked = replace(asked, facts={name: text for name, text in asked.facts.items() if text})
    found = tuple(_shape(asked))
    if found:
        return Verdict(None, found)
    move, state = MOVES[asked.move], state_of(before.entries)
    found = (*_possible(asked, move, state, before), *_in_time(asked, move, state, before))
    if found:
        return Verdict(None, found)
    tried = Try(
        name=asked.move,
        move=move,
        day=asked.held_on,
        facts=asked.facts,
        documents=asked.documents,
        state=state,
        others=before.others,
        terms=terms,
    )
    found = tuple(_allowed(tried))
    if stops(found):
        return Verdict(None, found)
    facts = facts_of(tried)
    target = _undone(before.entries) if move.way is Way.UNDONE else target_of(tried, facts)
    found = (*found, *open_readings(tried, target))
    if move.way is Way.UNDONE and target in LIVE:  # it lives again: not beside another
        found = (*found, *no_other_agreement(tried))
    if target is None or stops(found):
        return Verdict(None, found)
    entry = Entry(
        seq=before.seq,
        case=asked.case,
        move=asked.move,
        source=state.stage if state else "",
        target=target,
        held_on=asked.held_on,
        known_at=asked.known_at.astimezone(SHANGHAI).replace(microsecond=0),
        by=asked.by,
        role=asked.role,
        clauses=clauses_of(tried),
        reason=asked.reason,
        documents=asked.documents,
        facts=MappingProxyType(facts),
        remarks=tuple(each.kind for each in found),
    )
    return Verdict(entry, found)


def possible(stage: Stage | None) -> tuple[str, ...]:
    """The moves that the table has for a stage; ``None`` for a case that has not begun.

    >>> possible(Stage.QUALIFIED)
    ('withdraw', 'refuse', 'allot', 'publish', 'answer_appeal', 'annul')
    """
    if stage is None:
        return tuple(name for name, move in MOVES.items() if not move.sources)
    return tuple(name for name, move in MOVES.items() if stage in move.sources)


def stops(faults: Iterable[Fault]) -> bool:
    """Whether one of them stops a move."""
    return any(KINDS[each.kind].severity is Severity.BLOCKING for each in faults)


def _shape(asked: Asked) -> Iterator[Fault]:
    """What is wrong with the asking itself: words that are not known, facts missing or odd."""
    yield from _texts(asked)
    if asked.role not in set(Role):
        yield told("move_role_unknown", role=asked.role, known=", ".join(Role))
    if asked.move not in MOVES:
        yield told("move_unknown", move=asked.move, known=", ".join(MOVES))
        return
    move = MOVES[asked.move]
    for name in move.needs:
        if not asked.facts.get(name):
            yield told("fact_missing", **_fact(name), **said_move(asked.move))
    allowed = {*move.needs, *move.may}
    for name, text in asked.facts.items():
        if name not in allowed:
            known = ", ".join(sorted(allowed)) or "—"
            yield told("fact_unknown", known=known, **{"fact": name}, **said_move(asked.move))
        elif not _reads(name, text):
            yield told("fact_wrong", value=text, **_fact(name))
    if asked.move == "annul" and not asked.reason.strip():
        yield told("annul_without_reason")


def _texts(asked: Asked) -> Iterator[Fault]:
    """That it names a case and a person, and holds no character that nobody sees."""
    for name, text in (("case", asked.case), ("by", asked.by)):
        if not text.strip():
            yield told("move_of_nobody", column=name, column_zh=_ASKED[name])
    texts = (asked.case, asked.by, asked.reason, *asked.documents, *asked.facts.values())
    for text in texts:
        if _CONTROL.search(text):
            yield told("control_character", value=_CONTROL.sub("□", text))


def _fact(name: str) -> dict[str, object]:
    row = FACTS[name]
    return {"fact": name, "fact_zh": row.name.zh, "example": row.example}


def _reads(name: str, text: str) -> bool:
    try:
        FACTS[name].reads(text)
    except ValueError:
        return False
    return name != "stage" or text in set(Stage)


def _possible(asked: Asked, move: Move, state: State | None, before: Before) -> Iterator[Fault]:
    """Whether the table has the move for the stage, the role and the case."""
    if state is None and move.sources:
        yield told("case_unknown", case=asked.case)
        return
    if state is not None and not move.sources:
        yield told("case_exists", case=asked.case, **said_stage(state.stage))
        return
    if state is not None and state.stage not in move.sources:
        names = (MOVES[each].name for each in possible(state.stage))
        clauses = "、".join(move.clauses) or "—"
        now = joined(names, "possible")
        yield told(
            "move_not_possible",
            clauses=clauses,
            **now,
            **said_move(asked.move),
            **said_stage(state.stage),
        )
    if Role(asked.role) not in move.roles:
        roles = joined((ROLES[each] for each in move.roles), "roles")
        yield told("move_not_theirs", **roles, **said_move(asked.move), **said_role(asked.role))
    if state is not None and asked.seen is not None and asked.seen != state.last_seq:
        yield told("case_moved_meanwhile", seq=state.last_seq, seen=asked.seen)
    if move.once:
        same = (each for each in _since_signing(before.entries) if each.move == asked.move)
        for each in same:
            when = {"day": each.held_on, "clauses": "、".join(move.clauses) or "—"}
            yield told("move_once_only", **when, **said_move(asked.move))
    if move.way is Way.UNDONE and state is not None:
        last = in_effect(before.entries)[-1]
        if asked.facts["entry"] != str(last.seq):
            yield told("nothing_to_annul", last=last.seq)
    if move.way is Way.STATED and Stage(asked.facts["stage"]) not in move.targets:
        yield told("fact_wrong", value=asked.facts["stage"], **_fact("stage"))


def _since_signing(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries in effect since the agreement was signed; all of them where none was."""
    found = in_effect(entries)
    signed = [at for at, each in enumerate(found) if each.move == "sign"]
    return found[signed[-1] :] if signed else found


def _in_time(asked: Asked, move: Move, state: State | None, before: Before) -> Iterator[Fault]:
    """Days in their order: not before the last entry, not ahead of the day of recording."""
    today = asked.known_at.astimezone(SHANGHAI).date()
    if state is not None and move.way is not Way.UNDONE and asked.held_on < state.last_day:
        yield told("move_before_last", day=asked.held_on, last=state.last_day)
    if asked.held_on > today and asked.move not in _AHEAD:
        yield told("move_in_future", day=asked.held_on, today=today)
    last = before.last_known_at
    if last is not None and asked.known_at.replace(microsecond=0) < last:
        now = asked.known_at.astimezone(SHANGHAI).isoformat(sep=" ", timespec="seconds")
        yield told("clock_went_back", now=now, last=last.isoformat(sep=" "))


def _allowed(tried: Try) -> Iterator[Fault]:
    """What days, clocks and guards say."""
    yield from days_in_order(tried.name, tried.day, tried.facts)
    yield from of_clocks(tried)
    for guard in GUARDS.get(tried.name, ()):
        yield from guard(tried)


def _undone(entries: Sequence[Entry]) -> str:
    """The stage before the last entry in effect; empty where that was the first."""
    return in_effect(entries)[-1].source
