"""What ``dingdian plan`` says at a terminal besides the conclusions: its marks, the data check."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("lang", "mark", "check", "more"),
    [
        ("zh", "测算：", "数据检查：", "另有 14 条，见 dingdian check"),
        ("en", "Simulation: ", "Data check:", "14 more: see dingdian check"),
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
