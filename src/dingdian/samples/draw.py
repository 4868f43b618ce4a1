"""Chance from a seed, and sharing out in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Draw:
    """A stream of chance for one purpose.

    Every purpose has a stream of its own, so that a change in one leaves the others alone.
    Only ``integers`` and ``random`` of PCG64 are used: the same lock gives the same bytes.
    """

    def __init__(self, seed: int, purpose: str) -> None:
        """``seed`` is 0 or more."""
        bits = np.random.PCG64(np.random.SeedSequence([seed, *purpose.encode()]))
        self._generator = np.random.Generator(bits)

    def integers(self, low: int, high: int, n: int) -> list[int]:
        """``n`` integers from ``low`` to below ``high``."""
        drawn: list[int] = self._generator.integers(low, high, n).tolist()
        return drawn

    def between(self, low: int, high: int) -> int:
        """One integer from ``low`` to ``high``, both included."""
        return int(self._generator.integers(low, high + 1))

    def fractions(self, n: int) -> Floats:
        """``n`` floats from 0 to below 1."""
        return self._generator.random(n)

    def order(self, n: int) -> list[int]:
        """The numbers 0 to ``n`` - 1 in drawn order."""
        ordered: list[int] = np.argsort(self.fractions(n), kind="stable").tolist()
        return ordered

    def some(self, n: int, k: int) -> frozenset[int]:
        """``k`` of the numbers 0 to ``n`` - 1."""
        return frozenset(self.order(n)[:k])

    def weighted(self, weights: Ints, n: int) -> Ints:
        """``n`` indices, each drawn in proportion to its whole-number weight."""
        ends = np.cumsum(weights)
        drawn = self._generator.integers(0, int(ends[-1]), n)
        return np.searchsorted(ends, drawn, side="right").astype(np.int64)


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Share ``total`` out by weight in whole numbers (largest remainder); the sum is exact.

    >>> apportion(10, [1, 1, 1])
    [4, 3, 3]
    """
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares
