"""``dingdian access`` as a user runs it: the folder, the same again, both languages, bad input."""

import json

import pytest

from dingdian.reports.record_schema import ACCESS
from tests.chinese import html_lines, strange_lines
from tests.schemas import schema_faults

DX = ("--policy", "daxinganling", "--service", "门诊统筹")
pytestmark = [pytest.mark.slow, pytest.mark.clause("DX-18")]
FILES = {"access.json", "access.xlsx", "access.geojson", "map.html"}


@pytest.fixture(scope="module")
def ask(dingdian, dx_ledger):
    return lambda *words: dingdian("access", dx_ledger, *DX, "--year", 2026, *words)


@pytest.fixture(scope="module")
def folder(ask, tmp_path_factory):
    out = tmp_path_factory.mktemp("access") / "out"
    ended = ask("--out", out)
    assert ended.code == 0, ended.err
    assert "→" in ended.out
    assert "计算可达性" in ended.err
    return out


def read(folder):
    return json.loads((folder / "access.json").read_text("utf-8"))


def test_the_file_has_the_published_shape(folder):
    assert schema_faults(ACCESS, (folder / "access.json").read_bytes()) == []


def test_the_folder_is_whole_and_the_same_again(ask, folder, tmp_path):
    ask("--out", tmp_path / "again")
    again = {each: (tmp_path / "again" / each).read_bytes() for each in FILES}

    assert {path.name for path in folder.iterdir()} == {*FILES, "census", "policy"}
    assert again == {each: (folder / each).read_bytes() for each in FILES}


def test_who_has_nobody_within_reach_is_who_the_plan_leaves_uncovered(folder, dx_plan):
    figures = json.loads((dx_plan / "plan.json").read_text("utf-8"))["figures"]
    stock, root = "outpatient_pooling_institutions", "232700"
    figure = figures[f"covered_1_{stock}.{root}"]
    covered = int(figure.get("value") or dict(figure["why"]["details"])["part"])
    people, area = read(folder)["people"], read(folder)["areas"][0]

    located = int(people["people"]) - int(people.get("people_without_position", 0))
    assert located == int(area["people"])
    assert located - int(area["none"]) == covered


def test_json_alone_is_on_standard_output(ask, folder):
    assert json.loads(ask("--json").out) == read(folder)


def test_english_is_english_and_says_what_was_asked(ask, tmp_path):
    words = ("--lang", "en", "--metres", 2000, "--decay", "even")
    ended = ask(*words, "--out", tmp_path / "en")
    page = (tmp_path / "en" / "map.html").read_text("utf-8")

    said = [*ended.out.splitlines(), *ended.err.splitlines(), *html_lines(page)]
    assert strange_lines("daxinganling", said) == []
    assert "2,000 m (inclusive), straight (asked for now, not the reading)" in ended.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--metres", "far"), "写米数"),
        (("--metres", 0), "可达距离是 0 米"),
        (("--decay", "halves"), "halves"),
        (("--on", "2026-01-01"), "--year 与 --on 只写其一"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(ask, words, says):
    ended = ask(*words)

    assert ended.code != 0
    assert says in ended.err
