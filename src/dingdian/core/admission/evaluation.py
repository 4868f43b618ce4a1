"""Evaluation: the part that is passed or failed, the part that is scored, and the merit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from dingdian.core.admission.application import Score
from dingdian.core.admission.bars import failed_before
from dingdian.core.admission.case import ABOUT, Case, Found
from dingdian.core.admission.decision import Condition, Met, Stage
from dingdian.core.period import months_after, years_after
from dingdian.core.policy import InForce, Policy
from dingdian.core.workings import Reason, reason

MARK = "evaluation_pass_mark"
#: Readings of evaluation -> the options that are acted on.
READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType({MARK: ("set_mark", "no_mark")})
QUALITATIVE, QUANTITATIVE = "qualitative", "quantitative"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The conditions of an evaluation, and the merit: points of a hundred, exact.

    ``merit`` is ``None`` while it is not scored, or a score is not known.
    """

    conditions: tuple[Condition, ...]
    merit: Fraction | None


def evaluated(case: Case) -> Evaluated:
    """What the evaluation rules in force make of the scores of an applicant."""
    conditions: list[Condition] = []
    merit = merit_of(case.application.scores, case.decided_on)
    for in_force in case.rules("clock"):
        conditions += _waited(case, in_force)
    for in_force in case.rules("evaluation"):
        conditions += _parts(case, in_force, merit)
    return Evaluated(tuple(conditions), merit)


#: Events from which an applicant has to wait before it is evaluated, or applies, again.
_FAILURES = ("evaluation_failed", "second_evaluation_failed")
_LATER: Mapping[str, Callable[[dt.date, int], dt.date]] = MappingProxyType(
    {"month": months_after, "year": years_after}
)


def _waited(case: Case, in_force: InForce[Any]) -> Iterator[Condition]:
    """Whether the time after a failed evaluation is over, where the records hold one."""
    rule = in_force.rule
    entry = failed_before(case, rule.begins) if rule.begins in _FAILURES else None
    if entry is None or entry.happened_on is None:
        return
    over = _LATER[rule.unit](entry.happened_on, int(in_force.value))
    met = Met.PASSED if over <= _again(case, rule.ends) else Met.FAILED
    yield case.condition(
        Stage.EVALUATION,
        in_force,
        Found(
            met,
            value=entry.happened_on,
            threshold=over,
            sources=(entry.origin,),
            change=None if met is Met.PASSED else reason("change_wait", day=over),
        ),
        item=rule.begins,
    )


def _again(case: Case, event: str) -> dt.date:
    """The day on which it was evaluated or applied again; that of the decision if not known."""
    evaluated = (each.evaluated_on for each in case.application.scores if each.evaluated_on)
    days = {
        "re_evaluated": min(evaluated, default=None),
        "may_apply_again": case.application.applied_on,
    }
    return min(days.get(event) or case.decided_on, case.decided_on)


def _rectify(case: Case) -> Reason:
    """What may be done after a failed evaluation: wait as long as the clock says."""
    waits = (r for r in case.rules("clock") if r.rule.begins == _FAILURES[0])
    found = next(waits, None)
    if found is None:
        return reason("change_evaluate")
    day = _LATER[found.rule.unit](case.decided_on, int(found.value))
    return reason("change_rectify", day=day)


def merit_of(scores: Iterable[Score], day: dt.date) -> Fraction | None:
    """Points of a hundred over all scored items; unknown where one is, or is later than ``day``.

    >>> item = Score("quantitative", "beds", None, Fraction(30), Fraction(40), None, "")
    >>> merit_of((item,), dt.date(2026, 3, 1))
    Fraction(75, 1)
    """
    own = [each for each in scores if each.part != QUALITATIVE]
    unknown = (each.score is None or each.full is None or _late(each, day) for each in own)
    if not own or any(unknown):
        return None
    full = sum((each.full or Fraction(0) for each in own), Fraction(0))
    if full <= 0:
        return None
    return sum((each.score or Fraction(0) for each in own), Fraction(0)) * 100 / full


def mark_of(policy: Policy, name: str) -> Fraction | Reason | None:
    """The mark that the reading ``name`` sets, ``None`` where it sets none, or why it is open."""
    found = policy.readings.get(name)
    if found is not None and found.chosen == "set_mark" and found.number is not None:
        return found.number
    if found is not None and found.chosen == "no_mark":
        return None
    return reason("reading_open", reading=name)


def _late(score: Score, day: dt.date) -> bool:
    return score.evaluated_on is not None and score.evaluated_on > day


def _parts(case: Case, in_force: InForce[Any], merit: Fraction | None) -> Iterator[Condition]:
    if ABOUT[case.application.side] not in in_force.rule.about:
        return
    parts = in_force.value.parts
    if QUALITATIVE in parts:
        yield from _qualitative(case, in_force, _asked(case, parts[QUALITATIVE]))
    if QUANTITATIVE in parts:
        yield _scored(case, in_force, merit)


def _asked(case: Case, items: Iterable[Any]) -> dict[str, Score | None]:
    """What has to be passed: the items of the shelf, and whatever else was looked at."""
    side = ABOUT[case.application.side]
    found: dict[str, Score | None] = {each.item: None for each in items if side in each.about}
    return found | {each.item: each for each in case.application.scores if each.part == QUALITATIVE}


def _qualitative(
    case: Case, in_force: InForce[Any], asked: Mapping[str, Score | None]
) -> Iterator[Condition]:
    """Each item that must be passed; none at all is not yet evaluated."""
    for item, score in asked.items() or ((QUALITATIVE, None),):
        unknown = score is None or score.passed is None or _late(score, case.decided_on)
        met = Met.UNKNOWN if unknown else Met.PASSED if score and score.passed else Met.FAILED
        change = None
        if met is not Met.PASSED:
            change = reason("change_evaluate") if unknown else _rectify(case)
        yield case.condition(
            Stage.EVALUATION,
            in_force,
            Found(
                met,
                sources=(score.origin,) if score else (),
                why=reason("not_evaluated") if unknown else None,
                change=change,
            ),
            item=item,
        )


def _scored(case: Case, in_force: InForce[Any], merit: Fraction | None) -> Condition:
    """The merit against the pass mark of the reading, where there is one."""
    sources = tuple(each.origin for each in case.application.scores if each.part == QUANTITATIVE)
    mark = mark_of(case.policy, in_force.rule.pass_mark)
    met, why, change = Met.PASSED, None, None
    if merit is None:
        met, why, change = Met.UNKNOWN, reason("not_evaluated"), reason("change_evaluate")
        mark = None
    elif isinstance(mark, Reason):
        met, why, mark = Met.UNCLEAR, mark, None
    elif mark is not None and merit < mark:
        met, change = Met.FAILED, _rectify(case)
    return case.condition(
        Stage.EVALUATION,
        in_force,
        Found(
            met, value=merit, threshold=mark, unit="point", sources=sources, why=why, change=change
        ),
        item=QUANTITATIVE,
    )
