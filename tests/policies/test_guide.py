"""The samples of docs/guide/policy-shelf.md make a folder that reads without a fault."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from dingdian.storage.policy_yaml import read_cases, shelf_for

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "policy-shelf.md"


def test_the_samples_of_the_guide_are_a_policy(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    folder = tmp_path / "benxi"
    folder.mkdir()
    for block in blocks:
        section = block.partition(":")[0]
        name = {"place": "place.yaml", "cases": "beds.cases.yaml"}.get(section, f"{section}.yaml")
        (folder / name).write_text(block, "utf-8")
    assert len(list(folder.iterdir())) == len(blocks) == 7

    book, place = shelf_for(str(folder))
    policy = book.on(place, dt.date(2026, 1, 1))

    assert not policy.simulation
    assert policy.calendar.known == (*range(2019, 2028),)
    assert policy.calendar.is_working(dt.date(2027, 2, 20))  # a Saturday
    assert policy.choice("freeze_room") == "zero_net"
    assert policy.rules["ex_bed_freeze"].value.base_year == "2025"
    assert [case.rule for case in read_cases(tmp_path)["benxi"]] == ["ex_bed_freeze"]
