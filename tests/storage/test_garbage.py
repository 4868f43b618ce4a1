"""Whatever the bytes are, reading a census gives faults and never an error."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.census.faults import KINDS
from dingdian.storage.census_files import read_census
from dingdian.storage.workbook_write import write_workbook

JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["features", "geometry", "properties", "code", "crs", "type"]), inner
        ),
    ),
    max_leaves=12,
)


def faults_of(name, data):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        return {each.kind for each in read_census(Path(folder)).faults}


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(["机构.csv", "beds.csv", "a.xlsx", "beds.parquet", "b.geojson"]), st.binary()
)
def test_garbage_bytes_are_faults(name, data):
    assert faults_of(name, data) <= set(KINDS)


@settings(deadline=None, max_examples=60)
@given(JSON)
def test_json_of_any_shape_is_no_error(content):
    assert faults_of("a.geojson", json.dumps(content).encode()) <= set(KINDS)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("garbage") / "a.xlsx"
    write_workbook({"beds": [{"institution": "H1", "bed_class": "general"}]}, path)
    return path.read_bytes()


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_workbook_with_flipped_bytes_is_no_error(workbook, data):
    damaged = bytearray(workbook)
    for at in data.draw(st.lists(st.integers(0, len(workbook) - 1), min_size=1, max_size=9)):
        damaged[at] ^= data.draw(st.integers(1, 255))
    assert faults_of("a.xlsx", bytes(damaged)) <= set(KINDS)
