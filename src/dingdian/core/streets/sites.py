"""The index over sites on streets: answers like ``circles.Sites``, along the streets.

The way of a point to a site is the straight line to the street that it joins, the shortest way
along the streets, and the straight line from the street to the site. Lengths are whole
millimetres, each rounded up, so that no way is shorter than the straight line. A point or a site
on no street, or on a part that does not lead there, is out of reach: in no list, nearest -1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from dingdian.core.circles import Nearest, Neighbours, Points
from dingdian.core.circles.packing import Packing
from dingdian.core.streets.graph import Flags, Rows, up_mm
from dingdian.core.streets.network import Network, Snapped

#: Sites that are searched from together.
BLOCK = 32
#: A degree of latitude is nowhere shorter.
METRES_OF_A_DEGREE = 110_000
#: The nearest of equal sites is told by its row in the lowest bits of a length: so many sites.
MOST_SITES = 1 << 20
#: No way is longer, so that length and row together are whole numbers of a float: 8,589 km.
LONGEST_MM = (1 << 33) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Parts of straight pieces of street: from the point ``begin[i]`` to the point ``end[i]``."""

    begin: Points
    end: Points

    def __len__(self) -> int:
        return len(self.begin)


@dataclass(frozen=True, eq=False)
class StreetSites:
    """``n`` sites that people go to along a network; make one with ``StreetSites.of``.

    Rows, radii and ``rim`` are those of ``circles.Sites``; so are the answers.
    """

    network: Network
    points: Points
    snapped: Snapped

    @classmethod
    def of(cls, network: Network, points: Points) -> StreetSites:
        """The index over some points.

        Raises:
            ValueError: more than ``MOST_SITES`` of them.
        """
        if len(points) > MOST_SITES:
            raise ValueError(f"{len(points)} sites; at most {MOST_SITES} can be told apart")
        return cls(network, points, network.snap(points))

    def __len__(self) -> int:
        return len(self.points)

    def counts(self, points: Points | Snapped, radius_mm: int, *, rim: bool) -> Rows:
        """How many sites lie within the radius of each point: shape (len(points),)."""
        return np.diff(self.neighbours(points, radius_mm, rim=rim).starts)

    def reached(self, points: Points | Snapped, radius_mm: int, *, rim: bool) -> Flags:
        """Whether each point has any site within the radius: one search for all sites."""
        limit = _limit(radius_mm, rim=rim)
        found = self._nearest(self._joined(points), limit)
        return (found.distance_mm[:, 0] >= 0) & (found.distance_mm[:, 0] <= limit)

    def nearest(self, points: Points | Snapped) -> Nearest:
        """The nearest site of each point; of equal ones the lower row. Shape (q, 1)."""
        return self._nearest(self._joined(points), LONGEST_MM)

    def neighbours(self, points: Points | Snapped, radius_mm: int, *, rim: bool) -> Neighbours:
        """The sites within the radius of each point, with their distances."""
        limit, joined = _limit(radius_mm, rim=rim), self._joined(points)
        packing = Packing.of(len(joined), len(self), max(limit, 0))
        parts = [
            packing.packed(*triples)
            for block in self._blocks
            for triples in (self._met(block, joined, limit),)
        ]
        point, site, distance = packing.in_order(parts or [packing.packed(*[_NONE] * 3)])
        starts = np.concatenate([[0], np.cumsum(np.bincount(point, minlength=len(joined)))])
        return Neighbours(starts.astype(np.int64), site, distance)

    def reach(self, site: int, radius_mm: int, *, rim: bool) -> Parts:
        """The parts of streets from which one comes to a site within the radius.

        The way from a home to its street is not in it. Where the site is on no street: none.
        """
        limit, its, network = _limit(radius_mm, rim=rim), self.snapped, self.network
        piece, streets = int(its.piece[site]), network.streets
        if piece < 0 or limit < 0:
            return _parts(network, _NONE, np.zeros(0), np.zeros(0))
        block = np.array([site])
        places = np.flatnonzero(
            _Window.around(self.points.take(block), limit).holds(streets.points)
        )
        at = np.full(len(streets.points), len(places))
        at[places] = np.arange(len(places))
        left = limit - self._searched(block, places, at, limit)[0][at]
        rows = np.flatnonzero((left[streets.tail] >= 0) | (left[streets.head] >= 0))
        length = streets.length_mm[rows]
        tail, head = (
            np.where(may[rows], np.clip(left[end[rows]] / length, 0, 1), 0)
            for may, end in ((network.backward, streets.tail), (network.forward, streets.head))
        )
        whole = tail + head >= 1
        spare = (limit - its.off_mm[site]) / streets.length_mm[piece]
        here = float(its.share[site])
        ahead = max(here - spare, 0) if network.forward[piece] else here
        behind = min(here + spare, 1) if network.backward[piece] else here
        some, more = tail > 0, (head > 0) & ~whole
        own = [piece] if ahead < behind else []
        return _parts(
            network,
            np.concatenate([rows[some | whole], rows[more], np.array(own, np.int64)]),
            np.concatenate(
                [np.zeros(np.count_nonzero(some | whole)), 1 - head[more], [ahead][: len(own)]]
            ),
            np.concatenate(
                [
                    np.where(whole, 1, tail)[some | whole],
                    np.ones(np.count_nonzero(more)),
                    [behind][: len(own)],
                ]
            ),
        )

    def _joined(self, points: Points | Snapped) -> Snapped:
        return points if isinstance(points, Snapped) else self.network.snap(points)

    # ------------------------------------------------------------------ all sites at once

    def _nearest(self, points: Snapped, limit: int) -> Nearest:
        """Search once, from one place before all sites; a length carries the row of its site."""
        if limit < 0 or not (self._on.any() and (points.piece >= 0).any()):
            return Nearest(np.full((len(points), 1), -1), np.full((len(points), 1), -1))
        site, place, length = self._entries(np.arange(len(self)))
        n = len(self.network.streets.points)
        first = np.full(n, np.inf)
        np.minimum.at(first, place, (length * MOST_SITES + site).astype(np.float64))
        entered = np.flatnonzero(np.isfinite(first))
        back = self.network.back
        ways = csr_array(
            (
                np.concatenate([self._lengths, first[entered]]),
                np.concatenate([back.indices, entered]),
                np.concatenate([back.indptr, [back.nnz + len(entered)]]),
            ),
            shape=(n + 1, n + 1),
        )
        far = dijkstra(ways, indices=n, limit=float((limit + 1) * MOST_SITES - 1))[:n]
        best = np.full(len(points), np.inf)
        for ends, away, may in self._exits(points):
            told = far[ends[may]] + away[may] * float(MOST_SITES)
            best[may] = np.minimum(best[may], told)
        point, beside, direct = self._beside(points, np.arange(len(self)))
        np.minimum.at(best, point, (direct * MOST_SITES + beside).astype(np.float64))
        best += points.off_mm * float(MOST_SITES)
        there = np.isfinite(best)
        whole = np.where(there, best, 0).astype(np.int64)
        sites = np.where(there, whole & (MOST_SITES - 1), -1)
        distance = np.where(there, whole >> (MOST_SITES.bit_length() - 1), -1)
        return Nearest(sites[:, None], distance[:, None])

    # ------------------------------------------------------------------ site by site

    @cached_property
    def _lengths(self) -> npt.NDArray[np.float64]:
        """The lengths of the network with room for the row of a site."""
        lengths: npt.NDArray[np.float64] = self.network.back.data * MOST_SITES
        return lengths

    @property
    def _on(self) -> Flags:
        """The sites that are on a street."""
        return self.snapped.piece >= 0

    @cached_property
    def _blocks(self) -> list[Rows]:
        """The sites that are on a street, those near each other together."""
        on = np.flatnonzero(self._on)
        belt = np.floor(self.points.lat[on] * 50)  # about 2 km
        by = np.lexsort((self.points.lon[on] * np.where(belt % 2, -1, 1), belt))
        return [on[by[low : low + BLOCK]] for low in range(0, len(on), BLOCK)]

    def _met(self, block: Rows, points: Snapped, limit: int) -> tuple[Rows, Rows, Rows]:
        """Points, sites of a block and distances of all pairs within the limit.

        No way is shorter than the straight line: only what lies around the block is looked at.
        """
        window = _Window.around(self.points.take(block), limit)
        rows = np.flatnonzero(window.holds(points.places) & (points.piece >= 0))
        if limit < 0 or not len(rows):
            return _NONE, _NONE, _NONE
        own = points.take(rows)
        places = np.flatnonzero(window.holds(self.network.streets.points))
        at = np.full(len(self.network.streets.points), len(places))
        at[places] = np.arange(len(places))
        far = self._searched(block, places, at, limit)
        best = np.full((len(block), len(rows)), np.inf)
        for ends, away, may in self._exits(own):
            told = far[:, at[ends[may]]] + away[may]
            best[:, may] = np.minimum(best[:, may], told)
        point, site, direct = self._beside(own, block)
        np.minimum.at(best, (site, point), direct)
        best += own.off_mm
        site, point = np.nonzero(best <= limit)
        return rows[point], block[site], best[site, point].astype(np.int64)

    def _searched(self, block: Rows, places: Rows, at: Rows, limit: int) -> npt.NDArray[np.float64]:
        """Lengths from each site of a block to some places: (sites, places + 1), inf beyond.

        ``at``: column of each place; the last one stands for every place that is not asked for.
        """
        inner = self.network.back[places][:, places]
        site, place, length = self._entries(block)
        inside = at[place] < len(places)
        by = np.flatnonzero(inside)[np.argsort(site[inside], kind="stable")]
        sizes = np.bincount(site[inside], minlength=len(block))
        n = len(places) + len(block)
        ways = csr_array(
            (
                np.concatenate([inner.data, length[by].astype(np.float64)]),
                np.concatenate([inner.indices, at[place[by]]]),
                np.concatenate([inner.indptr, inner.nnz + np.cumsum(sizes)]),
            ),
            shape=(n, n),
        )
        found = dijkstra(ways, indices=np.arange(len(places), n), limit=float(limit))
        far = np.full((len(block), len(places) + 1), np.inf)
        far[:, :-1] = found[:, : len(places)]
        return far

    # ------------------------------------------------------------------ where ways begin and end

    def _entries(self, sites: Rows) -> tuple[Rows, Rows, Rows]:
        """Numbers of some sites, places from which one comes to them, and lengths.

        The length from place to street and that from the street to the site.
        """
        its, network = self.snapped.take(sites), self.network
        ends = (
            (network.forward, network.streets.tail, its.to_tail_mm),
            (network.backward, network.streets.head, its.to_head_mm),
        )
        found = []
        for may, end, away in ends:
            site = np.flatnonzero((its.piece >= 0) & may[its.piece])
            found.append((site, end[its.piece[site]], away[site] + its.off_mm[site]))
        site, place, length = (np.concatenate(each) for each in zip(*found, strict=True))
        return site, place, length

    def _exits(self, points: Snapped) -> tuple[tuple[Rows, Rows, Flags], ...]:
        """For each end of a piece: the place, how far it is, and whether one may leave by it."""
        network, piece = self.network, points.piece
        on = piece >= 0
        return (
            (network.streets.head[piece], points.to_head_mm, on & network.forward[piece]),
            (network.streets.tail[piece], points.to_tail_mm, on & network.backward[piece]),
        )

    def _beside(self, points: Snapped, sites: Rows) -> tuple[Rows, Rows, Rows]:
        """Points and numbers of sites on one piece, and the length from one to the other along it.

        With the way from street to site, without that from point to street.
        """
        its, network = self.snapped.take(sites), self.network
        by = np.argsort(its.piece, kind="stable")[np.count_nonzero(its.piece < 0) :]
        held = np.zeros(len(network.streets), np.bool_)
        held[its.piece[by]] = True
        some = np.flatnonzero((points.piece >= 0) & held[points.piece])
        first, last = (
            np.searchsorted(its.piece[by], points.piece[some], side=side)
            for side in ("left", "right")
        )
        many = last - first
        point = np.repeat(some, many)
        within = np.arange(len(point)) - np.repeat(np.cumsum(many) - many, many)
        site = by[np.repeat(first, many) + within]
        ahead, piece = its.share[site] - points.share[point], points.piece[point]
        may = (ahead >= 0) & network.forward[piece] | (ahead <= 0) & network.backward[piece]
        point, site = point[may], site[may]
        along = up_mm(points.places.take(point), its.places.take(site))
        return point, site, along + its.off_mm[site]


