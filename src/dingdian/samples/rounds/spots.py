"""Places for applicants: away from every like institution, or at a wanted distance from one."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

import numpy as np

from dingdian.samples.draw import Draw, Floats
from dingdian.samples.sample import Row, Sample

Spot = tuple[float, float]

#: Metres in a degree of latitude.
_DEGREE = 111_195.0


class Spots:
    """Free places of a sample, drawn from its localities: none is given out twice."""

    def __init__(self, sample: Sample, seed: int) -> None:
        """Read where institutions and localities of the sample stand."""
        placed = [row for row in sample.tables["institutions"] if isinstance(row["lon"], float)]
        self._standing = {
            pharmacy: _points(r for r in placed if (r["kind"] == "retail_pharmacy") is pharmacy)
            for pharmacy in (False, True)
        }
        self._localities = sample.tables["localities"]
        self._under = _under(sample.tables["regions"])
        self._draw = Draw(seed, "round places")
        self._given: list[Spot] = []

    def free(self, district: str, *, pharmacy: bool, metres: float, n: int = 1) -> list[Spot]:
        """``n`` places of a district with no like institution within ``metres``.

        Raises:
            ValueError: the district has not so many.
        """
        found: list[Spot] = []
        rows = [r for r in self._localities if self._under[str(r["region"])] == district]
        for at in self._draw.order(len(rows)):
            spot = (float(str(rows[at]["lon"])), float(str(rows[at]["lat"])))
            if self._far(spot, pharmacy=pharmacy, metres=metres):
                found.append(spot)
                self._given.append(spot)
            if len(found) == n:
                return found
        raise ValueError(f"{district} has {len(found)} free places of {n}")

    def near(self, row: Row, metres: float) -> Spot:
        """The place so many metres north of an institution."""
        return beside((float(str(row["lon"])), float(str(row["lat"]))), metres)

    def _far(self, spot: Spot, *, pharmacy: bool, metres: float) -> bool:
        others = np.vstack([self._standing[pharmacy], np.array(self._given or [(0.0, 0.0)])])
        wide = math.cos(math.radians(spot[1]))
        east, north = (others[:, 0] - spot[0]) * wide, others[:, 1] - spot[1]
        return bool((np.hypot(east, north) * _DEGREE).min() > metres)


def beside(spot: Spot, metres: float) -> Spot:
    """The place so many metres north of another."""
    return spot[0], round(spot[1] + metres / _DEGREE, 7)


def _points(rows: Iterator[Row]) -> Floats:
    return np.array([(row["lon"], row["lat"]) for row in rows], np.float64)


def _under(regions: Collection[Row]) -> dict[str, str]:
    """Region -> the county-level unit that it belongs to."""
    rows = {str(row["code"]): row for row in regions}
    found = {}
    for code, row in rows.items():
        at = row
        while at["level"] != "county" and at["parent"] is not None:
            at = rows[str(at["parent"])]
        found[code] = str(at["code"])
    return found
