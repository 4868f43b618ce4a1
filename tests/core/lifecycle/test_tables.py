"""The tables of a life cover one another: no stage, role, way, fact or event is left out."""

from __future__ import annotations

import pytest

from dingdian.core.census.vocabulary import RELEASE_CAUSES, STANDINGS
from dingdian.core.faults import KINDS
from dingdian.core.lifecycle.choices import OPTIONS
from dingdian.core.lifecycle.events import ELSEWHERE
from dingdian.core.lifecycle.facts import FACTS, KEY_INFORMATION
from dingdian.core.lifecycle.guards import GUARDS
from dingdian.core.lifecycle.moves import EVENTS, MOVES, PAUSES, ROLES, Move, Role, Way
from dingdian.core.lifecycle.opening import STAGE_OF
from dingdian.core.lifecycle.stages import ENDS, LIVE, OPEN, STAGES, Phase, Stage
from dingdian.core.lifecycle.state import SCHEDULED
from dingdian.core.lifecycle.working_out import REVIEW_AGAIN, TRIAL_FAILURE
from dingdian.core.rules.clock import ClockRule
from dingdian.core.rules.service_gate import ServiceGateRule
from tests.core.lifecycle.lives import book

RULES = [rule for layer in book().layers.values() for rule in layer.rules]
CLOCKS = [pytest.param(each, id=each.rule) for each in RULES if isinstance(each, ClockRule)]
BY_WAY = {
    Way.ENTRY: {"sign"},
    Way.AFTER_GUIDANCE: {"end_guidance"},
    Way.BACK: {"resume"},
    Way.TRIAL_FAILURE: {"fail_trial"},
    Way.REVIEW_AGAIN: {"review_again"},
    Way.STATED: {"open"},
    Way.UNDONE: {"annul"},
}


def test_every_stage_has_its_row_and_every_phase_its_stages() -> None:
    assert list(STAGES) == list(Stage)
    assert {row.phase for row in STAGES.values()} == set(Phase)
    assert set(ENDS) | set(LIVE) | set(OPEN) | {Stage.TRIAL_FAILED} == set(Stage)
    assert {row.standing for row in STAGES.values()} - {""} <= set(STANDINGS)
    assert set(STAGE_OF) <= set(STANDINGS)


def test_stages_are_named_once_in_both_languages() -> None:
    for lang in ("zh", "en"):
        names = [getattr(row.name, lang) for row in STAGES.values()]
        assert all(names)
        assert len(set(names)) == len(names)


def test_every_role_has_its_name_and_something_to_do() -> None:
    assert set(ROLES) == set(Role)
    assert {role for move in MOVES.values() for role in move.roles} == set(Role)


def test_every_way_is_used_by_the_moves_that_need_it() -> None:
    ways = {way: {n for n, m in MOVES.items() if m.way is way} for way in Way}
    assert all(ways.values())
    assert {way: ways[way] for way in BY_WAY} == BY_WAY
    for name in ways[Way.TABLE]:
        assert len(MOVES[name].targets) == 1
    for name in ways[Way.STAY]:
        assert MOVES[name].sources == MOVES[name].targets
    assert set(TRIAL_FAILURE.values()) == set(MOVES["fail_trial"].targets)
    assert set(REVIEW_AGAIN.values()) == set(MOVES["review_again"].targets)


def test_every_stage_can_be_reached() -> None:
    reached, grew = {t for m in MOVES.values() if not m.sources for t in m.targets}, True
    while grew:
        found = {
            t
            for name, m in MOVES.items()
            if name != "annul" and reached & set(m.sources)
            for t in m.targets
        }
        grew = not found <= reached
        reached |= found
    assert reached == set(Stage)


@pytest.mark.parametrize("name", MOVES)
def test_the_facts_clauses_and_names_of_a_move_are_known(name: str) -> None:
    move: Move = MOVES[name]
    assert move.name.zh
    assert move.name.en
    assert move.roles
    assert {*move.needs, *move.may} <= set(FACTS)
    assert not set(move.needs) & set(move.may)
    assert len({*move.needs, *move.may}) == len([*move.needs, *move.may])
    clauses = {clause.id for layer in book().layers.values() for clause in layer.clauses}
    assert set(move.clauses) <= clauses
    assert move.releases in {"", *RELEASE_CAUSES}


def test_every_fact_belongs_to_a_move_and_reads_its_own_example() -> None:
    named = {fact for move in MOVES.values() for fact in (*move.needs, *move.may)}
    assert named == set(FACTS)
    for row in FACTS.values():
        row.reads(row.example)
        assert row.name.zh
        assert row.name.en


def test_key_information_is_what_order_2_lists() -> None:
    """令2 article 40: ten things."""
    assert [text.zh for text, _ in KEY_INFORMATION.values()] == [
        "名称", "法定代表人", "主要负责人或实际控制人", "注册地址", "银行账户", "诊疗科目",
        "机构规模", "机构性质", "等级", "类别",
    ]  # fmt: skip


@pytest.mark.parametrize("rule", CLOCKS)
def test_the_events_of_a_clock_are_raised_by_moves(rule: ClockRule) -> None:
    events = {rule.begins, rule.ends, *rule.pauses}
    assert events <= EVENTS | set(ELSEWHERE)
    assert set(rule.pauses) <= set(PAUSES)


def test_events_elsewhere_are_few_and_not_raised_here() -> None:
    assert set(ELSEWHERE) == {
        "claim_declared", "claim_paid", "may_apply_again", "extended_guidance_ended",
    }  # fmt: skip
    assert not set(ELSEWHERE) & EVENTS
    assert set(SCHEDULED.values()) <= EVENTS
    assert {*PAUSES, *PAUSES.values()} <= EVENTS


def test_what_gates_close_are_stages_and_services_that_there_are() -> None:
    gates = [each for each in RULES if isinstance(each, ServiceGateRule)]
    assert [each.rule for each in gates] == ["sy_guidance_no_out_of_area"]
    assert {stage for each in gates for v in each.values for stage in v.value.stages} <= set(Stage)


def test_every_guard_belongs_to_a_move() -> None:
    assert set(GUARDS) <= set(MOVES)


def test_every_reading_of_a_life_is_on_the_shelf_with_its_options() -> None:
    readings = {r.reading: r for layer in book().layers.values() for r in layer.readings}
    for name, options in OPTIONS.items():
        assert set(readings[name].options) == set(options)
        assert readings[name].effect == "lifecycle"


def test_each_fault_of_a_life_is_said_in_both_languages() -> None:
    for kind in KINDS.values():
        assert kind.what.zh
        assert kind.what.en
        assert kind.cure.zh
        assert kind.cure.en
