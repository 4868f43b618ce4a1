"""Who leaves in a year: trials that fail, exits by cause, and those who are known to go."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from dingdian.core.indicators.releases import BEDS
from dingdian.core.projection.draws import Whole
from dingdian.core.projection.scenario import CLOSED, EXITS, REDUCED, TRIAL_FAILURE, Entrant
from dingdian.core.projection.state import Ground, RunsState
from dingdian.core.projection.today import SIDES

#: No cause: the institution stays.
STAYS = -1
CAUSES = (*EXITS, TRIAL_FAILURE)
#: What is released by those who stay.
PARTLY = (CLOSED, REDUCED)


def leave(ground: Ground, state: RunsState, year: int) -> None:
    """Take out who leaves in ``year``, and say what they release, by cause."""
    state.by_cause = {cause: np.zeros_like(state.stocks) for cause in (*CAUSES, *PARTLY)}
    grown = _of_today(ground, state, year)
    for kind in ground.scenario.entrants:
        _newcomers(ground, state, kind, year)
    state.released = sum(state.by_cause.values(), np.zeros_like(state.stocks))
    state.stocks = state.stocks + grown - state.released


def _of_today(ground: Ground, state: RunsState, year: int) -> Whole:
    """One draw an institution and run says whether it leaves, and for what; who stays may change.

    Returns what those who stay have more of.
    """
    held, scenario, amounts = ground.today.institutions, ground.scenario, _amounts(ground, year)
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
        np.add.at(state.by_cause[cause], at, amounts[rows[mine]])
    state.standing = state.standing & (why == STAYS)
    return _changes(ground, state, year)


def _amounts(ground: Ground, year: int) -> Whole:
    """What each institution that still stands has when ``year`` begins."""
    held, changes = ground.today.institutions, ground.scenario.changes
    amounts = held.amounts.copy()
    for (when, code), its in changes.items():
        if when < year:
            amounts[held.codes.index(code)] -= _by_stock(ground, its)
    return amounts


def _by_stock(ground: Ground, given: Mapping[str, int]) -> Whole:
    return np.array([given.get(each, 0) for each in ground.today.stocks], np.int64)


def _changes(ground: Ground, state: RunsState, year: int) -> Whole:
    """What those who stay give up is released; what they have more of is returned."""
    held, grown = ground.today.institutions, np.zeros_like(state.stocks)
    beds = np.array([each.startswith(BEDS) for each in ground.today.stocks])
    for (when, code), its in ground.scenario.changes.items():
        if when == year:
            row, change = held.codes.index(code), _by_stock(ground, its)
            there = state.standing[:, row, None] * change
            less, district = np.maximum(there, 0), held.district[row]
            state.by_cause[REDUCED][:, district] += less * beds
            state.by_cause[CLOSED][:, district] += less * ~beds
            grown[:, district] += np.maximum(-there, 0)
    return grown


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
