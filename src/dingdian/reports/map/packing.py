"""Columns of a page as short text; ``decode.js`` reads them again."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Plain = dict[str, Any]

#: Positions are whole steps of this many to a degree: about a metre.
STEPS = 100_000

_SEVEN = 7
_LONGEST = 5  # bytes of a number below 2**34
#: The letter that says that nothing is shared with the text before, and how much one may say.
_ZERO, _MOST = ord("0"), 60
#: The last letter that scripts count as one; rarer ones are not shared.
_PLAIN = "\ud7ff"


def packed(numbers: npt.ArrayLike) -> str:
    """Whole numbers (absolutely below 2**32) as base64 of the differences from one to the next.

    Each difference is folded so that small ones of both signs are small (zigzag) and written
    in groups of seven bits, lowest first.

    >>> packed([5, 6, 4]), packed([])
    ('CgID', '')
    """
    values = np.asarray(numbers, np.int64)
    steps = values - np.concatenate([[0], values])[: len(values)]
    folded = (steps << 1) ^ (steps >> 63)
    limits = np.array([1 << (_SEVEN * n) for n in range(1, _LONGEST)], np.int64)
    sizes = np.searchsorted(limits, folded, side="right") + 1
    starts = np.cumsum(sizes) - sizes
    found = np.zeros(int(sizes.sum()), np.uint8)
    for n in range(_LONGEST):
        rows = sizes > n
        more = np.where(sizes[rows] > n + 1, 128, 0)
        found[starts[rows] + n] = (folded[rows] >> (_SEVEN * n) & 127) | more
    return base64.b64encode(found.tobytes()).decode()


def fronted(texts: Iterable[str]) -> list[str]:
    """Texts without what each shares with the one before: a letter that counts it, and the rest.

    >>> fronted(["H2101", "H2102", "甲"])
    ['0H2101', '42', '0甲']
    """
    found = []
    for before, text in pairwise(["", *texts]):
        shared = 0
        for one, other in zip(before, text, strict=False):
            if one != other or one > _PLAIN or shared == _MOST:
                break
            shared += 1
        found.append(chr(_ZERO + shared) + text[shared:])
    return found
