"""Access in words, as JSON, as a workbook, as map data and on a map."""

import io
import json
import re

import openpyxl
import pytest

from dingdian.core.access import choices
from dingdian.core.access_record import AccessRecord
from dingdian.core.fingerprint import content_mark
from dingdian.reports.access import words
from dingdian.reports.access.geojson import write_map
from dingdian.reports.access.lines import access_lines
from dingdian.reports.access.page import NONE, _shades, write_page
from dingdian.reports.access.speech import AccessWords
from dingdian.reports.access.workbook import write_workbook
from dingdian.reports.record_json import read_record, write_record
from dingdian.reports.record_schema import ACCESS
from tests.access import ODD, home, institution, measured, point, recorded, some
from tests.choosing import city
from tests.schemas import schema_faults

FIELDS = re.compile(r"{(\w+)")
LANGUAGES = ("zh", "en")
TABLES = [words.SCORES, words.PER, words.DECAYS, words.CAPACITIES, words.TELL, words.NOTES]
TABLES += [words.SHOWN, words.COLUMNS, words.TITLES, words.SHEETS]


@pytest.fixture(scope="module")
def record():
    return some()


@pytest.fixture(scope="module")
def census():
    return city([home("a", point(0, 0), 1)])[0].census


def told(record, lang):
    return list(access_lines(AccessWords(record, lang)))


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_have_the_same_fields(table):
    for text in table.values():
        assert set(FIELDS.findall(text.zh)) == set(FIELDS.findall(text.en))


def test_every_option_has_words():
    for table in (words.DECAYS, words.DECAY_NAMES):
        assert set(table) == set(choices.OPTIONS[choices.DECAY])
    for table in (words.CAPACITIES, words.CAPACITY_NAMES):
        assert set(table) == set(choices.OPTIONS[choices.CAPACITY])


def test_it_says_what_it_rests_on_and_that_no_clause_does(record):
    said = "\n".join(told(record, "zh"))

    assert "可达距离：800 米（含），直线（服务圈，15分钟医保服务圈" in said
    assert "（口径，项目建议（待医保局确认））" in said
    assert "没有条文规定" in said
    assert "可达距离内一家也没有：50 人（33.33%）" in said
    assert "可达距离内没有人的机构 1 家" in said
    assert "人数不明的居民点 1 个，按无人计：附近 100 人的得分可能偏高" in said
    assert "没有坐标的居民点 1 个，7 人" in said


def test_english_is_english(record):
    said = "\n".join(told(record, "en")).replace(ODD, "").replace("机构", "")

    assert re.findall("[\u4e00-\u9fff]+", said) == []
    assert "proposed here for the bureau to confirm" in said


def test_what_was_asked_for_is_not_called_a_reading():
    homes, stand = [home("a", point(0, 0), 9)], [institution("i", point(90, 0))]
    said = "\n".join(told(recorded(measured(homes, stand, reach_mm=1_500_500, decay="bell")), "zh"))

    assert "可达距离：1,500.5 米（含），直线（本次指定，不是口径）" in said
    assert "折减：高斯函数，边界为 0（本次指定，不是口径）" in said


def test_the_file_has_the_published_shape_its_mark_and_comes_back(record):
    content = write_record(record)

    assert schema_faults(ACCESS, content) == []
    assert content_mark(json.loads(content)) == record.fingerprints.content
    assert read_record(AccessRecord, content, version="1", file="access.json") == record


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_has_every_area_provider_and_locality_and_no_formula(record, lang):
    content = write_workbook(record, lang)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]

    assert len(book.sheetnames) == len(words.SHEETS)
    above = 5
    assert book.worksheets[1].cell(above + 3, 2).value == 50
    assert book.worksheets[3].max_row == above + len(record.places.code) + 1
    assert any(cell.value == ODD for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert content == write_workbook(record, lang)


def test_the_lowest_stand_first_and_the_undefined_last():
    homes = [
        home("a", point(0, 0), 9),
        home("none", point(0, 5000), 9),
        home("empty", point(0, 9000), 0),
    ]
    stand = [institution("i", point(90, 0)), institution("alone", point(0, 9000))]
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(recorded(measured(homes, stand)))))

    rows = [[cell.value for cell in row] for row in book["居民点"].iter_rows(min_row=6, max_row=8)]
    assert [(row[0], row[3], row[6]) for row in rows] == [
        ("none", "—", 0),
        ("a", 90, pytest.approx(10_000 / 9, abs=0.001)),
        ("empty", 0, "—"),
    ]


def test_the_map_data_has_every_point(record):
    features = json.loads(write_map(record))["features"]
    roles = [each["properties"]["role"] for each in features]

    assert (roles.count("locality"), roles.count("provider")) == (4, 3)
    assert features[2]["properties"]["people"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_asks_for_nothing_and_runs_no_name(record, census, lang):
    page = write_page(record, census, lang).decode()

    assert page.count("<script") == 2
    assert "<script>alert" not in page
    assert "default-src 'none'" in page
    assert page == write_page(record, census, lang).decode()


def test_a_colour_holds_a_fifth_of_the_people():
    """Ten homes of ten people, each nearer than the next to the only one; and one far away."""
    homes = [home(f"h{at}", point(70 * at, 0), 10) for at in range(10)]
    far = home("far", point(0, 5000), 10)
    record = recorded(measured([*homes, far], [institution("i", point(0, 0))], decay="bell"))
    shade, ends = _shades(record)

    assert shade.tolist() == [4, 4, 3, 3, 2, 2, 1, 1, 0, 0, NONE]
    assert ends == sorted(ends)
