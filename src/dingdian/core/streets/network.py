"""A network: the streets as one may pass them on foot or by car, and where points join them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from dingdian.core.circles import Points
from dingdian.core.circles.chord import ECCENTRICITY_SQUARED, Floats
from dingdian.core.streets.graph import Flags, Rows, Streets, up_mm

#: A point farther than this from every street is on none: whole millimetres.
FARTHEST_MM = 500_000


class By(StrEnum):
    """How one goes."""

    WALKING = "walking"
    DRIVING = "driving"


@dataclass(frozen=True, slots=True, eq=False)
class Snapped:
    """Where ``q`` points join the network; all arrays have shape (q,).

    ``piece``: the nearest piece that one may pass, -1 where it is farther than ``FARTHEST_MM``, or
    there is none; ``off_mm``: how far it is, -1 where there is none; ``share``: where on it, 0 at
    its tail and 1 at its head; ``to_tail_mm`` and ``to_head_mm``: from there to its ends.
    ``aside``: joins a part of the network that is not the largest (an island, a trap).
    """

    places: Points
    piece: Rows
    off_mm: Rows
    share: Floats
    to_tail_mm: Rows
    to_head_mm: Rows
    aside: Flags

    def __len__(self) -> int:
        return len(self.piece)

    def take(self, rows: Rows) -> Snapped:
        """The same of some rows."""
        return Snapped(
            self.places.take(rows),
            *(getattr(self, each.name)[rows] for each in fields(self) if each.name != "places"),
        )

    @property
    def far(self) -> int:
        """How many points are on no street."""
        return int(np.count_nonzero(self.piece < 0))

    @property
    def farthest_mm(self) -> int:
        """How far the farthest point is from the street that it joins, 0 where none joins one."""
        return int(self.off_mm[self.piece >= 0].max(initial=0))


@dataclass(frozen=True, eq=False)
class Network:
    """Streets as one may pass them; make one with ``Network.of``. ``pieces``: those passable."""

    streets: Streets
    by: By
    pieces: Rows
    forward: Flags
    backward: Flags

    @classmethod
    def of(cls, streets: Streets, by: By) -> Network:
        """The network; on foot every piece may be passed either way."""
        if by is By.WALKING:
            return cls(streets, by, np.flatnonzero(streets.walk), streets.walk, streets.walk)
        pieces = np.flatnonzero(streets.forward | streets.backward)
        return cls(streets, by, pieces, streets.forward, streets.backward)

    @cached_property
    def back(self) -> csr_array:
        """Row ``b``, column ``a``: millimetres from place ``a`` to ``b`` where one may go.

        Searches run from where people go to, back to where they come from.
        """
        there, against = np.flatnonzero(self.forward), np.flatnonzero(self.backward)
        tail, head = self.streets.tail, self.streets.head
        rows = np.concatenate([head[there], tail[against]])
        columns = np.concatenate([tail[there], head[against]])
        lengths = np.concatenate([self.streets.length_mm[there], self.streets.length_mm[against]])
        n = len(self.streets.points)
        return csr_array((lengths.astype(np.float64), (rows, columns)), shape=(n, n))

    @cached_property
    def parts(self) -> Rows:
        """For each place its part: places of one part can be reached from one another.

        Numbered by falling number of places; -1 for places on no piece of the network.
        """
        return self._numbered("strong")

    @cached_property
    def islands(self) -> Rows:
        """For each place its island: what pieces join, whichever way. Numbered like ``parts``."""
        return self._numbered("weak")

    def _numbered(self, connection: str) -> Rows:
        on = np.zeros(len(self.streets.points), np.bool_)
        on[self.streets.tail[self.pieces]] = on[self.streets.head[self.pieces]] = True
        if not on.any():
            return np.full(len(on), -1)
        _, label = connected_components(self.back, connection=connection)
        sizes = np.bincount(label[on], minlength=int(label.max()) + 1)
        number = np.empty(len(sizes), np.int64)
        number[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
        return np.where(on, number[label], -1)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        ends = [
            _map(self.streets.points.take(each[self.pieces]))
            for each in (self.streets.tail, self.streets.head)
        ]
        return shapely.STRtree(shapely.linestrings(np.stack(ends, axis=1)))

    def snap(self, points: Points) -> Snapped:
        """Where some points join the network: the nearest place on a piece one may pass.

        Which piece is nearest is looked up on a conformal map, where distances around one point
        are all stretched alike; how far it is, is measured as every other distance.
        """
        q = len(points)
        piece, share = np.full(q, -1, np.int64), np.zeros(q)
        if not len(self.pieces):
            none = np.full(q, -1, np.int64)
            return Snapped(points, piece, none, share, none, none, np.zeros(q, np.bool_))
        here = _map(points)
        asked, found = self._tree.query_nearest(shapely.points(here), all_matches=False)
        piece[asked] = self.pieces[found]
        tail, head = self.streets.tail[piece], self.streets.head[piece]
        ends = [self.streets.points.take(each) for each in (tail, head)]
        share = _share(here, *(_map(each) for each in ends))
        places = Points(*(
            np.where(share == 0, a, np.where(share == 1, b, a + share * (b - a)))
            for a, b in ((ends[0].lon, ends[1].lon), (ends[0].lat, ends[1].lat))
        ))  # fmt: skip
        off_mm = up_mm(points, places)
        far = off_mm > FARTHEST_MM
        aside = (np.maximum(self.parts[tail], self.parts[head]) != 0) & ~far
        return Snapped(
            places,
            np.where(far, -1, piece),
            off_mm,
            share,
            up_mm(places, ends[0]),
            up_mm(places, ends[1]),
            aside,
        )


def _map(points: Points) -> npt.NDArray[np.float64]:
    """Mercator's map of the ellipsoid, in radians: shape (n, 2). The poles lie at its rim."""
    sine = np.sin(np.radians(np.clip(points.lat, -89.9, 89.9)))
    flat = np.sqrt(ECCENTRICITY_SQUARED)
    north = np.arctanh(sine) - flat * np.arctanh(flat * sine)
    return np.stack([np.radians(points.lon), north], axis=1)


def _share(
    here: npt.NDArray[np.float64], tail: npt.NDArray[np.float64], head: npt.NDArray[np.float64]
) -> Floats:
    """Where between tail and head the nearest place to each point lies: 0 to 1."""
    along = head - tail
    square = (along * along).sum(axis=1)
    share = ((here - tail) * along).sum(axis=1) / np.where(square > 0, square, 1)
    clipped: Floats = np.clip(share, 0.0, 1.0)
    return clipped
