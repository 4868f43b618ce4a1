"""A folder like the public data of 西安, invented: the same files, headings and kinds of dirt."""

import csv
import json
from pathlib import Path

import xlsxwriter

from tests.real.xian import CITY, COUNTIES, HOSPITALS, PEOPLE, RENAMED, SHAPES

DISTRICTS = {f"6101{number:02}": f"示例{number}区" for number in range(1, 14)}
TYPE = "医疗保健服务;综合医院;综合医院"


def make(folder: Path) -> Path:
    """Write the folder and return it."""
    for name in (HOSPITALS, SHAPES, COUNTIES):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    _shapes(folder / SHAPES)
    _counties(folder / COUNTIES)
    book = xlsxwriter.Workbook(str(folder / HOSPITALS))
    sheet = book.add_worksheet()
    for number, row in enumerate([list(RENAMED), *hospitals()]):
        sheet.write_row(number, 0, row)
    book.close()
    return folder


def hospitals() -> list[list[object]]:
    """Sixty hospitals: five addresses "[]", three names repeated, two types joined, two parts of
    hospitals, four levels inside the type, two points outside their district.
    """
    rows: list[list[object]] = []
    for at in range(60):
        number = at % 13
        lon, lat = 108.05 + 0.1 * number, 34.2 + at / 1000
        rows.append([f"示例{at}医院", TYPE, f"{at}号", f"示例{number + 1}区", lon, lat])
    for at in range(5):
        rows[at][2] = "[]"
    for at in range(3):
        rows[20 + at][0] = rows[at][0]
    for at in (30, 31):
        rows[at][1] = f"{TYPE}|医疗保健服务;专科医院;专科医院"
    rows[32][0], rows[33][0] = "示例医院A号楼", "示例中心卫生院-急诊"
    for at in range(40, 44):
        rows[at][1] = "医疗保健服务;综合医院;三级甲等医院"
    for at in (50, 51):
        rows[at][4] = 108.05 + 0.1 * ((at + 1) % 13)
    return rows


def _shapes(path: Path) -> None:
    features = []
    for at, (code, name) in enumerate(DISTRICTS.items()):
        west, east = 108 + 0.1 * at, 108 + 0.1 * (at + 1)
        ring = [[west, 34], [west, 35], [east, 35], [east, 34], [west, 34]]
        properties = {"Code_County": code, "Name_County": name, "Area": 100.5}
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")


def _counties(path: Path) -> None:
    rows = [[CITY, 1_300_000, 130_000, 65_000, 13_000]]
    rows += [[code, 100_000, 10_000, 5_000, 1_000] for code in DISTRICTS]
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([list(PEOPLE), *rows])
