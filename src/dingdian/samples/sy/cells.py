"""Population cells of 沈阳: 60,000 squares of about 500 m that add up to the census."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dingdian.samples.draw import Draw, Floats, Ints, apportion
from dingdian.samples.sample import Row, num
from dingdian.samples.sy.regions import CODES, DISTRICTS, TILING

CELLS = 60_000
#: Degrees of longitude and latitude: about 500 m at 42°N.
STEP = (0.006, 0.0045)
ORIGIN = (122.4, 41.2)
COUNT = (242, 400)
#: Squeezed degrees that the middle of a cell keeps from the border, so that what is put
#: anywhere in its inner four fifths stands inside the district.
DEPTH = 0.003
#: Squeezed degrees at which the density has fallen to half of that at the seat.
HALF_WAY = 0.04


@dataclass(frozen=True, eq=False)
class Cells:
    """Middles of the cells in degrees, the index of their district, their persons."""

    lon: Floats
    lat: Floats
    district: Ints
    persons: Ints

    def of(self, district: int) -> Ints:
        """The cells of a district."""
        return np.flatnonzero(self.district == district).astype(np.int64)


def draw_cells(seed: int) -> Cells:
    """The cells from a seed: each district keeps the same share of its squares."""
    draw = Draw(seed, "sy cells")
    lon, lat, owner = _squares()
    shares = apportion(CELLS, np.bincount(owner, minlength=len(CODES)).tolist())
    chosen = [_kept(draw, np.flatnonzero(owner == i), share) for i, share in enumerate(shares)]
    persons = [_persons(draw, i, lon[at], lat[at]) for i, at in enumerate(chosen)]
    at = np.concatenate(chosen)
    return Cells(lon[at], lat[at], owner[at], np.concatenate(persons))


def _squares() -> tuple[Floats, Floats, Ints]:
    """All squares that lie deep enough inside a district."""
    across, up = np.meshgrid(np.arange(COUNT[0]), np.arange(COUNT[1]))
    lon = np.round(ORIGIN[0] + STEP[0] * across.ravel(), 6)
    lat = np.round(ORIGIN[1] + STEP[1] * up.ravel(), 6)
    owner, depth = TILING.depth(lon, lat)
    good = depth >= DEPTH
    return lon[good], lat[good], owner[good]


def _kept(draw: Draw, squares: Ints, n: int) -> Ints:
    return np.sort(squares[draw.order(len(squares))[:n]])


def _persons(draw: Draw, district: int, lon: Floats, lat: Floats) -> Ints:
    """Persons of a district's cells, at least one in each: urban people gather near the seat."""
    place = DISTRICTS[CODES[district]]
    east = (lon - place.centre[0]) * TILING.squeeze
    north = lat - place.centre[1]
    near = 1 / (1 + (east * east + north * north) / HALF_WAY**2)
    urban = (near * (300 + 700 * draw.fractions(len(lon))) * 1000).astype(np.int64) + 1
    rural = (1000 * draw.fractions(len(lon))).astype(np.int64) + 1
    return 1 + _share(place.urban - len(lon), urban) + _share(place.rural, rural)


def _share(total: int, weights: Ints) -> Ints:
    """``apportion`` for arrays."""
    whole = int(weights.sum())
    products = total * weights
    shares = products // whole
    order = np.argsort(-(products % whole), kind="stable")
    shares[order[: total - int(shares.sum())]] += 1
    return shares


def locality_rows(cells: Cells) -> list[Row]:
    """Rows of ``localities``; a cell has no name and no kind."""
    codes = np.array(CODES)[cells.district].tolist()
    table = zip(codes, cells.persons.tolist(), cells.lon.tolist(), cells.lat.tolist(), strict=True)
    return [
        {
            "code": f"G{i:06d}",
            "region": region,
            "persons": num(persons),
            "lon": lon,
            "lat": lat,
            "crs": "cgcs2000",
        }
        for i, (region, persons, lon, lat) in enumerate(table, 1)
    ]
