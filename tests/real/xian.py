"""A census folder of 西安 from public data, brought in as a user would: renamed headings.

What a user does to the hospitals' workbook: rename its headings to those of the contract, and
add columns for what it does not say (own codes, kind, coordinate system, standing). The
standing 正常 is the what-if of the tests: the data does not say who is designated. Cells are
left as they are found. Insured people, zones and beds are not known and stay empty.
"""

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

DATA = Path(os.environ.get("DINGDIAN_DATA", "/nonexistent"))
HOSPITALS = "institutions/xian_hospitals_amap_2020.xlsx"
SHAPES = "boundaries/xian_610100.geojson"
COUNTIES = "census/county_2020.csv"
CITY = "610100"
#: Heading of the found workbook -> heading of the contract.
RENAMED = {
    "name": "机构名称",
    "type": "类型",
    "address": "地址",
    "adname": "所属区划代码",
    "long": "经度",
    "lat": "纬度",
}
ADDED = ("医保机构代码", "机构类别", "坐标系", "定点状态")
PEOPLE = {
    "区划代码": "区划代码",
    "人口数_合计": "常住人口",
    "人口_60岁及以上": "60岁及以上人口",
    "人口_65岁及以上": "65岁及以上人口",
    "人口_80岁及以上": "80岁及以上人口",
}


def build(folder: Path, data: Path = DATA) -> Path:
    """Write the census of 西安 into ``folder`` and return it.

    ``data`` is the folder of the public data, or one that ``tests.real.invented`` made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _about(folder)
    shapes = json.loads((data / SHAPES).read_text("utf-8"))
    shapes["crs_name"] = "wgs84"
    (folder / "boundaries.geojson").write_text(json.dumps(shapes, ensure_ascii=False), "utf-8")
    _regions(folder, [feature["properties"] for feature in shapes["features"]])
    _people(folder, data)
    _institutions(folder, data)
    return folder


def _write(path: Path, rows: list[list[object]]) -> None:
    with path.open("w", encoding="gb18030", newline="") as out:
        csv.writer(out).writerows(rows)


def _about(folder: Path) -> None:
    facts = {
        "城市": "西安市",
        "区划代码": CITY,
        "台账截止日": "2020-12-31",
        "备注": "公开数据；定点状态为假设",
    }
    _write(folder / "说明.csv", [["项目", "内容"], *map(list, facts.items())])


def _regions(folder: Path, districts: list[dict[str, object]]) -> None:
    rows: list[list[object]] = [["区划代码", "名称", "上级区划代码", "层级", "面积（平方公里）"]]
    rows.append([CITY, "西安市", "", "地级", ""])
    for each in sorted(districts, key=lambda its: str(its["Code_County"])):
        rows.append([each["Code_County"], each["Name_County"], CITY, "区县", each["Area"]])
    _write(folder / "区划.csv", rows)


def _people(folder: Path, data: Path) -> None:
    with (data / COUNTIES).open(encoding="utf-8-sig", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["区划代码"].startswith("6101")]
    rows: list[list[object]] = [[*PEOPLE.values(), "年份"]]
    rows += [[*(row[name] for name in PEOPLE), 2020] for row in found]
    _write(folder / "人口参保.csv", rows)


def _institutions(folder: Path, data: Path) -> None:
    book = xlsxwriter.Workbook(str(folder / "医院.xlsx"))
    sheet = book.add_worksheet("机构")
    sheet.write_row(0, 0, [*RENAMED.values(), *ADDED])
    for number, row in enumerate(hospitals(data), 1):
        added = (f"XA{number:04}", kind_of(str(row[0]), str(row[1])), "WGS84", "正常")
        sheet.write_row(number, 0, [*row, *added])
    book.close()


def hospitals(data: Path) -> Iterator[list[object]]:
    """The rows of the found workbook, below its headings."""
    head, *rows = CalamineWorkbook.from_path(data / HOSPITALS).get_sheet_by_index(0).to_python()
    assert head == list(RENAMED)
    yield from rows


def kind_of(name: str, kind: str) -> str:
    """The kind of an institution, from its name and the type that the map service gave."""
    if "社区卫生" in name or "社区服务" in name:
        return "社区卫生服务中心"
    if "卫生院" in name or "卫生院" in kind:
        return "乡镇卫生院"
    if "卫生室" in name:
        return "村卫生室"
    return "诊所" if kind.endswith("诊所") else "医院"
