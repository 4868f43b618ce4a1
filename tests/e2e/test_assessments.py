"""Assessments as a user runs them: the folder, its copies, one institution, points of persons."""

import json
import shutil

import openpyxl
import pytest

from dingdian.core.assessment.contract import TABLES
from tests.chinese import html_lines, strange_lines

pytestmark = pytest.mark.slow

#: Exit codes: done; a wrong request; the census does not fit; an output that stands there.
DONE, REQUEST, CENSUS, THERE = 0, 3, 5, 7
ASKED = ("--policy", "daxinganling", "--year", 2025)


@pytest.fixture(scope="module")
def workbook(dx_ledger):
    return dx_ledger / "assessment"


@pytest.fixture(scope="module")
def folder(dingdian, dx_ledger, workbook, tmp_path_factory):
    out = tmp_path_factory.mktemp("assess") / "assessed"
    ended = dingdian("assess", dx_ledger, workbook, *ASKED, "--out", out)
    assert ended.code == DONE, ended.err
    return out


def tree(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def changed(workbook, tmp_path, change):
    """A copy of the workbook that a test may spoil."""
    copy = shutil.copytree(workbook, tmp_path / "copy")
    book = openpyxl.load_workbook(copy / "assessment.xlsx")
    change(book)
    book.save(copy / "assessment.xlsx")
    return copy


def test_the_folder_is_its_own_evidence_and_made_again_to_the_byte(dingdian, folder, tmp_path):
    names = {path.name for path in folder.iterdir()}
    again = tmp_path / "again"
    policy = folder / "policy" / "daxinganling"
    asked = ("--policy", policy, "--year", 2025, "--out", again)
    ended = dingdian("assess", folder / "census", folder / "workbook", *asked)

    assert names == {
        *("assessment.json", "assessment.xlsx", "assessment.html", "census", "policy", "workbook")
    }
    assert ended.code == DONE, ended.err
    assert tree(again) == tree(folder)


@pytest.mark.clause("DX-17")
def test_it_says_who_is_last_and_that_nothing_is_taken_by_itself(dingdian, dx_ledger, workbook):
    ended = dingdian("assess", dx_ledger, workbook, *ASKED)

    assert ended.code == DONE
    assert "列入末位" in ended.out
    assert "任何一步都不采取" in ended.out
    assert "测算" in ended.out.splitlines()[0]
    assert "没有机构“H00000000000”" in ended.err
    assert "→" in ended.err


def test_one_institution_with_every_item(dingdian, dx_ledger, workbook, folder):
    record = json.loads((folder / "assessment.json").read_text("utf-8"))
    last = next(e for e in record["assessed"] if e.get("place", {}).get("bottom") == "in")
    ended = dingdian("assess", dx_ledger, workbook, *ASKED, "--institution", last["code"])
    as_json = dingdian(
        "assess", dx_ledger, workbook, *ASKED, "--institution", last["code"], "--json"
    )

    assert ended.code == DONE
    assert all(word in ended.out for word in (last["code"], "得分", "等次", "末位", "续签"))
    shown, names = json.loads(as_json.out), ("code", "grade", "renewal", "place")
    assert [shown[name] for name in names] == [last[name] for name in names]


def test_a_code_that_was_not_assessed_is_named_with_the_nearest(dingdian, dx_ledger, workbook):
    ended = dingdian("assess", dx_ledger, workbook, *ASKED, "--institution", "P2327019")

    assert ended.code == REQUEST
    assert "相近的：P2327" in ended.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--year", 2024), "工作簿写明考核2025年度，不是2024年度"),
        (("--year", 2025, "--on", "2026-02-11"), "工作簿写明考核日期为2026-02-10"),
    ],
)
def test_a_workbook_of_another_year_or_day_is_refused(dingdian, dx_ledger, workbook, words, told):
    ended = dingdian("assess", dx_ledger, workbook, "--policy", "daxinganling", *words)

    assert ended.code == REQUEST
    assert told in ended.err


