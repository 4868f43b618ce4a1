"""Points gathered into tiles about as wide as a circle; tiles far from every site are dropped."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dingdian.core.circles.bands import Boxes, Rows
from dingdian.core.circles.chord import geocentric, lat_reach, lon_reach
from dingdian.core.circles.points import Points

MOST_TILES = 1 << 24
POLAR_DEGREES = 85.0  # beyond this a grid in degrees serves nobody


@dataclass(frozen=True, slots=True, eq=False)
class Tiles:
    """A grid of tiles, ``wide`` by ``high`` degrees, over the sites and a radius around them.

    Tile ``row * columns + column`` has its south-west corner at ``west + column * wide``,
    ``south + row * high``. ``near`` (rows * columns,) says whether a site may lie within the
    radius of a point of the tile; it never does in the outermost tiles, which also stand for
    all that lies farther out.
    """

    west: float
    south: float
    wide: float
    high: float
    rows: int
    columns: int
    near: npt.NDArray[np.bool_]

    def of(self, points: Points) -> Rows:
        """The tile of each point: shape (len(points),)."""
        row = np.clip((points.lat - self.south) / self.high, 0, self.rows - 1)
        column = np.clip((points.lon - self.west) / self.wide, 0, self.columns - 1)
        return row.astype(np.int64) * self.columns + column.astype(np.int64)

    def boxes(self, tiles: Rows) -> Boxes:
        """The extent of some tiles."""
        row, column = np.divmod(tiles, self.columns)
        west, south = self.west + column * self.wide, self.south + row * self.high
        return Boxes(west, west + self.wide, south, south + self.high)


def tiles_around(sites: Points, radius_mm: int) -> Tiles | None:
    """The grid for one radius; ``None`` where circles reach the 180th meridian or a pole."""
    reach = lat_reach(radius_mm)
    south, north = float(sites.lat.min()) - reach, float(sites.lat.max()) + reach
    farthest = max(abs(south), abs(north))
    if farthest > POLAR_DEGREES:
        return None
    beside = float(lon_reach(radius_mm, np.array([farthest + reach]))[0])
    west, east = float(sites.lon.min()) - beside, float(sites.lon.max()) + beside
    if west < -180.0 or east > 180.0:
        return None
    stretch = 1 / math.cos(math.radians(float(np.abs(sites.lat).mean())))
    room = (north - south) * (east - west) / stretch
    high = max(2 * reach, math.sqrt(room / MOST_TILES), (north - south) / MOST_TILES)
    wide = max(high * stretch, (east - west) / MOST_TILES)
    rows, columns = math.ceil((north - south) / high) + 2, math.ceil((east - west) / wide) + 2
    bare = Tiles(west - wide, south - high, wide, high, rows, columns, np.zeros(0, np.bool_))
    near = np.zeros(rows * columns, np.bool_)
    near[bare.of(sites)] = True
    around = _spread(near.reshape(rows, columns), math.ceil(reach / high), math.ceil(beside / wide))
    return Tiles(bare.west, bare.south, wide, high, rows, columns, around.ravel())


def _spread(marked: npt.NDArray[np.bool_], upwards: int, sideways: int) -> npt.NDArray[np.bool_]:
    """The marked tiles and those at most so many rows and columns away, without the outermost."""
    wider = marked.copy()
    for by in range(1, sideways + 1):
        wider[:, by:] |= marked[:, :-by]
        wider[:, :-by] |= marked[:, by:]
    taller = wider.copy()
    for by in range(1, upwards + 1):
        taller[by:] |= wider[:-by]
        taller[:-by] |= wider[by:]
    taller[[0, -1]] = False
    taller[:, [0, -1]] = False
    return taller


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """Some points in the order of their tiles: which they are, and where each tile begins.

    ``order`` has shape (n,); ``tiles``, ``starts`` and ``sizes`` one entry for each tile.
    """

    order: Rows
    tiles: Rows
    starts: Rows
    sizes: Rows


def filled(packed: Rows, shift: int) -> Filled:
    """Read sorted numbers of a tile, shifted, plus a point."""
    tile = packed >> shift
    starts = np.flatnonzero(np.concatenate([[True], tile[1:] != tile[:-1]]))
    sizes = np.diff(starts, append=len(tile))
    return Filled(packed & ((1 << shift) - 1), tile[starts], starts, sizes)


def middles(boxes: Boxes) -> tuple[npt.NDArray[np.float64], ...]:
    """Geocentric x, y, z of the middle of each box."""
    return geocentric((boxes.west + boxes.east) / 2, (boxes.south + boxes.north) / 2)
