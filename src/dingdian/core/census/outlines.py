"""The boundaries of a census as shapes in WGS84/CGCS2000, and what had to be done to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from dingdian.core.census.positions import in_china
from dingdian.core.coordinates import find_system, to_wgs84
from dingdian.core.coordinates.outlines import outline_to_wgs84

_UNREADABLE = (ValueError, TypeError, IndexError, AttributeError, shapely.errors.ShapelyError)


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """Usable outlines by region code, and the codes of those that are not, or were mended.

    ``shapes``: prepared, valid polygons or multipolygons of longitude and latitude in
    WGS84/CGCS2000, holes kept. ``stated``: the same, mended as well, in the system of the file.
    ``crossing``: code -> where an outline crosses or touches itself; its shape is a repair that
    the quality report names. ``broken``: code -> why there is no shape. Nor is there one of those
    whose outline has no area (``empty``), lies in the box around China only when longitude and
    latitude are exchanged (``swapped``), or does not lie in it (``abroad``).
    """

    shapes: dict[str, shapely.Geometry] = field(default_factory=dict)
    stated: dict[str, shapely.Geometry] = field(default_factory=dict)
    crossing: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    swapped: list[str] = field(default_factory=list)
    abroad: list[str] = field(default_factory=list)


def outlines_of(boundaries: Mapping[str, Mapping[str, Any]]) -> Outlines:
    """The outlines of the boundaries of a census (``Census.boundaries``).

    >>> ring = [[123, 41], [124, 41], [124, 42], [123, 42], [123, 41]]
    >>> found = outlines_of({"a": {"type": "Polygon", "coordinates": [ring], "crs": "wgs84"}})
    >>> found.shapes["a"].bounds
    (123.0, 41.0, 124.0, 42.0)
    """
    found = Outlines()
    for code, geometry in boundaries.items():
        try:
            _add(found, code, geometry)
        except _UNREADABLE as error:
            found.broken[code] = str(error)
    return found


def _add(found: Outlines, code: str, geometry: Mapping[str, Any]) -> None:
    system = find_system(str(geometry.get("crs", "")))
    raw = shape(geometry)
    if system is None or not np.isfinite(shapely.get_coordinates(raw)).all():
        found.broken[code] = "no system, or a vertex without numbers"
        return
    if not raw.is_valid:
        found.crossing[code] = str(shapely.is_valid_reason(raw))
        raw = _polygons(shapely.make_valid(raw))
    if raw.is_empty:
        found.crossing.pop(code, None)
        found.empty.append(code)
        return
    x, y = shapely.get_coordinates(raw).T
    if not in_china(*to_wgs84(x, y, system)).all():
        swapped = in_china(*to_wgs84(y, x, system)).all()
        (found.swapped if swapped else found.abroad).append(code)
        return
    made = outline_to_wgs84(raw, system)
    shapely.prepare(made)
    found.shapes[code], found.stated[code] = made, raw


def _polygons(mended: shapely.Geometry) -> shapely.Geometry:
    """What has an area of a repaired shape; loose lines and points are left out."""
    parts = [each for each in shapely.get_parts(mended) if each.area > 0]
    return shapely.union_all(parts) if parts else shapely.Polygon()
