"""Comparisons: whether the rim counts is part of the word, and unknown stays unknown."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.workings import Figure


class Comparison(StrEnum):
    """How a value is held against a limit."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


_HOLDS: Mapping[Comparison, Callable[[Fraction, Fraction], bool]] = MappingProxyType(
    {
        Comparison.AT_LEAST: operator.ge,
        Comparison.AT_MOST: operator.le,
        Comparison.MORE_THAN: operator.gt,
        Comparison.LESS_THAN: operator.lt,
    }
)


def holds(comparison: Comparison, left: Figure, right: Figure) -> bool | None:
    """Whether ``left`` compares so with ``right``; ``None`` when either is undefined.

    Raises:
        TypeError: one of them is a float; no verdict rests on a float.
    """
    if left.exact is None or right.exact is None:
        return None
    return _HOLDS[comparison](left.exact, right.exact)


def any_holds(verdicts: Iterable[bool | None]) -> bool | None:
    """True as soon as one is; otherwise unknown as soon as one is unknown.

    >>> any_holds([False, True, None]), any_holds([False, None]), any_holds([False])
    (True, None, False)
    """
    found = list(verdicts)
    return True if True in found else None if None in found else False


def all_hold(verdicts: Iterable[bool | None]) -> bool | None:
    """False as soon as one is; otherwise unknown as soon as one is unknown."""
    negated = any_holds(None if each is None else not each for each in verdicts)
    return None if negated is None else not negated
