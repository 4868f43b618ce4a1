"""Which beds go where: what cells gain and lose as moves, at home first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from itertools import product

from dingdian.core.transfer.question import Cell


@dataclass(frozen=True, slots=True)
class Move:
    """So many beds from one cell to another of the same pool."""

    start: Cell
    end: Cell
    beds: int


def moves_of(change: Mapping[Cell, int], zones: Mapping[str, str]) -> tuple[Move, ...]:
    """The moves that make up a change, in the order of where they start.

    Beds stay in their district as far as they can, then in their zone (``zones``: district ->
    zone, missing where unknown). Each pool has to give what it takes.

    >>> change = {Cell("a", "tertiary", "x"): -5, Cell("a", "primary", "x"): 2,
    ...           Cell("b", "primary", "x"): 3}
    >>> [(move.end.district, move.beds) for move in moves_of(change, {})]
    [('a', 2), ('b', 3)]
    """
    left = dict(sorted(change.items()))
    giving = [cell for cell, n in left.items() if n < 0]
    taking = [cell for cell, n in left.items() if n > 0]
    moves: list[Move] = []
    groups: tuple[Callable[[Cell], Hashable], ...] = (
        lambda cell: (cell.pool, cell.district),
        lambda cell: (cell.pool, zones.get(cell.district, f"?{cell.district}")),
        lambda cell: cell.pool,
    )
    for near in groups:
        for start, end in product(giving, taking):
            beds = min(-left[start], left[end])
            if beds and near(start) == near(end):
                moves.append(Move(start, end, beds))
                left[start] += beds
                left[end] -= beds
    return tuple(sorted(moves, key=lambda move: (move.start, move.end)))
