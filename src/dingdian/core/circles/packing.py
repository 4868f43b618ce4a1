"""Triples of whole numbers put in order: as single numbers, where three fit into 63 bits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Packed = tuple[Whole, ...]
Numbers = npt.NDArray[np.int32]
Triples = tuple[Numbers, Numbers, Whole]

BITS = 63
AT_ONCE = 1 << 16  # triples that are taken apart together: they stay in the cache


@dataclass(frozen=True, slots=True)
class Packing:
    """Triples whose second needs ``second`` bits and whose third needs ``third`` bits.

    Where ``fits`` is false a triple stays three arrays, which takes longer to sort.
    """

    second: int
    third: int
    fits: bool

    @classmethod
    def of(cls, firsts: int, seconds: int, most: int) -> Packing:
        """For first and second numbers below these, third ones of at most the last.

        >>> packing = Packing.of(9, 9, 5)
        >>> some = packing.packed(np.array([8, 2, 2]), np.array([0, 8, 1]), np.array([5, 0, 3]))
        >>> [each.tolist() for each in packing.in_order([some])]
        [[2, 2, 8], [1, 8, 0], [3, 0, 5]]
        """
        bits = [int(number).bit_length() for number in (firsts, seconds, most)]
        return cls(bits[1], bits[2], sum(bits) <= BITS)

    def packed(self, first: Whole, second: Whole, third: Whole) -> Packed:
        """Some triples as ``in_order`` takes them; all arrays have one shape."""
        if not self.fits:
            return first, second, third
        return ((((first << self.second) | second) << self.third) | third,)

    def in_order(self, parts: Sequence[Packed]) -> Triples:
        """All triples, by the first, then the second number; both as int32, the third as int64."""
        none = np.zeros(0, np.int64)
        if not self.fits:
            columns = zip((none, none, none), *parts, strict=True)
            first, second, third = (np.concatenate(each) for each in columns)
            by = np.lexsort((second, first))
            return first[by].astype(np.int32), second[by].astype(np.int32), third[by]
        whole = np.concatenate([none, *(one for (one,) in parts)])
        whole.sort()
        ones = np.empty((2, len(whole)), np.int32)
        for start in range(0, len(whole), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            ones[0, some] = whole[some] >> (self.second + self.third)
            ones[1, some] = (whole[some] >> self.third) & ((1 << self.second) - 1)
            whole[some] &= (1 << self.third) - 1
        return ones[0], ones[1], whole
