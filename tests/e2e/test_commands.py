"""The commands as a user runs them, from sample to explanation."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from dingdian.storage.census_files import read_census
from dingdian.storage.census_write import write_census

DX = ("--policy", "daxinganling", "--year", 2026, "--no-papers")
SY = ("--policy", "shenyang", "--year", 2026, "--no-papers")


def tree(folder):
    """Every file below a folder with its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def record(plan):
    return json.loads((plan / "plan.json").read_text("utf-8"))


# ---------------------------------------------------------------- from sample to explanation


def test_sample_says_of_itself_that_it_is_invented(dx_ledger):
    names = {path.name for path in dx_ledger.iterdir()}
    assert names == {".dingdian-sample", "boundaries.geojson", "census.xlsx", "round", "assessment"}
    assert [path.name for path in (dx_ledger / "round").iterdir()] == ["round.xlsx"]


def test_check_of_a_sample_finds_nothing_that_stops_a_plan(dingdian, dx_ledger):
    ended = dingdian("check", dx_ledger, "--policy", "daxinganling")

    assert ended.code == 0
    assert "阻断 0" in ended.out


def test_plan_writes_the_answer_and_its_own_evidence(dx_plan):
    assert {"plan.json", "plan.xlsx", "plan.html", "map.html", "census", "policy", "maps"} == {
        path.name for path in dx_plan.iterdir()
    }


def test_every_output_of_an_unissued_plan_says_simulation(dx_plan):
    assert record(dx_plan)["marks"] == {"simulation": True, "as_if": False, "invented": True}
    assert "测算" in (dx_plan / "plan.html").read_text("utf-8")


@pytest.mark.clause("DX-06", "DX-08")
def test_explain_follows_a_number_down_to_the_ledger_and_the_clauses(dingdian, dx_plan):
    ended = dingdian("explain", dx_plan, "pharmacies_per_10k_insured.232700")

    assert ended.code == 0
    for part in ("8.16", "274", "335,600", "DX-06", "DX-08", "census.xlsx"):
        assert part in ended.out, part


def test_explain_lists_the_keys(dingdian, dx_plan):
    ended = dingdian("explain", dx_plan)

    assert ended.code == 0
    assert set(ended.out.split()) >= set(record(dx_plan)["figures"])


def test_explain_names_the_nearest_keys_of_an_unknown_one(dingdian, dx_plan):
    ended = dingdian("explain", dx_plan, "pharmacies_per_10k_insurd.232700", "--lang", "en")

    assert ended.code == 3
    assert "pharmacies_per_10k_insured.232700" in ended.err


def test_no_documents_writes_the_answer_alone(dingdian, dx_ledger, tmp_path):
    ended = dingdian("plan", dx_ledger, *DX, "--out", tmp_path / "plan", "--no-documents")

    assert ended.code == 0
    assert {"plan.json", "census", "policy"} == {p.name for p in (tmp_path / "plan").iterdir()}


def test_language_changes_words_and_not_the_answer(dingdian, dx_ledger, dx_plan, tmp_path):
    words = ("--lang", "en", "--map-approval", "S(2026)001")
    ended = dingdian("plan", dx_ledger, *DX, "--out", tmp_path / "plan", *words)

    assert ended.code == 0
    assert "Red line" in ended.out
    assert "number: S(2026)001" in (tmp_path / "plan" / "map.html").read_text("utf-8")
    assert (tmp_path / "plan" / "plan.json").read_bytes() == (dx_plan / "plan.json").read_bytes()
    assert "simulation" in (tmp_path / "plan" / "plan.html").read_text("utf-8").casefold()


def test_template_can_be_checked_and_is_empty(dingdian, tmp_path):
    made = dingdian("template", "--out", tmp_path / "empty.xlsx")
    checked = dingdian("check", tmp_path / "empty.xlsx", "--lang", "en")

    assert made.code == 0
    assert checked.code == 5
    assert "has no rows" in checked.out + checked.err


@pytest.mark.clause("SY-06", "SY-07", "SY-08", "SY-12", "SY-15", "SY-16")
def test_shenyang_from_sample_to_explanation(dingdian, sy_ledger, tmp_path):
    plan = tmp_path / "plan"
    checked = dingdian("check", sy_ledger, "--policy", "shenyang")
    planned = dingdian("plan", sy_ledger, *SY, "--out", plan)
    quotas = record(plan)["quotas"]
    key = next(each["key"] for each in quotas if each.get("key"))
    explained = dingdian("explain", plan, key)

    assert (checked.code, planned.code, explained.code) == (0, 0, 0)
    assert {each["resource"] for each in quotas} >= {
        "pharmacies",
        "contracted_beds",
        "inpatient_institutions",
    }
    assert "SY-" in explained.out