@dataclass(frozen=True, slots=True)
class _Window:
    """West, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Points, reach_mm: int) -> _Window:
        """What may lie within a reach of some points, and a little more."""
        up = max(reach_mm, 0) / 1000 / METRES_OF_A_DEGREE + 1e-6
        south, north = float(points.lat.min()) - up, float(points.lat.max()) + up
        wide = up / max(float(np.cos(np.radians(min(max(abs(south), abs(north)), 90)))), 1e-3)
        return cls(float(points.lon.min()) - wide, south, float(points.lon.max()) + wide, north)

    def holds(self, points: Points) -> Flags:
        """Which points lie in it."""
        held: Flags = (self.west <= points.lon) & (points.lon <= self.east)
        return held & (self.south <= points.lat) & (points.lat <= self.north)


def _parts(
    network: Network, piece: Rows, begin: npt.NDArray[np.float64], end: npt.NDArray[np.float64]
) -> Parts:
    """Parts of pieces by their shares, 0 at the tail and 1 at the head."""
    streets = network.streets
    tail, head = (streets.points.take(each[piece]) for each in (streets.tail, streets.head))
    found = (
        Points(tail.lon + at * (head.lon - tail.lon), tail.lat + at * (head.lat - tail.lat))
        for at in (begin, end)
    )
    return Parts(*found)


_NONE = np.zeros(0, np.int64)


def _limit(radius_mm: int, *, rim: bool) -> int:
    """The longest way that lies within the radius; -1 where none does."""
    if radius_mm < 0 or int(radius_mm) != radius_mm:
        raise ValueError(f"a radius is a whole number of millimetres, 0 or more, not {radius_mm}")
    return min(int(radius_mm) if rim else int(radius_mm) - 1, LONGEST_MM)
