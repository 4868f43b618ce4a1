"""Whether one column of points mixes two systems: some rows fit another than the one stated.

A row of another system that stands near the rim of its district falls outside as stated and comes
back when it is read right. Rows that are outside for another reason (a wrong district, a rim drawn
askew) come back as often when they are moved as far the opposite way: that is what the number of
those that come back is held against. Where few rows stand near a rim nothing can be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
#: A share of wrong rows from which on all of them are said to be of another system.
ALL = Fraction(3, 4)
#: Standard deviations squared by which a third system may not lead where all are said to be one.
_MANY = 4


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

    def astray(self) -> Rows:
        """The points outside their own district as stated."""
        return np.flatnonzero((self.own >= 0) & ~self.inside(self.system))

    def lead(self, system: str) -> int:
        """How many more of those outside come back as ``system`` than the opposite way; or 0."""
        astray = self.take(self.astray())
        here, there = astray.inside(system), astray.inside(system, turned=True)
        return max(0, int(here.sum()) - int(there.sum()))

    def share(self, system: str) -> Fraction:
        """About how many of the points are in ``system`` rather than as stated; 0 if none tells.

        Those outside as stated that it brings back, against those outside as ``system`` that the
        stated one brings back.
        """
        gained = self.lead(system)
        lost = replace(self, system=system).lead(self.system)
        return Fraction(gained, gained + lost) if gained else Fraction(0)


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
    astray = points.astray()
    far = points.take(astray)
    back: dict[str, Mask] = {}
    for system in (each for each in HYPOTHESES if each != points.system):
        here, there = far.inside(system), far.inside(system, turned=True)
        if _tells(here, there, far.own) and points.share(system) >= LEAST:
            back[system] = here
    if not back:
        return None
    best = max(back, key=lambda name: int(back[name].sum()))
    other = [each for each in back if each != best and not _beaten(back[best], back[each])]
    n = int(back[best].sum())
    return Mixture(
        candidates=(best, *other),
        outside=len(astray),
        back=n,
        opposite=int(far.inside(best, turned=True).sum()),
        share=points.share(best),
        rows=astray[back[best]],
    )


def whole(points: Stated, candidates: Sequence[str]) -> tuple[str, ...]:
    """Those of some systems that all of the points may be in, not only a part of them.

    Of the points that lie inside as one of the two only, ``ALL`` must do so as that system, and
    of those that stay outside no other system may bring back tellingly many: where a part is in a
    third one, a system between the two would else be taken for all of them.
    """
    as_stated = points.inside(points.system)

    def share(system: str) -> Fraction:
        other = points.inside(system)
        gained, lost = int((other & ~as_stated).sum()), int((as_stated & ~other).sum())
        return Fraction(gained, gained + lost) if gained else Fraction(0)

    return tuple(each for each in candidates if share(each) >= ALL and _pure(points, each))


def _pure(points: Stated, system: str) -> bool:
    """Whether no third system brings back many of the points that lie outside as ``system``.

    Two standard deviations are many here: to say nothing of all the points does no harm.
    """
    read = replace(points, system=system)
    rest = read.take(read.astray())
    third = (each for each in HYPOTHESES if each != system)
    for here, there in ((rest.inside(each), rest.inside(each, turned=True)) for each in third):
        up, down = int((here & ~there).sum()), int((there & ~here).sum())
        if up > down and (up - down) ** 2 >= _MANY * (up + down):
            return False
    return True


def _tells(here: Mask, there: Mask, own: Rows) -> bool:
    """Whether tellingly more come back one way, and not in one district alone."""
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
