"""Boundaries as GeoJSON: codes, coordinate systems, what is refused."""
# ruff: noqa: E501 -- one case a line

import json

import pytest

from dingdian.storage.boundaries import boundaries_text, read_boundaries
from tests.ledgers import kinds

#: Kinds of fault that the tests of this module show.
SHOWN = ("boundary_crs_unknown", "boundary_crs_member", "boundary_without_code", "boundary_malformed", "boundary_repeated")  # fmt: skip

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]}


def feature(geometry=SQUARE, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def read(tmp_path, root):
    path = tmp_path / "a.geojson"
    path.write_text(root if isinstance(root, str) else json.dumps(root), "utf-8")
    return read_boundaries(path)


@pytest.mark.parametrize("key", ["code", "adcode", "region", "Code_County"])
@pytest.mark.parametrize(("crs", "read_as"), [("CGCS2000", "cgcs2000"), ("EPSG:4326", "wgs84"), ("高德", "gcj02")])  # fmt: skip
def test_codes_and_systems_of_every_name(tmp_path, key, crs, read_as):
    shapes, faults = read(tmp_path, {"features": [feature(**{key: 210102, "crs": crs})]})
    assert faults == ()
    assert shapes == {"210102": {**SQUARE, "crs": read_as, "schematic": False}}


def test_a_system_for_the_whole_file_and_schematic_shapes(tmp_path):
    shapes, faults = read(tmp_path, {"crs_name": "wgs84", "schematic": True, "features": [feature(code="a")]})  # fmt: skip
    assert faults == ()
    assert shapes["a"]["schematic"] is True


def test_without_a_system_no_boundary_is_used(tmp_path):
    shapes, faults = read(tmp_path, {"features": [feature(code="a"), feature(code="b")]})
    assert shapes == {}
    assert kinds(faults) == {"boundary_crs_unknown": 1}


def test_the_old_crs_member_is_used_and_told(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    shapes, faults = read(tmp_path, {"crs": crs, "features": [feature(code="a")]})
    assert shapes["a"]["crs"] == "wgs84"
    assert kinds(faults) == {"boundary_crs_member": 1}


def test_a_bare_geometry_with_properties(tmp_path):
    shapes, _ = read(tmp_path, {**SQUARE, "properties": {"adcode": "210100", "crs": "gcj02"}})
    assert list(shapes) == ["210100"]


@pytest.mark.parametrize(
    ("root", "kind"),
    [
        ({"features": [feature(crs="wgs84")]}, "boundary_without_code"),
        ({"features": [feature({"type": "Point"}, code="a", crs="wgs84")]}, "boundary_malformed"),
        ({"crs_name": "wgs84", "features": [feature(code="a")] * 2}, "boundary_repeated"),
        ({"features": [{"properties": [1], "geometry": 5}]}, "boundary_without_code"),
        ({"features": [7]}, "boundary_without_code"),
        ("{", "unreadable_file"),
        ("[]", "unknown_file"),
        ("[" * 100_000, "unreadable_file"),
    ],
)
def test_what_is_refused(tmp_path, root, kind):
    assert kinds(read(tmp_path, root)[1]) == {kind: 1}


def test_written_shapes_read_back(tmp_path):
    shapes = {"a": {**SQUARE, "crs": "bd09", "schematic": True}}
    assert read(tmp_path, boundaries_text(shapes)) == (shapes, ())
