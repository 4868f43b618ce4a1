"""Sites in bands of latitude, sorted by longitude inside each: which may lie near what.

A candidate is a site that no bound in degrees rules out; whether it lies in the circle is
decided by the chord (``chord``). Bounds are conservative, so no site is ever lost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dingdian.core.circles.chord import SLACK_DEGREES, Floats, geocentric, lat_reach, lon_reach
from dingdian.core.circles.points import Points

Rows = npt.NDArray[np.int64]

BAND_DEGREES = 0.005  # about 550 m
COARSEST = 64  # bands that one search may cross before coarser ones are made
LON_STEPS = 1 << 25  # longitudes are sorted in steps of 3 mm
BAND_SHIFT = 34  # 360 * LON_STEPS fits below


@dataclass(frozen=True, slots=True, eq=False)
class Bands:
    """``n`` sites in the order of their band, then longitude.

    ``points`` (n,) are the sites in this order, ``order`` (n,) gives each one's place in the
    points they were made from; ``keys`` (n,) is the band shifted by ``BAND_SHIFT`` plus the
    longitude in steps; ``x``, ``y``, ``z`` (n,) are geocentric metres. ``height`` is the height
    of a band in degrees.
    """

    height: float
    points: Points
    keys: Rows
    order: Rows
    x: Floats
    y: Floats
    z: Floats

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True, eq=False)
class Ranges:
    """For each of ``q`` searches and ``k`` bands the sites ``first`` <= site < ``last``.

    Both have shape (q, k); an empty range has first = last.
    """

    first: Rows
    last: Rows

    @property
    def sizes(self) -> Rows:
        """How many candidates each search has: shape (q,)."""
        sizes: Rows = (self.last - self.first).sum(axis=1)
        return sizes


def in_bands(points: Points, height: float = BAND_DEGREES) -> Bands:
    """The bands of some points; any number of them, also none."""
    keys = _keys(points, height)
    order = np.argsort(keys, kind="stable")
    sorted_points = points.take(order)
    x, y, z = geocentric(sorted_points.lon, sorted_points.lat)
    return Bands(height, sorted_points, keys[order], order, x, y, z)


def in_band_order(points: Points, height: float) -> Rows:
    """The points by their band, then longitude: what stands together is searched together."""
    return np.argsort(_keys(points, height), kind="stable")


def _keys(points: Points, height: float) -> Rows:
    return _band(points.lat, height) << BAND_SHIFT | _step(points.lon)


def band_height(radius_mm: int) -> float:
    """The height of bands in degrees that suits a radius: the usual one, or 16, 256 … times it."""
    height = BAND_DEGREES
    while 2 * lat_reach(radius_mm) > COARSEST * height:
        height *= 16
    return height


def _band(lat: Floats, height: float) -> Rows:
    return np.floor((lat + 90.0) / height).astype(np.int64)


def _step(lon: Floats) -> Rows:
    return np.floor((lon + 180.0) * LON_STEPS).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """``q`` boxes in degrees, each array of shape (q,); a point is a box without extent."""

    west: Floats
    east: Floats
    south: Floats
    north: Floats


def near_boxes(bands: Bands, boxes: Boxes, radius_mm: int) -> Ranges:
    """The candidates within a radius of any point of each box.

    Where a circle may cross the 180th meridian or reach around a pole, the whole of each band
    is a candidate: slow there, and right.
    """
    reach = lat_reach(radius_mm)
    south, north = boxes.south - reach, boxes.north + reach
    lowest = _band(np.maximum(south, -90.0), bands.height)
    highest = _band(np.minimum(north, 90.0), bands.height)
    step = lon_reach(radius_mm, np.maximum(np.abs(south), np.abs(north)))
    first, last = _steps(boxes.west, boxes.east, step)
    across = int((highest - lowest).max(initial=-1)) + 1
    band = lowest[:, None] + np.arange(across)
    key = band << BAND_SHIFT
    begin = np.searchsorted(bands.keys, key + first[:, None], side="left")
    end = np.searchsorted(bands.keys, key + last[:, None], side="right")
    return Ranges(begin, np.where(band > highest[:, None], begin, end))


def _steps(west: Floats, east: Floats, reach: Floats) -> tuple[Rows, Rows]:
    """The first and last step of longitude in reach; the first after the last where none is."""
    west, east = west - reach, east + reach
    around = (west < -180.0) | (east > 180.0)
    return _step(np.where(around, -180.0, west)), _step(np.where(around, 180.0, east))


def ahead(bands: Bands, start: int, stop: int, radius_mm: int) -> Ranges:
    """For each site of a span of the bands the candidates that come after it in their order.

    So each pair of candidates is met once.
    """
    part, own = bands.points.take(slice(start, stop)), bands.keys[start:stop] >> BAND_SHIFT
    reach = lat_reach(radius_mm)
    across = int((_band(part.lat + reach, bands.height) - own).max(initial=-1)) + 1
    begin, end = np.empty((2, len(part), across), np.int64)
    farthest = np.abs(part.lat) + reach
    for more in range(across):
        apart = (own + more) * bands.height - 90.0 - part.lat - SLACK_DEGREES
        first, last = _steps(part.lon, part.lon, lon_reach(radius_mm, farthest, apart))
        key = own + more << BAND_SHIFT
        begin[:, more] = np.searchsorted(bands.keys, key + first, side="left")
        end[:, more] = np.searchsorted(bands.keys, key + last, side="right")
    begin[:, :1] = np.arange(start + 1, stop + 1)[:, None]
    return Ranges(begin, np.maximum(begin, end))


def near_points(bands: Bands, points: Points, radius_mm: int) -> Ranges:
    """The candidates within a radius of each point."""
    return near_boxes(bands, Boxes(points.lon, points.lon, points.lat, points.lat), radius_mm)


def spelled_out(ranges: Ranges) -> tuple[Rows, Rows]:
    """The candidates one by one: how many each search has (q,), and their sites, search by search.

    >>> some = Ranges(np.array([[0, 7], [3, 3]]), np.array([[2, 8], [3, 5]]))
    >>> [each.tolist() for each in spelled_out(some)]
    [[3, 2], [0, 1, 7, 3, 4]]
    """
    lengths = (ranges.last - ranges.first).ravel()
    ends = np.cumsum(lengths)
    starts = np.repeat(ranges.first.ravel() - ends + lengths, lengths)
    return ranges.sizes, starts + np.arange(len(starts))
