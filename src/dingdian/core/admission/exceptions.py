"""Recorded exceptions: what an authorised person set aside, and whether the text leaves room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dingdian.core.admission.application import WHOLE, Excepted
from dingdian.core.admission.case import Case
from dingdian.core.admission.decision import (
    Condition,
    ExceptionDecision,
    Met,
    Outcome,
    outcome_of,
)
from dingdian.core.workings import Reason, reason

#: What an exception may set aside: no fact that is not known, and nothing still to be measured.
_IN_THE_WAY = frozenset({Met.FAILED, Met.HELD})


def recorded(case: Case, conditions: Sequence[Condition]) -> tuple[ExceptionDecision, ...]:
    """Every exception on record for an applicant, with the reason where it has no effect."""
    return tuple(
        ExceptionDecision(each, _refused(case, each, conditions))
        for each in case.application.exceptions
    )


def _refused(case: Case, record: Excepted, conditions: Sequence[Condition]) -> Reason | None:
    """Why an exception has no effect; ``None`` where it has."""
    missing = [name for name in WHOLE if not getattr(record, name)]
    if missing:
        return reason("exception_not_whole", missing=", ".join(missing))
    if record.decided_on is not None and record.decided_on > case.decided_on:
        return reason("exception_too_late", day=record.decided_on)
    if not any(touches(case, record.rule, each) for each in conditions):
        return reason("exception_touches_nothing", rule=record.rule)
    if not any(_allowed(case, record.rule, each) for each in conditions):
        return reason("exception_not_allowed", rule=record.rule)
    return None


def touches(case: Case, rule: str, condition: Condition) -> bool:
    """Whether a rule set aside bears on a condition that stands in the way."""
    found = case.policy.rules.get(rule)
    own = condition.rule == rule
    by_need = found is not None and condition.stage in getattr(found.rule, "sets_aside", ())
    return condition.met in _IN_THE_WAY and (own or by_need)


def _allowed(case: Case, rule: str, condition: Condition) -> bool:
    """The text says 原则上, or leaves it to real need (DX-26)."""
    return touches(case, rule, condition) and (condition.rule != rule or condition.principle)


def with_exceptions(
    case: Case, conditions: Sequence[Condition], records: Iterable[ExceptionDecision]
) -> Outcome | None:
    """The outcome with the exceptions that have an effect; ``None`` where none has."""
    rules = [each.record.rule for each in records if each.refused is None]
    if not rules:
        return None
    left = [
        replace(each, met=Met.PASSED) if any(_allowed(case, rule, each) for rule in rules) else each
        for each in conditions
    ]
    return outcome_of(left)
