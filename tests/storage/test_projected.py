"""Coordinates in metres of a projected grid: read, written, and read again as they were."""
# ruff: noqa: E501 -- one case a line

import json

import pytest
from python_calamine import CalamineWorkbook

from dingdian.core.census.canonical import fingerprint
from dingdian.reports.template import write_template
from dingdian.storage.boundaries import boundaries_text, read_boundaries
from dingdian.storage.census_files import read_census
from dingdian.storage.workbook_write import write_workbook
from tests.ledgers import CODES, kinds, ledger

SOUTH = {"type": "Polygon", "coordinates": [[[500000, 4600000], [540000, 4600000], [540000, 4640000], [500000, 4600000]]]}  # fmt: skip


@pytest.mark.parametrize(("east", "north"), [("横坐标（米）", "纵坐标（米）"), ("经度", "纬度"), ("easting", "northing")])  # fmt: skip
@pytest.mark.parametrize("crs", ["EPSG:4550", "epsg：4550", "4550", "CGCS2000 / 3-degree Gauss-Kruger CM 123E"])  # fmt: skip
def test_metres_are_read_under_every_heading_and_spelling(tmp_path, east, north, crs):
    text = f"code,name,kind,region,standing,{east},{north},坐标系\n{CODES[0]},甲,医院,210102,正常,539134.393,4616201.158,{crs}\n"
    reading = read_census(ledger(tmp_path, institutions=text))
    assert not kinds(reading.faults)
    table = reading.census.tables["institutions"]
    assert [table[name].cell(0) for name in ("lon", "lat", "crs")] == [
        539134.393,
        4616201.158,
        "EPSG:4550",
    ]
    found = reading.census.positions("institutions")
    assert (found.lon[0], found.lat[0]) == pytest.approx((123.47, 41.68), abs=1e-8)


def test_a_workbook_keeps_metres_and_their_system(tmp_path):
    text = f"code,name,kind,region,standing,lon,lat,crs\n{CODES[0]},甲,医院,210102,正常,40539134.3929034,4616201.158469,EPSG:4529\n"
    census = read_census(ledger(tmp_path / "a", institutions=text)).census
    rows = {
        name: [table.row(at) for at in range(len(table))] for name, table in census.tables.items()
    }
    write_workbook(rows, tmp_path / "b.xlsx")
    again = read_census(tmp_path / "b.xlsx")
    assert fingerprint(again.census) == fingerprint(census)


@pytest.mark.parametrize("crs", ["EPSG:4550", "urn:ogc:def:crs:EPSG::4550"])
def test_boundaries_in_metres_keep_their_numbers(tmp_path, crs):
    feature = {"type": "Feature", "properties": {"code": "a"}, "geometry": SOUTH}
    named = (
        {"crs_name": crs}
        if crs[0] == "E"
        else {"crs": {"type": "name", "properties": {"name": crs}}}
    )
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({**named, "features": [feature]}), "utf-8")
    shapes, faults = read_boundaries(path)
    assert shapes == {"a": {**SOUTH, "crs": "EPSG:4550", "schematic": False}}
    assert set(kinds(faults)) <= {"boundary_crs_member"}
    path.write_text(boundaries_text(shapes), "utf-8")
    assert read_boundaries(path) == (shapes, ())


def test_the_template_and_the_report_say_that_a_grid_may_be_stated(tmp_path):
    write_template(tmp_path / "a.xlsx")
    guide = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    (row,) = [row for row in guide if row[:3] == ["机构", "坐标系", "crs"]]
    assert "EPSG:4550 等投影坐标" in row[6]
    text = f"code,name,kind,region,standing,坐标系\n{CODES[0]},甲,医院,210102,正常,某系\n"
    (fault,) = read_census(ledger(tmp_path / "b", institutions=text)).faults
    assert "EPSG:4550" in str(fault.fields["choices"])
