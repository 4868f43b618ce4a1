"""The ledger of cases as a clerk keeps it, from an empty one to the plan of the next year."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import sqlite3

import openpyxl
import pytest

from dingdian.core.lifecycle.contract import MOVES_TABLE
from dingdian.core.lifecycle.entry import SHANGHAI

pytestmark = pytest.mark.slow

OK, REQUEST, CENSUS, THERE, INCOMPLETE = 0, 3, 5, 7, 8
BY = ("--by", "示例经办")
CASE = "DX2026-1-008"


@pytest.fixture(scope="module")
def decided(dingdian, dx_ledger, tmp_path_factory):
    out = tmp_path_factory.mktemp("decided") / "round"
    asked = ("--policy", "daxinganling", "--year", 2026, "--out", out)
    ended = dingdian("decide", dx_ledger, dx_ledger / "round", *asked)
    assert ended.code == OK, ended.err
    return out


@pytest.fixture(scope="module")
def kept(dingdian, dx_ledger, decided, tmp_path_factory):
    """A ledger with the census, the round and one agreement in it."""
    folder = tmp_path_factory.mktemp("kept")
    at = ("--ledger", f"sqlite:///{folder / 'cases.sqlite3'}")
    steps = [
        ("init", *at, "--policy", "daxinganling", "--on", "2026-01-01"),
        ("load", dx_ledger, *at, *BY),
        ("enter", decided, *at, *BY),
        ("moves", sheet(folder), *at, *BY),
    ]
    for step in steps:
        ended = dingdian("ledger", *step)
        assert ended.code == OK, ended.err
    return folder


@pytest.fixture
def ledger(kept, tmp_path):
    """A copy of it that a test may spoil: the words that name it, and the file."""
    file = tmp_path / "cases.sqlite3"
    source, copy = sqlite3.connect(kept / "cases.sqlite3"), sqlite3.connect(file)
    source.backup(copy)
    source.close()
    copy.close()
    return ("--ledger", f"sqlite:///{file}"), file


def sheet(folder, *more):
    """The way of one applicant to its agreement, as a clerk writes it into a sheet."""
    rows = [
        (CASE, "公示", "2026-06-23", "经办机构", {}),
        (CASE, "公示期满", "2026-07-01", "经办机构", {}),
        (
            CASE,
            "签订协议",
            "2026-07-02",
            "经办机构",
            {"协议编号": "示例1", "医保机构代码": "P23276199901", "服务类型": "个人账户、门诊统筹"},
        ),
        *more,
    ]
    book = openpyxl.Workbook()
    page = book.active
    page.title = MOVES_TABLE.zh
    heads = ["件号", "办理事项", "日期", "身份", "协议编号", "医保机构代码", "服务类型"]
    page.append(heads)
    for case, move, day, role, facts in rows:
        page.append([case, move, day, role, *(facts.get(head) for head in heads[4:])])
    path = folder / "moves.xlsx"
    book.save(path)
    return path


def test_a_case_shows_its_whole_way_and_what_comes_next(dingdian, ledger):
    at, _ = ledger

    ended = dingdian("ledger", "show", CASE, *at, "--on", "2027-02-20")

    assert ended.code == OK, ended.err
    assert "正常" in ended.out
    for word in ("提出申请", "受理", "评估合格", "公示期满", "签订协议", "示例1", "续签申请"):
        assert word in ended.out


def test_a_second_time_is_refused_with_every_reason_and_nothing_is_recorded(
    dingdian, ledger, tmp_path
):
    at, _ = ledger
    before = dingdian("ledger", "verify", *at).out

    ended = dingdian("ledger", "moves", sheet(tmp_path), *at, *BY)

    assert ended.code == REQUEST
    assert ended.err.count("moves.xlsx") >= 3
    assert "处于“正常”的不能“公示”（O2-11）" in ended.err
    assert dingdian("ledger", "verify", *at).out == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("no-such", "accept", "--role", "agency"), "台账里没有“no-such”这一件"),
        ((CASE, "accept", "--role", "agency"), "不能“受理”"),
        ((CASE, "dance", "--role", "agency"), "没有“dance”这种办理事项"),
        ((CASE, "interview", "--role", "king"), "没有“king”这种身份"),
        ((CASE, "interview", "--role", "institution"), "不由医药机构办理"),
        ((CASE, "interview", "--role", "agency", "--on", "2026-07-01"), "早于这一件上次登记"),
        ((CASE, "interview", "--role", "agency", "--on", "2999-01-01"), "还没有到"),
        ((CASE, "interview", "--role", "agency", "--seen", "1"), "已有新的登记"),
        ((CASE, "terminate", "--role", "bureau", "--fact", "cause=x"), "不在"),
        ((CASE, "terminate", "--role", "bureau"), "缺少"),
        ((CASE, "annul", "--role", "agency", "--fact", "entry=1", "--reason", "误"), "只能撤销"),
    ],
)
def test_what_cannot_be_is_refused_in_words(dingdian, ledger, words, said):
    at, _ = ledger

    ended = dingdian("ledger", "move", *words, *at, *BY)

    assert ended.code == REQUEST
    assert said in ended.err
    assert "→" in ended.err
    assert "Traceback" not in ended.err


def test_a_wrong_entry_is_annulled_and_both_stay_on_record(dingdian, ledger):
    at, file = ledger
    move = ("ledger", "move", CASE)
    done = dingdian(*move, "close", *at, *BY, "--role", "agency", "--on", "2026-08-01")
    assert done.code == OK, done.err
    head = file.with_name("head.json")
    assert dingdian("ledger", "head", *at, "--out", head).code == OK
    last = json.loads(head.read_text("utf-8"))["entries"]

    words = ("--role", "agency", "--fact", f"entry={last}", "--reason", "登记错了")
    ended = dingdian(*move, "撤销登记", *at, *BY, *words)

    assert ended.code == OK, ended.err
    shown = dingdian("ledger", "show", CASE, *at).out
    assert "关闭注销" in shown
    assert "撤销登记" in shown
    assert "正常" in shown.splitlines()[0]


def test_due_says_who_must_act(dingdian, ledger, tmp_path):
    at, _ = ledger
    words = ("due", *at, "--on", "2026-01-15")

    text, english = dingdian(*words), dingdian(*words, "--lang", "en")
    told = json.loads(dingdian(*words, "--json", "--who", "institution").out)
    out = dingdian(*words, "--out", tmp_path / "due.xlsx")

    assert text.code == english.code == out.code == OK
    assert "续签申请  医药机构  O2-41" in text.out
    assert "institution  O2-41" in english.out
    assert {each["who"] for each in told} == {"institution"}
    page = openpyxl.load_workbook(tmp_path / "due.xlsx").active
    assert page.cell(1, 4).value == "件号"
    assert page.max_row > 10


def changed(file, statement, *values):
    connection = sqlite3.connect(file)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE ledger_entry SET body = replace(body, '示例1', '示例2')", "被改动过"),
        ("DELETE FROM ledger_entry WHERE seq = 5", "第5号登记缺失"),
        ("UPDATE ledger_entry SET case_name = 'other' WHERE seq = 7", "被挪到别的件上"),
        ("DELETE FROM ledger_entry WHERE seq > 10", "末尾被截断"),
    ],
)
def test_whatever_is_changed_is_found(dingdian, ledger, tmp_path, statement, said):
    at, file = ledger
    head = tmp_path / "head.json"
    assert dingdian("ledger", "head", *at, "--out", head).code == OK
    assert dingdian("ledger", "verify", *at, "--head", head).code == OK

    changed(file, statement)
    ended = dingdian("ledger", "verify", *at, "--head", head)

    assert ended.code == INCOMPLETE
    assert said in ended.err


def test_a_head_of_another_ledger_and_garbage_are_told(dingdian, ledger, tmp_path):
    at, _ = ledger
    other = ("--ledger", f"sqlite:///{tmp_path / 'other.sqlite3'}")
    dingdian("ledger", "init", *other, "--policy", "daxinganling")
    dingdian("ledger", "head", *other, "--out", tmp_path / "other.json")
    (tmp_path / "garbage.json").write_text("{}", "utf-8")

    one = dingdian("ledger", "verify", *at, "--head", tmp_path / "other.json")
    two = dingdian("ledger", "verify", *at, "--head", tmp_path / "garbage.json")
    again = dingdian("ledger", "init", *at, "--policy", "daxinganling")
    none = dingdian("ledger", "show", "--ledger", f"sqlite:///{tmp_path / 'none.sqlite3'}")

    assert [each.code for each in (one, two, again, none)] == [REQUEST] * 4
    assert "另一个台账" in one.err
    assert "无法读取" in two.err
    assert "已有台账" in again.err
    assert "先建立" in none.err


def test_the_census_of_a_day_has_the_new_institution_and_can_be_planned(dingdian, ledger, tmp_path):
    at, _ = ledger
    made = dingdian("ledger", "census", *at, "--on", "2026-08-01", "--out", tmp_path / "census")
    before = dingdian("ledger", "census", *at, "--on", "2025-12-31", "--out", tmp_path / "first")

    assert made.code == before.code == OK, made.err
    with (tmp_path / "census" / "institutions.csv").open(encoding="utf-8-sig") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    new = rows["P23276199901"]
    assert (new["standing"], new["designated_since"]) == ("in_force", "2026-07-02")
    assert (new["personal_account"], new["inpatient"]) == ("yes", "no")
    words = ("--policy", "daxinganling", "--year", 2026, "--no-documents")
    plan = dingdian("plan", tmp_path / "first", *words, "--out", tmp_path / "plan")
    assert plan.code == OK, plan.err


def test_books_and_notices_of_a_case(dingdian, ledger, tmp_path):
    at, _ = ledger

    books = dingdian("ledger", "books", *at, "--from", "2026-01-01", "--through", "2026-07-31")
    notices = dingdian("ledger", "notices", CASE, *at, "--out", tmp_path / "n")

    assert books.code == notices.code == OK, notices.err
    line = next(each for each in books.out.splitlines() if each.endswith("定点零售药店"))
    assert line.split()[:4] == ["274", "1", "0", "275"]
    names = {path.name.partition("-")[2] for path in (tmp_path / "n").glob("*.docx")}
    assert names == {"acceptance.docx", "public_notice.docx", "agreement.docx"}


def test_what_was_entered_later_was_not_known_then(dingdian, ledger):
    at, _ = ledger
    due = ("due", *at, "--on", "2026-01-15", "--json")
    books = ("ledger", "books", *at, "--from", "2026-01-01", "--through", "2026-07-31")
    before = ("--known-at", "2026-01-01")
    today = ("--known-at", str(dt.datetime.now(SHANGHAI).date()))

    assert json.loads(dingdian(*due, *before).out) == []
    assert json.loads(dingdian(*due, *today).out) == json.loads(dingdian(*due).out) != []
    assert "275" not in dingdian(*books, *before).out
    assert dingdian(*books, *today).out == dingdian(*books).out


@pytest.mark.clause("DX-25")
def test_places_are_held_against_the_plan_that_the_round_was_decided_under(
    dingdian, dx_ledger, decided, tmp_path
):
    at = ("--ledger", f"sqlite:///{tmp_path / 'cases.sqlite3'}")
    for step in (
        ("init", *at, "--policy", "daxinganling", "--on", "2026-01-01"),
        ("load", dx_ledger, *at, *BY),
    ):
        assert dingdian("ledger", *step).code == OK
    entered = dingdian("ledger", "enter", decided, *at, *BY, "--plan", decided)
    assert entered.code == OK, entered.err
    assert "依据例外决定（dx_remote_places）再给1" in entered.err
    allot = ("move", "DX2026-1-009", "allot", *at, *BY, "--role", "agency", "--on", "2026-07-30")

    refused = dingdian("ledger", *allot, "--plan", decided)
    twice = dingdian("ledger", *allot, "--plan", decided, "--plan", decided)

    assert (refused.code, twice.code) == (REQUEST, REQUEST)
    for part in ("加格达奇区2026年定点零售药店名额1", "DX-25", "DX2026-1-008（", "没有名额"):
        assert part in refused.err
    assert "两个2026年的规划" in twice.err
    assert dingdian("ledger", *allot).code == OK  # no plan is held against
    assert "链完整" in dingdian("ledger", "verify", *at).out


def test_an_empty_sheet_to_fill_in_holds_no_moves(dingdian, ledger, tmp_path):
    at, _ = ledger
    out = tmp_path / "moves.xlsx"

    written = dingdian("template", "moves", "--out", out)
    ended = dingdian("ledger", "moves", out, *at, *BY)

    assert written.code == OK
    assert ended.code == REQUEST
    assert "没有办理事项" in ended.err


def test_a_census_of_another_city_is_refused(dingdian, ledger, sy_ledger, tmp_path):
    at, _ = ledger
    shutil.copy(sy_ledger / "census.xlsx", tmp_path / "census.xlsx")

    ended = dingdian("ledger", "load", tmp_path / "census.xlsx", *at, *BY)

    assert ended.code in (REQUEST, CENSUS)


def test_a_round_and_an_assessment_entered_twice_are_there_once(
    dingdian, ledger, decided, dx_ledger, tmp_path
):
    at, _ = ledger
    out = tmp_path / "assessed"
    asked = ("--policy", "daxinganling", "--year", 2025, "--out", out)
    made = dingdian("assess", dx_ledger, dx_ledger / "assessment", *asked)
    assert made.code == OK, made.err
    whole = dingdian("ledger", "verify", *at).out

    round_again = dingdian("ledger", "enter", decided, *at, *BY)
    after_round = dingdian("ledger", "verify", *at).out
    first = dingdian("ledger", "assess", out, *at, *BY)
    after_first = dingdian("ledger", "verify", *at).out
    again = dingdian("ledger", "assess", out, *at, *BY)

    assert [each.code for each in (round_again, first, again)] == [OK] * 3, first.err + again.err
    assert after_round == whole != after_first
    assert dingdian("ledger", "verify", *at).out == after_first
    assert again.err.count("此前已经登记") == 1
    assert "此前已经登记" not in first.err
