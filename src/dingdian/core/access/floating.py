"""Floating catchment areas: each provider divided among all who have it within reach.

For place i with people P, provider j with capacity S and the weight w of their distance:

    D_j = Σ_i P_i a_ij        the demand that falls on a provider
    R_j = S_j / D_j           what it has for each of those people
    A_i = Σ_j R_j b_ij        the score of a place: capacity for each person

The methods differ in a and b alone (``Method``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from dingdian.core.access.pairs import Floats, Pairs, Weights
from dingdian.core.access.reach import Mask, amounts, reaching


class Method(StrEnum):
    """How the weight w of a pair goes into the two steps.

    ``TWO_STEP``: a = b = w (2SFCA, Luo and Wang 2003, where every w is 1; enhanced, E2SFCA, Luo
    and Qi 2009, where it falls with the distance). ``THREE_STEP``: a = b = g·w, where people choose
    among the providers they reach by g = w / Σ_j w (3SFCA, Wan, Zou and Sternberg 2012).
    ``BALANCED``: a = w / Σ_j w, so that everybody is counted once, and b = w / Σ_i w, so that no
    capacity for each person is handed out twice (BFCA, Páez, Higgins and Vivona 2019).
    """

    TWO_STEP = "two_step"
    THREE_STEP = "three_step"
    BALANCED = "balanced"


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """The scores of places, and what they were made of.

    ``scores`` (demands,): capacity for each person. 0: nothing with any capacity is within reach.
    NaN: undefined, because a provider within reach has no ratio. ``ratios`` (supplies,): capacity
    for each person that falls on a provider. NaN: it has capacity, but nobody falls on it
    (``unshared``), so nothing says among how many it is divided. A provider without capacity has
    the ratio 0, whoever falls on it. ``load`` (supplies,): the people that fall on each.
    """

    scores: Floats
    ratios: Floats
    load: Floats

    @property
    def unshared(self) -> Mask:
        """The providers with capacity on which nobody falls, shape (supplies,)."""
        return np.isnan(self.ratios)

    @property
    def undefined(self) -> Mask:
        """The places without a score, shape (demands,)."""
        return np.isnan(self.scores)


def floating(
    pairs: Pairs,
    weights: Weights,
    *,
    demand: npt.ArrayLike,
    supply: npt.ArrayLike,
    method: Method,
) -> Access:
    """The access of every place, those without people among them.

    ``weights`` (m,): of the pairs, 0 or more (``Decay.weights``); ``None``: all alike. ``demand``
    (demands,) and ``supply`` (supplies,): people and capacity, 0 or more, whole or not.

    Raises:
        ValueError: a number of people or a capacity is negative, infinite or not a number, or
            there are not as many as the pairs are among.
    """
    people = amounts("demand", demand, pairs.demands)
    capacity = amounts("supply", supply, pairs.supplies)
    to, back = _shares(pairs, method, weights)
    load = pairs.by_supply(_weighed(pairs.of_demand(people), to))
    ratios = np.full(pairs.supplies, np.nan)
    ratios[capacity == 0] = 0.0
    np.divide(capacity, load, out=ratios, where=load > 0)
    unshared = np.isnan(ratios)
    scores = pairs.by_demand(_weighed(pairs.of_supply(np.where(unshared, 0.0, ratios)), back))
    if unshared.any():
        scores[reaching(pairs, unshared, back)] = np.nan
    return Access(scores, ratios, load)


def _weighed(values: Floats, weights: Weights) -> Floats:
    """Values of pairs times their weights, in place."""
    if weights is not None:
        values *= weights
    return values


def _shares(pairs: Pairs, method: Method, weights: Weights) -> tuple[Weights, Weights]:
    """How people go to providers, and how these come back to people."""
    if method is Method.TWO_STEP:
        return weights, weights
    if weights is None:
        weights = np.ones(len(pairs))
    own = _divided(weights, pairs.of_demand(pairs.by_demand(weights)))
    if method is Method.THREE_STEP:
        own *= weights
        return own, own
    return own, _divided(weights, pairs.of_supply(pairs.by_supply(weights)))


def _divided(weights: Floats, sums: Floats) -> Floats:
    """Shares of sums; 0 of a sum of 0, whose weights are all 0."""
    return np.divide(weights, sums, out=np.zeros(len(weights)), where=sums > 0)
