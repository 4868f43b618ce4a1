"""District boundaries as GeoJSON: read with their region codes and coordinate system."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dingdian.core.coordinates.systems import find_system
from dingdian.core.errors import Fault, Place, fault

#: Properties that may hold the region code, in order of preference.
CODES = ("code", "region", "adcode", "Code_County", "区划代码", "admdvs")
CRS = ("crs_name", "crs", "坐标系")
MAX_BYTES = 100_000_000

_MEMBER = re.compile(r"CRS84|EPSG:[\d.]*:?(\d{4,6})")
_FLAGS = (True, 1, "true", "yes", "是", "1")

Shapes = dict[str, dict[str, Any]]


def read_boundaries(path: Path) -> tuple[Shapes, tuple[Fault, ...]]:
    """Region code -> geometry with ``crs`` and ``schematic``; and what is wrong with the file."""
    place = Place(path.name)
    if path.stat().st_size > MAX_BYTES:
        size = {"what": "file", "size": path.stat().st_size, "limit": MAX_BYTES}
        return {}, (fault("file_too_large", place, **size),)
    try:
        root = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return {}, (fault("unreadable_file", place, reason=str(error)),)
    if not isinstance(root, dict) or not ({"features", "geometry", "coordinates"} & set(root)):
        return {}, (fault("unknown_file", place, name=path.name),)
    faults: list[Fault] = []
    shapes = _shapes(root, place, faults)
    return shapes, tuple(faults)


def _shapes(root: Mapping[str, Any], place: Place, faults: list[Fault]) -> Shapes:
    shapes: Shapes = {}
    told: set[str] = set()

    def tell(kind: str, value: str) -> None:
        if kind not in told:
            told.add(kind)
            faults.append(fault(kind, place, value=value))

    for number, (geometry, properties) in enumerate(features_of(root), 1):
        code = next((str(properties[k]) for k in CODES if properties.get(k) not in (None, "")), "")
        if not code:
            faults.append(fault("boundary_without_code", place, n=number))
        elif geometry.get("type") not in ("Polygon", "MultiPolygon"):
            reason = str(geometry.get("type"))
            faults.append(fault("boundary_malformed", place, value=code, reason=reason))
        elif code in shapes:
            faults.append(fault("boundary_repeated", place, value=code))
        elif crs := crs_of(root, properties, tell):
            schematic = any(each.get("schematic") in _FLAGS for each in (properties, root))
            own = {"type": geometry["type"], "coordinates": geometry.get("coordinates")}
            shapes[code] = {**own, "crs": crs, "schematic": schematic}
    return shapes


def features_of(root: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Geometry and properties of each feature; empty where they are not what they should be."""
    if "coordinates" in root:  # a bare geometry that carries its own properties
        yield root, _dict(root.get("properties"))
        return
    features = root.get("features", [root])
    for feature in features if isinstance(features, list) else ():
        its = _dict(feature)
        yield _dict(its.get("geometry")), _dict(its.get("properties"))


def _dict(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def crs_of(
    root: Mapping[str, Any], properties: Mapping[str, Any], tell: Callable[[str, str], None]
) -> str:
    """The stated system, else that of the old ``crs`` member; empty text when unknown.

    A statement that is not understood is not passed over for the member: programs write that
    one by themselves.
    """
    stated = [
        each[key] for each in (properties, root) for key in CRS if isinstance(each.get(key), str)
    ]
    if stated:
        system = find_system(stated[0])
        if system is None:
            tell("boundary_crs_unknown", stated[0])
        return system.id if system else ""
    member = list(_MEMBER.finditer(json.dumps(root.get("crs"))))
    system = find_system(member[-1][1] or "CRS84") if member else None
    found = system.id if system else ""
    tell("boundary_crs_member" if found else "boundary_crs_unknown", found)
    return found


def boundaries_text(shapes: Mapping[str, Mapping[str, Any]]) -> str:
    """GeoJSON text from which ``read_boundaries`` reads the same shapes."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "crs_name": shape["crs"], "schematic": shape["schematic"]},
            "geometry": {"type": shape["type"], "coordinates": shape["coordinates"]},
        }
        for code, shape in sorted(shapes.items())
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, sort_keys=True) + "\n"
