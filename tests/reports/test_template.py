"""The template: unchanged it says what is missing; filled in it is a census."""

import datetime as dt
import re

import openpyxl
import pytest

from dingdian.actions.check_census import check
from dingdian.core.census import TABLES, Kind
from dingdian.core.census.canonical import fingerprint
from dingdian.core.census.headings import EXAMPLE, field_of, unit_agrees
from dingdian.core.census.meanings import UNITS_ZH
from dingdian.core.census.vocabulary import ABOUT_ITEMS
from dingdian.reports.template import example, examples, heading, write_template
from dingdian.storage.cells import read as read_cell
from dingdian.storage.census_files import read_census
from tests.ledgers import kinds, read

EXAMPLE_ROWS = sum(len(examples(schema)) for schema in TABLES.values())
ALL_FIELDS = [(schema, field) for schema in TABLES.values() for field in schema]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "t.xlsx"
    write_template(path)
    return path


def test_an_unchanged_template_says_which_tables_are_empty(template):
    reading = read_census(template)
    required = [schema for schema in TABLES.values() if schema.required]
    assert kinds(reading.faults) == {"empty_table": len(required), "example_row": EXAMPLE_ROWS}


def test_every_heading_is_read_as_its_field():
    for schema, field in ALL_FIELDS:
        assert field_of(schema, heading(field)) is field
        assert unit_agrees(field, heading(field))


def test_every_example_can_be_read():
    for _, field in ALL_FIELDS:
        value, remarks = read_cell(field, field.example)
        assert not remarks, field.name
        assert value is not None or not field.example


def test_the_example_row_carries_its_mark_in_the_first_key():
    for schema in TABLES.values():
        marked = [f.name for f in schema if example(schema, f).startswith(EXAMPLE)]
        assert marked == [schema.key[0]]


def test_choices_and_flags_have_drop_down_lists(template):
    book = openpyxl.load_workbook(template)
    for schema in TABLES.values():
        rules = book[schema.zh].data_validations.dataValidation
        wanted = sum(field.kind in (Kind.CHOICE, Kind.FLAG) for field in schema)
        wanted += schema.name == "about"
        assert len(rules) == wanted
    assert book["选项"].sheet_state == "hidden"


def test_a_filled_template_is_the_census(template, tmp_path):
    census = read(tmp_path / "sound").census
    book = openpyxl.load_workbook(template)
    for name, table in census.tables.items():
        sheet = book[TABLES[name].zh]
        for at in range(len(table)):
            for column, field in enumerate(table.schema, 1):
                cell = table[field.name].cell(at)
                if cell is not None:
                    sheet.cell(2 + len(examples(table.schema)) + at, column, shown(cell))
    book.save(tmp_path / "filled.xlsx")
    reading = read_census(tmp_path / "filled.xlsx")
    assert kinds(reading.faults) == {"example_row": EXAMPLE_ROWS}
    assert fingerprint(reading.census) == fingerprint(census)
    assert not kinds(check(reading.census)).keys() & {"unknown_reference", "duplicate_key"}


def shown(cell):
    """A cell as a user types it."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return cell if isinstance(cell, (str, dt.date)) else float(cell)


def test_the_same_release_writes_the_same_bytes(template, tmp_path):
    write_template(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == template.read_bytes()


def test_the_english_guide_has_the_same_sheets(template, tmp_path):
    write_template(tmp_path / "en.xlsx", "en")
    names = openpyxl.load_workbook(tmp_path / "en.xlsx").sheetnames
    assert names == openpyxl.load_workbook(template).sheetnames


def comments(path, name):
    sheet = openpyxl.load_workbook(path)[name]
    return [cell.comment.text for cell in sheet[1]]


def test_notes_guide_and_drop_downs_speak_chinese(template, tmp_path):
    write_template(tmp_path / "en.xlsx", "en")
    assert any("常住人口，不是居民医保参保人数" in note for note in comments(template, "人口参保"))
    assert any("not the residents' scheme" in n for n in comments(tmp_path / "en.xlsx", "人口参保"))
    guide = openpyxl.load_workbook(template)["填写说明"]
    titles, *lines = [row for row in guide.iter_rows(values_only=True) if row[1]]
    assert titles[-1] == "说明"
    assert len(lines) == len(ALL_FIELDS)
    assert all(re.search("[一-鿿]", line[-1]) for line in lines)
    assert {line[4] for line in lines if line[4]} == set(UNITS_ZH.values()) - {""}
    lists = openpyxl.load_workbook(template)["选项"]
    words = {column[0].value: [c.value for c in column[1:] if c.value] for column in lists.columns}
    assert words["about_item"] == [term.zh for term in ABOUT_ITEMS.values()]
    assert "定点零售药店" in words["resource"]


def test_the_regions_show_the_city_itself_and_a_district(template):
    sheet = openpyxl.load_workbook(template)["区划"]
    rows = [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=2, max_row=3)]
    assert rows[0] == ["示例：210100", "示例市", None, "市（地）级"]
    assert rows[1] == ["示例：210102", "和平区", "210100", "县（市、区）"]
