"""What is to be known of a street graph before it is relied upon."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dingdian.core.streets.graph import Rows, Streets
from dingdian.core.streets.network import By, Network


@dataclass(frozen=True, slots=True)
class Quality:
    """Numbers of a graph; nothing of them is mended.

    ``places``, ``pieces``: of the whole graph, and ``walkable``, ``drivable`` of its pieces.
    ``footways``: pieces for walking alone; 0 means that the file shows roads only, so that ways on
    foot are longer than they are. ``islands``: places of each part that cannot be walked to from
    the largest one, the largest first; ``drive_islands`` likewise of what is joined by streets for
    cars. ``trapped``: places that streets for cars join to the largest part of their island, but
    not both to it and back: a one-way street with no way on. ``repeated``, ``empty``: see
    ``Streets``.
    """

    places: int
    pieces: int
    walkable: int
    drivable: int
    footways: int
    islands: tuple[int, ...]
    drive_islands: tuple[int, ...]
    trapped: int
    repeated: int
    empty: int

    @property
    def no_footways(self) -> bool:
        """Whether the graph has streets, and none for walking alone."""
        return self.pieces > 0 and self.footways == 0


def quality_of(streets: Streets) -> Quality:
    """The quality of a graph."""
    drives = streets.forward | streets.backward
    walking, driving = (Network.of(streets, by) for by in By)
    island = driving.islands
    return Quality(
        places=len(streets.points),
        pieces=len(streets),
        walkable=int(np.count_nonzero(streets.walk)),
        drivable=int(np.count_nonzero(drives)),
        footways=int(np.count_nonzero(streets.walk & ~drives)),
        islands=_beside_the_largest(walking.islands),
        drive_islands=_beside_the_largest(island),
        trapped=_trapped(island, driving.parts),
        repeated=streets.repeated,
        empty=streets.empty,
    )


def _beside_the_largest(island: Rows) -> tuple[int, ...]:
    return tuple(np.bincount(island[island >= 0])[1:].tolist())


def _trapped(island: Rows, part: Rows) -> int:
    """The places that are not of the largest part of their island.

    Parts are numbered by falling size: the lowest number on an island is its largest.
    """
    on = island >= 0
    largest = np.full(int(island.max(initial=-1)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(largest, island[on], part[on])
    return int(np.count_nonzero(part[on] != largest[island[on]]))
