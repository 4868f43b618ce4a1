"""The map of an edition: outlines of the districts, and the institutions as short columns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dingdian.core.census import Census
from dingdian.reports.map.districts import district
from dingdian.reports.map.packing import STEPS, fronted, packed
from dingdian.reports.map.page import is_schematic

Row = Mapping[str, Any]


def map_part(census: Census, institutions: Sequence[Row]) -> bytes:
    """What the map page draws: the institutions that have a place, in the order given."""
    placed = [each for each in institutions if each["lon"] is not None]
    codes = {code: at for at, code in enumerate(census.tree.districts)}
    content = {
        "steps": STEPS,
        "schematic": is_schematic(census),
        "districts": [
            district(code, census.tree.names.get(code, code), census.outlines.shapes.get(code))
            for code in codes
        ],
        "points": {
            "n": len(placed),
            "lon": packed([round(each["lon"] * STEPS) for each in placed]),
            "lat": packed([round(each["lat"] * STEPS) for each in placed]),
            "district": packed([codes.get(each["district"], -1) for each in placed]),
            "code": fronted([each["code"] for each in placed]),
            "name": [each["name"] for each in placed],
            "kind": _choices([each["kind"] for each in placed]),
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _choices(words: Sequence[str]) -> dict[str, Any]:
    used = sorted(set(words))
    at = {word: number for number, word in enumerate(used)}
    return {"ids": used, "at": packed([at[word] for word in words])}
