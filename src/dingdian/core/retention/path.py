"""The way to the cap over the years: who goes when, no agreement ending before its term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def path(order: Sequence[int], earliest: Mapping[int, int], years: Sequence[int]) -> dict[int, int]:
    """The year in which each goes: about as many each year, in the order given.

    ``order``: who goes, the first first. ``earliest``: the first year at whose end the agreement of
    each may end; who is not in it waits for the last year, since nobody knows. ``years``: rising,
    at least one, and nobody's earliest is after the last.

    >>> path([4, 2, 9, 7], {4: 2026, 2: 2027, 9: 2026, 7: 2026}, (2026, 2027))
    {4: 2026, 9: 2026, 2: 2027, 7: 2027}
    """
    going: dict[int, int] = {}
    for at, year in enumerate(years):
        target = -(-len(order) * (at + 1) // len(years))
        for row in order:
            if len(going) >= target:
                break
            if row not in going and earliest.get(row, years[-1]) <= year:
                going[row] = year
    return going
