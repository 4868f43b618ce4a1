"""What a question of siting gives back: the answer, and why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from dingdian.core.siting.terms import Clash, Rows, Terms
from dingdian.core.solving import Answer, Ending, Goal, Proof, Sense, Status


@dataclass(frozen=True, slots=True, eq=False)
class Siting:
    """An answer, and what has to be said beside it.

    ``answer.solution``: the rows of the chosen sites in their order, the fixed ones among them.
    ``clashes``: why nothing keeps the terms; empty unless the answer is ``INFEASIBLE``.
    ``unserved``: rows of the points that no site reaches which may be chosen.
    """

    answer: Answer[Rows]
    clashes: tuple[Clash, ...] = ()
    unserved: Rows = field(default_factory=lambda: np.zeros(0, np.int64))


def refused(goals: Iterable[tuple[str, Sense]], clashes: Sequence[Clash]) -> Siting:
    """Nothing keeps the terms, and that shows without a search."""
    none = tuple(Goal(name, sense, None, None, Proof.COUNTED) for name, sense in goals)
    return Siting(Answer(Status.INFEASIBLE, Ending.PROOF, none, None), tuple(clashes))


def asked_rightly(sites: int, terms: Terms) -> None:
    """Raise ``ValueError`` unless demand and terms speak of the same candidates."""
    if sites != terms.sites:
        raise ValueError(f"the demand knows {sites} sites and the terms {terms.sites}")


def with_counted(goal: Goal, counted: int) -> Goal:
    """The goal with a counted bound, where that is at least as good as its own.

    >>> with_counted(Goal("people", Sense.MOST, 7, 9, Proof.SOLVER), 8).bound
    8
    """
    least = goal.sense is Sense.LEAST
    if goal.bound is not None and (goal.bound > counted if least else goal.bound < counted):
        return goal
    return replace(goal, bound=counted, proof=Proof.COUNTED)


def told(answer: Answer[Rows], goals: tuple[Goal, ...]) -> Answer[Rows]:
    """The answer with these goals, optimal where every gap is 0."""
    if answer.solution is None:
        return replace(answer, goals=goals)
    best = bool(goals) and all(goal.gap == 0 for goal in goals)
    return replace(
        answer,
        goals=goals,
        status=Status.OPTIMAL if best else Status.FEASIBLE,
        ending=Ending.PROOF if best else answer.ending,
    )
