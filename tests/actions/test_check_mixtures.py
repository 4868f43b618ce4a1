"""One column that mixes systems under one name: which part or rows, or that none can tell."""

import numpy as np
import pytest

from dingdian.core.errors import Severity
from dingdian.core.faults import KINDS
from tests.ledgers import kinds, read
from tests.located import HOMES, WIDE, checked, of, town

#: Kinds of fault that the tests of this module show.
SHOWN = ["crs_mixed", "crs_untold"]


def blended(n, mask, system="gcj02"):
    """Institutions stated as WGS84; those of ``mask`` are really in ``system``."""
    pairs = zip(town(n), town(n, system), mask, strict=True)
    return [wrong if odd else right for right, wrong, odd in pairs]


def told(found):
    return [each.fields["where_zh"] for each in of(found, "crs_contradicted")]


@pytest.mark.parametrize(("system", "name"), [("gcj02", "GCJ-02"), ("bd09", "BD-09")])
def test_three_in_ten_rows_of_another_system_are_told_with_figures_and_rows(tmp_path, system, name):
    mask = np.random.default_rng(3).random(1500) < 0.3
    found = checked(tmp_path, blended(1500, mask, system), HOMES)
    (fault,) = of(found, "crs_mixed")
    assert not of(found, "crs_contradicted")
    assert (fault.fields["best"], fault.fields["stated"]) == (name, "WGS84/CGCS2000")
    assert fault.fields["n"] == 1500
    assert 22 <= fault.fields["percent"] <= 38
    rows = [int(each) - 2 for each in str(fault.fields["rows"]).removesuffix(" …").split(", ")]
    assert len(rows) == 5
    assert mask[rows].all()
    assert str(fault.place) == "机构:坐标系"
    assert KINDS["crs_mixed"].severity is Severity.WARNING


@pytest.mark.parametrize(("system", "name"), [("gcj02", "GCJ-02"), ("bd09", "BD-09")])
@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9])
def test_no_part_and_no_wrong_system_is_named_where_wrong_rows_are_everywhere(
    tmp_path, system, name, share
):
    mask = np.random.default_rng(4).random(1500) < share
    found = checked(tmp_path, blended(1500, mask, system), HOMES)
    assert not of(found, "crs_contradicted")
    (fault,) = of(found, "crs_mixed")
    assert fault.fields["best"] == name
    assert abs(fault.fields["percent"] - 100 * share) < 12


def test_a_column_of_one_system_is_not_told(tmp_path):
    assert not kinds(checked(tmp_path, town(1500), HOMES)).keys() - {"shared_point"}


def test_rows_pasted_in_one_piece_are_told_by_their_numbers(tmp_path):
    mask = np.zeros(1500, bool)
    mask[500:900] = True
    found = checked(tmp_path, blended(1500, mask), HOMES)
    (where,) = told(found)
    first, last = (int(each) - 2 for each in where.strip("（第 行）").split("—"))
    assert 500 <= first < 530
    assert 870 < last < 900
    assert not of(found, "crs_mixed")


def test_a_kind_that_is_in_another_system_is_told_by_its_name(tmp_path):
    mask = np.random.default_rng(3).random(1500) < 0.3
    rows = [
        [f"P{at:05}", f"店{at}", "零售药店" if odd else "诊所", *row[1:], "正常"]
        for at, (row, odd) in enumerate(zip(blended(1500, mask), mask, strict=True))
    ]
    table = "code,name,kind,region,lon,lat,crs,standing\n"
    table += "".join(",".join(row) + "\n" for row in rows)
    found = checked(tmp_path, institutions=table, beds=None, shapes=HOMES)
    assert told(found) == ["（零售药店）"]
    assert not of(found, "crs_mixed")


@pytest.mark.parametrize(("n", "told"), [(30, 1), (29, 0)])
def test_districts_too_large_to_tell_are_said_to_be_so(tmp_path, n, told):
    rows = [("", "210102", 123.1 + at / 1000, 41.5, "WGS84") for at in range(n)]
    found = of(checked(tmp_path, rows, WIDE), "crs_untold")
    assert [each.fields for each in found] == [
        {"n": n, "stated": "WGS84/CGCS2000", "other": "GCJ-02", "near": 0, "percent": 100}
    ] * told


@pytest.mark.parametrize(("near", "percent"), [(29, [31]), (30, [])])
def test_thirty_points_near_a_rim_would_show_three_wrong_in_ten(tmp_path, near, percent):
    # GCJ-02 is read some 480 m west and 240 m south: near the west rim that is another district
    rows = [("", "210102", 123.4001 + at / 10_000, 41.73, "WGS84") for at in range(near)]
    rows += [("", "210102", 123.42, 41.71 + at / 1000, "WGS84") for at in range(20)]
    found = of(checked(tmp_path, rows, HOMES), "crs_untold")
    assert [each.fields["percent"] for each in found] == percent


def test_without_boundaries_nothing_is_said(tmp_path):
    checked(tmp_path, town(100), None)
    assert not read(tmp_path).census.outlines.shapes
