"""Which system points or boundaries most likely are in, with the figures it rests on.

Points are read under each system in turn and held against the districts that they name. Only
points on which two readings differ say anything: reading A is told from reading B when the
points that only A puts into their district outnumber those that only B does by three standard
deviations of a fair coin and by one point in a hundred. Everything is decided in integers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import shapely

from dingdian.core.coordinates.convert import to_wgs84

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Outlines = Mapping[str, shapely.Geometry]

#: The systems that numbers in degrees may be in; ``wgs84`` stands for CGCS2000 as well.
HYPOTHESES = ("wgs84", "gcj02", "bd09")
#: Standard deviations squared by which one reading must win, and points in how many.
_SIGMAS_SQUARED, _ONE_IN = 9, 100
#: Fewer telling points than this never reach three standard deviations.
FEWEST = _SIGMAS_SQUARED


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the detector found.

    ``n`` points were held against a district; ``inside`` says how many of them lie in it under
    each system. ``best`` is the reading with the most. ``against`` gives for each other reading
    how many points lie inside under ``best`` only, and how many under that one only.
    """

    n: int
    inside: Mapping[str, int]
    best: str
    against: Mapping[str, tuple[int, int]]

    @property
    def candidates(self) -> tuple[str, ...]:
        """The systems that the points may be in, the best first; empty when no reading fits.

        No reading fits when the best puts fewer than half of the points into their districts.
        """
        if not 2 * self.inside[self.best] >= self.n > 0:
            return ()
        close = (
            each for each, (up, down) in self.against.items() if not outweighs(up, down, self.n)
        )
        return (self.best, *close)

    @property
    def likely(self) -> str | None:
        """The system that the points most likely are in, ``None`` when it cannot be told."""
        return self.best if len(self.candidates) == 1 else None

    @property
    def margin(self) -> Fraction | None:
        """Share of points by which the best reading leads the second; ``None`` without points."""
        return (
            Fraction(min(up - down for up, down in self.against.values()), self.n)
            if self.n
            else None
        )

    def share(self, system: str) -> Fraction | None:
        """The share of points inside their own district under a system; ``None`` without points."""
        return Fraction(self.inside[system], self.n) if self.n else None

    def contradicts(self, stated: str) -> bool:
        """Whether the points speak against the system that was stated for them.

        Which of the others is right may still be open: near a rim two of them may fit alike.
        """
        return bool(self.candidates) and stated not in self.candidates


def outweighs(gained: int, lost: int, n: int) -> bool:
    """Whether so many points for and against, of ``n``, tell two readings apart.

    >>> outweighs(9, 0, 100), outweighs(8, 0, 100), outweighs(12, 2, 100), outweighs(9, 0, 901)
    (True, False, False, False)
    """
    lead = gained - lost
    return lead > 0 and lead**2 >= _SIGMAS_SQUARED * (gained + lost) and lead * _ONE_IN >= n


def inside_own(lon: Floats, lat: Floats, own: npt.NDArray[np.int64], outlines: Sequence[shapely.Geometry]) -> Mask:  # fmt: skip  # noqa: E501
    """Whether each point lies in its own outline, rims counted as inside.

    Args:
        lon: degrees, shape (n,); NaN is inside nothing.
        lat: degrees, shape (n,), in the system of the outlines.
        own: index into ``outlines``, shape (n,); -1 where there is none: never inside.
        outlines: prepared or not.
    """
    found = np.zeros(len(own), np.bool_)
    for at in np.unique(own[own >= 0]).tolist():
        rows = np.flatnonzero(own == at)
        found[rows] = shapely.intersects_xy(outlines[at], lon[rows], lat[rows])
    return found


def detect(x: Floats, y: Floats, districts: Sequence[str | None], outlines: Outlines) -> Verdict:
    """Which system points in degrees most likely are in.

    Args:
        x: longitudes as stated, shape (n,); rows with NaN are left out.
        y: latitudes as stated, shape (n,).
        districts: for each point the district that it names; ``None``, or one without an
            outline, leaves the point out.
        outlines: district -> polygon in WGS84/CGCS2000.

    >>> home = shapely.box(123.40, 41.70, 123.45, 41.75)
    >>> lon = np.linspace(123.401, 123.409, 20); lat = np.full(20, 41.72)
    >>> found = detect(lon, lat, ["a"] * 20, {"a": home})
    >>> found.likely, dict(found.inside)
    ('wgs84', {'wgs84': 20, 'gcj02': 7, 'bd09': 0})
    """
    names = {code: at for at, code in enumerate(outlines)}
    own = np.array([names.get(each or "", -1) for each in districts], np.int64)
    rows = np.flatnonzero((own >= 0) & np.isfinite(x) & np.isfinite(y))
    shapes = list(outlines.values())
    shapely.prepare(shapes)
    readings = {}
    for system in HYPOTHESES:
        lon, lat = to_wgs84(x[rows], y[rows], system)
        readings[system] = inside_own(lon, lat, own[rows], shapes)
    return verdict(readings)


def verdict(readings: Mapping[str, Mask]) -> Verdict:
    """The verdict on who lies inside under each of two or more readings; the first wins ties."""
    inside = {name: int(mask.sum()) for name, mask in readings.items()}
    best = max(inside, key=lambda name: inside[name])
    mine = readings[best]
    against = {
        name: (int((mine & ~other).sum()), int((other & ~mine).sum()))
        for name, other in readings.items()
        if name != best
    }
    return Verdict(len(mine), MappingProxyType(inside), best, MappingProxyType(against))
