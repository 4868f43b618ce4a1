"""Headings in two lines, and tables whose numbers were not read."""

import pytest
import xlsxwriter

from dingdian.storage.census_files import read_census
from tests.ledgers import CODES, SOUND, kinds, read

TOP = "institution,bed_class,床位数（张）,,\n"
BELOW = ",,编制,备用,医保\n"
ROW = f"{CODES[0]},普通,50,60,40\n"


def beds(reading):
    table = reading.census.tables["beds"]
    return {name: table[name].cells() for name in ("approved", "open", "contracted")}


def test_a_second_line_completes_the_first(tmp_path):
    reading = read(tmp_path, beds=TOP + BELOW + ROW)
    assert kinds(reading.faults) == {"two_line_headings": 1, "unknown_column": 1}
    assert beds(reading) == {"approved": [50], "open": [None], "contracted": [40]}
    assert reading.census.tables["beds"].origin == ("beds.csv 3",)


def test_what_two_lines_do_not_make_is_said_with_both(tmp_path):
    faults = read(tmp_path, beds=TOP + BELOW + ROW).faults
    (unread,) = [each for each in faults if each.kind == "unknown_column"]
    assert unread.fields["value"] == "床位数（张） 备用"


def test_a_unit_of_the_first_line_counts(tmp_path):
    populations = "region,year,人口（万人）,\n,,60岁及以上,65岁及以上\n210102,2024,3,2\n"
    assert kinds(read(tmp_path, populations=populations).faults)["heading_unit"] == 2


def test_merged_headings_of_two_lines_are_no_fault_of_their_own(tmp_path):
    path = tmp_path / "beds.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("床位")
    sheet.merge_range("A1:A2", "医保机构代码")
    sheet.merge_range("B1:B2", "床位类别")
    sheet.merge_range("C1:D1", "床位数")
    for at, word in enumerate(("编制", "医保"), 2):
        sheet.write(1, at, word)
    sheet.write_row(2, 0, [CODES[0], "普通", 50, 40])
    book.close()
    reading = read_census(path)
    of_sheet = {each.kind for each in reading.faults if each.place.sheet == "床位"}
    assert of_sheet == {"two_line_headings", "merged_cells"} - {"merged_cells"}
    assert beds(reading)["approved"] == [50]


@pytest.mark.parametrize(
    "text",
    [
        SOUND["beds"],
        SOUND["beds"].replace("open", "备用"),
        SOUND["beds"].replace("open", "备用") + f"{CODES[1]},普通,,文字,\n",
        f"institution,bed_class,编制,核定床位\n,,,50\n{CODES[0]},普通,1,2\n",
    ],
)
def test_a_row_of_data_is_not_taken_for_a_second_line(tmp_path, text):
    reading = read(tmp_path, beds=text)
    assert not kinds(reading.faults)["two_line_headings"]
    assert reading.census.tables["beds"].origin[-1] == f"beds.csv {len(text.splitlines())}"


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        (f"institution,bed_class,编制,实有,医保\n{CODES[0]},普通,1,2,3\n", 1),
        ("institution,bed_class,编制\n", 0),
        (SOUND["beds"].replace("approved", "编制"), 0),
    ],
)
def test_a_table_whose_numbers_went_unread_is_warned_of(tmp_path, text, warned):
    faults = read(tmp_path, beds=text).faults
    assert kinds(faults)["no_number_column"] == warned


def test_institutions_and_regions_need_no_numbers(tmp_path):
    regions = SOUND["regions"].replace("area_km2", "备注")
    assert not kinds(read(tmp_path, regions=regions).faults)["no_number_column"]
