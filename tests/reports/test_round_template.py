"""The template of a round: unchanged it is empty; filled in it is the round."""

import openpyxl
import pytest

from dingdian.core.admission.contract import TABLES
from dingdian.core.admission.rounds import round_of
from dingdian.core.admission.words import item_words, wordings
from dingdian.core.census import Kind
from dingdian.core.census.headings import field_of
from dingdian.core.errors import RequestError
from dingdian.reports.round_template import round_form
from dingdian.reports.template import example, heading, write_template
from dingdian.storage.cells import read as read_cell
from dingdian.storage.policy_yaml import shelf_for
from dingdian.storage.round_read import read_round
from tests.ledgers import kinds
from tests.rounds import SOUND
from tests.spots import DAY, ground


@pytest.fixture(scope="module")
def policy():
    book, place = shelf_for("shenyang")
    return book.on(place, DAY)


@pytest.fixture(scope="module")
def template(tmp_path_factory, policy):
    path = tmp_path_factory.mktemp("template") / "t.xlsx"
    rules = [each.rule for each in policy.rules.values()]
    write_template(path, "zh", round_form(wordings(rules)))
    return path


def test_an_unchanged_template_is_a_round_without_applications(template):
    found = read_round(template)

    assert kinds(found.faults) == {"example_row": len(TABLES)}
    assert found.tables == {}
    with pytest.raises(RequestError) as stopped:
        round_of(found.tables, ground(), faults=found.faults)
    assert kinds(stopped.value.faults) == {"round_without_applications": 1}


def test_every_heading_and_example_is_read_as_its_field():
    for schema in TABLES.values():
        assert example(schema, schema[schema.key[0]]).startswith("示例：")
        for field in schema:
            value, remarks = read_cell(field, field.example)
            assert field_of(schema, heading(field)) is field
            assert not remarks, (schema.name, field.name)
            assert value is not None or not field.example


def test_what_may_be_chosen_has_a_drop_down_list(template, policy):
    book = openpyxl.load_workbook(template)
    named = {"round": 1, "materials": 1, "facts": 1, "records": 1, "scores": 1, "exceptions": 1}
    for schema in TABLES.values():
        rules = book[schema.zh].data_validations.dataValidation
        wanted = sum(field.kind in (Kind.CHOICE, Kind.FLAG) for field in schema)
        assert len(rules) == wanted + named.get(schema.name, 0), schema.name
    columns = ([cell.value for cell in column if cell.value] for column in book["选项"].columns)
    lists = {name: words for name, *words in columns}
    meant = item_words(policy)["facts"]
    assert meant["取得药品经营许可证"] == "drug_licence"
    assert "取得药品经营许可证" in lists["facts_item"]
    assert "被行政处罚尚未完全履行处罚责任" in lists["records_item"]
    assert "取得药品经营许可证" not in lists["records_item"]


def test_a_filled_template_is_the_round(template, tmp_path, policy):
    book = openpyxl.load_workbook(template)
    rows = {
        "批次": [["决定日期", "2026年3月1日"], ["批次编号", "2026-1"]],
        "核查事实": [["A1", "取得药品经营许可证", "是"]],
    }
    for name, its in rows.items():
        for at, row in enumerate(its, 3):
            for column, cell in enumerate(row, 1):
                book[name].cell(at, column, cell)
    for column, field in enumerate(TABLES["applications"], 1):
        if field.name in SOUND:
            book["申请"].cell(3, column, SOUND[field.name])
    book.save(tmp_path / "filled.xlsx")

    read = read_round(tmp_path / "filled.xlsx")
    found = round_of(read.tables, ground(), faults=read.faults, words=item_words(policy))

    assert kinds(read.faults) == {"example_row": len(TABLES)}
    (only,) = found.applications
    assert (found.id, str(found.decided_on)) == ("2026-1", "2026-03-01")
    assert (only.id, only.kind, only.faults) == ("A1", "clinic", ())
    assert only.facts["drug_licence"].yes is True
    assert only.site is not None
    assert "records" not in found.tables


def test_only_with_its_example_deleted_an_empty_sheet_says_that_there_is_none(template, tmp_path):
    book = openpyxl.load_workbook(template)
    book["既往记录"].delete_rows(2)
    book.save(tmp_path / "none.xlsx")

    assert {
        name: len(each) for name, each in read_round(tmp_path / "none.xlsx").tables.items()
    } == {"records": 0}
