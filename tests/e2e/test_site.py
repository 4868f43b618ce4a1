"""``dingdian site`` as a user runs it: folders, rounds, both languages, bad input."""

import csv
import json

import pytest

from dingdian.reports.record_schema import SITING
from tests.chinese import html_lines, strange_lines
from tests.schemas import schema_faults

DX = ("--policy", "daxinganling", "--service", "outpatient_pooling")
SY = ("--policy", "shenyang", "--service", "门诊统筹", "--year", 2026)
pytestmark = [pytest.mark.slow, pytest.mark.clause("DX-18", "DX-19")]


@pytest.fixture(scope="module")
def ask(dingdian, dx_ledger):
    def asked(*words, year=("--year", 2026)):
        return dingdian("site", dx_ledger, *DX, *year, *words)

    return asked


@pytest.fixture(scope="module")
def folder(ask, tmp_path_factory):
    out = tmp_path_factory.mktemp("site") / "advice"
    ended = ask("--places", 5, "--backup", "--out", out)
    assert ended.code == 0, ended.err
    assert "→" in ended.out
    return out


def read(folder):
    return json.loads((folder / "siting.json").read_text("utf-8"))


def test_the_file_has_the_published_shape(folder):
    assert schema_faults(SITING, (folder / "siting.json").read_bytes()) == []


def test_the_folder_is_whole_and_the_same_again(ask, folder, tmp_path):
    names = {path.name for path in folder.iterdir()}
    again = tmp_path / "again"
    ask("--places", 5, "--backup", "--out", again)
    files = {"siting.json", "siting.xlsx", "siting.geojson", "map.html"}

    assert names == {*files, "census", "policy"}
    assert {n for n in files if (folder / n).read_bytes() != (again / n).read_bytes()} == set()


def test_before_is_what_the_plan_of_the_year_says(folder, dx_plan):
    figures = json.loads((dx_plan / "plan.json").read_text("utf-8"))["figures"]
    stock, root = "outpatient_pooling_institutions", "232700"
    before = read(folder)["coverage"][0]

    for name, measure in (("before", "covered_1"), ("twice_before", "covered_2")):
        figure = figures[f"{measure}_{stock}.{root}"]
        part = figure.get("value") or dict(figure["why"]["details"])["part"]
        assert before[name] == part
    assert before["people"] == figures[f"circle_persons.{root}"]["value"]


def test_json_alone_is_on_standard_output(ask, folder):
    ended = ask("--places", 5, "--backup", "--json")

    assert json.loads(ended.out) == read(folder)


def test_more_places_reach_no_fewer(ask, folder):
    fewer = json.loads(ask("--places", 3, "--json").out)

    values = [each["answer"]["goals"][0]["value"] for each in (fewer, read(folder))]
    assert values == sorted(values)


def test_a_priority_moves_the_choice_and_is_told(ask):
    found = json.loads(ask("--places", 3, "--priority", "塔河县=50", "--json").out)

    assert found["question"]["priorities"] == {"232722": 50}
    assert {each["district"] for each in found["chosen"]} == {"232722"}


@pytest.mark.clause("SY-09", "SY-10")
def test_a_round_under_the_quotas_of_the_plan_with_rows_that_have_faults(dingdian, sy_ledger):
    rounds = sy_ledger / "round"
    ended = dingdian("site", sy_ledger, *SY, "--round", rounds, "--plan-quotas", "--json")
    found = json.loads(ended.out)

    assert ended.code == 8
    assert found["question"]["plan"]["year"] == 2026
    assert found["candidates"]["closed"]["faulty"] >= 1
    quotas, stand = found["question"]["quotas"], [each["district"] for each in found["chosen"]]
    assert {each for each in set(stand) if stand.count(each) > quotas.get(each, 99)} == set()
    assert "[只涉及此件]" in ended.err


@pytest.mark.clause("DX-11")
def test_what_the_plan_says_of_places_stands_beside_the_answer(ask, folder):
    said = ask("--places", 4).out
    plan = read(folder)["plan"]

    assert (
        "2026 年度规划：新增定点医疗机构至多 2 家（红线（一）：总量平衡、稳慎新增 DX-11, DX-03）"
        in said
    )
    assert "超出规划：大兴安岭地区选 4 家，定点医疗机构至多 2 家" in said
    assert plan["beyond"][0] == {
        "stock": "medical_institutions",
        "scope": "232700",
        "chosen": 5,
        "most": 2,
    }


@pytest.mark.clause("SY-07")
def test_no_place_of_the_plan_is_the_reason_that_nothing_is_chosen(dingdian, sy_ledger):
    words = ("--policy", "shenyang", "--service", "药店", "--year", 2026, "--plan-quotas")
    said = dingdian("site", sy_ledger, *words).out

    assert "2026 年度规划：不新增定点零售药店（定点零售药店不高于现有存量85% SY-07" in said
    assert "没有选出地点：没有新增名额（2026 年度规划）" in said
    assert "所有人已被覆盖" not in said


