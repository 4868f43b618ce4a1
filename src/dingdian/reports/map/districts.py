"""The districts of a map: outlines, where their names stand, their measures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from dingdian.core.census import Census
from dingdian.reports.map.packing import STEPS, Plain, packed
from dingdian.reports.shading import Shade, shadings
from dingdian.reports.wording import Words


def districts(census: Census, words: Words) -> list[Plain]:
    """Every district in the order of the tables; ``rings`` are empty where there is no outline."""
    shapes = census.outlines.shapes
    codes = words.record.shown("county")
    return [district(code, words.scope(code), shapes.get(code)) for code in codes]


def district(code: str, name: str, shape: shapely.Geometry | None) -> Plain:
    """One district; without ``shape`` it is named only."""
    own: Plain = {"code": code, "name": name, "rings": [], "label": None, "size": 0}
    if shape is None:
        return own
    inside = shapely.get_coordinates(shapely.maximum_inscribed_circle(shape))[0]
    rings = [_ring(ring) for ring in shapely.get_rings(shapely.get_parts(shape))]
    return own | {"rings": rings, "label": np.round(inside, 5).tolist(), "size": shape.area}


def _ring(ring: shapely.Geometry) -> list[str]:
    """A ring as its longitudes and its latitudes, steps that repeat left out."""
    steps = np.rint(shapely.get_coordinates(ring) * STEPS).astype(np.int64)
    moved = np.concatenate([[True], (np.diff(steps, axis=0) != 0).any(axis=1)])
    return [packed(axis) for axis in steps[moved].T]


def measures(words: Words, codes: Sequence[str] = ()) -> list[Plain]:
    """The measures that districts can be shaded by; values in the order of ``codes``.

    Without ``codes`` they are in the order of the record's districts.
    """
    codes = codes or words.record.shown("county")
    return [
        {
            "id": each.measure,
            "title": each.title,
            "unit": each.unit,
            "group": each.group,
            "classes": [
                {"label": c.label, "fill": c.fill, "hatched": c.hatched, "size": c.size}
                for c in each.classes
            ],
            "values": [_value(each.shades.get(code)) for code in codes],
            "whole": _value(each.whole),
        }
        for each in shadings(words)
    ]


def _value(shade: Shade | None) -> Plain | None:
    """A value as the page shows it; ``None`` where the plan has no such figure."""
    if shade is None:
        return None
    return {name: getattr(shade, name) for name in ("key", "text", "number", "at", "why")}
