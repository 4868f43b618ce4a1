"""What the printed maps are drawn from: outlines, places and circles on one flat sheet.

The sheet is for looking at, never for measuring: longitudes are shortened by the cosine of the
middle latitude, so that a kilometre is as long to the east as to the north.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dingdian.core.plan import Plan
from dingdian.reports.geojson import Layer, about, layers, workings_of

#: Metres of a degree of latitude, near enough for a picture.
DEGREE = 111_200.0

Points = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Outlines by region code in degrees, layers by name, circles in metres by stock.

    ``schematic``: some outline is no surveyed boundary. ``latitude``: of the middle.
    ``approval``: the map approval number (审图号), empty without one.
    """

    outlines: Mapping[str, Any] = field(default_factory=dict)
    layers: Mapping[str, Layer] = field(default_factory=dict)
    circles: Mapping[str, float] = field(default_factory=dict)
    schematic: bool = False
    latitude: float = 0.0
    approval: str = ""

    @property
    def aspect(self) -> float:
        """How much longer a degree of latitude is than one of longitude."""
        return 1 / math.cos(math.radians(self.latitude))

    def points(self, name: str) -> Points:
        """The places of a layer as rows of longitude and latitude, NaN where there is none."""
        layer = self.layers.get(name)
        found = [each or (math.nan, math.nan) for each in layer.places] if layer else []
        return np.array(found, np.float64).reshape(-1, 2)

    def property(self, name: str, of: str) -> Sequence[Any]:
        """A property of every feature of a layer; ``None`` where unknown or not there."""
        layer = self.layers.get(name)
        if layer is None or of not in layer.properties:
            return [None] * (len(layer.places) if layer else 0)
        cells = layer.properties[of]
        known = {cell: json.loads(cell) if cell else None for cell in set(cells)}
        return [known[cell] for cell in cells]


def atlas_of(plan: Plan, approval: str = "") -> Atlas:
    """The atlas of a plan; without ``approval`` the map approval number of the census counts."""
    workings = workings_of(plan)
    found = {each.name: each for each in layers(workings)}
    outlines = plan.census.outlines.shapes
    circles = {of: each["metres"] for of, each in about(plan, workings)["circles"].items()}
    schematic = any(each.get("schematic") for each in plan.census.boundaries.values())
    latitude = _middle(outlines, found)
    number = approval or plan.census.about.get("map_approval", "")
    return Atlas(outlines, found, circles, schematic, latitude, number)


def _middle(outlines: Mapping[str, Any], found: Mapping[str, Layer]) -> float:
    """The middle latitude of all that has a place; 0 where nothing has."""
    edges = [edge for each in outlines.values() for edge in (each.bounds[1], each.bounds[3])]
    edges += [place[1] for each in found.values() for place in each.places if place]
    return (min(edges) + max(edges)) / 2 if edges else 0.0
