"""transfer.geojson: the beds that districts gain and lose, on their outlines."""

from __future__ import annotations

import json
from typing import Any

import shapely

from dingdian.core.census import Census
from dingdian.core.transfer_record import DistrictRecord, TransferRecord

FILE = "transfer.geojson"
#: Degrees are written with so many decimals: a centimetre.
PRECISION = 1e-7


def write_map(record: TransferRecord, census: Census) -> bytes | None:
    """The districts with an outline in ``census``; ``None`` where none has one.

    Positions are WGS84 longitude and latitude (RFC 7946). ``change`` counts all pools; beds
    ``given`` and ``taken`` count what crosses the border of the district.
    """
    shapes = census.outlines.shapes
    known = [each for each in record.districts if each.district in shapes]
    if not known:
        return None
    schematic = any(census.boundaries[each.district].get("schematic") for each in known)
    content = {
        "type": "FeatureCollection",
        "name": "transfer",
        "stock_day": record.stock_day.isoformat(),
        "policy_day": record.policy_day.isoformat(),
        "simulation": record.marks.simulation,
        "as_if": record.marks.as_if,
        "invented": record.marks.invented,
        "schematic": bool(schematic),
        "map_approval": census.about.get("map_approval", ""),
        "result": record.fingerprints.result,
        "features": [_feature(record, each, shapes[each.district]) for each in known],
    }
    told = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return (told + "\n").encode()


def _feature(record: TransferRecord, each: DistrictRecord, shape: shapely.Geometry) -> Any:
    code = each.district
    across = [move for move in record.moves if move.start[0] != move.end[0]]
    given = sum(move.beds for move in across if move.start[0] == code)
    taken = sum(move.beds for move in across if move.end[0] == code)
    geometry = shapely.set_precision(shape, PRECISION, mode="pointwise")
    return {
        "type": "Feature",
        "id": code,
        "geometry": json.loads(shapely.to_geojson(geometry)),
        "properties": {
            "code": code,
            "name": record.scopes[code].zh,
            "people": each.people,
            "target": each.target,
            "before": each.before,
            "after": each.after,
            "given": given,
            "taken": taken,
            "change": taken - given,
        },
    }