@pytest.mark.clause("SY-09")
def test_a_file_needs_no_kind_and_a_kind_that_does_not_fit_is_closed(dingdian, sy_ledger, tmp_path):
    bare, odd = tmp_path / "bare.csv", tmp_path / "odd.csv"
    bare.write_text("编号,经度,纬度,坐标系\nA,123.204,41.848,CGCS2000\n", "utf-8")
    odd.write_text(
        "编号,经度,纬度,坐标系,机构类别\n"
        "A,123.204,41.848,CGCS2000,诊所\nB,123.21,41.745,CGCS2000,商店\n",
        "utf-8",
    )
    words = ("--policy", "shenyang", "--service", "药店", "--year", 2026, "--places", 1, "--json")
    plain = dingdian("site", sy_ledger, *words, "--file", bare)
    closed = dingdian("site", sy_ledger, *words, "--file", odd)

    assert (plain.code, "[警告]" in plain.err, "只涉及" in plain.err) == (0, False, False)
    assert [each["id"] for each in json.loads(plain.out)["chosen"]] == ["A"]
    why = {each["id"]: each["closed"] for each in json.loads(closed.out)["candidates"]["why"]}
    assert why == {"A": "other_service", "B": "faulty"}


@pytest.mark.clause("SY-09")
def test_points_of_a_file_beside_those_that_stand(dingdian, sy_ledger, tmp_path):
    path = tmp_path / "points.csv"
    heads = ("申请编号", "经度", "纬度", "坐标系", "机构类别")
    rows = [
        ("城中", 123.43, 41.80, "CGCS2000", "诊所"),
        ("城外", 123.21, 41.745, "CGCS2000", "诊所"),
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    found = json.loads(
        dingdian("site", sy_ledger, *SY, "--places", 2, "--file", path, "--json").out
    )

    closed = found["candidates"]["why"]
    assert [(each["id"], each["closed"]) for each in closed] == [("城中", "blocked")]
    assert closed[0]["blockers"][0]["distance_mm"] <= 800_000


def test_english_is_english_to_the_page(ask, tmp_path):
    ended = ask("--places", 2, "--lang", "en", "--out", tmp_path / "en")
    page = (tmp_path / "en" / "map.html").read_text("utf-8")

    assert "proved best" in ended.out
    said = [*ended.out.splitlines(), *ended.err.splitlines(), *html_lines(page)]
    assert strange_lines("daxinganling", said) == []


def test_a_folder_of_somebody_else_is_not_replaced(ask, folder, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    assert ask("--places", 1, "--out", folder).code == 7
    assert ask("--places", 1, "--out", tmp_path, "--force").code == 7
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--service", "牙科", "--places", 1), 3, "可用："),
        ((), 2, "--places"),
        (("--places", -1), 2, "--places"),
        (("--places", 1, "--quota", "火星=1"), 3, "没有区县“火星”"),
        (("--places", 1, "--quota", "塔河县"), 2, "甲区=3"),
        (("--places", 1, "--priority", "乡镇=-2"), 2, "a whole number above 0"),
        (("--places", 1, "--priority", "乡镇=0"), 2, "大于 0 的整数"),
        (("--places", 1, "--quota", "塔河县=x"), 2, "不小于 0 的整数"),
        (("--places", 1, "--room", 0), 2, "--room"),
        (("--places", 1, "--priority", "火星=1"), 3, "“火星”既不是"),
        (("--places", 1, "--kind", "商店"), 3, "商店"),
        (("--places", 1, "--kind", "药店"), 3, "不可能是门诊统筹医疗机构"),
        (("--places", 1, "--model", "set", "--backup"), 2, "cover"),
        (("--places", 1, "--room", 9, "--backup"), 2, "reached twice"),
        (("--places", 1, "--room", 9, "--priority", "村=2"), 2, "weighted people"),
        (("--places", 1, "--round", "a", "--file", "b"), 2, "--round"),
        (("--places", 1, "--file", "nowhere.csv"), 3, "找不到文件"),
        (("--places", 1, "--round", "nowhere"), 3, "找不到文件"),
        (("--places", 1, "--seconds", "nan"), 2, "--seconds"),
        (("--places", 1, "--on", "2026-03-01"), 2, "--year"),
    ],
)
def test_what_cannot_be_asked_is_explained(ask, words, code, said):
    ended = ask(*words)

    assert ended.code == code
    assert said in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ("--places", 0),
        ("--places", 3, "--nodes", 0, "--rounds", 0),
        ("--places", 3, "--seconds", 0),
        ("--places", 3, "--spots", 0),
        ("--places", 3, "--quota", "塔河县=0"),
        ("--places", 2, "--model", "set"),
        ("--places", 3, "--model", "median", "--seconds", 0),
        ("--places", 3, "--model", "median", "--room", 1, "--spots", 40),
        ("--places", 3, "--model", "centre", "--nodes", 0, "--rounds", 0),
    ],
)
def test_what_has_no_best_answer_is_an_answer_all_the_same(ask, words):
    ended = ask(*words)

    assert (ended.code, "Traceback" in ended.err) == (8 if "无解" in ended.out else 0, False)
    assert "结果：" in ended.out
    assert "仅供决策参考" in ended.out