# ---------------------------------------------------------------- same input, same bytes


def test_two_runs_write_the_same_bytes(dingdian, dx_ledger, dx_plan, tmp_path):
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "America/New_York", "LC_ALL": "C.UTF-8"}
    ended = dingdian("plan", dx_ledger, *DX, "--out", "again", env=elsewhere, cwd=tmp_path)

    assert ended.code == 0
    assert tree(tmp_path / "again") == tree(dx_plan)


def test_two_samples_are_the_same_bytes(dingdian, dx_ledger, tmp_path):
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "America/New_York"}
    ended = dingdian("sample", "daxinganling", "--out", tmp_path / "again", env=elsewhere)

    assert ended.code == 0
    assert tree(tmp_path / "again") == tree(dx_ledger)


def test_a_plan_of_its_own_copies_is_the_same_plan(dingdian, dx_plan, tmp_path):
    ended = dingdian(
        "plan",
        dx_plan / "census",
        "--policy",
        dx_plan / "policy",
        "--year",
        2026,
        "--out",
        tmp_path / "again",
        "--no-documents",
    )

    assert ended.code == 0, ended.err
    assert record(tmp_path / "again")["fingerprints"] == record(dx_plan)["fingerprints"]


def test_shenyang_planned_from_its_own_copies_is_the_same_plan(dingdian, sy_ledger, tmp_path):
    first, again = tmp_path / "first", tmp_path / "again"
    made = dingdian("plan", sy_ledger, *SY, "--out", first, "--no-documents")
    copies = (first / "census", "--policy", first / "policy", "--year", 2026)
    remade = dingdian(
        "plan", *copies, "--out", again, "--no-documents", env={"PYTHONHASHSEED": "3"}
    )

    assert (made.code, remade.code) == (0, 0), remade.err
    assert record(again)["fingerprints"] == record(first)["fingerprints"]


# ---------------------------------------------------------------- nothing is overwritten


def test_a_plan_is_not_overwritten_without_force(dingdian, dx_ledger, dx_plan, tmp_path):
    plan = tmp_path / "plan"
    shutil.copytree(dx_plan, plan)
    (plan / "note.txt").write_text("kept", "utf-8")

    refused = dingdian("plan", dx_ledger, *DX, "--out", plan, "--lang", "en")
    before = tree(plan)
    forced = dingdian("plan", dx_ledger, *DX, "--out", plan, "--force")

    assert refused.code == 7
    assert "--force" in refused.err
    assert "note.txt" in before
    assert forced.code == 0
    assert tree(plan) == tree(dx_plan)


def test_a_folder_of_someone_else_is_not_replaced_even_by_force(dingdian, dx_ledger, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.docx").write_bytes(b"kept")

    ended = dingdian("plan", dx_ledger, *DX, "--out", tmp_path / "mine", "--force")

    assert ended.code == 7
    assert tree(tmp_path / "mine") == {"letter.docx": b"kept"}


# ---------------------------------------------------------------- validity


@pytest.mark.clause("DX-41")
@pytest.mark.parametrize("asked", [("--year", 2031), ("--year", 2030, "--on", "2030-07-01")])
def test_daxinganling_is_refused_after_its_plan_ends(dingdian, dx_ledger, tmp_path, asked):
    ended = dingdian(
        "plan",
        dx_ledger,
        "--policy",
        "daxinganling",
        *asked,
        "--out",
        tmp_path / "p",
        "--lang",
        "en",
    )

    assert ended.code == 6
    assert "2030-06-30" in ended.err
    assert list(tmp_path.iterdir()) == []


def taken_on(day, ledger, folder):
    """The canonical copy of a ledger, saying that it describes another day."""
    census = read_census(ledger).census
    write_census(census, folder)
    about = folder / "about.csv"
    text = about.read_text("utf-8-sig").replace("2025-12-31", day)
    about.write_text(text, "utf-8-sig")
    return folder


@pytest.mark.clause("DX-41")
@pytest.mark.parametrize("asked", [("--year", 2030), ("--year", 2030, "--on", "2030-06-30")])
def test_daxinganling_is_planned_up_to_its_last_day(dingdian, dx_ledger, tmp_path, asked):
    ended = dingdian(
        "plan",
        taken_on("2029-12-31", dx_ledger, tmp_path / "ledger"),
        "--policy",
        "daxinganling",
        *asked,
        "--out",
        tmp_path / "p",
        "--no-documents",
    )

    assert ended.code == 0, ended.err


@pytest.mark.clause("SY-30")
def test_shenyang_is_planned_up_to_2027_and_refused_in_2028(dingdian, sy_ledger, tmp_path):
    ledger = taken_on("2026-12-31", sy_ledger, tmp_path / "ledger")
    codes = {}
    for year in (2027, 2028):
        words = ("plan", ledger, "--policy", "shenyang", "--year", year, "--no-documents")
        ended = dingdian(*words, "--out", tmp_path / str(year), "--lang", "en")
        codes[year] = ended.code

    assert codes == {2027: 0, 2028: 6}
    assert "2027-12-31" in ended.err
    assert {path.name for path in tmp_path.iterdir()} == {"ledger", "2027"}


def test_a_ledger_older_than_the_stock_day_stops_a_plan(dingdian, dx_ledger, tmp_path):
    words = ("plan", dx_ledger, "--policy", "daxinganling", "--year", 2027)
    ended = dingdian(*words, "--out", tmp_path / "p")

    assert ended.code == 5
    assert "2026-12-31" in ended.err
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- bad input


def garbage(folder):
    folder.mkdir()
    (folder / "census.xlsx").write_bytes(random.Random(5).randbytes(4096))
    return folder


def nothing(folder):
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (garbage, "xlsx"),
        (nothing, "no table"),
        (lambda folder: folder / "absent", "no such file"),
    ],
    ids=["random bytes", "empty folder", "no folder"],
)
def test_a_broken_ledger_is_refused_with_its_reason(dingdian, tmp_path, make, told):
    out = tmp_path / "out"
    ended = dingdian("plan", make(tmp_path / "bad"), *DX, "--out", out, "--lang", "en")

    assert ended.code == 5
    assert told in ended.err
    assert "Traceback" not in ended.err
    assert {path.name for path in tmp_path.iterdir()} <= {"bad"}


