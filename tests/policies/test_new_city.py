"""A third, invented city: the few files of docs/guide/new-city.md plan without a copied reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.core.findings import State
from dingdian.core.plan import Plan
from dingdian.core.rules.choices import OPTIONS
from dingdian.storage.policy_yaml import shelf_for
from tests.city import BING, JIA, ROOT, YI, census, rows

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
#: Readings of engines that only the words of one plan raise.
OF_ONE_TEXT = {
    "county_units",
    "coverage_standard",
    "exempt_from_spacing",
    "nested_minimum",
    "pooling_areas",
    "prescription_cap_denominator",
    "street_units",
    "structure_verdict",
    "trial_failure_beds",
    "two_red_lines",
    "village_minimum",
}


def files_of(page: str) -> Mapping[str, str]:
    """The files that a page shows, by their path."""
    blocks = re.findall(r"```yaml\n# (\S+)\n(.*?)```", (GUIDE / page).read_text("utf-8"), re.DOTALL)
    return dict(blocks)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in files_of("new-city.md").items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    return tmp_path / "newcity"


def planned(folder: Path) -> Plan:
    book, place = shelf_for(str(folder))
    return evaluate_plan(census(rows()), book, place=place, year=2026, as_if=True)


def places(plan: Plan, resource: str) -> dict[str, object]:
    """New places of a resource by area."""
    return {
        each.scope: plan.figures[each.key].value
        for each in plan.quotas
        if each.resource == resource and each.key
    }


def test_both_pages_show_the_same_files() -> None:
    assert files_of("new-city.md") == files_of("new-city.zh-CN.md")
    assert len(files_of("new-city.md")) == 5


def test_a_few_rules_plan_without_a_reading_of_their_own(folder: Path) -> None:
    (folder / "readings.yaml").unlink()
    plan = planned(folder)
    own = [each for each in plan.findings if each.rule.startswith("nc_")]

    assert len({each.rule for each in own}) == 6
    assert {each.state for each in own} <= {State.KEPT, State.BROKEN, State.NOTED}
    assert places(plan, "contracted_beds") == {ROOT: 0, JIA: 0, YI: 0, BING: 0}
    assert places(plan, "pharmacies") == {ROOT: 0, JIA: 0, YI: 0, BING: 0}


def test_a_reading_of_the_city_replaces_the_national_one(folder: Path) -> None:
    plan = planned(folder)

    assert plan.policy.choice("freeze_room") == "released"
    assert places(plan, "contracted_beds") == {ROOT: 34, JIA: 19, YI: 15, BING: 0}


def test_what_engines_ask_for_has_a_national_default() -> None:
    book, _ = shelf_for("national")
    national = {each.reading for each in book.layers["national"].readings}

    assert set(OPTIONS) - national == OF_ONE_TEXT
