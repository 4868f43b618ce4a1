"""北京 (GBK, classes 1 to 3) and 湖北 (shared coordinates): brought in with renamed headings."""

import csv
from collections import Counter

import pytest

from dingdian.actions.check_census import check
from dingdian.storage.census_files import read_census
from tests.ledgers import kinds
from tests.real.xian import DATA

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs DINGDIAN_DATA")


def regions(folder, names):
    rows = "".join(f"r{at},{name},top,区县\n" for at, name in enumerate(sorted(names)))
    (folder / "区划.csv").write_text(
        "区划代码,名称,上级区划代码,层级\ntop,市,,地级\n" + rows, "utf-8"
    )


def test_beijing_is_read_as_it_is_with_three_headings_renamed(tmp_path):
    text = (DATA / "institutions/beijing_hospitals_GBK.csv").read_text("gb18030")
    head, _, body = text.partition("\n")
    head = head.replace("ID", "code").replace("place", "region").replace("class", "hosp_lv")
    head = head.replace("ADD", "address")
    (tmp_path / "机构.csv").write_text(f"{head}\n{body}", "gb18030")
    places = {row["place"] for row in csv.DictReader(text.splitlines())}
    regions(tmp_path, places)
    reading = read_census(tmp_path)
    table = reading.census.tables["institutions"]
    assert len(table) == 126
    assert Counter(table["level"].cells()) == {"tertiary": 92, "primary": 25, "secondary": 9}
    assert "北京市丰台区晓月苑清音街１号" in table["address"].cells()
    assert table["lon"].cell(0) == 116.240227
    found = kinds((*reading.faults, *check(reading.census)))
    assert found["crs_unknown"] == 126  # not stated, never guessed
    assert found["region_by_name"] == 126
    assert found["missing_column"] == 2  # kind and standing
    assert found["unknown_column"] == 6  # pinyin, post code, visits of three years, telephone


def test_hubei_points_that_are_shared_are_found(tmp_path):
    path = DATA / "institutions/hubei_hospitals_2020_no_personal_fields.csv"
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    with (tmp_path / "机构.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(
            ["编号", "医保机构代码", "机构名称", "所属区划代码", "地址", "纬度", "经度"]
        )
        for at, row in enumerate(rows, 1):
            cells = (row[name] for name in ("hospital", "area", "street", "lat", "lon"))
            writer.writerow([at, f"HB{at}", *cells])
    regions(tmp_path, {row["area"] for row in rows if row["area"]})
    reading = read_census(tmp_path)
    found = kinds(check(reading.census))
    assert found["crowded_point"] + found["shared_point"] == 28
    assert kinds(reading.faults)["empty_required"] == 4  # rows without a district
