"""Which institutions could give the beds that leave a cell, in an order that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from dingdian.core.transfer.question import Cell, Holder


class First(StrEnum):
    """Who gives first: the least used (unknown use last), the one with most room, the largest."""

    USE = "use"
    ROOM = "room"
    SIZE = "size"


FIRST = (First.USE, First.ROOM)
Use = Mapping[str, Fraction]
_Key = Callable[[Holder, Use], tuple[Fraction | int, ...]]
_KEYS: Mapping[First, _Key] = MappingProxyType(
    {
        First.USE: lambda each, use: (each.code not in use, use.get(each.code, Fraction(0))),
        First.ROOM: lambda each, _use: (-each.room,),
        First.SIZE: lambda each, _use: (-each.total,),
    }
)


@dataclass(frozen=True, slots=True)
class Gift:
    """Beds that an institution could give of a pool."""

    code: str
    pool: str
    beds: int


def in_turn(holders: Iterable[Holder], first: Sequence[First], use: Use) -> tuple[Holder, ...]:
    """Institutions in the order of giving; equal ones by their code."""
    return tuple(
        sorted(
            holders,
            key=lambda each: (tuple(_KEYS[key](each, use) for key in first), each.code),
        )
    )


def gifts(wanted: Mapping[Cell, int], holders: Sequence[Holder]) -> tuple[Gift, ...]:
    """Who gives what cells give: those first in turn as much as they can.

    ``wanted``: the beds that leave each cell. ``holders`` stand in their turn; each gives of its
    own cells, of a pool no more than it has, in all no more than its room. The first gives as much
    as any division allows, then the second, and so on.

    Raises:
        ValueError: institutions cannot give as much.
    """
    found: list[Gift] = []
    for place in sorted({(cell.district, cell.level) for cell in wanted}):
        asked = {cell.pool: n for cell, n in wanted.items() if (cell.district, cell.level) == place}
        its = [each for each in holders if (each.district, each.level) == place]
        found += _divided(asked, its)
    return tuple(found)


def _divided(asked: Mapping[str, int], holders: Sequence[Holder]) -> list[Gift]:
    flow = _Flow(asked, holders)
    for number in range(len(holders)):
        flow.give(number)
    if any(flow.left.values()):
        raise ValueError(f"institutions cannot give {flow.left}")
    return [
        Gift(each.code, pool, n)
        for each, its in zip(holders, flow.given, strict=True)
        for pool, n in sorted(its.items())
        if n
    ]


class _Flow:
    """Beds of pools flow to institutions, one institution after the other, by augmenting paths."""

    def __init__(self, asked: Mapping[str, int], holders: Sequence[Holder]) -> None:
        self.holders, self.left = holders, dict(asked)
        self.given = [dict.fromkeys(each.beds, 0) for each in holders]

    def give(self, number: int) -> None:
        """Let one institution give as much as those before it leave possible."""
        room = self.holders[number].room
        while room and (path := self._path(number)):
            room -= self._along(path, room)

    def _spare(self, number: int, pool: str) -> int:
        """What an institution has of a pool and does not give yet."""
        return self.holders[number].beds.get(pool, 0) - self.given[number].get(pool, 0)

    def _path(self, start: int) -> list[tuple[int, str]]:
        """The shortest way on which ``start`` can give more: who gives which pool more.

        Where nothing is left of the pool that it gives, one that gives of it gives another pool
        in its place, and so on. Empty where there is no way.
        """
        paths = [[(start, pool)] for pool in sorted(self.holders[start].beds)]
        seen: set[str] = set()
        for path in paths:
            at, pool = path[-1]
            if pool in seen or not self._spare(at, pool):
                continue
            seen.add(pool)
            if self.left.get(pool, 0):
                return path
            for other, its in enumerate(self.given):
                if other != at and its.get(pool, 0):
                    paths += [[*path, (other, more)] for more in sorted(its)]
        return []

    def _along(self, path: list[tuple[int, str]], room: int) -> int:
        """Give along a path as much as it allows; returns how much."""
        spares = (self._spare(at, pool) for at, pool in path)
        freed = [(at, before) for (_, before), (at, _) in pairwise(path)]
        kept = (self.given[at][pool] for at, pool in freed)
        most = min(room, self.left[path[-1][1]], *spares, *kept)
        for at, pool in path:
            self.given[at][pool] += most
        for at, pool in freed:
            self.given[at][pool] -= most
        self.left[path[-1][1]] -= most
        return most
