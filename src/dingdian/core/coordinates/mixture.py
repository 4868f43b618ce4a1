"""Whether one column of points mixes two systems: some rows fit another than the one stated.

A row of another system that stands near the rim of its district falls outside as stated and comes
back when it is read right. Rows that are outside for another reason (a wrong district, a rim drawn
askew) come back as often when they are moved as far the opposite way: that is what the number of
those that come back is held against. Where few rows stand near a rim nothing can be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import shapely

from dingdian.core.coordinates.convert import to_wgs84
from dingdian.core.coordinates.detect import FEWEST, HYPOTHESES, inside_own, outweighs

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

#: The share of wrong rows that a set of points should show, and the rows looked at to know.
SHOWN, LOOKED_AT = Fraction(3, 10), 1_000
#: A share of wrong rows, among those near a rim, below which the rims themselves may be askew.
LEAST = Fraction(1, 20)


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """Points in degrees, the system stated for all of them, and where they belong.

    ``x``, ``y``: as stated, shape (n,). ``own``: index into ``outlines`` (WGS84/CGCS2000), -1
    where there is none. ``system`` is one of ``HYPOTHESES``.
    """

    x: Floats
    y: Floats
    own: Rows
    outlines: Sequence[shapely.Geometry]
    system: str

    def take(self, rows: Rows) -> Stated:
        """Some of the points."""
        return Stated(self.x[rows], self.y[rows], self.own[rows], self.outlines, self.system)

    def inside(self, system: str, turned: bool = False) -> Mask:
        """Who lies inside when read as ``system``, or moved as far the opposite way."""
        lon, lat = to_wgs84(self.x, self.y, system)
        if turned:
            as_stated = to_wgs84(self.x, self.y, self.system)
            lon, lat = 2 * as_stated[0] - lon, 2 * as_stated[1] - lat
        return inside_own(lon, lat, self.own, self.outlines)


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """A column that seems to hold rows of another system than the one stated.

    ``candidates``: the systems that those rows may be in, the best first. For the best:
    ``outside`` rows lie outside as stated, ``back`` of them inside when read so (``rows``), and
    ``opposite`` of them when moved as far the other way. ``share`` is about how many rows of the
    column are wrong, told from those near a rim.
    """

    candidates: tuple[str, ...]
    outside: int
    back: int
    opposite: int
    share: Fraction
    rows: Rows


def mixture(points: Stated) -> Mixture | None:
    """The mixture that points show; ``None`` where they show none, or cannot.

    A system is a candidate where the rows that it brings back outnumber those that the opposite
    way does as ``outweighs`` asks, in more than one district, and would make up ``LEAST`` of the
    rows near a rim; of two candidates one is left out where the other alone brings back so many
    more.
    """
    as_stated = points.inside(points.system)
    astray = np.flatnonzero((points.own >= 0) & ~as_stated)
    far = points.take(astray)
    back: dict[str, Mask] = {}
    figures: dict[str, tuple[int, Fraction]] = {}
    for system in (each for each in HYPOTHESES if each != points.system):
        here, there = far.inside(system), far.inside(system, turned=True)
        if _tells(here, there, far.own):
            lead = int(here.sum()) - int(there.sum())
            kept = int((as_stated & ~points.inside(system)).sum())
            back[system] = here
            figures[system] = int(there.sum()), Fraction(lead, lead + kept)
    found = [name for name in back if figures[name][1] >= LEAST]
    if not found:
        return None
    best = max(found, key=lambda name: int(back[name].sum()))
    other = [each for each in found if each != best and not _beaten(back[best], back[each])]
    opposite, share = figures[best]
    return Mixture(
        candidates=(best, *other),
        outside=len(astray),
        back=int(back[best].sum()),
        opposite=opposite,
        share=share,
        rows=astray[back[best]],
    )


def _tells(here: Mask, there: Mask, own: Rows) -> bool:
    """Whether so many more come back one way than the other, and not in one district alone."""
    up, down = here & ~there, there & ~here
    if not outweighs(int(up.sum()), int(down.sum()), int((up | down).sum())):
        return False
    most = np.bincount(own[up]).argmax()
    return int((up & (own != most)).sum()) > int((down & (own != most)).sum())


def _beaten(best: Mask, other: Mask) -> bool:
    gained, lost = int((best & ~other).sum()), int((other & ~best).sum())
    return outweighs(gained, lost, gained + lost)


def stretches(points: Stated) -> Iterator[tuple[int, int]]:
    """For each other system the stretch of rows (first, last) that it fits best, if it fits any.

    Rows that were pasted together stand together: the stretch has the most rows that only the
    other system puts inside, less those that only the stated one does.
    """
    as_stated = points.inside(points.system).astype(np.int64)
    for system in HYPOTHESES:
        if system != points.system:
            gain = np.cumsum(points.inside(system) - as_stated)
            before = np.minimum.accumulate(np.concatenate([[0], gain[:-1]]))
            last = int(np.argmax(gain - before))
            if gain[last] - before[last] >= FEWEST:
                start = np.concatenate([[0], gain[: last + 1]])
                yield int(np.flatnonzero(start[:-1] == before[last])[-1]), last


def telling(points: Stated) -> Mapping[str, Fraction]:
    """About how many points stand so near a rim that reading them in another system shows.

    For each other system the points that lie inside as one of the two only, told from at most
    ``LOOKED_AT`` of them, evenly taken.
    """
    rows = np.flatnonzero(points.own >= 0)
    seen = points.take(rows[:: -(-len(rows) // LOOKED_AT) or 1])
    as_stated = seen.inside(points.system)
    part = Fraction(len(rows), max(len(seen.own), 1))
    return MappingProxyType(
        {
            system: int((as_stated ^ seen.inside(system)).sum()) * part
            for system in HYPOTHESES
            if system != points.system
        }
    )


def least_share(near: Fraction) -> Fraction:
    """The smallest share of wrong rows that shows where so many points stand near a rim.

    >>> least_share(Fraction(90)), least_share(Fraction(3))
    (Fraction(1, 10), Fraction(1, 1))
    """
    return min(Fraction(1), FEWEST / near) if near else Fraction(1)
