"""The ledger goes out as the template would have it, and comes in again unchanged."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.core.census.personal import personal
from dingdian.core.census.schema import TABLES
from dingdian.core.census.vocabulary import ABOUT_ITEMS
from dingdian.reports.template import GUIDE, LISTS, heading
from tests.web.importing import XLSX, previewed


@pytest.fixture
def exported(client, work):
    client.post("/imports/ledger")
    work()
    return client.get("/imports/ledger.xlsx").getvalue()


def test_it_has_the_headings_marks_and_lists_of_the_template(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported))
    assert book.sheetnames[:2] == [GUIDE, LISTS]
    assert book[LISTS].sheet_state == "hidden"
    sheet, table = book["机构"], TABLES["institutions"]
    fields = [each for each in table if each.name not in personal("institutions")]
    assert [cell.value for cell in sheet[1]] == [heading(each) for each in fields]
    assert sheet["A1"].comment is not None
    listed = {at for rule in sheet.data_validations.dataValidation for at in rule.sqref.ranges}
    wanted = [n for n, each in enumerate(fields, 1) if each.choice or each.kind.name == "FLAG"]
    assert sorted(each.min_col for each in listed) == wanted
    assert {each.min_row for each in listed} == {2}
    assert not any(str(row[0]).startswith("示例：") for row in sheet.values)


def test_it_is_that_of_a_day_which_is_not_to_come(client, work):
    for asked, told in (("2026-01-02", "台账（2026年1月2日）"), ("2999-01-01", "不晚于今天")):
        client.post("/imports/ledger", {"day": asked})
        work()
        assert told in client.get("/imports/new").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get("/imports/ledger.xlsx").getvalue()))
    assert ("台账截止日", "2026-01-02") in {row[:2] for row in book["说明"].values}


def test_what_the_ledger_says_of_itself_is_said_in_chinese(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported))
    items = [row[0] for row in book["说明"].values][1:]
    assert "城市" in items
    assert set(items) <= {each.zh for each in ABOUT_ITEMS.values()}


def test_it_comes_in_again_without_a_fault_and_without_a_change(client, work, exported):
    row = previewed(client, work, SimpleUploadedFile("台账.xlsx", exported, XLSX))
    assert row.state == "previewed"
    assert row.blocking == 0
    assert not any(row.preview["counts"].values())
