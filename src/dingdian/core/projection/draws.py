"""Chance, as the caller hands it in: the core draws from it and never makes it."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]


class Draws(Protocol):
    """A stream of random numbers begun from a recorded seed; numpy's ``Generator`` is one.

    The same stream gives the same projection within one release and lock.
    """

    def binomial(self, n: Any, p: Any, /) -> Any:
        """How many of ``n`` it happens to, each with probability ``p``."""
        ...

    def poisson(self, lam: Any, /) -> Any:
        """How many come where ``lam`` are expected."""
        ...

    def random(self, size: Any, /) -> Any:
        """Numbers from 0 up to 1."""
        ...

    def integers(self, low: int, high: int, size: int, /) -> Any:
        """Whole numbers from ``low`` up to ``high``, which is left out."""
        ...
