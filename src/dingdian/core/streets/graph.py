"""The street graph: places, and the straight pieces of street between them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dingdian.core.circles import Points
from dingdian.core.circles.chord import Floats, geocentric, squared_chord

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

#: Places are told apart by so many parts of a degree: a centimetre, as OpenStreetMap does.
PARTS_OF_A_DEGREE = 10_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """``k`` lines as a file gives them, in WGS84/CGCS2000.

    The corners of line ``i`` are rows ``starts[i]`` to ``starts[i + 1]`` of ``corners``; ``walk``,
    ``forward`` and ``backward`` of shape (k,) say who may pass it (see ``Passage``).
    """

    corners: Points
    starts: Rows
    walk: Flags
    forward: Flags
    backward: Flags


@dataclass(frozen=True, eq=False)
class Streets:
    """``n`` places and ``m`` straight pieces of street; make one with ``Streets.of``.

    Piece ``i`` joins the places ``tail[i]`` < ``head[i]``; ``walk`` says whether one may walk it,
    ``forward`` and ``backward`` whether one may drive it from tail to head and from head to tail.
    Places stand in the order of longitude, then latitude, pieces in that of their ends: the same
    streets are the same graph, in whatever order a file gives them.

    ``repeated``: pieces that were given more than once, and count once; ``empty``: pieces between
    two corners that are one place.
    """

    points: Points
    tail: Rows
    head: Rows
    walk: Flags
    forward: Flags
    backward: Flags
    repeated: int = 0
    empty: int = 0

    @classmethod
    def of(cls, lines: Lines) -> Streets:
        """The graph of some lines. Corners at one place join; lines that merely cross do not.

        >>> corner = Points(np.array([123.40, 123.41, 123.42]), np.full(3, 41.8))
        >>> yes, no = np.array([True]), np.array([False])
        >>> both = Streets.of(Lines(corner, np.array([0, 3]), yes, yes, no))
        >>> both.tail.tolist(), both.head.tolist(), both.length_mm.tolist()
        ([0, 1], [1, 2], [831097, 831097])
        """
        corners = lines.corners
        whole = np.stack(
            [np.rint(axis * PARTS_OF_A_DEGREE).astype(np.int64) for axis in _axes(corners)]
        )
        packed = (whole[0] << 32) + whole[1]
        kept, at = np.unique(packed, return_inverse=True)
        lat = ((kept + (1 << 31)) & ((1 << 32) - 1)) - (1 << 31)
        lon = (kept - lat) >> 32
        points = Points(lon / PARTS_OF_A_DEGREE, lat / PARTS_OF_A_DEGREE)
        line = np.repeat(np.arange(len(lines.starts) - 1), np.diff(lines.starts))
        joined = np.flatnonzero(line[1:] == line[:-1])
        one, other, line = at[joined], at[joined + 1], line[joined]
        real = one != other
        empty = int(np.count_nonzero(~real))
        one, other, line = one[real], other[real], line[real]
        turned = one > other
        tail, head = np.minimum(one, other), np.maximum(one, other)
        along = np.where(turned, lines.backward[line], lines.forward[line])
        against = np.where(turned, lines.forward[line], lines.backward[line])
        ends, piece = np.unique(tail * len(points) + head, return_inverse=True)
        walk, forward, backward = (np.zeros(len(ends), np.bool_) for _ in range(3))
        walk[piece[lines.walk[line]]] = True
        forward[piece[along]] = True
        backward[piece[against]] = True
        return cls(
            points,
            tail=ends // max(len(points), 1),
            head=ends % max(len(points), 1),
            walk=walk,
            forward=forward,
            backward=backward,
            repeated=len(piece) - len(ends),
            empty=empty,
        )

    def __len__(self) -> int:
        return len(self.tail)

    @cached_property
    def length_mm(self) -> Rows:
        """The length of each piece in whole millimetres, rounded up.

        So a way is never shorter than the straight line between its ends.
        """
        return up_mm(self.points.take(self.tail), self.points.take(self.head))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of places, pieces and who may pass them."""
        found = hashlib.sha256(b"streets 1")
        for axis in _axes(self.points):
            found.update(np.rint(axis * PARTS_OF_A_DEGREE).astype("<i8").tobytes())
        flags = self.walk * 1 + self.forward * 2 + self.backward * 4
        for column in (self.tail, self.head, flags):
            found.update(column.astype("<i8").tobytes())
        return found.hexdigest()


def _axes(points: Points) -> tuple[Floats, Floats]:
    return points.lon, points.lat


def up_mm(one: Points, other: Points) -> Rows:
    """The chords between points, pair by pair, in whole millimetres rounded up."""
    start, end = geocentric(one.lon, one.lat), geocentric(other.lon, other.lat)
    steps = (a - b for a, b in zip(start, end, strict=True))
    length: Rows = np.ceil(np.sqrt(squared_chord(*steps)) * 1000).astype(np.int64)
    return length
