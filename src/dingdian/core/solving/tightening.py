"""The linear programme of a goal, with rows added until its answer is nearly whole."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from dingdian.core.solving.limits import Effort, Limits
from dingdian.core.solving.prices import Priced, priced
from dingdian.core.solving.programme import Aim, Integers, Programme, listening, opened, run
from dingdian.core.solving.rounding import rounded

#: Rows are added so many times at the most, and while that moves the bound by such a part of it.
ROUNDS, GAIN = 20, 1e-8


@dataclass(frozen=True, slots=True, eq=False)
class Tight:
    """What the last linear programme says.

    ``proved``: what its prices prove; ``nearest``: its answer, rounded, which need not keep the
    rows. ``None``: it has none, or was not solved.
    """

    proved: Priced | None
    nearest: Integers | None
    effort: Effort


def tighten(programme: Programme, aim: Aim, limits: Limits) -> Tight:
    """Add rows that every answer in whole numbers keeps, where the goal needs them.

    >>> from dingdian.core.solving import Limits, Programme, Sense
    >>> three = Programme()
    >>> take = three.variables(3, low=0, high=1)
    >>> [three.row(pair, most=1) for pair in ([0, 1], [1, 2], [0, 2])]
    [0, 1, 2]
    >>> tight = tighten(three, three.goal("taken", Sense.MOST, take, [1, 1, 1]), Limits())
    >>> three.columns[3].tolist(), three.most[3], tight.proved.bound
    ([0, 1, 2], 1, 1)
    """
    highs = opened(programme, aim, limits, whole=False)
    stopped = listening(highs, limits.halted)
    last, rounds, steps, before = None, 0, 0, np.inf
    while True:
        run(highs, limits)
        info = highs.getInfo()
        steps += max(int(info.simplex_iteration_count), 0)
        if stopped() or highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            break
        last, value = highs.getSolution(), info.objective_function_value
        if rounds >= min(limits.rounds, ROUNDS) or abs(before - value) < GAIN * abs(value):
            break
        rows = [*rounded(programme, highs)]
        if not rows:
            break
        rounds, before = rounds + 1, value
        for row in rows:
            programme.row(row.variables, row.coefficients, most=row.most)
            at, by = row.variables.astype(np.int32), row.coefficients.astype(float)
            highs.addRow(-highspy.kHighsInf, float(row.most), len(at), at, by)
    effort = Effort(rounds=rounds, steps=steps)
    if last is None:
        return Tight(None, None, effort)
    prices = np.zeros(len(programme.least))
    prices[: len(last.row_dual)] = last.row_dual
    nearest = np.rint(np.array(last.col_value)).astype(np.int64)
    return Tight(priced(programme, aim, prices), nearest, effort)
