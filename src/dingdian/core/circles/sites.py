"""The index over sites: built once, frozen, asked as often as one likes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dingdian.core.circles import counting, joining
from dingdian.core.circles.bands import BAND_DEGREES, Bands, band_height, in_bands
from dingdian.core.circles.chord import Millimetres
from dingdian.core.circles.joining import Neighbours, Pairs
from dingdian.core.circles.nearest import Nearest, nearest
from dingdian.core.circles.packing import Numbers
from dingdian.core.circles.points import Points


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """``n`` sites, indexed; make one with ``Sites.of``.

    Rows are places in ``points``, counted from 0. Radii are whole millimetres, 0 or more;
    ``rim`` says whether a site at exactly the radius counts. Answers do not depend on the
    order in which the sites were given, except that rows name other places.

    Raises:
        ValueError: (all queries) the radius is negative or not a whole number.

    >>> towns = Sites.of(Points(np.array([123.40, 123.41, 123.60]), np.full(3, 41.8)))
    >>> here = Points(np.array([123.40]), np.array([41.8]))
    >>> [towns.counts(here, 831_097, rim=rim).tolist() for rim in (True, False)]
    [[2], [1]]
    >>> found = towns.pairs(1_000_000, rim=True)
    >>> found.first.tolist(), found.second.tolist(), found.distance_mm.tolist()
    ([0], [1], [831097])
    """

    points: Points
    bands: Bands

    @classmethod
    def of(cls, points: Points) -> Sites:
        """The index over some points; about 0.2 s for a million."""
        return cls(points, in_bands(points))

    def __len__(self) -> int:
        return len(self.points)

    def counts(
        self, points: Points | Sites, radius_mm: int, *, rim: bool, workers: int = 1
    ) -> npt.NDArray[np.int32]:
        """How many sites lie within the radius of each point: int32 of shape (len(points),).

        ``workers`` threads share the work; the answer is the same for any number of them. Points
        that are asked about again and again are given as an index of their own: then the work
        grows with the sites, and one thread does it.
        """
        if isinstance(points, Sites):
            return counting.reached(points._bands(radius_mm), self.bands, radius_mm, rim=rim)
        bands = self._bands(radius_mm)
        return counting.counts(self.points, bands, points, radius_mm, rim=rim, workers=workers)

    def at_least(
        self, points: Points, radius_mm: int, n: int, *, rim: bool, workers: int = 1
    ) -> npt.NDArray[np.bool_]:
        """Whether each point has at least ``n`` sites within the radius: shape (len(points),)."""
        return self.counts(points, radius_mm, rim=rim, workers=workers) >= n

    def neighbours(self, points: Points, radius_mm: int, *, rim: bool) -> Neighbours:
        """The sites within the radius of each point, with their distances."""
        return joining.neighbours(self._bands(radius_mm), points, radius_mm, rim=rim)

    def pairs(self, radius_mm: int, *, rim: bool, workers: int = 1) -> Pairs:
        """All pairs of sites within the radius of one another, each once, sorted."""
        return joining.pairs(self._bands(radius_mm), radius_mm, rim=rim, workers=workers)

    def within(
        self, lon: float, lat: float, radius_mm: int, *, rim: bool
    ) -> tuple[Numbers, Millimetres]:
        """The sites within the radius of one place, by distance, then row: rows and distances."""
        here = Points(np.array([lon]), np.array([lat]))
        near = self.neighbours(here, radius_mm, rim=rim)
        by = np.lexsort((near.sites, near.distance_mm))
        return near.sites[by], near.distance_mm[by]

    def nearest(self, points: Points, k: int = 1) -> Nearest:
        """The ``k`` nearest sites of each point, nearest first; of equal ones the lower row.

        Raises:
            ValueError: ``k`` is less than 1.
        """
        return nearest(self.points, self.bands, points, k)

    def _bands(self, radius_mm: int) -> Bands:
        """The bands that suit a radius: those at hand, or coarser ones made for a wide circle."""
        height = band_height(int(radius_mm))
        return self.bands if height == BAND_DEGREES else in_bands(self.points, height)
