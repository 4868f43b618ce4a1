"""What would happen to each institution of a capped stock, and where the call was close."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from math import ceil

from dingdian.core.retention_record import CapRecord

#: The part of those that would go whose nearest exchange changes least: their calls were close.
CLOSE = Fraction(1, 10)


class Fate(StrEnum):
    """What would happen: ``FIRST`` leaves whatever is chosen, ``HELD`` may not be proposed."""

    STAYS = "stays"
    HELD = "held"
    GOES = "goes"
    FIRST = "leaves first"


def fates(cap: CapRecord) -> dict[str, Fate]:
    """Code -> what would happen to it; only those whom the answer names."""
    found = dict.fromkeys(cap.stays, Fate.STAYS)
    found |= {code: Fate.HELD for codes in cap.held.values() for code in codes}
    found |= {each.code: Fate.GOES for each in cap.going}
    return found | {code: Fate.FIRST for codes in cap.leaving.values() for code in codes}


def years(cap: CapRecord) -> dict[str, int]:
    """Code -> the year in which it would go or leaves first, where one is known."""
    going = {each.code: each.year for each in cap.going if each.year is not None}
    return going | {each.code: each.year for each in cap.gone_first if each.year is not None}


def close_calls(cap: CapRecord) -> frozenset[str]:
    """Those that would go whose nearest exchange makes the answer least worse: a tenth, ties too.

    Exchanges are compared goal by goal in their order. Whoever nobody could replace is not close.
    """
    found = {each.code: each.exchange.differences for each in cap.going if each.exchange}
    if not found:
        return frozenset()
    ranked = sorted(found.values(), reverse=True)
    last = ranked[min(ceil(len(cap.going) * CLOSE), len(ranked)) - 1]
    return frozenset(code for code, each in found.items() if each >= last)
