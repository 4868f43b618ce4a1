"""A transfer worked out: the best by the goals in their order, or the rules that clash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from dingdian.core.solving import Answer, Ending, Goal, Limits, Proof, Status, solve_in_order
from dingdian.core.transfer.clash import Clash, smallest_clash
from dingdian.core.transfer.counting import Change, after, measured
from dingdian.core.transfer.model import model_of
from dingdian.core.transfer.pairing import Move, moves_of
from dingdian.core.transfer.question import LAST, Cell, Measure, Question


@dataclass(frozen=True, slots=True)
class Transfer:
    """What came of a question.

    ``answer.solution`` is what each cell gains (loses, below 0), ``None`` where there is no answer;
    ``moves`` are the same as moves, ``beds`` what then stands where. ``before`` and ``after`` are
    the measures today and then. ``left_out`` are goals asked for that mean nothing here, for want
    of a rule or a target. ``clash`` stands where nothing keeps the rules.
    """

    answer: Answer[Change]
    moves: tuple[Move, ...]
    beds: Mapping[Cell, int]
    before: Mapping[Measure, int]
    after: Mapping[Measure, int]
    left_out: tuple[Measure, ...] = ()
    clash: Clash | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """How far one comes with at most so many moves: the measures then, by the same goals.

    ``proved``: by no transfer of so few moves does one come further.
    """

    most: int
    after: Mapping[Measure, int]
    proved: bool


#: Shares of the moves of an answer for which it is asked how far one comes with so many.
SHARES = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))


def transfer(
    question: Question, order: Sequence[Measure], zones: Mapping[str, str], limits: Limits
) -> Transfer:
    """The transfer that is best by ``order``; ``LAST`` ends it where it is not named.

    A measure that is held and means nothing here is left out like a goal. ``zones``: district ->
    zone, in which beds stay as far as they can.
    """
    asked, goals = _meant(question, order)
    left_out = tuple(each for each in _named(question, order) if not question.has(each))
    answer = _best(asked, goals, limits)
    before = measured(asked, {})
    if answer.solution is None:
        clash = smallest_clash(asked, limits) if answer.status is Status.INFEASIBLE else None
        return Transfer(answer, (), asked.now, before, {}, left_out, clash)
    change = answer.solution
    then = measured(asked, change)
    moves = moves_of(change, zones)
    return Transfer(answer, moves, after(asked, change), before, then, left_out)


def steps(
    question: Question, order: Sequence[Measure], moved: int, limits: Limits
) -> tuple[Step, ...]:
    """How far one comes with shares of ``moved``, each rounded down; what none keeps is left out.

    >>> from dingdian.core.transfer.question import Holder
    >>> its = [Holder("a", "n", "tertiary", {"x": 9}, 0), Holder("b", "s", "primary", {"x": 1}, 0)]
    >>> asked = Question(its, frozenset("x"), targets={"n": 5, "s": 5}, people={"n": 9, "s": 9})
    >>> [(each.most, each.after[Measure.TARGETS]) for each in
    ...  steps(asked, [Measure.TARGETS], 4, Limits())]
    [(1, 6), (2, 4), (3, 2)]
    """
    asked, goals = _meant(question, order)
    found = []
    for most in sorted({int(share * moved) for share in SHARES}):
        held = {**asked.held, Measure.MOVED: most}
        answer = _best(replace(asked, held=held), goals, limits)
        if answer.solution is not None:
            proved = answer.status is Status.OPTIMAL
            found.append(Step(most, measured(asked, answer.solution), proved))
    return tuple(found)


def _named(question: Question, order: Sequence[Measure]) -> tuple[Measure, ...]:
    """Every measure that is a goal or is held."""
    return tuple(dict.fromkeys((*order, *LAST, *question.held)))


def _meant(question: Question, order: Sequence[Measure]) -> tuple[Question, list[Measure]]:
    """The question with what it can be held to, and the goals that mean something."""
    held = {each: most for each, most in question.held.items() if question.has(each)}
    goals = [each for each in dict.fromkeys((*order, *LAST)) if question.has(each)]
    return replace(question, held=held), goals


def _best(question: Question, goals: Sequence[Measure], limits: Limits) -> Answer[Change]:
    """The best change, its values counted from the beds, which a programme may overstate."""
    model = model_of(question, frozenset(question.rules()))
    aims = [model.aim(each) for each in goals]
    found = solve_in_order(model.programme, aims, limits, start=model.still)
    if found.solution is None:
        first = found.goals[0]
        known = {goal.name: goal for goal in found.goals}
        none = (known.get(e, Goal(e, first.sense, None, None, first.proof)) for e in goals)
        return Answer(found.status, found.ending, tuple(none), None, found.effort)
    change = model.change(found.solution)
    then = measured(question, change)
    counted = tuple(_recounted(goal, then[Measure(goal.name)]) for goal in found.goals)
    proved = all(goal.gap == 0 for goal in counted)
    return Answer(
        Status.OPTIMAL if proved else Status.FEASIBLE,
        Ending.PROOF if proved else found.ending,
        counted,
        change,
        found.effort,
    )


def _recounted(goal: Goal, value: int) -> Goal:
    """The goal with its value counted; nothing counts less than 0, which needs no solver's word."""
    if goal.bound is None or goal.bound <= 0 or not value:
        return replace(goal, value=value, bound=0, proof=Proof.COUNTED)
    return replace(goal, value=value, bound=min(goal.bound, value))
