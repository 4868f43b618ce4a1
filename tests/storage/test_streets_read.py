"""Street files: three kinds of file say the same streets, and every wrong one is refused."""

import json
import sqlite3
import struct
from contextlib import closing

import osmium
import pytest
import shapely

from dingdian.core.coordinates import from_wgs84
from dingdian.core.errors import RequestError
from dingdian.core.streets import quality_of
from dingdian.storage.streets_read import read_streets

#: A street with a one-way lane off it, a footway, a square under construction, a private yard.
TOWN = (
    ({"highway": "residential"}, [(123.400, 41.800), (123.401, 41.800), (123.402, 41.800)]),
    ({"highway": "service", "oneway": "yes"}, [(123.402, 41.800), (123.402, 41.801)]),
    ({"highway": "footway"}, [(123.401, 41.800), (123.401, 41.801)]),
    ({"highway": "construction"}, [(123.400, 41.800), (123.400, 41.801)]),
    ({"highway": "service", "access": "private"}, [(123.401, 41.801), (123.400, 41.801)]),
)


def write_osm(path, town, cut=()):
    """The town as an extract; the places ``cut`` are not in it."""
    places = sorted({corner for _, line in town for corner in line})
    with osmium.SimpleWriter(str(path), overwrite=True) as out:
        for number, (lon, lat) in enumerate(places, 1):
            if (lon, lat) not in cut:
                out.add_node(osmium.osm.mutable.Node(id=number, location=(lon, lat)))
        for number, (tags, line) in enumerate(town, 1):
            nodes = [places.index(corner) + 1 for corner in line]
            out.add_way(osmium.osm.mutable.Way(id=number, tags=tags, nodes=nodes))
    return path


def write_geojson(path, town, **own):
    features = [
        {
            "type": "Feature",
            "properties": tags,
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for tags, line in town
    ]
    root = {"type": "FeatureCollection", "features": features, **own}
    path.write_text(json.dumps(root), encoding="utf-8")
    return path


def write_geopackage(path, town, code=4490):
    """A layer of lines as QGIS writes it: the header names the system, then comes WKB."""
    with closing(sqlite3.connect(path)) as book, book:
        book.executescript(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id, organization,"
            " organization_coordsys_id, definition);"
            "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name,"
            " srs_id, z, m);"
            'CREATE TABLE "road lines" (fid INTEGER, geom BLOB, highway, oneway, access);'
        )
        book.execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('', 7, 'EPSG', ?, '')", (code,))
        book.execute(
            "INSERT INTO gpkg_geometry_columns VALUES ('road lines','geom','LINESTRING',7,0,0)"
        )
        for number, (tags, line) in enumerate(town):
            shape = shapely.LineString(line)
            head = struct.pack("<2sBBi4d", b"GP", 0, 0b11, 7, *shape.bounds)
            said = (tags.get(name) for name in ("highway", "oneway", "access"))
            row = (number, head + shapely.to_wkb(shape), *said)
            book.execute('INSERT INTO "road lines" VALUES (?, ?, ?, ?, ?)', row)
    return path


def refusal(path):
    with pytest.raises(RequestError) as refused:
        read_streets(path)
    return [each.kind for each in refused.value.faults]


def test_an_extract_and_lines_of_a_bureau_are_the_same_graph(tmp_path):
    found = [
        read_streets(write_osm(tmp_path / "town.osm.pbf", TOWN)),
        read_streets(write_geojson(tmp_path / "town.geojson", TOWN, crs_name="CGCS2000")),
        read_streets(write_geopackage(tmp_path / "town.gpkg", TOWN)),
    ]

    assert len({each.streets.fingerprint for each in found}) == 1
    for each in found:
        assert (each.lines, each.closed, dict(each.left_out)) == (3, 1, {"construction": 1})
        told = quality_of(each.streets)
        assert (told.pieces, told.walkable, told.drivable, told.footways) == (4, 4, 3, 1)
        assert (told.islands, told.trapped, told.no_footways) == ((), 1, False)


def test_lines_in_metres_of_a_grid_are_the_same_streets(tmp_path):
    metres = [
        (tags, [tuple(map(float, from_wgs84(*corner, "EPSG:4550"))) for corner in line])
        for tags, line in TOWN
    ]
    one = read_streets(write_geopackage(tmp_path / "town.gpkg", metres, code=4550))
    other = read_streets(write_geojson(tmp_path / "town.geojson", TOWN, crs_name="CGCS2000"))

    assert one.streets.fingerprint == other.streets.fingerprint


def test_a_bureau_says_in_its_own_words_who_may_pass(tmp_path):
    line = [(123.4, 41.8), (123.401, 41.8)]
    words = (
        {"步行": "否"},
        {"行车": 0},
        {"单行": "是"},
        {"walk": "no", "drive": "no"},
        {},
        {"单行": "单"},
    )
    town = [(each, [(x, y + at / 100) for x, y in line]) for at, each in enumerate(words)]
    found = read_streets(write_geojson(tmp_path / "own.geojson", town, crs_name="CGCS2000"))

    streets = found.streets
    by_north = streets.points.lat[streets.tail].argsort()
    assert streets.walk[by_north].tolist() == [False, True, True, True, True]
    assert streets.forward[by_north].tolist() == [True, False, True, True, True]
    assert streets.backward[by_north].tolist() == [True, False, False, True, True]
    assert (found.closed, found.silent, found.unread) == (1, 1, 1)


def test_a_street_that_leaves_the_extract_breaks_off_there(tmp_path):
    path = write_osm(tmp_path / "town.osm.pbf", TOWN[:1], cut=[(123.401, 41.800)])
    assert refusal(path) == ["streets_none"]
    longer = ({"highway": "path"}, [(123.4, 41.8), (123.4, 41.801), (123.401, 41.8), (123.5, 41.8)])
    path = write_osm(tmp_path / "more.osm.pbf", [longer], cut=[(123.401, 41.800)])
    found = read_streets(path)

    assert (len(found.streets), found.lines, found.cut) == (1, 1, 1)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("town.shp", b"", "streets_unknown_file"),
        ("town.osm.pbf", b"not an extract at all", "unreadable_file"),
        ("town.gpkg", b"not a database at all", "unreadable_file"),
        ("town.geojson", b"{", "unreadable_file"),
        ("town.geojson", b"{}", "unknown_file"),
        ("town.geojson", b'{"features": [], "crs_name": "CGCS2000"}', "streets_none"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path, name, content, kind):
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path) == [kind]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert refusal(tmp_path / "town.osm.pbf") == ["no_such_file"]


