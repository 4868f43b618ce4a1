"""A linear programme in whole numbers, and HiGHS, which solves it.

HiGHS works in floating point. Coefficients here are whole numbers small enough to be exact in it,
what it finds is rounded and counted again in whole numbers, and its bound is rounded to the whole
number that it allows. A bound is HiGHS's word (``Proof.SOLVER``) unless the value meets it by
counting.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

from dingdian.core.solving.answer import Answer, Ending, Goal, Proof, Sense, Status
from dingdian.core.solving.limits import Effort, Limits

Integers = NDArray[np.int64]

_NONE = np.zeros(0, np.int32)
#: A float holds every whole number up to here.
EXACT = 1 << 53
#: A bound of HiGHS that stands so little beyond a whole number is that number: its own tolerance.
ROUNDING = 1e-6


#: Gives the variables that follow from others their value.
Mend = Callable[[Integers], Integers]


@dataclass(frozen=True, slots=True, eq=False)
class Aim:
    """One goal of a programme: its name, most or least, and whole-number weights of variables."""

    name: str
    sense: Sense
    weights: Integers  # one for each variable of the programme
    constant: int = 0

    @property
    def way(self) -> int:
        """1 where most is best, -1 where least is."""
        return 1 if self.sense is Sense.MOST else -1

    def value(self, solution: Integers) -> int:
        """What an answer counts."""
        return int(self.weights @ solution) + self.constant


@dataclass(slots=True, eq=False)
class Programme:
    """Variables with whole-number bounds, and rows that a sum of them has to keep.

    A programme grows by ``variables`` and ``row``. Answers are whole numbers; ``whole`` says which
    variables HiGHS has to hold to that, since the others then are whole of themselves.
    """

    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    least: list[int | None] = field(default_factory=list)
    most: list[int | None] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[NDArray[np.int32]] = field(default_factory=list)
    coefficients: list[Integers] = field(default_factory=list)

    def variables(self, count: int, *, low: int, high: int, whole: bool = True) -> Integers:
        """``count`` more variables from ``low`` to ``high``; gives back their numbers."""
        first = len(self.low)
        self.low.extend([low] * count)
        self.high.extend([high] * count)
        self.whole.extend([whole] * count)
        return np.arange(first, first + count)

    def row(
        self,
        variables: ArrayLike,
        coefficients: ArrayLike = 1,
        *,
        least: int | None = None,
        most: int | None = None,
    ) -> int:
        """A sum that has to be at least ``least`` and at most ``most``; gives back its number."""
        at = np.asarray(variables, np.int32)
        self.columns.append(at)
        self.coefficients.append(np.broadcast_to(np.asarray(coefficients, np.int64), at.shape))
        self.starts.append(self.starts[-1] + len(at))
        self.least.append(least)
        self.most.append(most)
        return len(self.least) - 1

    def rows(self, variables: Integers, coefficients: Integers, *, most: int) -> None:
        """Many sums of equally many variables, shape (rows, n), each of at most ``most``."""
        count, width = variables.shape
        first = self.starts[-1]
        self.columns.extend(variables.astype(np.int32))
        self.coefficients.extend(np.broadcast_to(coefficients, variables.shape).astype(np.int64))
        self.starts.extend(range(first + width, first + width * count + 1, width))
        self.least.extend([None] * count)
        self.most.extend([most] * count)

    def entries(self) -> tuple[Integers, Integers, Integers]:
        """The rows, columns and coefficients of all entries, in the order of the rows."""
        rows = np.repeat(np.arange(len(self.least)), np.diff(self.starts))
        none = np.zeros(0, np.int64)
        columns = np.concatenate([none, *self.columns])
        return rows, columns, np.concatenate([none, *self.coefficients])

    def copy(self) -> Programme:
        """The same, to be changed apart."""
        return replace(self, **{each.name: [*getattr(self, each.name)] for each in fields(self)})

    def goal(
        self,
        name: str,
        sense: Sense,
        variables: ArrayLike,
        weights: ArrayLike,
        *,
        constant: int = 0,
    ) -> Aim:
        """The goal of most or least of a weighted sum of some of the variables.

        Make it when every variable is there.
        """
        spread = np.zeros(len(self.low), np.int64)
        np.add.at(spread, np.asarray(variables, np.int64), np.asarray(weights, np.int64))
        return Aim(name, sense, spread, constant)

    def kept(self, solution: Integers) -> bool:
        """Whether whole numbers keep every bound and every row, counted exactly."""
        low, high = np.array(self.low), np.array(self.high)
        if bool((solution < low).any()) or bool((solution > high).any()):
            return False
        _, at, by = self.entries()
        ends = np.concatenate([[0], np.cumsum(solution[at] * by)])[self.starts]
        for total, least, most in zip(np.diff(ends).tolist(), self.least, self.most, strict=True):
            if (least is not None and total < least) or (most is not None and total > most):
                return False
        return True


def solve(
    programme: Programme,
    aim: Aim,
    limits: Limits,
    *,
    start: Integers | None = None,
    mend: Mend | None = None,
) -> Answer[Integers]:
    """The best that HiGHS finds within the limits; ``start`` is a known answer to begin with.

    ``mend`` sets the variables that follow from the others, where HiGHS leaves parts of them.
    Deterministic unless ``limits.halted`` or ``limits.left`` ends it: one thread, one seed, a limit
    of nodes. With ``limits.nodes`` of 0 nothing is searched: the answer is ``start``, and its bound
    is unknown.
    HiGHS is not believed against what is counted: an answer worse than ``start`` gives way to it, a
    bound that the answer beats is none, and so is "impossible" where ``start`` keeps the rows.
    """
    known = None if start is None or not programme.kept(start) else start
    if limits.nodes <= 0 or limits.halted():
        ending = Ending.LIMIT if limits.nodes <= 0 else Ending.HALTED
        return _told(programme, aim, known, bound=None, ending=ending, effort=Effort())
    highs = opened(programme, aim, limits)
    if known is not None:
        solution = highspy.HighsSolution()
        solution.col_value = known.astype(float).tolist()
        highs.setSolution(solution)
    stopped = listening(highs, limits.halted)
    run(highs, limits)
    info, state = highs.getInfo(), highs.getModelStatus()
    nodes, steps = int(info.mip_node_count), int(info.simplex_iteration_count)
    effort = Effort(nodes=max(nodes, 0), steps=max(steps, 0))  # -1: none were counted
    impossible = state == highspy.HighsModelStatus.kInfeasible
    if impossible and known is None:
        none = Goal(aim.name, aim.sense, None, None, Proof.SOLVER)
        return Answer(Status.INFEASIBLE, Ending.PROOF, (none,), None, effort)
    found = known
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        given = np.rint(np.array(highs.getSolution().col_value)).astype(np.int64)
        found = better(programme, aim, mend(given) if mend is not None else given, known)
    mixed = any(programme.whole)
    limit = info.mip_dual_bound if mixed else info.objective_function_value
    told = math.isfinite(limit) and (mixed or state == highspy.HighsModelStatus.kOptimal)
    late = state == highspy.HighsModelStatus.kTimeLimit
    ending = Ending.HALTED if stopped() or late else Ending.LIMIT
    bound = limit if told and not impossible else None
    return _told(programme, aim, found, bound=bound, ending=ending, effort=effort)


def better(
    programme: Programme, aim: Aim, given: Integers, known: Integers | None
) -> Integers | None:
    """The better of what HiGHS gave, if it keeps the rows when counted, and what was known."""
    if not programme.kept(given):
        return known
    if known is None:
        return given
    return given if aim.way * (aim.value(given) - aim.value(known)) >= 0 else known


def _told(
    programme: Programme,
    aim: Aim,
    found: Integers | None,
    *,
    bound: float | None,
    ending: Ending,
    effort: Effort,
) -> Answer[Integers]:
    """The answer with its value counted anew, proved where the bound meets it."""
    value = None if found is None else aim.value(found)
    limit = None if bound is None else whole_bound(bound, aim.sense)
    if value is not None and limit is not None:
        beaten = aim.way * (value - limit)
        if beaten > 0:  # by as little as its tolerance, or the bound is wrong
            limit = value if beaten <= ROUNDING * abs(value) else None
    goal = Goal(aim.name, aim.sense, value, limit, Proof.SOLVER)
    if found is None:
        return Answer(Status.UNKNOWN, ending, (goal,), None, effort)
    best = goal.gap == 0
    status = Status.OPTIMAL if best else Status.FEASIBLE
    return Answer(status, Ending.PROOF if best else ending, (goal,), found, effort)


def whole_bound(bound: float, sense: Sense) -> int:
    """The whole number that a floating bound leaves possible.

    >>> whole_bound(7.9999999, Sense.MOST), whole_bound(7.4, Sense.MOST)
    (8, 7)
    >>> whole_bound(7.4, Sense.LEAST)
    8
    """
    slack = ROUNDING + abs(bound) * 1e-10
    return math.floor(bound + slack) if sense is Sense.MOST else math.ceil(bound - slack)


def opened(programme: Programme, aim: Aim, limits: Limits, *, whole: bool = True) -> highspy.Highs:
    """HiGHS with the programme, silent and repeatable; where not ``whole`` fractions may be."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.999),  # values are whole: nearer than one is the same
        ("mip_max_nodes", limits.nodes),
        ("simplex_iteration_limit", limits.steps),
    ):
        highs.setOptionValue(option, value)
    highs.passModel(_model(programme, aim, whole=whole))
    return highs


