"""Lines gathered one by one, as a file gives them, into a graph; what is left out is counted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from dingdian.core.circles import Points
from dingdian.core.streets.graph import Lines, Streets
from dingdian.core.streets.ways import UNNAMED, Passage, passage, unread

#: Words that say what a line is or who may pass it.
_SAYING = ("highway", "foot", "motor_vehicle", "vehicle", "access", "oneway")


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """A graph and what its file was.

    ``lines``: those that became streets. ``left_out``: kind of line -> how many are no street;
    ``closed``: lines that nobody may pass; ``short``: lines with fewer than two corners that have
    a place; ``cut``: corners without a place, where a line breaks off (the rim of an extract).
    ``silent``: lines that do not say who may pass, and are taken as streets for all, both ways;
    ``unread``: lines with a word on it that is neither yes nor no, which changes nothing.
    """

    streets: Streets
    lines: int
    left_out: Mapping[str, int]
    closed: int
    short: int
    cut: int
    silent: int
    unread: int


@dataclass(slots=True)
class Gathering:
    """Lines that are being gathered.

    >>> town = Gathering()
    >>> town.add({"highway": "footway"}, [123.40, 123.41], [41.8, 41.8])
    >>> town.add({"highway": "construction"}, [123.41, 123.42], [41.8, 41.8])
    >>> found = town.done()
    >>> len(found.streets), dict(found.left_out)
    (1, {'construction': 1})
    """

    _lon: list[float] = field(default_factory=list)
    _lat: list[float] = field(default_factory=list)
    _starts: list[int] = field(default_factory=lambda: [0])
    _passages: list[Passage] = field(default_factory=list)
    _left_out: Counter[str] = field(default_factory=Counter)
    _told: Counter[str] = field(default_factory=Counter)

    def add(self, tags: Mapping[str, str], lon: Sequence[float], lat: Sequence[float]) -> None:
        """A line by its corners in WGS84/CGCS2000 degrees; NaN for a corner without a place.

        Raises:
            ValueError: longitudes and latitudes are not as many.
        """
        if len(lon) != len(lat):
            raise ValueError(f"{len(lon)} longitudes, but {len(lat)} latitudes")
        may = passage(tags)
        if may is None:
            self._left_out[tags.get("highway", UNNAMED)] += 1
        elif not any(may):
            self._told["closed"] += 1
        else:
            self._told["unread"] += unread(tags)
            self._told["silent"] += not any(tags.get(each) for each in _SAYING)
            self._told["lines" if self._corners(may, lon, lat) else "short"] += 1

    def _corners(self, may: Passage, lon: Sequence[float], lat: Sequence[float]) -> bool:
        """Take the corners, in pieces where one is missing; whether there was a piece."""
        before = len(self._passages)
        held: list[tuple[float, float]] = []
        for x, y in (*zip(lon, lat, strict=True), (math.nan, math.nan)):
            if not (math.isnan(x) or math.isnan(y)):
                held.append((x, y))
                continue
            if len(held) > 1:
                for axis, values in zip(
                    (self._lon, self._lat), zip(*held, strict=True), strict=True
                ):
                    axis.extend(values)
                self._starts.append(len(self._lon))
                self._passages.append(may)
            held = []
            self._told["cut"] += 1
        self._told["cut"] -= 1  # the end of the line itself
        return len(self._passages) > before

    def done(self) -> Gathered:
        """The graph of what was gathered.

        Raises:
            ValueError: a corner is not on earth.
        """
        flags = np.array(self._passages, np.bool_).reshape(-1, 3).T
        corners = Points(np.array(self._lon, np.float64), np.array(self._lat, np.float64))
        told = self._told
        return Gathered(
            Streets.of(Lines(corners, np.array(self._starts), *flags)),
            lines=told["lines"],
            left_out=MappingProxyType(dict(sorted(self._left_out.items()))),
            closed=told["closed"],
            short=told["short"],
            cut=told["cut"],
            silent=told["silent"],
            unread=told["unread"],
        )
