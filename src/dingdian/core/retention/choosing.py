"""Choosing who stays: the ordered goals, each with its value and the bound no choice can beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from dingdian.core.retention.greedy import first_choice
from dingdian.core.retention.model import FEW, Built, Cells, build, cells_of
from dingdian.core.retention.question import DEFAULT_ORDER, Aspect, Integers, Mask, Question, Tier
from dingdian.core.solving import Answer, Ending, Goal, Limits, Proof, Sense, Status, solve_in_order

#: So often what an answer got wrong is taken into the programme before it is told as it is.
ROUNDS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Retention:
    """Who stays. ``answer.solution`` are the rows that stay; ``kept`` the same as a mask."""

    question: Question
    tiers: tuple[Tier, ...]
    answer: Answer[Integers]

    @property
    def kept(self) -> Mask | None:
        """Who stays, shape (n,); ``None`` where there is no answer."""
        if self.answer.solution is None:
            return None
        found = np.zeros(self.question.stock, bool)
        found[self.answer.solution] = True
        return found


def choose(question: Question, limits: Limits, tiers: Sequence[Tier] = DEFAULT_ORDER) -> Retention:
    """The best choice of who stays, by the tiers in their order.

    The same question and limits give the same answer, unless ``limits.halted`` cut it short. Where
    the limits end before anything is found, the answer is a plain one: the lowest points go first,
    as far as the rules let them.
    """
    order = tuple(tiers)
    cells = cells_of(question)
    watched = cells.sizes <= FEW
    plain = first_choice(question)
    start = None if plain is None else _mask(question, plain)
    found: Answer[Integers] | None = None
    for _ in range(ROUNDS):
        built = build(question, order, cells, watched)
        first = None if start is None else built.filled(question, cells, start)
        mend = partial(_mended, question, cells, built)
        answer = solve_in_order(built.programme, built.aims, limits, start=first, mend=mend)
        if answer.solution is None:
            break
        kept = answer.solution[built.take] > 0
        found, start = replace(answer, solution=np.flatnonzero(kept)), kept
        wrong = ~watched & (cells.times(kept) < np.minimum(cells.sizes, 2))
        if not wrong.any():
            break
        watched |= wrong
    if answer.status is Status.INFEASIBLE:
        return Retention(question, order, replace(answer, solution=None))
    return Retention(
        question, order, _told(question, order, found, plain=plain, ended=answer.ending)
    )


def _mended(question: Question, cells: Cells, built: Built, found: Integers) -> Integers:
    """Localities and districts as they follow from who stays."""
    return built.filled(question, cells, found[built.take] > 0)


def _told(
    question: Question,
    order: tuple[Tier, ...],
    found: Answer[Integers] | None,
    *,
    plain: Integers | None,
    ended: Ending,
) -> Answer[Integers]:
    """The answer with its values counted plainly; the plain choice where none was found.

    One that breaks a rule when counted (localities that were left out) is not told.
    """
    rows = found.solution if found is not None else None
    if rows is None or any(question.broken(_mask(question, rows))):
        found, rows = None, plain
    goals = tuple(
        _goal(question, tier, rows, found.goals[at] if found is not None else None)
        for at, tier in enumerate(order)
    )
    if rows is None:
        return Answer(Status.UNKNOWN, ended, goals, None)
    best = all(goal.gap == 0 for goal in goals)
    ending = Ending.PROOF if best else ended if ended is not Ending.PROOF else Ending.LIMIT
    status = Status.OPTIMAL if best else Status.FEASIBLE
    effort = found.effort if found is not None else Answer(status, ending, (), None).effort
    return Answer(status, ending, goals, rows, effort)


def _goal(question: Question, tier: Tier, rows: Integers | None, solved: Goal | None) -> Goal:
    alone = [aspect for aspect, _ in tier] == [Aspect.EVEN_SPREAD]
    sense = Sense.LEAST if alone else Sense.MOST
    value = None
    if rows is not None:
        kept = _mask(question, rows)
        value = sum(
            question.counted(kept, aspect)
            * (-weight if aspect is Aspect.EVEN_SPREAD and not alone else weight)
            for aspect, weight in tier
        )
    name = "+".join(aspect for aspect, _ in tier)
    counted = simple_bound(question, tier)
    if solved is None or solved.bound is None:
        return Goal(name, sense, value, counted, Proof.COUNTED)
    nearer = solved.bound > counted if alone else solved.bound < counted
    bound, proof = (solved.bound, solved.proof) if nearer else (counted, Proof.COUNTED)
    return Goal(name, sense, value, bound, proof)


def simple_bound(question: Question, tier: Tier) -> int:
    """What no choice can beat, whatever the other rules are: counted aspect by aspect.

    Points and dual channel: the best of as many as stay. People: all who have that many now. An
    even spread: nothing apart.
    """
    left = ~question.leaving
    most = {
        Aspect.SCORE: _best(question.scores[left], question.staying),
        Aspect.DUAL_CHANNEL: _best(question.dual_channel[left], question.staying),
        Aspect.COVERED: question.counted(left, Aspect.COVERED),
        Aspect.COVERED_TWICE: question.counted(left, Aspect.COVERED_TWICE),
        Aspect.EVEN_SPREAD: 0,
    }
    return sum(most[aspect] * weight for aspect, weight in tier)


def _best(values: Integers | Mask, number: int) -> int:
    """The sum of the largest ``number`` of some values."""
    return int(np.sort(values)[::-1][:number].sum())


def _mask(question: Question, rows: Integers) -> Mask:
    found = np.zeros(question.stock, bool)
    found[rows] = True
    return found
