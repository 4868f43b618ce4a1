"""What would happen to each institution of a capped stock, and where the call was close."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from math import ceil

from dingdian.core.retention_record import CapRecord, FirstRecord, GoingRecord, RetentionRecord

#: The part of those that would go whose nearest exchange changes least: their calls were close.
CLOSE = Fraction(1, 10)
#: Where ties make them more than this part, closeness tells nobody apart.
MOST = Fraction(1, 5)


class Fate(StrEnum):
    """What would happen.

    ``HELD`` may not be proposed; ``FIRST`` leaves as the assessment says, whatever is chosen;
    ``EARLIER`` goes under a cap before, as a service goes with its designation.
    """

    STAYS = "stays"
    HELD = "held"
    GOES = "goes"
    FIRST = "leaves first"
    EARLIER = "goes under the cap before"


def fates(cap: CapRecord) -> dict[str, Fate]:
    """Code -> what would happen to it; only those whom the answer names."""
    found = dict.fromkeys(cap.stays, Fate.STAYS)
    found |= {code: Fate.HELD for codes in cap.held.values() for code in codes}
    found |= {each.code: Fate.GOES for each in cap.going}
    found |= {code: Fate.FIRST for codes in cap.leaving.values() for code in codes}
    return found | dict.fromkeys(earlier(cap), Fate.EARLIER)


def earlier(cap: CapRecord) -> tuple[str, ...]:
    """Codes of those who go under a cap before, and so are not there for this one."""
    return tuple(cap.leaving.get("earlier_cap", ()))


def unanswered(record: RetentionRecord, cap: CapRecord) -> dict[str, GoingRecord | FirstRecord]:
    """Code -> what a cap before says of one that goes under it, where this cap has no answer.

    Its year, its term and the people within its circle are the same for both. Who still serves them
    is told of the stock before, and not known of this one.
    """
    before: dict[str, GoingRecord | FirstRecord] = {}
    for each in record.caps:
        if each.rule == cap.rule and each.resource == cap.resource:
            break
        before |= {one.code: one for one in each.gone_first}
        before |= {one.code: one for one in each.going}
    own = {each.code for each in cap.gone_first}
    return {code: before[code] for code in earlier(cap) if code in before and code not in own}


def years(record: RetentionRecord, cap: CapRecord) -> dict[str, int]:
    """Code -> the year in which it would go or leaves, where one is known."""
    every = (*unanswered(record, cap).values(), *cap.going, *cap.gone_first)
    return {each.code: each.year for each in every if each.year is not None}


def close_calls(cap: CapRecord) -> frozenset[str]:
    """Those that would go whose nearest exchange makes the answer least worse: a tenth, ties too.

    Exchanges are compared goal by goal in their order. Whoever nobody could replace is not close.
    None where ties make them more than a fifth: then closeness tells none apart, see ``tied``.
    """
    found = _closest(cap)
    return frozenset() if _too_many(cap, found) else found


def tied(cap: CapRecord) -> int:
    """How many are equally close where they are too many to be marked; else 0."""
    found = _closest(cap)
    return len(found) if _too_many(cap, found) else 0


def _closest(cap: CapRecord) -> frozenset[str]:
    found = {each.code: each.exchange.differences for each in cap.going if each.exchange}
    if not found:
        return frozenset()
    ranked = sorted(found.values(), reverse=True)
    last = ranked[min(ceil(len(cap.going) * CLOSE), len(ranked)) - 1]
    return frozenset(code for code, each in found.items() if each >= last)


def _too_many(cap: CapRecord, found: frozenset[str]) -> bool:
    """Whether ties make more than a fifth; a tenth that is rounded up is no tie."""
    going = len(cap.going)
    return len(found) > ceil(going * CLOSE) and len(found) > going * MOST
