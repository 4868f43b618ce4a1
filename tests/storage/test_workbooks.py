"""Workbooks as people make them: merged cells, formulas, errors, bombs, odd sheets."""
# ruff: noqa: E501, DTZ001 -- one case a line; a cell of a sheet has no zone

import datetime as dt
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils import get_column_letter

from dingdian.core.census.canonical import fingerprint
from dingdian.storage import sheets, workbook_guard
from dingdian.storage.census_files import read_census
from dingdian.storage.workbook_write import write_workbook
from tests.ledgers import CODES, SOUND, kinds, ledger, places, read

#: Kinds of fault that the tests of this module show.
SHOWN = (
    "merged_cells",
    "formula",
    "formula_without_value",
    "error_value",
    "file_too_large",
    "not_a_workbook",
)
HEAD = ("医保机构代码", "床位类别", "核定床位", "开放床位")


def beds_book(folder, fill):
    """The sound census with its beds in a workbook that ``fill`` writes."""
    ledger(folder, beds=None)
    book = xlsxwriter.Workbook(str(folder / "床位表.xlsx"))
    sheet = book.add_worksheet("床位")
    sheet.write_row(0, 0, HEAD)
    fill(book, sheet)
    book.close()
    return read_census(folder)


def test_merged_cells_below_the_headings_are_told(tmp_path):
    def fill(book, sheet):
        sheet.merge_range(1, 0, 2, 0, CODES[0])
        sheet.write_row(1, 1, ["普通", 5])
        sheet.write_row(2, 1, ["透析", 6])

    reading = beds_book(tmp_path, fill)
    assert places(reading.faults, "merged_cells") == ["床位表.xlsx:床位:医保机构代码:2"]
    assert places(reading.faults, "empty_required") == ["床位表.xlsx:床位:医保机构代码:3"]


def test_a_merged_title_is_only_a_title(tmp_path):
    ledger(tmp_path, beds=None)
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("床位")
    sheet.merge_range(0, 0, 0, 3, "示例市床位表")
    sheet.write_row(2, 0, HEAD)
    sheet.write_row(3, 0, [CODES[0], "普通", 50, 50])
    book.close()
    reading = read_census(tmp_path)
    assert kinds(reading.faults) == {"title_rows": 1}
    assert reading.census.tables["beds"].origin == ("a.xlsx 床位 4",)


def test_formulas_are_counted_and_their_saved_values_used(tmp_path):
    def fill(book, sheet):
        sheet.write_row(1, 0, [CODES[0], "普通"])
        sheet.write_formula(1, 2, "=20+30", None, 50)
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")

    reading = beds_book(tmp_path, fill)
    assert kinds(reading.faults) == {"formula": 1, "error_value": 1}
    assert places(reading.faults, "error_value") == ["床位表.xlsx:床位:开放床位:2"]
    assert reading.census.tables["beds"]["approved"].cell(0) == 50
    assert reading.census.tables["beds"]["open"].cell(0) is None


def test_formulas_that_were_never_calculated_are_unknown(tmp_path):
    ledger(tmp_path, beds=None)
    book = openpyxl.Workbook()
    book.active.title = "beds"
    book.active.append(HEAD)
    book.active.append([CODES[0], "普通", "=20+30", 50])
    book.save(tmp_path / "b.xlsx")
    reading = read_census(tmp_path)
    assert places(reading.faults, "formula_without_value") == ["b.xlsx:beds:核定床位:2"]
    assert reading.census.tables["beds"]["approved"].cell(0) is None


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_guard, "MAX_UNPACKED_BYTES", 1_000_000)
    ledger(tmp_path)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * 1_000_001)
    assert kinds(read_census(tmp_path).faults) == {"file_too_large": 1}


