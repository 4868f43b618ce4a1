"""What ``dingdian plan`` says at a terminal besides the conclusions: its marks, the data check."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("lang", "mark", "check", "more"),
    [
        ("zh", "测算：", "数据检查：", "另有 16 条，见 dingdian check"),
        ("en", "Simulation: ", "Data check:", "16 more: see dingdian check"),
    ],
)
def test_marks_come_first_and_warnings_last(dingdian, dx_ledger, tmp_path, lang, mark, check, more):
    ended = dingdian(
        "plan", dx_ledger, "--policy", "daxinganling", "--year", 2026, "--lang", lang,
        "--no-documents", "--out", tmp_path / "plan",
    )  # fmt: skip

    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0].startswith(mark)
    at = lines.index(check)
    assert "82928.79" in lines[at + 1]
    assert ("（" in lines[at + 1]) == (lang == "zh")
    assert lines[at + 3].startswith(more)


def test_explain_finds_numbers_by_their_names(dingdian, dx_plan):
    listed = dingdian("explain", dx_plan, "漠河")
    alone = dingdian("explain", dx_plan, "漠河市 定点零售药店数", "--rows", 1)

    assert listed.code == 0
    assert "  pharmacies.232701  漠河市定点零售药店数  45家" in listed.out.splitlines()
    assert alone.out.startswith("漠河市定点零售药店数 ＝ 45家")
    assert "机构 第164行" in alone.out
