"""The template: unchanged it says what is missing; filled in it is a census."""

import datetime as dt

import openpyxl
import pytest

from dingdian.actions.check_census import check
from dingdian.core.census import TABLES, Kind
from dingdian.core.census.canonical import fingerprint
from dingdian.core.census.headings import EXAMPLE, field_of, unit_agrees
from dingdian.reports.template import example, heading, write_template
from dingdian.storage.cells import read as read_cell
from dingdian.storage.census_files import read_census
from tests.ledgers import kinds, read

ALL_FIELDS = [(schema, field) for schema in TABLES.values() for field in schema]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "t.xlsx"
    write_template(path)
    return path


def test_an_unchanged_template_says_which_tables_are_empty(template):
    reading = read_census(template)
    required = [schema for schema in TABLES.values() if schema.required]
    assert kinds(reading.faults) == {"empty_table": len(required), "example_row": len(TABLES)}


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
                    sheet.cell(3 + at, column, shown(cell))
    book.save(tmp_path / "filled.xlsx")
    reading = read_census(tmp_path / "filled.xlsx")
    assert kinds(reading.faults) == {"example_row": len(TABLES)}
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
