"""An assessment as moves of cases: its results, and the steps that a person confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.assessment.record import AssessedRecord, AssessmentRecord, StepRecord
from dingdian.core.digits import rounded
from dingdian.core.errors import Fault
from dingdian.core.lifecycle.entry import SHANGHAI, Entry
from dingdian.core.lifecycle.moving import Asked
from dingdian.core.lifecycle.naming import told
from dingdian.core.lifecycle.stages import LIVE
from dingdian.core.lifecycle.state import in_effect, state_of
from dingdian.core.rules.score_sheet import Move

#: Move that an assessment proposes -> the fact ``cause`` of the life-cycle move of that name: none,
#: the item of the list under which the agreement speaks, or the step of the ladder in words.
_MOVES: Mapping[Move, str] = MappingProxyType(
    {
        Move.INTERVIEW: "",
        Move.ORDER_RECTIFICATION: "",
        Move.SUSPEND_IMPOSED: "as_agreed",
        Move.DO_NOT_RENEW: "{step}",
    }
)


def entering(
    record: AssessmentRecord,
    cases: Mapping[str, Sequence[Entry]],
    *,
    known_at: dt.datetime,
    by: str,
) -> tuple[tuple[Asked, ...], tuple[Fault, ...]]:
    """The moves that enter an assessment, and what is left to a person.

    ``cases`` are the entries of each case. Every live agreement that has a score gets its result;
    a step of the ladder only where it was confirmed. A step that needs a choice (which service is
    closed) is told, not made. What the ledger has already is passed over, and told how often; a
    result of the same year from another paper is entered, and told as a correction.
    """
    clerk = _Clerk(record, known_at, by)
    live = _live(cases)
    for each in record.assessed:
        case = live.get(each.code)
        if case is None:
            if each.score is not None and each.score.total is not None:
                clerk.faults.append(told("assessed_without_case", value=each.code))
            continue
        clerk.enter(each, case)
    if clerk.passed_over:
        clerk.faults.append(told("entered_already", paper=paper_of(record), n=clerk.passed_over))
    return tuple(clerk.asked), tuple(clerk.faults)


@dataclass
class _Case:
    """A live case: its entries in effect, and the day of the last, moved on by what is entered."""

    id: str
    entries: Sequence[Entry]
    last_day: dt.date


def _live(cases: Mapping[str, Sequence[Entry]]) -> dict[str, _Case]:
    """The cases with a live agreement, by institution."""
    found = {}
    for entries in cases.values():
        state = state_of(entries)
        if state is not None and state.stage in LIVE:
            found[state.institution] = _Case(state.case, in_effect(entries), state.last_day)
    return found


@dataclass
class _Clerk:
    """Who enters an assessment: what is asked for, and what is found on the way."""

    record: AssessmentRecord
    known_at: dt.datetime
    by: str
    asked: list[Asked] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    passed_over: int = 0

    def enter(self, each: AssessedRecord, case: _Case) -> None:
        """The result and the confirmed steps of one institution.

        Nothing where its last entry holds from a day to come, as an agreement signed ahead does.
        """
        wanted = list(self._wanted(each, case))
        new = [asked for asked in wanted if not self._is_there(asked, case)]
        self.passed_over += len(wanted) - len(new)
        if new and case.last_day > self.known_at.astimezone(SHANGHAI).date():
            self.faults.append(told("entered_ahead", value=each.code, last=case.last_day))
            return
        for asked in new:
            if asked.move == "assess":
                self.faults += self._corrects(asked, each, case)
            self.asked.append(asked)

    def _wanted(self, each: AssessedRecord, case: _Case) -> Iterator[Asked]:
        """What it comes to, each on its day or on that of the entry before it, if that is later."""
        last = case.last_day
        for asked in (*self._result(each, case), *self._steps(each, case)):
            last = max(last, asked.held_on)
            yield replace(asked, held_on=last)

    def _is_there(self, asked: Asked, case: _Case) -> bool:
        """Whether the ledger has it: of this paper, or the same step from another paper of it."""
        paper = paper_of(self.record)
        for entry in case.entries:
            if entry.move == asked.move and paper in entry.documents:
                return True
            same = (entry.reason, entry.documents[1:]) == (asked.reason, asked.documents[1:])
            if entry.move == asked.move != "assess" and same:
                return True
        return False

    def _corrects(self, asked: Asked, each: AssessedRecord, case: _Case) -> Iterator[Fault]:
        """Whether a result of the same year stands already, from another paper."""
        of_year = (f"{self.record.year}年度", f"{self.record.year} ")
        for entry in reversed(case.entries):
            was = entry.facts.get("outcome", "")
            if entry.move == "assess" and was.startswith(of_year):
                now = asked.facts["outcome"]
                yield told("assessed_anew", value=each.code, seq=entry.seq, was=was, now=now)
                return

    def _result(self, each: AssessedRecord, case: _Case) -> Iterator[Asked]:
        """The result of the year; none where nothing is known."""
        if each.score is None or each.score.total is None:
            return
        day = self.record.assessed_on
        yield Asked(
            case=case.id,
            move="assess",
            held_on=day,
            known_at=self.known_at,
            by=self.by,
            role="agency",
            reason=f"考核日期{day}",
            documents=(paper_of(self.record),),
            facts={"outcome": self._outcome(each, Fraction(each.score.total))},
        )

    def _outcome(self, each: AssessedRecord, total: Fraction) -> str:
        """Year, points and grade in words; the exact number is in the paper of the entry."""
        sheet = self.record.sheets.get(each.side)
        named = sheet.grades.get(each.grade or "") if sheet else None
        grade = named.zh if named else each.grade or ""
        return f"{self.record.year}年度 {rounded(total, 2)}分 {grade}".rstrip()

    def _steps(self, each: AssessedRecord, case: _Case) -> Iterator[Asked]:
        """The confirmed steps; one that needs a choice is told."""
        for step in each.steps:
            if step.confirmed is None:
                continue
            if step.move in _MOVES:
                yield self._step(step, case)
            else:
                self.faults.append(told("step_by_hand", value=each.code, step=step.step))

    def _step(self, step: StepRecord, case: _Case) -> Asked:
        """A confirmed step, on the day of its confirmation, with who confirmed it and where."""
        assert step.confirmed is not None  # noqa: S101 -- asked of a confirmed one
        told_why = self.record.steps.get(step.step)
        why = f"{self.record.year}年度末位：{told_why.zh if told_why else step.step}"
        cause = _MOVES[step.move].format(step=why)
        papers = (paper_of(self.record), step.confirmed.minute, step.clause)
        return Asked(
            case=case.id,
            move=step.move.value,
            held_on=max(step.confirmed.on, self.record.assessed_on),
            known_at=self.known_at,
            by=self.by,
            role="agency",
            reason=f"{why}（{step.confirmed.by}{step.confirmed.on}确认）",
            documents=tuple(filter(None, papers)),
            facts={"cause": cause} if cause else {},
        )


def paper_of(record: AssessmentRecord) -> str:
    """The paper that the entries of an assessment name: its id and its fingerprint, shortened."""
    return f"{record.assessment.id or record.year} {record.fingerprints.result[:16]}"
