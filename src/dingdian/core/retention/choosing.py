"""Choosing who stays: the ordered goals, each with its value and the bound no choice can beat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from dingdian.core.retention.greedy import first_choice
from dingdian.core.retention.model import RARE, Built, build, cells_of, likely
from dingdian.core.retention.question import DEFAULT_ORDER, Aspect, Integers, Mask, Question, Tier
from dingdian.core.siting.both_ways import Cover
from dingdian.core.solving import Answer, Ending, Goal, Limits, Proof, Sense, Status, solve_in_order

#: So often what an answer got wrong is taken into the programme before it is told as it is.
ROUNDS = 100
#: What is then taken in with it: localities that are so many times less likely to matter.
RARER = 100


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


def choose(
    question: Question,
    limits: Limits,
    tiers: Sequence[Tier] = DEFAULT_ORDER,
    *,
    known: Iterable[Mask] = (),
    tell: Callable[[Goal], None] = lambda _goal: None,
) -> Retention:
    """The best choice of who stays, by the tiers in their order.

    The same question and limits give the same answer, unless ``limits.halted`` cut it short. Where
    the limits end before anything is found, the answer is a plain one: the lowest points go first,
    as far as the rules let them, or the best of those ``known`` before (masks of who stays), so
    that no answer is worse than a choice that somebody has at hand. ``tell`` hears of each goal
    that is done, again where it comes out otherwise.
    """
    order = tuple(tiers)
    cells = cells_of(question)
    watched = likely(question, cells)
    plain = first_choice(question)
    best = None if plain is None else _mask(question, plain)
    for each in known:
        best = _better(question, order, each, best)
    bounds: list[Goal] = []
    heard: set[tuple[str, int | None, int | None]] = set()

    def once(goal: Goal) -> None:
        if (said := (goal.name, goal.value, goal.bound)) not in heard:
            heard.add(said)
            tell(goal)

    for done in range(ROUNDS):
        if limits.over():
            answer: Answer[Integers] = Answer(Status.UNKNOWN, Ending.HALTED, (), None)
            break
        built = build(question, order, cells, watched)
        first = None if best is None else built.filled(question, cells, best)
        mend = partial(_mended, question, cells, built)
        unless = partial(_overlooking, cells, built)
        answer = solve_in_order(
            built.programme, built.aims, limits, start=first, mend=mend, unless=unless, tell=once
        )
        if answer.solution is None:
            break
        kept = answer.solution[built.take] > 0
        wrong = built.overlooked(cells, answer.solution)
        bounds = _nearest(bounds, answer.goals, sure=not wrong.any())
        best = _better(question, order, kept, best)
        if not wrong.any():
            break
        if limits.over():  # what was overlooked is still to be taken in
            answer = replace(answer, ending=Ending.HALTED)
            break
        watched = watched | wrong | likely(question, cells, rare=RARE / RARER ** (done + 1))
    if answer.status is Status.INFEASIBLE and best is None:
        return Retention(question, order, replace(answer, solution=None))
    return Retention(question, order, _told(question, order, best, bounds=bounds, answer=answer))


def _overlooking(cells: Cover, built: Built, found: Integers) -> bool:
    """Whether an answer leaves a locality worse served than the programme takes it to be."""
    return bool(built.overlooked(cells, found).any())


def _nearest(before: list[Goal], found: Sequence[Goal], *, sure: bool) -> list[Goal]:
    """The bounds that hold: the nearest of the first goal, which every round bounds.

    The later ones only where nothing was left out (``sure``): they rest on what it was held to.
    """
    first = found[0]
    if before and before[0].bound is not None:
        further = first.bound is None or (
            first.bound > before[0].bound
            if first.sense is Sense.MOST
            else first.bound < before[0].bound
        )
        first = before[0] if further else first
    return [first, *(found[1:] if sure else ())]


def _better(
    question: Question, order: tuple[Tier, ...], kept: Mask, best: Mask | None
) -> Mask | None:
    """The better of two choices as they count; one that breaks a rule is none."""
    if any(question.broken(kept)):
        return best
    if best is None:
        return kept
    ranks = [[_worth(question, tier, each) for tier in order] for each in (kept, best)]
    return kept if ranks[0] >= ranks[1] else best


def _worth(question: Question, tier: Tier, kept: Mask) -> int:
    """What a tier counts, the more the better."""
    return sum(
        question.counted(kept, aspect) * (-weight if aspect is Aspect.EVEN_SPREAD else weight)
        for aspect, weight in tier
    )


def _mended(question: Question, cells: Cover, built: Built, found: Integers) -> Integers:
    """Localities and districts as they follow from who stays."""
    return built.filled(question, cells, found[built.take] > 0)


def _told(
    question: Question,
    order: tuple[Tier, ...],
    best: Mask | None,
    *,
    bounds: Sequence[Goal],
    answer: Answer[Integers],
) -> Answer[Integers]:
    """The best choice with its values counted plainly, and the bounds that hold."""
    goals = tuple(
        _goal(question, tier, best, bounds[at] if at < len(bounds) else None)
        for at, tier in enumerate(order)
    )
    ended = Ending.LIMIT if answer.ending is Ending.PROOF else answer.ending
    if best is None:
        return Answer(Status.UNKNOWN, ended, goals, None, answer.effort)
    proved = all(goal.gap == 0 for goal in goals)
    return Answer(
        Status.OPTIMAL if proved else Status.FEASIBLE,
        Ending.PROOF if proved else ended,
        goals,
        np.flatnonzero(best),
        answer.effort,
    )


def _goal(question: Question, tier: Tier, best: Mask | None, solved: Goal | None) -> Goal:
    alone = [aspect for aspect, _ in tier] == [Aspect.EVEN_SPREAD]
    sense = Sense.LEAST if alone else Sense.MOST
    worth = None if best is None else _worth(question, tier, best)
    value = -worth if worth is not None and alone else worth
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
