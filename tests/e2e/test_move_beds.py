"""Moved beds as a user asks for them: the folder, its copies, what is held, what clashes."""

import json

import pytest

from dingdian.reports.record_schema import TRANSFER
from tests.chinese import strange_lines
from tests.schemas import schema_faults

pytestmark = pytest.mark.slow

#: Exit codes: done; a wrong command line; a wrong request; another place's census; an output that
#: stands there; no answer.
DONE, USAGE, REQUEST, CENSUS, THERE, NO_ANSWER = 0, 2, 3, 5, 7, 8
ASKED = ("--policy", "daxinganling")


@pytest.fixture(scope="module")
def folder(dingdian, dx_ledger, tmp_path_factory):
    out = tmp_path_factory.mktemp("beds") / "transfer"
    ended = dingdian("move-beds", dx_ledger, *ASKED, "--out", out)
    assert ended.code == DONE, ended.err
    return out


def tree(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_file_has_the_published_shape(folder):
    assert schema_faults(TRANSFER, (folder / "transfer.json").read_bytes()) == []


def test_the_folder_is_its_own_evidence_and_made_again_to_the_byte(dingdian, folder, tmp_path):
    names = {path.name for path in folder.iterdir()}
    again = tmp_path / "again"
    policy = folder / "policy" / "daxinganling"
    ended = dingdian("move-beds", folder / "census", "--policy", policy, "--out", again)

    files = {"transfer.json", "transfer.xlsx", "transfer.geojson", "map.html"}
    assert names == files | {"census", "policy"}
    assert ended.code == DONE, ended.err
    assert tree(again) == tree(folder)


def test_an_earlier_answer_is_replaced_only_when_asked(dingdian, dx_ledger, folder, tmp_path):
    copy = tmp_path / "copy"
    first = dingdian("move-beds", dx_ledger, *ASKED, "--out", copy)
    second = dingdian("move-beds", dx_ledger, *ASKED, "--out", copy)
    forced = dingdian("move-beds", dx_ledger, *ASKED, "--out", copy, "--force")

    assert (first.code, second.code, forced.code) == (DONE, THERE, DONE)
    assert tree(copy) == tree(folder)


@pytest.mark.clause("SY-03", "SY-06")
def test_shenyang_comes_to_6_2_2_with_no_bed_more(dingdian, sy_ledger):
    ended = dingdian("move-beds", sy_ledger, "--policy", "shenyang", "--json")
    told = json.loads(ended.out)

    assert ended.code == DONE, ended.err
    assert told["status"] == "optimal"
    assert [each["gap"] for each in told["goals"]] == ["0"] * 5
    assert [each["lacks_after"] for each in told["levels"]] == [0, 0, 0]
    cells = told["cells"]
    assert sum(each["before"] for each in cells) == sum(each["after"] for each in cells) == 68_913


@pytest.mark.clause("SY-03", "SY-06")
def test_rules_that_clash_are_named_and_end_in_a_code_of_their_own(dingdian, sy_ledger):
    asked = ("--policy", "shenyang", "--hold", "structure", "--hold", "moved=3000")
    ended = dingdian("move-beds", sy_ledger, *asked, "--lang", "en")

    assert ended.code == NO_ANSWER
    assert "no contracted bed more, none fewer  SY-06" in ended.out
    assert "beds moved: at most 3,000  the least under the others is 7,813" in ended.out
    assert strange_lines("shenyang", (ended.out + ended.err).splitlines()) == []


def test_an_answer_that_a_clock_cut_short_says_so_and_keeps_the_clock(dingdian, dx_ledger):
    ended = dingdian("move-beds", dx_ledger, *ASKED, "--seconds", "0", "--json")
    told = json.loads(ended.out)

    assert ended.code == DONE, ended.err
    assert (told["status"], told["ending"]) == ("feasible", "halted")
    assert told["asked"]["seconds"] == 0.0
    assert told["goals"][0]["bound"] == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--hold", "beds"), USAGE, "moved 调剂量"),
        (("--hold", "moved=-1"), USAGE, "moved=3000"),
        (("--minimum", "top=3"), USAGE, "secondary 二级"),
        (("--minimum", "primary=x"), USAGE, "secondary=100"),
        (("--target", "many"), USAGE, "6.6"),
        (("--growth", "-5"), USAGE, "6.6"),
        (("--policy", "nowhere"), REQUEST, "nowhere"),
        (("--policy", "shenyang"), CENSUS, "--as-if"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_an_example(dingdian, dx_ledger, words, code, said):
    ended = dingdian("move-beds", dx_ledger, *ASKED, *words)

    assert (ended.code, said in ended.err) == (code, True), ended.err


@pytest.mark.parametrize(
    "words",
    [
        ("--target", "none", "--order", "moved"),
        ("--target", "9.5", "--order", "shortage", "--order", "moved"),
        ("--growth", "none", "--alike", "pool", "--first", "size"),
        ("--minimum", "primary=none", "--minimum", "ungraded=0"),
        ("--nodes", "0"),
        ("--seconds", "0"),
        ("--as-if", "--on", "2026-06-01"),
    ],
)
def test_every_way_to_ask_gives_an_answer(dingdian, dx_ledger, words):
    ended = dingdian("move-beds", dx_ledger, *ASKED, *words)

    assert ended.code == DONE, ended.err
    assert "仅供决策参考" in ended.out


@pytest.mark.parametrize("level", ["三级=600", "tertiary=600", "三甲=600"])
def test_a_level_is_named_in_either_language(dingdian, dx_ledger, level):
    ended = dingdian("move-beds", dx_ledger, *ASKED, "--minimum", level, "--json")

    assert ended.code == DONE, ended.err
    assert json.loads(ended.out)["asked"]["minimum"]["tertiary"] == 600


def test_a_level_that_there_is_not_is_told_with_those_there_are(dingdian, dx_ledger):
    ended = dingdian("move-beds", dx_ledger, *ASKED, "--minimum", "四级=600")

    assert ended.code == USAGE
    assert "tertiary 三级 | secondary 二级 | primary 一级 | ungraded 未定级" in ended.err


def test_options_take_chinese_names_and_what_is_not_known_lists_what_is(dingdian, sy_ledger):
    asked = ("move-beds", sy_ledger, "--policy", "沈阳", "--json", "--nodes", 0)
    ours = ("--hold", "等级结构=100000", "--structure-at", "全市", "--alike", "同类")
    theirs = ("--hold", "structure=100000", "--structure-at", "whole", "--alike", "class")
    named = dingdian(
        *asked, *ours, "--order", "区县目标", "--first", "使用率低", "--target", "平均"
    )
    plain = dingdian(*asked, *theirs, "--order", "targets", "--first", "use", "--target", "mean")
    wrong = dingdian(*asked, "--hold", "颜色=3")

    assert named.code == plain.code == DONE, named.err
    assert named.out == plain.out
    assert wrong.code == USAGE
    assert "structure 等级结构" in wrong.err


def test_what_cannot_be_held_here_is_one_fault(dingdian, dx_ledger):
    ended = dingdian("move-beds", dx_ledger, *ASKED, "--hold", "structure")

    assert ended.code == REQUEST
    assert "没有正在生效的等级结构规则" in ended.err
    assert ended.out == ""


def test_the_check_of_the_data_counts_the_same_in_every_command(dingdian, sy_ledger):
    policy = ("--policy", "shenyang")
    counted = dingdian("check", sy_ledger, *policy).out.splitlines()[-1].partition("：")[0]
    asks = (
        ("move-beds", sy_ledger, *policy, "--nodes", 0),
        ("site", sy_ledger, *policy, "--service", "pharmacies", "--places", 1, "--year", 2026),
        ("retain", sy_ledger, *policy, "--year", 2026, "--no-orders", "--nodes", 0),
    )

    assert counted == "阻断 0，警告 7，提示 13"
    for asked in asks:
        assert f"数据检查：{counted}，见 dingdian check" in dingdian(*asked).err
