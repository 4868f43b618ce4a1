"""The GeoPackage: what the standard asks for, and the features of the GeoJSON maps."""

from __future__ import annotations

import functools
import json
import sqlite3
import struct

import pytest

from dingdian.reports.geojson import maps
from dingdian.reports.geopackage import geopackage
from tests.reports.test_geojson import plan


@functools.cache
def content() -> bytes:
    return geopackage(plan("daxinganling"))


@pytest.fixture
def book():
    opened = sqlite3.connect(":memory:")
    opened.deserialize(content())
    yield opened
    opened.close()


def test_it_says_that_it_is_a_geopackage(book):
    assert content()[68:72] == b"GPKG"
    assert book.execute("PRAGMA user_version").fetchone() == (10300,)
    assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    systems = book.execute("SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY srs_id").fetchall()
    assert systems == [(-1,), (0,), (4326,)]
    columns = book.execute("SELECT * FROM gpkg_geometry_columns ORDER BY table_name").fetchall()
    names = ("coverage", "institutions", "unserved")
    assert columns == [(name, "geom", "POINT", 4326, 0, 0) for name in names]


def test_it_holds_the_features_of_the_maps(book):
    for name, told in maps(plan("daxinganling")):
        table = name.removesuffix(".geojson")
        features = json.loads(told)["features"]
        cursor = book.execute(f'SELECT * FROM "{table}" ORDER BY fid')  # noqa: S608 -- own names
        heads = [head for head, *_ in cursor.description]
        rows = [dict(zip(heads, row, strict=True)) for row in cursor]
        assert len(rows) == len(features)
        for row, feature in zip(rows, features, strict=True):
            point = feature["geometry"]
            assert (row["geom"] is None) is (point is None)
            if point is not None:
                assert row["geom"][:8] == b"GP\x00\x01" + struct.pack("<i", 4326)
                assert list(struct.unpack("<BIdd", row["geom"][8:])[2:]) == point["coordinates"]
            for head, value in feature["properties"].items():
                found = row[head]
                assert (json.loads(found) if isinstance(value, list) else found) == value


def test_it_says_of_itself_that_it_is_a_simulation(book):
    for (described,) in book.execute("SELECT description FROM gpkg_contents"):
        assert json.loads(described)["simulation"] is True


def test_the_same_plan_gives_the_same_geopackage():
    assert geopackage(plan("daxinganling")) == content()
