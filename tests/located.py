"""Ledgers on disk with coordinates and boundaries, for tests: rows, shapes, all their faults."""

import json

import numpy as np
import shapely
from shapely.geometry import mapping

from dingdian.actions.check_census import check
from dingdian.core.coordinates import from_wgs84
from dingdian.storage.census_files import read_census
from tests.ledgers import ledger

HEAD = "code,name,kind,region,lon,lat,crs,standing\n"
HOMES = {
    "210102": shapely.box(123.40, 41.70, 123.45, 41.75),
    "210103": shapely.box(123.45, 41.70, 123.50, 41.75),
}
WIDE = {"210102": shapely.box(123, 41, 123.5, 42), "210103": shapely.box(123.5, 41, 124, 42)}


def institutions(rows):
    """A table from (name, region, lon, lat, crs)."""
    lines = [
        f"H{region}{at:05},{name or f'院{at}'},诊所,{region},{lon},{lat},{crs},正常\n"
        for at, (name, region, lon, lat, crs) in enumerate(rows, 1)
    ]
    return HEAD + "".join(lines)


def boundaries(folder, shapes, crs="wgs84"):
    """Write boundaries: code -> shapely geometry or GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": mapping(each) if isinstance(each, shapely.Geometry) else each,
        }
        for code, each in shapes.items()
    ]
    text = json.dumps({"crs_name": crs, "features": features})
    (folder / "boundaries.geojson").write_text(text, "utf-8")


def checked(folder, rows=None, shapes=WIDE, *, crs="wgs84", **replaced):
    """All faults, of reading and of checking."""
    if rows is not None:
        replaced |= {"institutions": institutions(rows), "beds": None}
    ledger(folder, **replaced)
    if shapes:
        boundaries(folder, shapes, crs)
    reading = read_census(folder)
    return (*reading.faults, *check(reading.census))


def of(faults, kind):
    return [each for each in faults if each.kind == kind]


def town(n, system="wgs84", stated="WGS84", seed=1, homes=HOMES):
    """Institutions all over two districts, their numbers in ``system``, stated as ``stated``."""
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(123.40, 123.50, n), rng.uniform(41.70, 41.75, n)
    x, y = from_wgs84(lon, lat, system)
    codes = ["210102" if each < 123.45 else "210103" for each in lon]
    return [
        ("", code, f"{a:.7f}", f"{b:.7f}", stated) for code, a, b in zip(codes, x, y, strict=True)
    ]
