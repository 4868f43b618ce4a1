"""What the national platform is to know: each move's change, taken back with its entry."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from dingdian.core.census.schema import TABLES
from dingdian.core.lifecycle.facts import FACTS, KEY_INFORMATION
from dingdian.core.lifecycle.platform import ITEMS, changes, known
from tests.core.lifecycle.lives import Life
from tests.core.lifecycle.walks import lives


def changed(life: Life) -> dict[str, tuple[str, str]]:
    return {each.item: (each.old, each.new) for each in changes(life.entries)}


def in_force() -> Life:
    life = Life()
    life.do(
        "open", "2026-01-01", stage="in_force", agreement="XY-0", agreement_through="2026-12-31",
        services="personal_account;outpatient_pooling", beds="general=60",
    )  # fmt: skip
    return life


def test_an_application_changes_nothing_until_it_is_signed() -> None:
    life = Life()
    life.do("apply", "2026-02-02")
    life.do("accept", "2026-02-03")
    assert changed(life) == {}
    assert known(life.entries) == {}


def test_an_opening_load_and_taking_it_back_change_nothing() -> None:
    life = in_force()
    assert changed(life) == {}
    assert known(life.entries)["standing"] == "in_force"
    life.do("annul", "2026-01-02", entry="1", reason="误载")
    assert changed(life) == {}


@pytest.mark.parametrize(
    ("move", "facts", "said"),
    [
        ("interview", {}, {}),
        (
            "change_information",
            {"changed": "name;bank_account", "approved_on": "2026-01-20", "name": "乙诊所"},
            {"name": ("甲诊所", "乙诊所"), "bank_account": ("", "2026-02-02")},
        ),
        ("change_beds", {"beds": "general=40"}, {"beds": ("general=60", "general=40")}),
        (
            "close_service",
            {"service": "personal_account"},
            {"services": ("outpatient_pooling;personal_account", "outpatient_pooling")},
        ),
        ("suspend_imposed", {"cause": "great_risk_found"}, {"standing": ("in_force", "suspended")}),
        (
            "close",
            {},
            {"standing": ("in_force", "closed"), "designated_until": ("", "2026-02-02")},
        ),
    ],
)
def test_what_each_move_changes(
    move: str, facts: dict[str, str], said: dict[str, tuple[str, str]]
) -> None:
    life = in_force()
    life.do(move, "2026-02-02", **facts)
    assert changed(life) == said
    last = life.entries[-1].seq
    life.do("annul", "2026-02-03", entry=str(last), reason="误登")
    assert changed(life) == {item: (new, old) for item, (old, new) in said.items()}


@settings(deadline=None)  # a life takes longer on a busy machine
@given(lives())
def test_the_changes_of_all_entries_come_to_what_is_known(life: Life) -> None:
    told: dict[str, str] = {}
    for n, entry in enumerate(life.entries, 1):
        made = changes(life.entries[:n])
        opened = n == 1 and entry.move == "open"
        if opened or not known(life.entries[:n]):  # known already, or taken back with its opening
            told = dict(known(life.entries[:n]))
        for each in made:
            assert told.get(each.item, "") == each.old
            told[each.item] = each.new
    found = known(life.entries)
    assert {item: told.get(item, "") for item in ITEMS} == {i: found.get(i, "") for i in ITEMS}


def test_every_item_names_a_column_and_a_fact_that_there_are() -> None:
    columns = {each.name for each in TABLES["institutions"].fields}
    assert {item.column for item in ITEMS.values()} <= {*columns, ""}
    assert {item.fact for item in ITEMS.values()} <= {*FACTS, ""}
    assert {name for name, (_, column) in KEY_INFORMATION.items() if not column} <= set(ITEMS)
