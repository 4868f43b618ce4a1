"""An assessment as moves of cases: its results, and the steps that a person confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from dingdian.core.assessment.record import AssessedRecord, AssessmentRecord, StepRecord
from dingdian.core.errors import Fault
from dingdian.core.lifecycle.moving import Asked
from dingdian.core.lifecycle.naming import told
from dingdian.core.lifecycle.stages import LIVE
from dingdian.core.lifecycle.state import State
from dingdian.core.rules.score_sheet import Move

#: Move that an assessment proposes -> whether the life-cycle move of that name needs a cause.
_MOVES: Mapping[Move, bool] = MappingProxyType(
    {
        Move.INTERVIEW: False,
        Move.ORDER_RECTIFICATION: False,
        Move.SUSPEND_IMPOSED: True,
        Move.DO_NOT_RENEW: True,
    }
)


def entering(
    record: AssessmentRecord, states: Iterable[State], *, known_at: dt.datetime, by: str
) -> tuple[tuple[Asked, ...], tuple[Fault, ...]]:
    """The moves that enter an assessment, and what is left to a person.

    Every live agreement that has a score gets its result; a step of the ladder only where it was
    confirmed. A step that needs a choice (which service is closed) is told, not made.
    """
    cases = {each.institution: each for each in states if each.stage in LIVE}
    asked: list[Asked] = []
    faults: list[Fault] = []
    for each in record.assessed:
        state = cases.get(each.code)
        if state is None:
            if each.score is not None and each.score.total is not None:
                faults.append(told("assessed_without_case", value=each.code))
            continue
        asked += _results(each, state, record, known_at=known_at, by=by)
        for step in each.steps:
            if step.confirmed is None:
                continue
            if step.move in _MOVES:
                asked.append(_step(step, state, record, known_at=known_at, by=by))
            else:
                faults.append(told("step_by_hand", value=each.code, step=step.step))
    return tuple(asked), tuple(faults)


def _results(
    each: AssessedRecord, state: State, record: AssessmentRecord, *, known_at: dt.datetime, by: str
) -> Iterator[Asked]:
    """The result of the year; none where nothing is known."""
    if each.score is None or each.score.total is None:
        return
    grade = f" {each.grade}" if each.grade else ""
    yield Asked(
        case=state.case,
        move="assess",
        held_on=record.assessed_on,
        known_at=known_at,
        by=by,
        role="agency",
        documents=(paper_of(record),),
        facts={"outcome": f"{record.year} {each.score.total}{grade}"},
    )


def _step(
    step: StepRecord, state: State, record: AssessmentRecord, *, known_at: dt.datetime, by: str
) -> Asked:
    """A confirmed step, on the day of its confirmation, with who confirmed it and the minute."""
    assert step.confirmed is not None  # noqa: S101 -- asked of a confirmed one
    told_why = record.steps.get(step.step)
    cause = f"{record.year}年度末位：{told_why.zh if told_why else step.step}"
    papers = (paper_of(record), step.confirmed.minute, step.clause)
    return Asked(
        case=state.case,
        move=step.move.value,
        held_on=max(step.confirmed.on, record.assessed_on),
        known_at=known_at,
        by=by,
        role="agency",
        reason=f"{cause}（{step.confirmed.by}确认）",
        documents=tuple(filter(None, papers)),
        facts={"cause": cause} if _MOVES[step.move] else {},
    )


def paper_of(record: AssessmentRecord) -> str:
    """The paper that the entries of an assessment name: its id and its fingerprint, shortened."""
    return f"{record.assessment.id or record.year} {record.fingerprints.result[:16]}"