def _model(programme: Programme, aim: Aim, *, whole: bool) -> highspy.HighsLp:
    most = max((int(abs(by).max(initial=0)) for by in programme.coefficients), default=0)
    if max(most, int(abs(aim.weights).max(initial=0))) >= EXACT:
        raise OverflowError("coefficients beyond 2^53 are not exact in floating point")
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(programme.low), len(programme.least)
    model.offset_ = float(aim.constant)
    model.col_cost_ = aim.weights.astype(float)
    model.sense_ = (
        highspy.ObjSense.kMaximize if aim.sense is Sense.MOST else highspy.ObjSense.kMinimize
    )
    model.col_lower_ = np.array(programme.low, float)
    model.col_upper_ = np.array(programme.high, float)
    kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
    if whole:
        model.integrality_ = [kinds[each] for each in programme.whole]
    model.row_lower_ = _sides(programme.least, -highspy.kHighsInf)
    model.row_upper_ = _sides(programme.most, highspy.kHighsInf)
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.array(programme.starts, np.int32)
    matrix.index_ = np.concatenate([_NONE, *programme.columns])
    matrix.value_ = np.concatenate([_NONE, *programme.coefficients]).astype(float)
    return model


def _sides(sides: Iterable[int | None], absent: float) -> NDArray[np.float64]:
    return np.array([absent if side is None else side for side in sides], float)


def run(highs: highspy.Highs, limits: Limits) -> None:
    """Run HiGHS, once more or for the first time, for no longer than a clock outside leaves.

    It asks ``halted`` (``listening``) too seldom for that: not once in a minute of a large problem.
    """
    if limits.left is not None:  # HiGHS counts the time of all its runs together
        highs.setOptionValue("time_limit", highs.getRunTime() + max(0.0, limits.left()))
    highs.run()


def listening(highs: highspy.Highs, halted: Callable[[], bool]) -> Callable[[], bool]:
    """Let HiGHS ask ``halted`` while it works; tells afterwards whether it was stopped."""
    heard: list[bool] = []

    def ask(event: highspy.HighsCallbackEvent) -> None:
        if not heard and halted():
            heard.append(True)
        if heard:
            event.interrupt()

    for each in (highs.cbMipInterrupt, highs.cbSimplexInterrupt, highs.cbIpmInterrupt):
        each.subscribe(ask)
    return lambda: bool(heard)
