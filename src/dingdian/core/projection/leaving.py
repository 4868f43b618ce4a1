"""Who leaves in a year: trials that fail, exits by cause, and those who are known to go."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import numpy.typing as npt

from dingdian.core.projection.draws import Whole
from dingdian.core.projection.scenario import EXITS, TRIAL_FAILURE, Entrant
from dingdian.core.projection.state import Ground, RunsState
from dingdian.core.projection.today import SIDES

#: No cause: the institution stays.
STAYS = -1
CAUSES = (*EXITS, TRIAL_FAILURE)


def leave(ground: Ground, state: RunsState, year: int) -> None:
    """Take out who leaves in ``year``, and say what they release, by cause."""
    state.by_cause = {cause: np.zeros_like(state.stocks) for cause in CAUSES}
    _of_today(ground, state, year)
    for kind in ground.scenario.entrants:
        _newcomers(ground, state, kind, year)
    state.released = sum(state.by_cause.values(), np.zeros_like(state.stocks))
    state.stocks = state.stocks - state.released


def _of_today(ground: Ground, state: RunsState, year: int) -> None:
    """One draw an institution and run says whether it leaves, and for what."""
    held, scenario = ground.today.institutions, ground.scenario
    drawn = np.asarray(ground.draws.random(state.standing.shape))
    why = np.full(state.standing.shape, STAYS, np.int8)
    for side, name in enumerate(SIDES):
        own = held.side == side
        edges = [*accumulate(float(scenario.exits.get(name, {}).get(c, 0)) for c in EXITS)]
        which = np.searchsorted(edges, drawn[:, own], side="right")
        why[:, own] = np.where(which < len(EXITS), which, STAYS)
    _trials(ground, why, held.trial_ends == year)
    for (when, code), cause in scenario.leavers.items():
        if when == year:
            why[:, held.codes.index(code)] = CAUSES.index(cause)
    why[~state.standing] = STAYS
    runs, rows = np.nonzero(why != STAYS)
    causes = why[runs, rows]
    for n, cause in enumerate(CAUSES):
        mine = causes == n
        at = (runs[mine], held.district[rows[mine]])
        np.add.at(state.by_cause[cause], at, held.amounts[rows[mine]])
    state.standing = state.standing & (why == STAYS)


def _trials(ground: Ground, why: npt.NDArray[np.int8], due: npt.NDArray[np.bool_]) -> None:
    """Of trials that end some fail, whatever else was drawn for them."""
    if due.any():
        size = (len(why), int(due.sum()))
        fails = np.asarray(ground.draws.random(size)) < float(ground.scenario.trial_failure)
        why[:, due] = np.where(fails, CAUSES.index(TRIAL_FAILURE), why[:, due])


def _newcomers(ground: Ground, state: RunsState, kind: Entrant, year: int) -> None:
    scenario, brings = ground.scenario, ground.brings(kind)
    rates = [(c, float(scenario.exits.get(kind.side, {}).get(c, 0))) for c in EXITS]
    settled = (kind.name, 0)
    for key in [each for each in state.newcomers if each[0] == kind.name]:
        here = state.newcomers.pop(key)
        if key[1] == year:
            failed = np.asarray(ground.draws.binomial(here, float(scenario.trial_failure)))
            state.by_cause[TRIAL_FAILURE] += failed[..., None] * brings
            here = here - failed
        stays = here
        left = 1.0
        for cause, rate in rates:
            gone: Whole = np.asarray(
                ground.draws.binomial(stays, min(rate / left, 1.0) if left > 0 else 0.0)
            )
            state.by_cause[cause] += gone[..., None] * brings
            stays, left = stays - gone, left - rate
        after = settled if key[1] == year else key
        state.newcomers[after] = state.newcomers.get(after, 0) + stays