def test_a_zip_that_lies_about_its_size_is_no_workbook(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("床位").write_row(0, 0, HEAD)
    book.close()
    data = (tmp_path / "a.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as z:
        size = z.getinfo("xl/worksheets/sheet1.xml").file_size
    (tmp_path / "a.xlsx").write_bytes(data.replace(size.to_bytes(4, "little"), b"\x10\0\0\0"))
    ledger(tmp_path)
    assert kinds(read_census(tmp_path).faults) == {"not_a_workbook": 1}


def test_a_damaged_workbook_is_a_fault(tmp_path):
    ledger(tmp_path)
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("床位").write_row(0, 0, HEAD)
    book.close()
    data = bytearray((tmp_path / "a.xlsx").read_bytes())
    for start in range(60, len(data) - 2_000, 97):
        data[start : start + 9] = b"\xff" * 9
    (tmp_path / "a.xlsx").write_bytes(data)
    assert set(kinds(read_census(tmp_path).faults)) <= {"unreadable_file", "not_a_workbook"}


@pytest.mark.parametrize(("row", "refused"), [(70_000, False), (1_000_000, True)])
def test_a_stray_cell_far_away_is_refused_by_the_cells_it_spans(tmp_path, row, refused):
    def fill(book, sheet):
        sheet.write_row(1, 0, [CODES[0], "普通", 50, 50])
        sheet.write(row, 30, "x")

    found = kinds(beds_book(tmp_path, fill).faults)
    assert bool(found["file_too_large"]) is refused


def test_empty_formatted_cells_far_away_do_no_harm(tmp_path):
    def fill(book, sheet):
        sheet.write_row(1, 0, [CODES[0], "普通", 50, 50])
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    assert not beds_book(tmp_path, fill).faults


@pytest.mark.parametrize(("over", "refused"), [(0, False), (1, True)])
def test_the_size_limit_of_a_file(tmp_path, monkeypatch, over, refused):
    size = max(len(text.encode()) for text in SOUND.values())
    monkeypatch.setattr(sheets, "MAX_FILE_BYTES", size - over)
    assert bool(kinds(read(tmp_path).faults)["file_too_large"]) is refused


def test_headings_with_units_marks_spaces_and_platform_names(tmp_path):
    rows = [
        [" fixmedins_code ", "床位\n类别**", "核定床位（张）", "ＯＰＥＮ", "医保 床位 *"],
        [CODES[0], "普通", 50, 49, 48],
    ]
    ledger(tmp_path, beds=None)
    book = xlsxwriter.Workbook(str(tmp_path / "beds.xlsx"))
    for number, row in enumerate(rows):
        (book.worksheets() or [book.add_worksheet("Sheet1")])[0].write_row(number, 0, row)
    book.close()
    reading = read_census(tmp_path)
    assert not reading.faults
    beds = reading.census.tables["beds"]
    assert [beds[name].cell(0) for name in ("approved", "open", "contracted")] == [50, 49, 48]
    assert {each.table: each.columns for each in reading.headings}["beds"]["contracted"] == 4


def test_the_guide_of_a_template_is_not_taken_for_the_table_of_its_file(tmp_path):
    ledger(tmp_path, beds=None)
    book = xlsxwriter.Workbook(str(tmp_path / "床位.xlsx"))
    book.add_worksheet("填写说明").write_row(0, 0, ["a", "b"])
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, [CODES[0], "普通", 50, 50])
    book.close()
    reading = read_census(tmp_path)
    assert not reading.faults
    assert len(reading.census.tables["beds"]) == 1


def test_two_workbooks_of_one_table_are_one_table(tmp_path):
    ledger(tmp_path, beds=None)
    for at, code in enumerate(CODES[:2]):
        book = xlsxwriter.Workbook(str(tmp_path / f"{at}区.xlsx"))
        sheet = book.add_worksheet("床位")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, [code, "普通", 50 + at, 50])
        book.close()
    beds = read_census(tmp_path).census.tables["beds"]
    assert beds["institution"].cells() == list(CODES[:2])
    assert beds.origin == ("0区.xlsx 床位 2", "1区.xlsx 床位 2")


def test_dates_of_every_spelling_are_the_same_day(tmp_path):
    spelled = ("2025-01-05", "2025/1/5", "2025年1月5日", "20250105", "2025.01.05", "2025-1-5 0:00:00", "２０２５-01-05")  # fmt: skip
    rows = "".join(f"L{at},{text}\n" for at, text in enumerate(spelled))
    letters = read(tmp_path, letters="number,received_on\n" + rows).census.tables["letters"]
    assert set(letters["received_on"].cells()) == {dt.date(2025, 1, 5)}


def test_real_days_numbers_and_flags_of_a_workbook(tmp_path):
    ledger(tmp_path)
    book = openpyxl.Workbook()
    book.active.title = "预警函"
    book.active.append(["文号", "收到日期", "解除日期"])
    book.active.append([20250105, dt.datetime(2025, 1, 5), 45662])
    book.save(tmp_path / "c.xlsx")
    reading = read_census(tmp_path)
    letters = reading.census.tables["letters"]
    assert letters.row(0)["received_on"] == letters.row(0)["withdrawn_on"] == dt.date(2025, 1, 5)
    assert letters["number"].cell(0) == "20250105"
    assert kinds(reading.faults) == {"code_from_number": 1, "serial_day": 1}


def test_write_workbook_gives_the_same_bytes_and_reads_back(tmp_path):
    census = read(tmp_path / "a").census
    rows = {name: [t.row(at) for at in range(len(t))] for name, t in census.tables.items()}
    for name in ("x.xlsx", "y.xlsx"):
        write_workbook(rows, tmp_path / name)
    assert (tmp_path / "x.xlsx").read_bytes() == (tmp_path / "y.xlsx").read_bytes()
    reading = read_census(tmp_path / "x.xlsx")
    assert not reading.faults
    assert fingerprint(reading.census) == fingerprint(census)


def test_written_text_that_begins_with_a_sign_stays_text(tmp_path):
    write_workbook({"letters": [{"number": "=1+1", "note": "@x"}]}, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["预警函"]
    assert [cell.data_type for cell in sheet[2] if cell.value is not None] == ["s", "s"]


def test_unknown_tables_and_columns_are_refused_when_writing(tmp_path):
    with pytest.raises(KeyError, match="rivers"):
        write_workbook({"rivers": []}, tmp_path / "a.xlsx")
    with pytest.raises(KeyError, match="depth"):
        write_workbook({"beds": [{"depth": 1}]}, tmp_path / "a.xlsx")


@pytest.mark.parametrize("column", [0, 25, 26, 701, 702, 16_383])
def test_columns_are_counted_as_a_spreadsheet_letters_them(column):
    assert workbook_guard._number(get_column_letter(column + 1).encode()) == column
