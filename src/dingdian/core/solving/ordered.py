"""Several goals, one more important than the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dingdian.core.solving.answer import Answer, Ending, Goal, Proof, Sense, Status
from dingdian.core.solving.limits import Effort, Limits
from dingdian.core.solving.prices import Priced
from dingdian.core.solving.programme import Aim, Integers, Mend, Programme, better, solve
from dingdian.core.solving.tightening import tighten

#: How near to the bound the best is sought first, and then: a part of the bound in so many.
NEAR = (1 << 16, 1 << 14, 1 << 12, 1 << 10)
_WORSE = (Ending.PROOF, Ending.LIMIT, Ending.HALTED)


def solve_in_order(
    programme: Programme,
    aims: Sequence[Aim],
    limits: Limits,
    *,
    start: Integers | None = None,
    mend: Mend | None = None,
    unless: Callable[[Integers], bool] | None = None,
    tell: Callable[[Goal], None] = lambda _goal: None,
) -> Answer[Integers]:
    """The best by the first goal, among those the best by the second, and so on.

    Each goal first has its linear programme made tight (``tighten``): where that proves an answer
    the best, the bound is counted; HiGHS searches only what is left. What its prices prove narrows
    the programme for the goals after it (``Priced``).

    ``aims``: at least one; ``start`` and ``mend`` as for ``solve``. The limits hold for each goal;
    of the time that a clock leaves each goal may use what falls to it if those after it use as
    much, and a search for any answer all of it. ``tell`` hears of each goal that is done.
    Where a goal ends at a limit, those after it are held to what was reached, and their bounds
    hold under that. A goal that is not reached at all (no answer yet) ends the search, and so does
    an answer of which ``unless`` says so: it then has fewer goals. The programme is left as it was.

    >>> import numpy as np
    >>> both = Programme()
    >>> take = both.variables(3, low=0, high=1)
    >>> both.row(take, most=2)
    0
    >>> aims = (both.goal("first", Sense.MOST, take, [1, 1, 0]),
    ...         both.goal("then", Sense.LEAST, take, [2, 1, 1]))
    >>> [(goal.name, goal.value, goal.bound) for goal in solve_in_order(both, aims, Limits()).goals]
    [('first', 2, 2), ('then', 3, 3)]
    """
    answers: list[Answer[Integers]] = []
    programme = programme.copy()
    for at, aim in enumerate(aims):
        own = limits if start is None else limits.share(len(aims) - at)
        answer, proved = _solved(programme, aim, own, start=start, mend=mend)
        answers.append(answer)
        start = answer.solution
        if start is None or (unless is not None and unless(start)):
            break
        tell(answer.goals[0])
        held = int(aim.weights @ start)
        sides = {"least": held} if aim.sense is Sense.MOST else {"most": held}
        of = aim.weights.nonzero()[0]
        programme.row(of, aim.weights[of], **sides)
        if proved is not None:
            programme = proved.narrowed(programme, held + aim.constant)
    last = answers[-1]
    goals: tuple[Goal, ...] = tuple(goal for answer in answers for goal in answer.goals)
    ending = max((answer.ending for answer in answers), key=_WORSE.index)
    effort = sum((answer.effort for answer in answers), Effort())
    if last.solution is None:
        return Answer(last.status, ending, goals, None, effort)
    status = Status.OPTIMAL if all(goal.gap == 0 for goal in goals) else Status.FEASIBLE
    return Answer(status, ending, goals, last.solution, effort)


def _solved(
    programme: Programme,
    aim: Aim,
    limits: Limits,
    *,
    start: Integers | None,
    mend: Mend | None,
) -> tuple[Answer[Integers], Priced | None]:
    """One goal: its linear programme made tight, and HiGHS for what that leaves open.

    An answer to begin with that is the best is kept, though there be others as good: a goal that
    tells nothing apart (points where nobody has any) changes nothing.
    """
    if start is not None and not aim.weights.any() and programme.kept(start):
        goal = Goal(aim.name, aim.sense, aim.constant, aim.constant, Proof.COUNTED)
        return Answer(Status.OPTIMAL, Ending.PROOF, (goal,), start), None
    if limits.nodes <= 0 or limits.halted():
        return solve(programme, aim, limits, start=start, mend=mend), None
    tight = tighten(programme, aim, limits)
    proved, near = tight.proved, tight.nearest
    met = proved is not None and start is not None and aim.value(start) == proved.bound
    if near is not None and not (met and start is not None and programme.kept(start)):
        start = better(programme, aim, near if mend is None else mend(near), start)
    if proved is None:
        answer = solve(programme, aim, limits, start=start, mend=mend)
    elif start is not None and aim.value(start) == proved.bound:
        goal = Goal(aim.name, aim.sense, proved.bound, proved.bound, Proof.COUNTED)
        answer = Answer(Status.OPTIMAL, Ending.PROOF, (goal,), start)
    else:
        answer = _widening(programme, proved, limits, start=start, mend=mend)
    return replace(answer, effort=answer.effort + tight.effort), proved


def _widening(
    programme: Programme,
    proved: Priced,
    limits: Limits,
    *,
    start: Integers | None,
    mend: Mend | None,
) -> Answer[Integers]:
    """HiGHS where the best would be near the bound, which leaves little open, then farther off."""
    aim, way = proved.aim, proved.aim.way
    bound, proof, effort = proved.bound, Proof.COUNTED, Effort()
    widths = sorted({max(1, abs(bound) // part) for part in NEAR})
    while True:
        wanted = proved.bound - way * widths.pop(0) if widths else None
        if start is not None and (wanted is None or way * (aim.value(start) - wanted) >= 0):
            wanted = aim.value(start)
        room = programme if wanted is None else proved.narrowed(programme, wanted)
        answer = solve(room, aim, limits, start=start, mend=mend)
        effort += answer.effort
        if answer.solution is not None:
            start, widths = better(programme, aim, answer.solution, start), []
        within, nothing = answer.goals[0].bound, answer.status is Status.INFEASIBLE
        if nothing and wanted is None:
            return replace(answer, effort=effort)
        if nothing or within is not None:
            tops = [way * within] if within is not None else []
            tops += [way * wanted - 1] if wanted is not None else []  # beside the room
            if max(tops) < way * bound:
                bound, proof = way * max(tops), Proof.SOLVER
        reached = start is not None and (wanted is None or way * (aim.value(start) - wanted) >= 0)
        if reached or answer.ending is not Ending.PROOF:
            break
    goal = Goal(aim.name, aim.sense, None if start is None else aim.value(start), bound, proof)
    if start is None:
        return replace(answer, goals=(goal,), effort=effort)
    if goal.gap == 0:
        return Answer(Status.OPTIMAL, Ending.PROOF, (goal,), start, effort)
    return Answer(Status.FEASIBLE, answer.ending, (goal,), start, effort)