@pytest.mark.parametrize(
    ("own", "corner", "kind"),
    [
        ({}, (123.4, 41.8), "streets_system_unknown"),
        ({"crs_name": "沈阳地方坐标"}, (123.4, 41.8), "streets_system_unknown"),
        ({"crs_name": "CGCS2000"}, (41_600_000.0, 4_600_000.0), "site_not_of_system"),
        ({"crs_name": "CGCS2000"}, "no corner", "streets_not_a_line"),
    ],
)
def test_lines_without_known_coordinates_are_refused(tmp_path, own, corner, kind):
    path = write_geojson(tmp_path / "town.geojson", [({}, [corner, (123.5, 41.8)])], **own)
    assert refusal(path) == [kind]


def test_a_layer_in_no_known_system_is_refused(tmp_path):
    assert refusal(write_geopackage(tmp_path / "town.gpkg", TOWN, code=2400)) == [
        "streets_system_unknown"
    ]


def test_an_extract_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked(tmp_path):
    """Blocks of a few bytes that say they hold 32 MB each."""

    def varint(number):
        found = b""
        while number > 127:
            found, number = found + bytes([number & 127 | 128]), number >> 7
        return found + bytes([number])

    blob = b"\x10" + varint(32 * 1024 * 1024) + b"\x1a\x02ab"
    header = b"\x0a\x07OSMData\x18" + varint(len(blob))
    block = struct.pack(">I", len(header)) + header + blob
    path = tmp_path / "bomb.osm.pbf"
    path.write_bytes(block * 10)
    assert refusal(path) == ["streets_bomb"]
    path.write_bytes(block[:-1])
    assert refusal(path) == ["unreadable_file"]


def test_reading_tells_how_far_it_is_and_ends_where_it_is_told_to(tmp_path, monkeypatch):
    monkeypatch.setattr("dingdian.storage.streets_read.TOLD_EVERY", 2)
    path, told = write_osm(tmp_path / "town.osm.pbf", TOWN), []
    read_streets(path, told.append)
    assert told == [2, 4]
    with pytest.raises(InterruptedError):
        read_streets(path, lambda _: (_ for _ in ()).throw(InterruptedError))
    monkeypatch.setattr("dingdian.storage.streets_read.MOST_CORNERS", 4)
    assert refusal(path) == ["streets_too_many"]


def test_a_view_of_a_geopackage_is_no_layer(tmp_path):
    """What it gives may never end."""
    path = write_geopackage(tmp_path / "town.gpkg", TOWN)
    with closing(sqlite3.connect(path)) as book:
        (layer,) = book.execute("SELECT table_name FROM gpkg_geometry_columns").fetchone()
        book.execute(f'ALTER TABLE "{layer}" RENAME TO kept')
        book.execute("UPDATE gpkg_geometry_columns SET table_name = 'endless'")
        book.execute("CREATE VIEW endless AS SELECT * FROM kept")
        book.commit()
    assert refusal(path) == ["streets_none"]
