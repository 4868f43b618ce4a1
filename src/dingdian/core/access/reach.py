"""What lies within reach, shared with nobody: how much of it, how far the nearest is."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from dingdian.core.access.pairs import Floats, Pairs, Weights

Mask = npt.NDArray[np.bool_]


def amounts(name: str, values: npt.ArrayLike, many: int) -> Floats:
    """What places or providers have, checked: finite, 0 or more, whole or not.

    Raises:
        ValueError: not as many as there are, or one is negative, infinite or not a number.
    """
    found = np.asarray(values, np.float64)
    if found.shape != (many,):
        raise ValueError(f"{name} has shape {found.shape}; the pairs are among {many}")
    wrong = np.flatnonzero(~((found >= 0) & (found < np.inf)))
    if len(wrong):
        row = int(wrong[0])
        raise ValueError(
            f"{name}[{row}] is {found[row]} ({len(wrong)} such rows); 0 or more is expected. "
            "What is not known has no number: leave it out, and say so"
        )
    return found


def reached(pairs: Pairs, supply: npt.ArrayLike, weights: Weights = None) -> Floats:
    """The capacity within reach of each place, weighted: shape (demands,).

    Without weights the cumulative measure. 0: nothing is within reach, or it has no capacity.

    Raises:
        ValueError: ``supply`` is not one finite number, 0 or more, for each provider.
    """
    own = amounts("supply", supply, pairs.supplies)
    parts: Floats = pairs.of_supply(own)
    if weights is not None:
        parts *= weights
    return pairs.by_demand(parts)


def nearest(pairs: Pairs) -> npt.NDArray[Any]:
    """How far the nearest provider within reach is from each place: NaN where none is."""
    found = np.full(pairs.demands, np.nan)
    some = np.flatnonzero(np.diff(pairs.starts))
    if len(some):
        found[some] = np.minimum.reduceat(pairs.far, pairs.starts[some])
    return found


def touched(pairs: Pairs, weights: Weights, *, places: Mask, providers: Mask) -> tuple[Mask, Mask]:
    """Whose score would change with the numbers of some places and providers.

    The providers that any of ``places`` has within reach (weight above 0), with ``providers``
    themselves; and the places that have any of those within reach.
    """
    found = providers.copy()
    found[pairs.supply[counting(pairs.of_demand(places), weights)]] = True
    return reaching(pairs, found, weights), found


def reaching(pairs: Pairs, providers: Mask, weights: Weights) -> Mask:
    """The places that have any of some providers within reach, shape (demands,)."""
    found = counting(pairs.of_supply(providers), weights)
    return pairs.by_demand(found.astype(np.float64)) > 0


def counting(some: Mask, weights: Weights) -> Mask:
    """Those of some pairs that weigh anything."""
    return some if weights is None else some & (weights > 0)
