"""Street files: an OpenStreetMap extract (.osm.pbf), or lines as GeoJSON or GeoPackage."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from dingdian.core.coordinates import System, find_system, to_wgs84
from dingdian.core.errors import Place, RequestError, fault
from dingdian.core.streets import Gathered, Gathering
from dingdian.core.streets.ways import OWN_WORDS
from dingdian.storage.boundaries import crs_of, features_of
from dingdian.storage.pbf_guard import unpacks_to_too_much

MOST_BYTES = 2_000_000_000
#: A GeoJSON file is read whole: some ten times its size in memory.
MOST_JSON_BYTES = 200_000_000
#: More corners than a large province has: some 1 GB in memory.
MOST_CORNERS = 30_000_000
#: Lines after which it is told again how many there are.
TOLD_EVERY = 1_000

#: What a boundary without a known system is told as -> what streets are.
_NO_SYSTEM = "streets_system_unknown"


@dataclass(slots=True)
class _Intake:
    """A file that is being read: what was gathered, and who is told how many lines there are."""

    path: Path
    tell: Callable[[int], None]
    gathering: Gathering = field(default_factory=Gathering)
    lines: int = 0
    corners: int = 0

    def add(self, tags: Mapping[str, str], lon: list[float], lat: list[float]) -> None:
        """Take one line.

        Raises:
            RequestError: there are too many.
        """
        self.lines += 1
        self.corners += len(lon)
        if self.corners > MOST_CORNERS:
            raise _refused("streets_too_many", self.path, most=f"{MOST_CORNERS:,}")
        if self.lines % TOLD_EVERY == 0:
            self.tell(self.lines)
        self.gathering.add(tags, lon, lat)


def read_streets(path: Path, tell: Callable[[int], None] = lambda _lines: None) -> Gathered:
    """The streets of a file; nothing of it is mended. ``tell`` hears how many lines were read.

    Raises:
        RequestError: no such file, none of the three kinds, damaged, too large, without coordinate
            system or without any street; osmium is needed for .osm.pbf and not installed.
    """
    if not path.is_file():
        raise RequestError((fault("no_such_file", path=str(path)),))
    read = next((how for end, how in _KINDS.items() if path.name.lower().endswith(end)), None)
    if read is None:
        raise _refused("streets_unknown_file", path, name=path.name, known="、".join(_KINDS))
    most = MOST_JSON_BYTES if read is _read_geojson else MOST_BYTES
    if (size := path.stat().st_size) > most:
        raise _refused("file_too_large", path, what="file", size=size, limit=most)
    intake = _Intake(path, tell)
    read(intake)
    try:
        found = intake.gathering.done()
    except ValueError as error:
        raise _refused("unreadable_file", path, reason=str(error)) from None
    if not len(found.streets):
        raise _refused("streets_none", path)
    return found


def _refused(kind: str, path: Path, **details: object) -> RequestError:
    return RequestError((fault(kind, Place(path.name), **details),))


# ---------------------------------------------------------------- OpenStreetMap


def _read_osm(intake: _Intake) -> None:
    path = intake.path
    try:
        import osmium  # noqa: PLC0415 -- an optional extra
    except ImportError:
        raise _refused("streets_without", path) from None
    try:
        bomb = unpacks_to_too_much(path)
    except ValueError as error:
        raise _refused("unreadable_file", path, reason=str(error)) from None
    if bomb:
        raise _refused("streets_bomb", path)
    found = osmium.FileProcessor(str(path)).with_locations()
    try:
        for way in found.with_filter(osmium.filter.KeyFilter("highway")):
            if isinstance(way, osmium.osm.Way):  # crossings and bus stops are places
                places = [
                    (node.lon, node.lat) if node.location.valid() else (np.nan, np.nan)
                    for node in way.nodes
                ]
                intake.add(dict(way.tags), [x for x, _ in places], [y for _, y in places])
    except RuntimeError as error:
        raise _refused("unreadable_file", path, reason=str(error)) from None


# ---------------------------------------------------------------- lines of a bureau's own


def _read_geojson(intake: _Intake) -> None:
    path = intake.path
    try:
        root = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _refused("unreadable_file", path, reason=str(error)) from None
    if not isinstance(root, dict) or not ({"features", "geometry", "coordinates"} & set(root)):
        raise _refused("unknown_file", path, name=path.name)

    def tell(kind: str, value: str) -> None:
        if kind == "boundary_crs_unknown":
            raise _refused(_NO_SYSTEM, path, value=value)

    for geometry, properties in features_of(root):
        system = crs_of(root, properties, tell)
        for line in _parts(geometry):
            _add(intake, properties, line, system=find_system(system))


def _parts(geometry: Mapping[str, Any]) -> Iterator[Any]:
    """The lines of a GeoJSON geometry; what is no line has none."""
    kind, found = geometry.get("type"), geometry.get("coordinates")
    if kind == "LineString":
        yield found
    elif kind == "MultiLineString" and isinstance(found, list):
        yield from found


def _read_geopackage(intake: _Intake) -> None:
    """Every layer of lines; the geometry is Well-Known Binary behind a header (OGC 12-128)."""
    path = intake.path
    try:
        with closing(sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True)) as book:
            for layer, column, system in _layers(path, book):
                rows = book.execute(f"SELECT * FROM {_quoted(layer)}")  # noqa: S608 -- quoted
                names = [each[0] for each in rows.description]
                at = names.index(column)
                for row in rows:
                    said = dict(zip(names, row, strict=True))
                    for line in shapely.get_parts(_shape(row[at])):
                        corners = shapely.get_coordinates(line).tolist()
                        _add(intake, said, corners, system=system)
    except (sqlite3.Error, shapely.errors.ShapelyError, ValueError) as error:
        raise _refused("unreadable_file", path, reason=str(error)) from None


def _layers(path: Path, book: sqlite3.Connection) -> Iterator[tuple[str, str, System]]:
    """Layer, column of geometry and system of each layer that may hold lines.

    A view is none: what it gives may never end.
    """
    found = book.execute(
        "SELECT g.table_name, g.column_name, upper(g.geometry_type_name), s.organization,"
        " s.organization_coordsys_id, s.srs_name FROM gpkg_geometry_columns g"
        " JOIN sqlite_master m ON m.name = g.table_name AND m.type = 'table'"
        " LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id ORDER BY g.table_name"
    )
    for layer, column, kind, organization, number, name in found.fetchall():
        if kind not in ("LINESTRING", "MULTILINESTRING", "GEOMETRY"):
            continue
        system = find_system(f"{organization}:{number}") or find_system(str(name))
        if system is None:
            raise _refused(_NO_SYSTEM, path, value=f"{organization}:{number}")
        yield str(layer), str(column), system


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


#: Size of the envelope by its code in the header of a geometry.
_ENVELOPES = (0, 32, 48, 48, 64)


def _shape(blob: object) -> Any:
    """The lines of a geometry of a GeoPackage; ``None`` for another or an empty one.

    Raises:
        ValueError: it is no such geometry.
    """
    if blob is None:
        return None
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or (blob[3] >> 1 & 7) >= len(_ENVELOPES):
        raise ValueError("a geometry is not of a GeoPackage")
    shape = shapely.from_wkb(blob[8 + _ENVELOPES[blob[3] >> 1 & 7] :])
    lines = shape.geom_type in ("LineString", "MultiLineString") and not shape.is_empty
    return shape if lines else None


def _add(
    intake: _Intake, said: Mapping[str, Any], corners: Sequence[Any], *, system: System | None
) -> None:
    """One line with what is said of it, in the words of OpenStreetMap or a bureau's own."""
    try:
        places = np.array([[float(each[0]), float(each[1])] for each in corners]).reshape(-1, 2)
    except (TypeError, ValueError, IndexError, KeyError):
        raise _refused("streets_not_a_line", intake.path, value=str(corners)[:60]) from None
    lon, lat = to_wgs84(places[:, 0], places[:, 1], system or "WGS84")
    if np.isnan(lon).any():
        wrong = places[int(np.isnan(lon).argmax())].tolist()
        raise _refused("site_not_of_system", intake.path, value=str(wrong))
    intake.add(_tags(said), lon.tolist(), lat.tolist())


def _tags(said: Mapping[str, Any]) -> dict[str, str]:
    """What a line says, as words of OpenStreetMap."""
    words = {OWN_WORDS.get(name, name): _word(value) for name, value in said.items()}
    return {name: word for name, word in words.items() if word}


def _word(value: object) -> str:
    """A value as a word, empty for none: a whole number is written without a point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip().lower() if isinstance(value, str | int) else ""


#: End of a file's name -> how it is read.
_KINDS: Mapping[str, Callable[[_Intake], None]] = {
    ".osm.pbf": _read_osm,
    ".gpkg": _read_geopackage,
    ".geojson": _read_geojson,
    ".json": _read_geojson,
}
