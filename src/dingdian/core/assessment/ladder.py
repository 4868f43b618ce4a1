"""What may follow for one in the bottom: each step only by agreement, hearing and a person.

No step is ever taken by the program: it says what is proposed and what is missing before a
person may confirm it, or who confirmed it and when.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dingdian.core.assessment.subjects import Subject
from dingdian.core.assessment.workbook import Confirmed, Heard, Own, Past, Term
from dingdian.core.rules.bottom_rank import Ladder, Step
from dingdian.core.rules.score_sheet import Move
from dingdian.core.workings import Reason, reason


class StepState(StrEnum):
    """How a step of the ladder stands for one institution."""

    CONFIRMED = "confirmed"
    PROPOSED = "proposed"  # everything is there; a person may confirm it
    LACKING = "lacking"  # something has to come first
    LATER = "later"  # only after more years in a row


@dataclass(frozen=True, slots=True)
class StepFound:
    """One step: how it stands, its clause of the agreement, what is missing, who confirmed it."""

    step: str
    move: Move
    state: StepState
    clause: str
    missing: tuple[Reason, ...]
    confirmed: Confirmed | None
    heard: Heard | None


def years_in_a_row(past: Sequence[Past], year: int) -> int:
    """How many years in a row, that of the assessment the last, an institution was in the bottom.

    A year of which nothing is said ends the row: nobody is held a past that is not on record.
    """
    bottoms = {each.year: each.bottom for each in past}
    rows = 1
    while bottoms.get(year - rows):
        rows += 1
    return rows


def steps_for(
    subject: Subject,
    own: Own,
    ladder: Ladder,
    terms: Iterable[Term],
    *,
    year: int,
    day: dt.date,
    open_appeal: bool,
) -> tuple[StepFound, ...]:
    """Every step of the ladder for one that is surely in the bottom."""
    rows = years_in_a_row(tuple(own.past.values()), year)
    clauses = {each.step: each.clause for each in terms if allows(each, subject)}
    return tuple(
        _step(step, own, clauses, rows=rows, day=day, open_appeal=open_appeal)
        for step in ladder.steps
    )


def allows(term: Term, subject: Subject) -> bool:
    """Whether a term of agreements is one of this institution's."""
    return term.institution in ("", subject.code) and term.about in ("", subject.side)


def hearing_on(hearings: Iterable[Heard], day: dt.date) -> Heard | None:
    """The first hearing that was held, or waived, up to ``day``."""
    done = [each for each in hearings if each.heard_on is not None and each.heard_on <= day]
    return min(done, key=lambda each: (each.heard_on or day, each.origin), default=None)


def _step(
    step: Step,
    own: Own,
    clauses: dict[str, str],
    *,
    rows: int,
    day: dt.date,
    open_appeal: bool,
) -> StepFound:
    heard = hearing_on(own.hearings, day)
    missing = tuple(_missing(step, clauses, heard, rows=rows, open_appeal=open_appeal))
    given = next((each for each in own.confirmations if each.step == step.step), None)
    if rows < step.from_year:
        state = StepState.LATER
    elif missing:
        state = StepState.LACKING
    else:
        state = StepState.CONFIRMED if _holds(given, heard, day) else StepState.PROPOSED
    confirmed = given if state is StepState.CONFIRMED else None
    clause = clauses.get(step.step, "")
    return StepFound(step.step, step.move, state, clause, missing, confirmed, heard)


def _holds(given: Confirmed | None, heard: Heard | None, day: dt.date) -> bool:
    """Whether a confirmation counts: whole, up to ``day``, not before the hearing."""
    if given is None or not is_whole(given) or given.on is None or given.on > day:
        return False
    return heard is not None and heard.heard_on is not None and given.on >= heard.heard_on


def is_whole(given: Confirmed) -> bool:
    """Whether a confirmation says by whom and when."""
    return bool(given.by) and given.on is not None


def _missing(
    step: Step, clauses: dict[str, str], heard: Heard | None, *, rows: int, open_appeal: bool
) -> Iterator[Reason]:
    """What has to come before a person may confirm the step."""
    if rows < step.from_year:
        yield reason("years_missing", years=rows, from_year=step.from_year)
    if step.step not in clauses:
        yield reason("clause_missing")
    if open_appeal:
        yield reason("appeal_open")
    if heard is None:
        yield reason("hearing_missing")
