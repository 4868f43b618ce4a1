"""How median and centre begin: what needs no search, a first choice, and who cannot be reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dingdian.core.siting.demand import Distances
from dingdian.core.siting.interchange import first_choice
from dingdian.core.siting.needs import (
    Needs,
    addable,
    fewest_unreached,
    needs_of,
    nothing,
    told,
)
from dingdian.core.siting.terms import Rows, Terms
from dingdian.core.solving import Answer, Effort, Ending, Goal, Limits, Proof, Sense

GOALS = ("unreached", "distance")


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A first choice that leaves as few people out as is known to be possible.

    ``first``: the goal ``unreached``. ``halted``: whether the search for it was ended from outside.
    """

    needs: Needs
    chosen: Rows
    first: Goal
    effort: Effort
    halted: bool


def begun(
    distances: Distances, terms: Terms, limits: Limits, *, far: Callable[[Needs, Rows], int]
) -> Begun | Answer[Rows]:
    """A first choice to go on from, or the answer where there is nothing to search.

    ``far``: how far a choice leaves people, which is the goal ``distance``.
    """
    if any(terms.clashes()):
        return nothing(GOALS)
    needs = needs_of(distances, terms)
    fixed = np.unique(terms.fixed)
    if not len(needs.weights) or not addable(terms, np.isin(np.arange(terms.sites), fixed)).any():
        values = (needs.unreached(fixed), far(needs, fixed))
        goals = tuple(
            Goal(name, Sense.LEAST, value, value, Proof.COUNTED)
            for name, value in zip(GOALS, values, strict=True)
        )
        return told(goals, fixed, Ending.PROOF, Effort())
    chosen, rounds = first_choice(needs.costs, terms, limits)
    first, chosen, asked = fewest_unreached(needs, terms, limits, chosen)
    effort = Effort(rounds=rounds) + (asked.effort if asked else Effort())
    return Begun(needs, chosen, first, effort, asked is not None and asked.by_clock)
