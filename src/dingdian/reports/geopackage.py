"""Maps as one GeoPackage (OGC 12-128r19, version 1.3): the layers of ``geojson`` as tables.

A GeoPackage is a SQLite file with four tables of its own; the standard library writes it.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Mapping, Sequence

from dingdian.core.plan import Plan
from dingdian.reports.geojson import Layer, about, layers, workings_of

FILE = "maps.gpkg"
_WGS84 = 4326
_POINT = struct.Struct("<2sBBiBIdd")
_TABLES = """
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
  description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
  identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL,
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
  m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
"""
_SYSTEMS = (
    ("Undefined cartesian SRS", -1, "NONE", -1, "undefined"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
    (
        "WGS 84",
        _WGS84,
        "EPSG",
        _WGS84,
        'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]',
    ),
)


def geopackage(plan: Plan) -> bytes:
    """The maps of a plan as a GeoPackage; the same plan and SQLite, the same bytes."""
    workings = workings_of(plan)
    told = json.dumps(about(plan, workings), ensure_ascii=False)
    book = sqlite3.connect(":memory:")
    try:
        book.executescript(_TABLES)
        book.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)", _SYSTEMS)
        for layer in layers(workings):
            _write(book, layer, told, f"{plan.policy.day.isoformat()}T00:00:00.000Z")
        book.commit()
        return book.serialize()
    finally:
        book.close()


def _write(book: sqlite3.Connection, layer: Layer, told: str, day: str) -> None:
    """One layer as a table of points; lists and texts as text, numbers as numbers."""
    cells = {name: _values(column) for name, column in layer.properties.items()}
    columns = "".join(f', "{name}" {_type(column)}' for name, column in cells.items())
    book.execute(f'CREATE TABLE "{layer.name}" (fid INTEGER PRIMARY KEY, geom POINT{columns})')
    marks = ", ".join("?" * (len(cells) + 2))
    geometry = [_point(place) for place in layer.places]
    rows = zip(range(1, len(geometry) + 1), geometry, *cells.values(), strict=True)
    book.executemany(f'INSERT INTO "{layer.name}" VALUES ({marks})', rows)  # noqa: S608 -- own names
    placed = [place for place in layer.places if place]
    box = [end(axis) for end in (min, max) for axis in zip(*placed, strict=True)] or [None] * 4
    about_it = (layer.name, "features", layer.name, told, day, *box, _WGS84)
    book.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", about_it)
    column = (layer.name, "geom", "POINT", _WGS84, 0, 0)
    book.execute("INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, ?)", column)


_Value = str | int | float | None
_TYPES: Mapping[type, str] = {int: "INTEGER", float: "REAL", str: "TEXT"}


def _values(column: Sequence[str]) -> list[_Value]:
    """The JSON values of a column; a list stays JSON, nothing is ``None``."""
    read = {text: json.loads(text) if text else None for text in set(column)}
    flat = {text: text if isinstance(value, list) else value for text, value in read.items()}
    return [flat[text] for text in column]


def _type(values: Sequence[_Value]) -> str:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int, float}:
        return "REAL"
    return _TYPES[kinds.pop()] if len(kinds) == 1 else "TEXT"


def _point(place: tuple[float, float] | None) -> bytes | None:
    """A point as a GeoPackage blob: header without envelope, then little-endian WKB."""
    return _POINT.pack(b"GP", 0, 1, _WGS84, 1, 1, *place) if place else None