def test_the_ledger_of_another_city_is_refused(dingdian, dx_ledger, tmp_path):
    ended = dingdian("plan", dx_ledger, *SY, "--out", tmp_path / "out", "--lang", "en")

    assert ended.code == 5
    assert "232700" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_as_if_plans_another_city_and_says_so(dingdian, dx_ledger, tmp_path):
    ended = dingdian("plan", dx_ledger, *SY, "--as-if", "--out", tmp_path / "out")

    assert ended.code == 0, ended.err
    assert record(tmp_path / "out")["marks"]["as_if"] is True
    assert "假设测算" in (tmp_path / "out" / "plan.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("sample", "nowhere", "--out", "out"), 3),
        (("plan", "ledger", "--policy", "nowhere", "--year", 2026, "--out", "out"), 3),
        (("explain", "nowhere", "x"), 3),
        (("policy", "show", "nowhere", "--on", "2026-01-01"), 3),
        (("policy", "show", "shenyang", "--on", "2028-01-01"), 6),
        (("plan", "ledger", "--policy", "shenyang", "--year", "soon", "--out", "out"), 2),
        (("plan",), 2),
        (("plans",), 2),
    ],
)
def test_a_wrong_request_has_the_exit_code_of_its_family(dingdian, tmp_path, words, code):
    ended = dingdian(*words, cwd=tmp_path)

    assert ended.code == code, ended.err
    assert ended.err
    assert "Traceback" not in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_malformed_shelf_is_refused_with_file_and_key(dingdian, dx_ledger, dx_plan, tmp_path):
    shelf = tmp_path / "policy"
    shutil.copytree(dx_plan / "policy", shelf)
    fund = shelf / "daxinganling" / "fund.yaml"
    fund.write_text(fund.read_text("utf-8").replace("title_en:", "titel_en:", 1), "utf-8")

    words = ("plan", dx_ledger, "--policy", shelf, "--year", 2026, "--lang", "en")
    ended = dingdian(*words, "--out", tmp_path / "out")

    assert ended.code == 4
    assert "fund.yaml" in ended.err
    assert "titel_en" in ended.err
    assert not (tmp_path / "out").exists()


# ---------------------------------------------------------------- stopped in the middle


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_plan_that_is_stopped_leaves_nothing(sy_ledger, tmp_path, how):
    words = ["plan", str(sy_ledger), *map(str, SY), "--out", str(tmp_path / "plan")]
    started = subprocess.Popen(
        [sys.executable, "-m", "dingdian", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not any(tmp_path.iterdir()) and started.poll() is None:  # it begins to write
        assert time.monotonic() < deadline
        time.sleep(0.001)
    os.kill(started.pid, how)
    _, told = started.communicate(timeout=60)

    assert started.returncode == 130
    assert "已中断" in told.decode()
    assert "Traceback" not in told.decode()
    assert list(tmp_path.iterdir()) == []
