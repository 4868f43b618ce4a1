"""What is given to ``retain`` as an assessment and is none."""

import pytest

from dingdian.core.errors import RequestError
from dingdian.wiring.retention import CENSUS_COPY, _assessment, odd


@pytest.mark.parametrize("content", [None, b"PK\x03\x04\xff", b"[]", b'{"version": "1"}', b""])
def test_what_assess_never_wrote_is_told_as_that(tmp_path, content):
    path = tmp_path / "junk.xlsx"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)

    with pytest.raises(RequestError) as refused:
        _assessment(path)
    assert [each.kind for each in refused.value.faults] == ["not_assessed"]


def test_a_damaged_assessment_is_told_as_damaged(tmp_path):
    path = tmp_path / "assessment.json"
    path.write_text('{"version": "1", "assessed": 7}')

    with pytest.raises(RequestError) as refused:
        _assessment(tmp_path)
    assert [each.kind for each in refused.value.faults] == ["plan_unreadable"]


def test_a_map_without_boundaries_says_where_why_and_what_to_do(tmp_path):
    census, copy = tmp_path / "census.xlsx", tmp_path / CENSUS_COPY
    copy.mkdir()
    (line,) = odd(tmp_path, census, "en")
    assert str(tmp_path / "map.html") in line
    assert str(census) in line
    assert "put the boundaries (.geojson) beside the workbook" in line

    (copy / "boundaries.geojson").write_text("{}")
    assert list(odd(tmp_path, census, "zh")) == []
