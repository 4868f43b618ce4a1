"""``dingdian project`` as a user runs it: the folder, what is assumed, bad input."""

import json

import openpyxl
import pytest

from dingdian.reports.record_schema import PROJECTION
from tests.chinese import strange_lines
from tests.schemas import schema_faults

DX = ("--policy", "daxinganling", "--year", 2026, "--to", 2028, "--runs", 20)
FILES = {"projection.json", "projection.xlsx", "scenarios.yaml", "cohorts.csv"}
pytestmark = [pytest.mark.slow, pytest.mark.clause("DX-41")]

SCENARIOS = """
scenarios:
  - name: 现状延续
  - name: 药店退出加快
    exits:
      pharmacies: {closure: 3%, termination: 1%}
    entrants:
      - name: 零售药店
        side: pharmacies
        amounts: {pharmacies: 1}
        applications: {"232761": 3}
    vital: {survival: [99.8%, 96%], births: [1%, 0], migration: [-1%, 0]}
    fund: {income: 4%, spending: 7%}
"""


@pytest.fixture(scope="module")
def assumed(dx_ledger, tmp_path_factory):
    """A file of scenarios, and the residents of the sample in two age groups."""
    from dingdian.core.indicators import measures_of
    from dingdian.core.period import first_day
    from dingdian.core.workings import Workings
    from dingdian.storage.census_files import read_census
    from dingdian.storage.policy_yaml import shelf_for
    from tests.city import STOCK_DAY

    below = tmp_path_factory.mktemp("assumed")
    (below / "情景.yaml").write_text(SCENARIOS, "utf-8")
    census = read_census(dx_ledger).census
    book, place = shelf_for("daxinganling")
    workings = Workings(
        census=census,
        policy=book.on(place, first_day(2026)),
        measures=measures_of(census),
        stock_day=STOCK_DAY,
    )
    rows = ["区县代码,起始年龄,截止年龄,人数"]
    for at in census.tree.districts:
        people = int(workings.figure("resident", at).value)
        rows += [f"{at},0,59,{people * 3 // 4}", f"{at},60,,{people - people * 3 // 4}"]
    (below / "年龄.csv").write_text("\n".join(rows), "utf-8")
    return ("--scenarios", below / "情景.yaml", "--cohorts", below / "年龄.csv")


@pytest.fixture(scope="module")
def ask(dingdian, dx_ledger, assumed):
    return lambda *words: dingdian("project", dx_ledger, *DX, *assumed, *words)


@pytest.fixture(scope="module")
def folder(ask, tmp_path_factory):
    out = tmp_path_factory.mktemp("project") / "out"
    ended = ask("--out", out)
    assert ended.code == 0, ended.err
    assert "【推演】" in ended.out
    assert "药店退出加快 2028" in ended.err
    return out


def read(folder):
    return json.loads((folder / "projection.json").read_text("utf-8"))


def series(scenario, kind, name, area="232700"):
    return next(
        each
        for each in scenario["series"]
        if (each["kind"], each["name"], each["area"]) == (kind, name, area)
    )


def test_the_file_has_the_published_shape(folder):
    assert schema_faults(PROJECTION, (folder / "projection.json").read_bytes()) == []


def test_the_folder_is_whole_and_the_same_again(ask, folder, tmp_path):
    ask("--out", tmp_path / "again")
    again = {each: (tmp_path / "again" / each).read_bytes() for each in FILES}

    assert {path.name for path in folder.iterdir()} == {*FILES, "census", "policy"}
    assert again == {each: (folder / each).read_bytes() for each in FILES}


def test_with_no_change_today_goes_on_and_with_exits_it_shrinks(folder):
    still, shrinking = read(folder)["scenarios"]

    held = series(still, "stock", "pharmacies")
    less = series(shrinking, "stock", "pharmacies")
    assert len({*held["low"], *held["middle"], *held["high"]}) == 1
    assert less["middle"][0] == held["middle"][0]
    assert less["middle"][-1] < held["middle"][-1]
    assert less["low"][-1] < less["high"][-1]


def test_another_seed_is_another_answer(dingdian, dx_ledger, assumed, folder):
    words = ("project", dx_ledger, *DX, *assumed, "--seed", 2, "--json")
    other = json.loads(dingdian(*words).out)
    assert other["seed"] == 2
    assert other["fingerprints"]["result"] != read(folder)["fingerprints"]["result"]


def test_people_grow_older_only_where_ages_are_given(folder, dingdian, dx_ledger):
    shrinking = read(folder)["scenarios"][1]
    assert series(shrinking, "age", "60")["first"] == 2025
    without = dingdian("project", dx_ledger, *DX)
    assert "未给年龄组" in without.out
    assert "60 岁及以上" not in without.out


def test_the_workbook_says_it_is_tried_and_has_every_number(folder):
    book = openpyxl.load_workbook(folder / "projection.xlsx", read_only=True)
    assert book.sheetnames == ["概览", "全市逐年", "各区县逐年", "红线", "依据"]
    whole = [row for row in book["全市逐年"].iter_rows(values_only=True) if any(row)]
    assert "【推演】" in whole[0][0]
    wanted = series(read(folder)["scenarios"][1], "stock", "pharmacies")["middle"]
    told = [
        row[4] for row in whole if row[0] == "存量：定点零售药店数" and row[1] == "药店退出加快"
    ]
    assert told == wanted


def test_english_is_complete(ask):
    ended = ask("--lang", "en")
    known = ("现状延续", "药店退出加快", "零售药店")
    lines = [line for line in ended.out.splitlines() if not any(each in line for each in known)]
    assert strange_lines("daxinganling", lines) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("scenarios: []", "scenarios"),
        ("scenarios:\n  - name: 甲\n    exit: {}", "exit"),
        ("scenarios:\n  - name: 甲\n    trial_failure: 一成", "一成"),
        ("scenarios:\n  - name: 甲\n  - name: 甲", "出现两次"),
        ("scenarios:\n  - name: 甲\n    exits: {pharmacies: {closure: 120%}}", "6/5"),
        ("scenarios:\n  - name: 甲\n    exits: {clinics: {closure: 1%}}", "clinics"),
        ("scenarios:\n  - name: 甲\n    insured_growth: {rural: 1%}", "rural"),
        ("\x00PK", "YAML"),
        (
            "scenarios:\n  - name: 甲\n    leavers:\n"
            "      - {year: 2027, institution: P1, cause: closure}\n"
            "      - {year: 2027, institution: P1, cause: termination}",
            "2027 P1",
        ),
    ],
)
def test_a_scenario_that_cannot_be_is_named(dingdian, dx_ledger, tmp_path, text, told):
    file = tmp_path / "情景.yaml"
    file.write_text(text, "utf-8")
    ended = dingdian("project", dx_ledger, *DX, "--scenarios", file, "--out", tmp_path / "out")
    assert ended.code == 3, ended.out
    assert told in ended.err
    assert "Traceback" not in ended.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("代码,岁,人数\n1,2,3", "区县代码"),
        ("区县代码,起始年龄,截止年龄,人数\n232761,0,59,many", "many"),
        ("区县代码,起始年龄,截止年龄,人数\n232761,0,59,5\n232761,65,,5", "60"),
    ],
)
def test_ages_with_a_gap_are_named(dingdian, dx_ledger, tmp_path, text, told):
    file = tmp_path / "年龄.csv"
    file.write_text(text, "utf-8")
    ended = dingdian("project", dx_ledger, *DX, "--cohorts", file)
    assert ended.code == 3, ended.out
    assert told in ended.err
    assert "Traceback" not in ended.err