def test_a_year_that_has_not_ended_is_not_assessed(dingdian, dx_ledger, workbook, tmp_path):
    def early(book):
        rows = {row[0].value: row[1] for row in book["考核"].iter_rows(min_row=2)}
        rows["assessed_on"].value = "2025-12-31"

    copy = changed(workbook, tmp_path, early)
    ended = dingdian("assess", dx_ledger, copy, *ASKED)

    assert ended.code == REQUEST
    assert "早于" not in ended.err
    assert "年度结束以后再考核" in ended.err


def test_without_the_table_of_findings_no_score_is_known(dingdian, dx_ledger, workbook, tmp_path):
    copy = changed(workbook, tmp_path, lambda book: book.remove(book["一票否决"]))
    ended = dingdian("assess", dx_ledger, copy, *ASKED)

    assert ended.code == DONE
    assert "有得分 0" in ended.out


def test_what_cannot_be_read_is_told_and_nothing_is_written(dingdian, dx_ledger, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    ended = dingdian("assess", dx_ledger, tmp_path / "a.xlsx", *ASKED, "--out", tmp_path / "out")

    assert ended.code == REQUEST
    assert "Traceback" not in ended.err
    assert not (tmp_path / "out").exists()


def test_the_ledger_of_another_city_is_refused(dingdian, dx_ledger, workbook):
    asked = ("--policy", "shenyang", "--year", 2025)

    assert dingdian("assess", dx_ledger, workbook, *asked).code == CENSUS
    assert dingdian("assess", dx_ledger, workbook, *asked, "--as-if").code == DONE


def test_an_output_that_stands_there_is_left_alone(dingdian, dx_ledger, workbook, folder):
    before = tree(folder)
    ended = dingdian("assess", dx_ledger, workbook, *ASKED, "--out", folder)

    assert ended.code == THERE
    assert tree(folder) == before


def test_it_is_english_where_english_is_asked_for(dingdian, dx_ledger, workbook, tmp_path):
    out = tmp_path / "out"
    ended = dingdian("assess", dx_ledger, workbook, *ASKED, "--lang", "en", "--out", out)
    page = (out / "assessment.html").read_text("utf-8")

    said = [*(ended.out + ended.err).splitlines(), *html_lines(page)]
    assert strange_lines("daxinganling", said) == []


# ---------------------------------------------------------------- points


@pytest.mark.clause("N23-02", "N23-03")
def test_points_of_persons_on_a_day(dingdian, workbook):
    asked = ("--policy", "daxinganling", "--on")
    ended = dingdian("points", workbook, *asked, "2026-01-15")
    english = dingdian("points", workbook, *asked, "2026-01-15", "--lang", "en")
    record = json.loads(dingdian("points", workbook, *asked, "2026-01-15", "--json").out)

    assert ended.code == DONE
    assert "终止" in ended.out
    assert "2028年7月1日起可重新登记" in ended.out
    assert "may register again from 1 July 2028" in english.out
    assert strange_lines("daxinganling", english.out.splitlines()) == []
    assert record["day"] == "2026-01-15"
    assert len(record["persons"]) == 8


def test_points_need_their_table_and_a_rule(dingdian, workbook, tmp_path):
    (tmp_path / "empty").mkdir()
    nothing = dingdian("points", tmp_path / "empty", "--policy", "shenyang", "--on", "2026-01-15")
    early = dingdian("points", workbook, "--policy", "national", "--on", "2024-09-29")

    assert (nothing.code, early.code) == (REQUEST, REQUEST)
    assert "人员记分" in nothing.err
    assert "没有生效的人员记分规定" in early.err


# ---------------------------------------------------------------- the template


def test_the_template_is_empty_and_lists_the_items_of_the_policy(dingdian, tmp_path, dx_ledger):
    path = tmp_path / "空表.xlsx"
    ended = dingdian("template", "assessment", "--policy", "daxinganling", "--out", path)
    book = openpyxl.load_workbook(path)
    lists = {c.value for column in book["选项"].columns for c in column}
    unfilled = dingdian("assess", dx_ledger, path, *ASKED, "--on", "2026-02-10")

    assert ended.code == DONE
    assert {schema.zh for schema in TABLES.values()} <= set(book.sheetnames)
    assert {"行为规范：诊疗、收费、结算", "约谈", "虚构病历或处方"} <= lists
    assert unfilled.code == REQUEST
    assert "缺少“得分”表" in unfilled.err
