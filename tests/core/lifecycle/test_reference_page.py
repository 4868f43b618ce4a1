"""docs/reference/lifecycle.md: its diagram is the table, and nothing is left out of the page."""

from __future__ import annotations

import re

import pytest

from dingdian.core.lifecycle.moves import MOVES, Way
from dingdian.core.lifecycle.stages import STAGES, Stage
from dingdian.core.rules.clock import ClockRule
from tests.core.lifecycle.test_matrix import TRIPLES
from tools.reference.lifecycle import lifecycle
from tools.reference.source import Source, shipped_source

ARROW = re.compile(r"^    (\S+) --> (\S+) : (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def source() -> Source:
    return shipped_source()


@pytest.fixture(scope="module")
def text(source: Source) -> str:
    return lifecycle(source)


def test_the_diagram_has_every_move_that_changes_the_stage(text: str) -> None:
    english = text.split("stateDiagram-v2")[2].split("```", maxsplit=1)[0]
    drawn = {
        (source, name) for source, _, names in ARROW.findall(english) for name in names.split(", ")
    }
    changing = {name for name, move in MOVES.items() if move.way not in (Way.STAY, Way.UNDONE)}
    stay = {"renew", "open"}
    wanted = {(stage, move) for stage, move, _ in TRIPLES if move in changing - stay}
    assert drawn == {("[*]" if stage == "none" else stage, move) for stage, move in wanted}


def test_both_diagrams_are_the_same(text: str) -> None:
    parts = [part.split("```")[0] for part in text.split("stateDiagram-v2")[1:]]
    chinese, english = ([(a, b) for a, b, _ in ARROW.findall(part)] for part in parts)
    assert chinese == english
    assert len(chinese) > 60
    for row in STAGES.values():
        assert f": {row.name.zh}\n" in parts[0]
        assert f": {row.name.en}\n" in parts[1]


def test_who_was_suspended_on_request_did_not_come_from_guidance(text: str) -> None:
    assert "suspended_imposed --> guidance" in text
    assert "suspended_on_request --> guidance" not in text


def test_the_listing_names_each_stage_with_its_moves(text: str) -> None:
    listing = text.split("```text")[1].split("```", maxsplit=1)[0]
    assert [each for each in Stage if f"{STAGES[each].name.zh} {each}\n" not in listing] == []
    for stage, move, _ in TRIPLES:
        if stage == "none" or move == "annul":
            continue
        own = listing.split(f"\n{STAGES[Stage(stage)].name.zh} {stage}\n")[1]
        assert f"    {MOVES[move].name.zh} {move}（" in own.split("\n（任何")[0]


def test_every_move_clock_and_clause_is_on_the_page(text: str, source: Source) -> None:
    for name, move in MOVES.items():
        assert f"\n### {name}\n" in text
        assert all(f"(clauses.md#{each})" in text for each in move.clauses)
    for rule in source.rules.values():
        if isinstance(rule, ClockRule):
            assert f"[{rule.rule}](rules.md#{rule.rule})" in text
