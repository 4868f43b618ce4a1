"""How much less a provider counts the farther it is: weights of distances, from 0 to 1.

A weight belongs to a distance within reach. What is out of reach has no pair, and so no weight;
beyond what a decay names itself the weight is 0, which is out of reach as well.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.integer[Any] | np.floating[Any]]


class Decay(Protocol):
    """A weight for each distance."""

    def weights(self, far: Numbers) -> Floats:
        """The weights of distances, of the same shape; 0 counts for nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Steps:
    """One weight up to and with each edge, none beyond the last (Luo and Qi 2009, E2SFCA).

    ``edges`` rise, in the unit of the distances; ``weights`` are above 0, at most 1, and never
    rise. A distance on an edge belongs to the nearer step.

    Raises:
        ValueError: edges and weights are not so.

    >>> Steps((300, 600), (1, 0.5)).weights(np.array([0, 300, 301, 600, 601])).tolist()
    [1.0, 1.0, 0.5, 0.5, 0.0]
    """

    edges: tuple[float, ...]
    weights_of: tuple[float, ...]

    def __post_init__(self) -> None:
        edges, weights = np.array(self.edges, float), np.array(self.weights_of, float)
        rising = bool((np.diff(edges, prepend=0.0) > 0).all()) and bool(np.isfinite(edges).all())
        falling = bool(((weights > 0) & (weights <= 1)).all()) and bool(
            (np.diff(weights) <= 0).all()
        )
        if not len(edges) or len(edges) != len(weights) or not rising or not falling:
            raise ValueError(
                f"steps {self.edges} with weights {self.weights_of}: edges rise from above 0, each "
                "has a weight above 0 and at most 1, and none is above the one before; "
                "such as (300, 600), (1, 0.5)"
            )

    def weights(self, far: Numbers) -> Floats:
        """The weight of the step that each distance lies in."""
        step = np.zeros(far.shape, np.int16)
        for edge in self.edges:
            step += far > edge
        found: Floats = np.array([*self.weights_of, 0.0])[step]
        return found


@dataclass(frozen=True, slots=True)
class Gaussian:
    """exp(-d² / 2σ²): 1 at no distance, 0.607 at ``sigma``, never quite 0.

    Raises:
        ValueError: ``sigma`` is not a number above 0.

    >>> Gaussian(20).weights(np.array([0, 20, 40])).round(4).tolist()
    [1.0, 0.6065, 0.1353]
    """

    sigma: float

    def __post_init__(self) -> None:
        _above_zero("sigma", self.sigma)

    def weights(self, far: Numbers) -> Floats:
        """The bell at each distance."""
        return _bell(far, self.sigma)


@dataclass(frozen=True, slots=True)
class GaussianToRim:
    """(exp(-d² / 2r²) - exp(-1/2)) / (1 - exp(-1/2)): 1 at no distance, 0 at ``rim`` and beyond.

    The bell of Dai (2010), known in Chinese papers as 高斯两步移动搜寻法.

    Raises:
        ValueError: ``rim`` is not a number above 0.

    >>> GaussianToRim(800).weights(np.array([0, 400, 800, 801])).round(4).tolist()
    [1.0, 0.7014, 0.0, 0.0]
    """

    rim: float

    def __post_init__(self) -> None:
        _above_zero("rim", self.rim)

    def weights(self, far: Numbers) -> Floats:
        """The bell at each distance, let down to 0 at the rim."""
        floor = math.exp(-0.5)
        found = (_bell(far, self.rim) - floor) / (1 - floor)
        found[far >= self.rim] = 0.0
        return found


def _bell(far: Numbers, width: float) -> Floats:
    found: Floats = np.square(far, dtype=np.float64)
    found *= -0.5 / width**2
    return np.exp(found, out=found)


def _above_zero(name: str, value: float) -> None:
    if not 0 < value < math.inf:
        raise ValueError(f"{name} is {value}; a number above 0 is expected, such as 800")
