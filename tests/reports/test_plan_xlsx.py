"""plan.xlsx: read back with another reader, cell by cell, and recalculated by a spreadsheet."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from dingdian.core.record import Record
from dingdian.reports.live_cells import live_formula
from dingdian.reports.plan_xlsx import write_xlsx
from dingdian.reports.wording import LANGUAGES, Lang, Words
from dingdian.reports.words.headings import SHEETS
from tests.reports.odd import FORMULA, MARKUP, RARE, many_districts, nothing_known, odd_names
from tests.reports.plans import CITIES, sample_record, small

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def read(content: bytes, *, values: bool) -> Workbook:
    return load_workbook(io.BytesIO(content), data_only=values)


def printed(record: Record, lang: Lang, content: bytes) -> list[tuple[str, str, str]]:
    """Sheet, cell and key of every number, from the last sheet."""
    sheet = read(content, values=True)[Words(record, lang).label(SHEETS, "keys")]
    rows = sheet.iter_rows(min_row=4, values_only=True)
    return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_every_number_of_the_workbook_is_the_number_of_the_record(city: str, lang: Lang) -> None:
    record = sample_record(city)
    content = write_xlsx(record, lang)
    book, words = read(content, values=True), Words(record, lang)
    found = printed(record, lang, content)
    assert len(found) > 1000
    for sheet, cell, key in found:
        value, figure = book[sheet][cell].value, record.figures[key]
        if figure.number is None:
            assert str(value).startswith(words.undefined), (sheet, cell)
        else:
            shown = float(figure.number / words.scale(figure.unit))
            assert value == pytest.approx(shown, rel=1e-15), (sheet, cell, key)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_every_number_fits_its_column(city: str, lang: Lang) -> None:
    record = sample_record(city)
    content = write_xlsx(record, lang)
    book, words = read(content, values=True), Words(record, lang)
    for sheet, cell, key in printed(record, lang, content):
        column = book[sheet][cell].column_letter
        text = words.number(record.figures[key])
        assert book[sheet].column_dimensions[column].width > len(text), (sheet, cell, text)


def test_money_is_shown_in_ten_thousands_and_kept_exact() -> None:
    figure = small().figures["insured.100"]
    yuan = figure.model_copy(update={"unit": "yuan", "value": "16300000000", "decimal": "1"})
    record = small()
    record = record.model_copy(update={"figures": {**record.figures, "insured.100": yuan}})
    assert Words(record).quantity(yuan) == "1,630,000.00万元"
    assert Words(record, "en").quantity(yuan) == "16,300.00 million yuan"
    book = read(write_xlsx(record), values=True)
    rows = list(book["编号"].iter_rows(min_row=4, values_only=True))
    assert {row[5:7] for row in rows if row[2] == "insured.100"} == {("16300000000", "元")}


def test_formulas_of_money_say_where_the_unit_changes() -> None:
    record = small()
    yuan = record.figures["insured.100"].model_copy(update={"unit": "yuan"})
    record = record.model_copy(update={"figures": {**record.figures, "insured.100": yuan}})
    cells = {"pharmacies.100": "B4", "insured.100": "C4"}
    made = live_formula(record, "pharmacies_per_10k_insured.100", cells, money=10_000)
    assert made == "=B4/(C4*10000)*10000"


@pytest.mark.parametrize("city", CITIES)
def test_no_number_stands_without_its_key(city: str) -> None:
    record = sample_record(city)
    content = write_xlsx(record)
    keyed = {(sheet, cell) for sheet, cell, _ in printed(record, "zh", content)}
    for sheet in read(content, values=True):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, (int, float)):
                    assert (sheet.title, cell.coordinate) in keyed


@pytest.mark.parametrize("city", CITIES)
def test_formulas_are_live_and_refer_to_cells_of_their_sheet(city: str) -> None:
    book = read(write_xlsx(sample_record(city)), values=False)
    live = [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(live) > 300
    assert all("!" not in each for each in live)


def test_a_live_formula_says_what_the_figure_says() -> None:
    record = small()
    cells = {"pharmacies.100": "B4", "insured.100": "C4"}
    assert live_formula(record, "pharmacies_per_10k_insured.100", cells) == "=B4/C4*10000"
    assert live_formula(record, "cap.cap.100", cells) == "=FLOOR(ROUND(B4*0.85,9),1)"
    quotas = {"quota_pharmacies.101": "C5", "quota_pharmacies.102": "C6"}
    assert live_formula(record, "quota_pharmacies.100", quotas) == "=SUM(C5:C6)"
    assert live_formula(record, "pharmacies.100", cells) == ""
    assert live_formula(record, "pharmacies_per_10k_insured.101", cells) == ""


def test_the_same_record_gives_the_same_bytes() -> None:
    assert write_xlsx(small()) == write_xlsx(small())


def test_names_are_text_and_never_formulas() -> None:
    book = read(write_xlsx(odd_names()), values=False)
    sheet = book["人口与参保"]
    names = {row[0].value: row[0] for row in sheet.iter_rows(min_row=4)}
    for name in (MARKUP, FORMULA, RARE):
        assert names[name].data_type == "s"


def test_a_plan_of_nothing_is_written_and_says_why() -> None:
    record = nothing_known()
    content = write_xlsx(record)
    undefined = [
        k for _, _, k in printed(record, "zh", content) if record.figures[k].number is None
    ]
    assert len(undefined) > 100
    notes = read(content, values=True)["数据说明"]
    assert notes.max_row > 20


@pytest.mark.slow
def test_an_annex_of_very_many_rows() -> None:
    book = read(write_xlsx(many_districts(100)), values=True)
    assert book["新增数量明细"].max_row > 1000


def test_sheets_are_set_up_to_be_read_and_printed() -> None:
    book = read(write_xlsx(sample_record("shenyang")), values=True)
    assert book.sheetnames[0] == "结论"
    assert book.sheetnames[-1] == "编号"
    assert [s.title for s in book if s.sheet_state != "visible"] == ["编号"]
    assert book.active.title == "结论"
    assert book["结论"].column_dimensions["A"].width < 100  # within a page across
    assert "编号" in str(book["结论"].cell(book["结论"].max_row, 1).value)
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        assert "测算" in str(sheet["A2"].value)
        assert "测算" in str(sheet.oddHeader.right.text)
        assert "&P" in str(sheet.oddFooter.center.text)


def test_an_issued_plan_of_real_data_carries_no_mark() -> None:
    record = small()
    marks = record.marks.model_copy(update={"simulation": False, "invented": False})
    book = read(write_xlsx(record.model_copy(update={"marks": marks})), values=True)
    assert all("测算" not in str(sheet["A2"].value) for sheet in book)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
@pytest.mark.parametrize("city", CITIES)
def test_a_spreadsheet_recalculates_to_the_same_numbers(city: str, tmp_path: Path) -> None:
    content = write_xlsx(sample_record(city))
    (tmp_path / "user").mkdir()
    (tmp_path / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    (tmp_path / "plan.xlsx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), "plan.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    stored = read(content, values=True)
    again = load_workbook(tmp_path / "out" / "plan.xlsx", data_only=True)
    formulas = read(content, values=False)
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    old, new = (b[sheet.title][cell.coordinate].value for b in (stored, again))
                    assert new == pytest.approx(old, rel=1e-9, abs=1e-9), (sheet.title, cell.value)
                    compared += 1
    assert compared > 300
