"""Several goals, one more important than the next."""

from __future__ import annotations

from collections.abc import Sequence

from dingdian.core.solving.answer import Answer, Ending, Goal, Sense, Status
from dingdian.core.solving.limits import Effort, Limits
from dingdian.core.solving.programme import Aim, Integers, Mend, Programme, solve

_WORSE = (Ending.PROOF, Ending.LIMIT, Ending.HALTED)


def solve_in_order(
    programme: Programme,
    aims: Sequence[Aim],
    limits: Limits,
    *,
    start: Integers | None = None,
    mend: Mend | None = None,
) -> Answer[Integers]:
    """The best by the first goal, among those the best by the second, and so on.

    ``aims``: at least one; ``start`` and ``mend`` as for ``solve``. The limits hold for each goal.
    Where a goal ends at a limit, those after it are held to what was reached, and their bounds
    hold under that. A goal that is not reached at all (no answer yet) ends the search. The
    programme is left as it was.

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
    first_row = len(programme.least)
    for aim in aims:
        answers.append(solve(programme, aim, limits, start=start, mend=mend))
        start = answers[-1].solution
        if start is None:
            break
        held = int(aim.weights @ start)
        sides = {"least": held} if aim.sense is Sense.MOST else {"most": held}
        of = aim.weights.nonzero()[0]
        programme.row(of, aim.weights[of], **sides)
    programme.drop_rows(first_row)
    last = answers[-1]
    goals: tuple[Goal, ...] = tuple(goal for answer in answers for goal in answer.goals)
    ending = max((answer.ending for answer in answers), key=_WORSE.index)
    effort = sum((answer.effort for answer in answers), Effort())
    if last.solution is None:
        return Answer(last.status, ending, goals, None, effort)
    status = Status.OPTIMAL if all(goal.gap == 0 for goal in goals) else Status.FEASIBLE
    return Answer(status, ending, goals, last.solution, effort)
