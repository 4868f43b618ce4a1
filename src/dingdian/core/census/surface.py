"""The land of the districts as points of equal area, and how many institutions are near each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dingdian.core.census.census import Census
from dingdian.core.census.counties import counties_of, extent_of
from dingdian.core.census.near import Circle, Counts
from dingdian.core.census.selection import members_of
from dingdian.core.census.table import Mask
from dingdian.core.circles import Points, Sites

if TYPE_CHECKING:
    from dingdian.core.coordinates.lattice import Lattice

#: Points of a district. A share of its area is then within a percentage point, mostly much nearer.
POINTS = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """How many institutions of a set the points of a district have within the circle.

    Both counts have shape (n,): at least ``least``, at most ``most``. Institutions whose position
    is unknown, or whether they belong, make the difference.
    """

    least: Counts
    most: Counts

    @property
    def unsure(self) -> int:
        """How many institutions, at most, may or may not stand near one and the same point."""
        return int((self.most - self.least).max())


def surface(census: Census) -> Mapping[str, Lattice]:
    """The lattice of each district that has a usable outline."""
    from dingdian.core.coordinates.lattice import lattice  # noqa: PLC0415 -- loads shapely

    def made() -> Mapping[str, Lattice]:
        shapes = census.outlines.shapes
        own = {c: lattice(shapes[c], POINTS) for c in census.tree.districts if c in shapes}
        return {code: each for code, each in own.items() if len(each)}

    return census.cached("surface", made)


def around(census: Census, circle: Circle) -> Mapping[str, Around]:
    """For each district with an outline how many institutions its points have near; counted once.

    An institution without position may stand anywhere in its county; one whose county is not
    known, in any.
    """

    def made() -> Mapping[str, Around]:
        land = surface(census)
        if not land:
            return {}
        every = list(land.values())
        lon = np.concatenate([each.lon for each in every])
        points = Points(lon, np.concatenate([each.lat for each in every]))
        ends = np.cumsum([len(each) for each in every])[:-1]
        here = census.cached("surface sites", lambda: Sites.of(points))
        there = census.positions("institutions")
        sure, possible = members_of(census, circle)

        def counted(rows: Mask) -> Counts:
            its = Sites.of(Points(there.lon[rows], there.lat[rows]))
            return its.counts(here, circle.radius_mm, rim=circle.rim).astype(np.int64)

        least = counted(sure & there.known)
        more = counted(possible & ~sure & there.known)
        more += _lost(census, points, circle, possible & ~there.known)
        told = zip(land, np.split(least, ends), np.split(least + more, ends), strict=True)
        return {code: Around(few, most) for code, few, most in told}

    return census.cached(("surface", circle), made)


def _lost(census: Census, points: Points, circle: Circle, rows: Mask) -> Counts:
    """For each point the institutions without position that may stand near it."""
    own, counties = counties_of(census, "institutions")
    missing = np.bincount(own[rows] + 1, minlength=len(counties) + 1).astype(np.int64)
    found: Counts = np.full(len(points), missing[0])
    for county in np.flatnonzero(missing[1:]).tolist():
        reached = extent_of(census, counties[county]).within(points, circle.radius_mm)
        found += missing[county + 1] * reached
    return found
