"""Who stays, as a user asks it, and the plan that takes the answer along."""

import json

import pytest

from dingdian.reports.record_schema import RETENTION
from tests.schemas import schema_faults

pytestmark = pytest.mark.slow

DONE, REQUEST, INCOMPLETE = 0, 3, 8
ASKED = ("--policy", "shenyang", "--year", 2026)


@pytest.fixture(scope="module")
def advice(dingdian, sy_ledger, tmp_path_factory):
    out = tmp_path_factory.mktemp("retain") / "stays"
    ended = dingdian("retain", sy_ledger, *ASKED, "--no-orders", "--out", out)
    assert ended.code == INCOMPLETE, ended.err  # one of the caps cannot be kept
    return out, ended


@pytest.mark.clause("SY-07", "SY-08")
def test_who_stays_is_proved_and_a_cap_that_cannot_be_kept_is_explained(advice):
    folder, ended = advice
    told = json.loads((folder / "retention.json").read_text("utf-8"))
    pharmacies, service = told["caps"]

    assert schema_faults(RETENTION, (folder / "retention.json").read_bytes()) == []

    assert {path.name for path in folder.iterdir()} == {
        *("retention.json", "retention.xlsx", "retention.geojson", "map.html", "census", "policy")
    }
    assert "已证明没有更好的选择" in ended.out
    assert "仅供决策参考" in ended.out
    assert pharmacies["orders"]["score_first"]["answer"]["status"] == "optimal"
    assert len(pharmacies["stays"]) == pharmacies["cap"]
    assert service["orders"]["score_first"]["answer"]["status"] == "infeasible"
    least = next(each for each in service["needs"] if each["rule"] == "together")
    assert least["answer"]["goals"][0]["bound"] > service["cap"]


def test_it_is_made_again_to_the_byte_from_its_own_copies(dingdian, advice, tmp_path):
    folder, _ = advice
    asked = ("--policy", folder / "policy" / "shenyang", "--year", 2026, "--no-orders")
    ended = dingdian("retain", folder / "census", *asked, "--out", tmp_path / "again")

    assert ended.code == INCOMPLETE, ended.err
    for name in ("retention.json", "retention.xlsx", "retention.geojson", "map.html"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_a_plan_keeps_advice_of_its_own_ledger_and_refuses_that_of_another(
    dingdian, advice, sy_ledger, dx_ledger, tmp_path
):
    folder, _ = advice
    plan = ("plan", sy_ledger, *ASKED, "--no-papers", "--advice", folder)
    plan += ("--advice", folder / "retention.json")  # the same once more
    made = dingdian(*plan, "--out", tmp_path / "plan")
    verified = dingdian("verify", tmp_path / "plan")
    other = ("plan", dx_ledger, "--policy", "daxinganling", "--year", 2026, "--advice", folder)
    refused = dingdian(*other, "--no-papers", "--out", tmp_path / "other")

    assert made.code == DONE, made.err
    kept = tmp_path / "plan" / "advice" / "1-retention.json"
    assert kept.read_bytes() == (folder / "retention.json").read_bytes()
    assert [each.name for each in kept.parent.iterdir()] == ["1-retention.json"]
    assert made.out.count("advice/1-retention.json") == 2  # a line for each cap
    assert "优化建议" in (tmp_path / "plan" / "plan.html").read_text("utf-8")
    assert verified.code == DONE, verified.out
    assert refused.code == REQUEST
    assert "另一份台账" in refused.err
    assert not (tmp_path / "other").exists()


def test_a_plan_refuses_advice_that_was_edited(dingdian, advice, sy_ledger, tmp_path):
    folder, _ = advice
    told = json.loads((folder / "retention.json").read_text("utf-8"))
    told["caps"][0]["stays"].pop()
    edited = tmp_path / "retention.json"
    edited.write_text(json.dumps(told), "utf-8")
    plan = ("plan", sy_ledger, *ASKED, "--no-papers", "--advice", edited)
    refused = dingdian(*plan, "--out", tmp_path / "plan")

    assert refused.code == REQUEST
    assert "被改动过" in refused.err
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--keep", "beds", 3), "--keep 没有“beds”这一项"),
        (("--order", "by_colour"), "--order 没有“by_colour”这一项"),
        (("--by", 2025), "早于规划年度"),
        (("--assessment", "nowhere.json"), "找不到文件"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_sentence(dingdian, sy_ledger, more, said):
    ended = dingdian("retain", sy_ledger, *ASKED, *more)

    assert ended.code == REQUEST
    assert said in ended.err
    assert "Traceback" not in ended.err
