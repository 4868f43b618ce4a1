"""Rounds as a user decides them: the folder, its replay, its letters, the evidence of a case."""

import io
import json
import shutil
import zipfile

import pytest

from tests.chinese import strange_lines

pytestmark = pytest.mark.slow

#: Exit codes: the same again; not the same; a wrong request; an output that stands there.
SAME, REQUEST, DIFFERS, THERE = 0, 3, 6, 7


@pytest.fixture(scope="module")
def round_folder(dingdian, dx_ledger, tmp_path_factory):
    """The round of Daxing'anling's sample, decided."""
    out = tmp_path_factory.mktemp("round") / "decided"
    asked = ("--policy", "daxinganling", "--year", 2026, "--out", out)
    ended = dingdian("decide", dx_ledger / "census.xlsx", dx_ledger / "round", *asked)
    assert ended.code == 0, ended.err
    return out


@pytest.fixture
def copied(round_folder, tmp_path):
    """A copy of it that a test may spoil."""
    return shutil.copytree(round_folder, tmp_path / "copy")


def tree(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_round_is_its_own_evidence_and_decided_again_to_the_byte(
    dingdian, dx_ledger, round_folder, tmp_path
):
    again = tmp_path / "again"
    asked = ("--policy", "daxinganling", "--year", 2026, "--out", again)
    dingdian("decide", dx_ledger / "census.xlsx", dx_ledger / "round", *asked)
    assert tree(again) == tree(round_folder)
    names = {path.name for path in round_folder.iterdir()}
    assert names == {
        *("decisions.json", "decisions.xlsx", "decisions.html", "plan.json"),
        *("census", "policy", "round"),
    }


def test_replay_says_same_and_writes_nothing(dingdian, copied):
    before = tree(copied)
    ended = dingdian("replay", copied)
    assert (ended.code, ended.out[:2]) == (SAME, "一致")
    assert tree(copied) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("round/applications.csv", ",2026-01-", ",2025-11-", "申请"),
        ("census/fund.csv", "", "", "台账"),
        (
            "policy/national/admission.yaml",
            "at_least: 3",
            "at_least: 4",
            "政策库",
        ),
    ],
)
def test_replay_names_a_copy_that_was_changed(dingdian, copied, file, old, new, told):
    path = copied / file
    text = path.read_text("utf-8")
    lines = text.splitlines(keepends=True)
    path.write_text(text.replace(old, new, 1) if old else "".join(lines[:-1]), "utf-8")
    before = tree(copied)
    ended = dingdian("replay", copied)
    assert ended.code == DIFFERS, ended.err
    assert f"{told}的副本与决定时不同" in ended.out
    assert tree(copied) == before


def changed(folder, change):
    """Change the record of a round as somebody with an editor might."""
    path = folder / "decisions.json"
    record = json.loads(path.read_text("utf-8"))
    change(record)
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")


def test_replay_finds_a_result_that_was_changed_by_hand(dingdian, copied):
    def admit(record):
        turned = next(each for each in record["decisions"] if each["outcome"] == "not_admitted")
        turned["outcome"] = "proposed"

    changed(copied, admit)
    ended = dingdian("replay", copied)
    assert ended.code == DIFFERS
    assert "决定记录（decisions.json）的副本与决定时不同" in ended.out
    assert "拟纳入 → 不予纳入" in ended.out


def test_replay_under_another_engine_reports_what_differs_and_overwrites_nothing(dingdian, copied):
    def older(record):
        record["engine"] = "0.0.9"
        record["fingerprints"]["result"] = "0" * 64
        first = record["decisions"][0]["conditions"][0]
        first["met"] = "failed" if first["met"] != "failed" else "passed"

    changed(copied, older)
    before = tree(copied)
    ended = dingdian("replay", copied, "--lang", "en")
    assert ended.code == DIFFERS
    assert "engine then 0.0.9" in ended.out
    assert "the past result is left as it is" in ended.out
    assert tree(copied) == before


def test_an_older_engine_that_came_to_the_same_is_the_same(dingdian, copied):
    changed(copied, lambda record: record.update(engine="0.0.9"))
    assert dingdian("replay", copied).code == SAME


def first_of(folder, outcome):
    record = json.loads((folder / "decisions.json").read_text("utf-8"))
    return next(d["application"] for d in record["decisions"] if d["outcome"] == outcome)


def test_letters_are_written_beside_and_not_over_what_stands_there(dingdian, copied):
    id = first_of(copied, "not_admitted")
    ended = dingdian("letters", copied, "--application", id)
    assert ended.code == 0, ended.err
    names = {path.name for path in (copied / "letters").iterdir()}
    assert names == {"letter.docx", f"{id}.docx", f"{id}.html"}
    assert dingdian("letters", copied, "--application", id).code == THERE
    assert dingdian("letters", copied, "--application", id, "--force").code == 0
    assert dingdian("letters", copied, "--application", "nobody", "--force").code == REQUEST
    assert dingdian("replay", copied).code == SAME


def test_the_evidence_of_a_case_is_one_file_of_the_same_bytes(dingdian, copied, tmp_path):
    id = first_of(copied, "not_admitted")
    made = []
    for name in ("a.zip", "b.zip"):
        ended = dingdian("evidence", copied, id, "--out", tmp_path / name)
        assert ended.code == 0, ended.err
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as bundle:
        names = set(bundle.namelist())
        assert {"README.txt", "decision.json", "rows.json", "clauses.json", "letter.docx"} <= names
        assert {"site.geojson", "readings.json", "figures.txt", "fingerprints.json"} <= names
        rows = json.loads(bundle.read("rows.json"))
        english = bundle.read("decision.en.txt").decode()
    assert [each["code"] for each in rows["round"]["applications"]] == [id]
    assert strange_lines("daxinganling", english.splitlines()) == []


def test_no_evidence_is_packed_from_a_copy_that_was_changed(dingdian, copied, tmp_path):
    path = copied / "round" / "applications.csv"
    path.write_text(path.read_text("utf-8").replace(",2026-01-", ",2025-11-", 1), "utf-8")
    id = first_of(copied, "not_admitted")
    ended = dingdian("evidence", copied, id, "--out", tmp_path / "a.zip")
    assert ended.code == REQUEST
    assert "副本与决定时不同" in ended.err
    assert not (tmp_path / "a.zip").exists()
