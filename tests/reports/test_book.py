"""The workbook that reports share: what is read on paper is what stands in the cells."""

import datetime as dt
import io
from types import SimpleNamespace

import openpyxl
import pytest

from dingdian.core.errors import Text
from dingdian.reports.book import Cover, write_book
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.wording import Words

NOTE = "仅供决策参考：选址由人决定，本结果不是行政决定，也不构成承诺。" * 3
MARKS = SimpleNamespace(simulation=False, as_if=False, invented=False, overlaid=False)
PLACE = SimpleNamespace(zh="某市", en="A city", city="某市", plan="")
RECORD = SimpleNamespace(
    marks=MARKS, place=PLACE, documents={}, year=2026, stock_day=dt.date(2025, 12, 31)
)


def sheet_of(*texts, unit="", notes=(NOTE,)):
    columns = (Column("名", "", 20), Column("数", unit, 12, numeric=True))
    rows = tuple(Row((Cell("甲"), Cell(each))) for each in texts)
    table = Table("t", "s", "表", columns, rows, notes)
    cover = Cover("题", "依据", "f" * 64, "1", dt.date(2026, 1, 1))
    content = write_book(Words(RECORD), cover, [table], {"s": Text("页", "sheet")})
    return openpyxl.load_workbook(io.BytesIO(content))["页"]


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("1,234,567", 1_234_567, "#,##0"),
        ("2026", 2026, "0"),
        ("−3.50", -3.5, "0.00"),
        ("1,234.5", 1234.5, "#,##0.0"),
        ("123.431389", 123.431389, "0.000000"),
        ("12.34%", 0.1234, "0.00%"),
        ("0%", 0, "0%"),
    ],
)
def test_a_number_is_a_number_that_shows_the_same_digits(text, value, shown):
    cell = sheet_of(text)["B6"]

    assert cell.value == pytest.approx(value)
    assert cell.number_format == shown


@pytest.mark.parametrize("text", ["—", "< 0.01%", "=1+1", "1,2a", "−"])
def test_what_is_no_number_stays_as_it_is_written(text):
    cell = sheet_of(text)["B6"]

    assert (cell.value, cell.data_type) == (text, "s")


def test_the_unit_of_a_column_stands_below_its_title():
    assert sheet_of("1", unit="人")["B5"].value == "数\n（人）"
    assert sheet_of("1")["B5"].value == "数"


def test_a_long_note_goes_over_the_whole_table_and_its_row_has_room_for_it():
    sheet = sheet_of("1")

    assert [str(each) for each in sheet.merged_cells.ranges] == ["A7:B7"]
    assert sheet["A7"].value == NOTE
    assert sheet.row_dimensions[7].height >= 5 * sheet.row_dimensions[6].height
