"""The table covers every stage and every office, and no way in it leads past the consultation."""

from collections import deque

import pytest

from dingdian.core.dossier.facts import FACTS, WORDS, FactKind, fits, said
from dingdian.core.dossier.stages import DRAFT, ENDED, IN_FORCE, STAGES, Kind, Phase, Stage
from dingdian.core.dossier.state import State, possible
from dingdian.core.dossier.steps import BEFORE_ISSUE, OFFICES, STEPS, Office, after_change


def ends(kind, stage, name):
    """Where a step may lead from a stage."""
    step = STEPS[name]
    if name == "change_version":
        return {
            after_change(kind, stage, substantial=s, consulted=c)
            for s in (True, False)
            for c in (True, False)
        }
    return set(step.targets) or {stage}


def ways(kind, without=()):
    """Every stage that is reached from drafting with the steps of the table."""
    seen, ahead = {Stage.DRAFTING}, deque([Stage.DRAFTING])
    while ahead:
        stage = ahead.popleft()
        for name in possible(State(kind, stage=stage), own=True):
            if name in without:
                continue
            fresh = ends(kind, stage, name) - seen
            seen |= fresh
            ahead.extend(fresh)
    return seen


def test_every_stage_office_and_fact_stands_in_the_tables():
    assert set(STAGES) == set(Stage)
    assert set(OFFICES) == set(Office) == {step.office for step in STEPS.values()}
    used = {name for step in STEPS.values() for name in (*step.needs, *step.may)}
    assert used == set(FACTS)
    assert set(DRAFT) | set(IN_FORCE) | set(ENDED) == set(Stage)
    for step in STEPS.values():
        assert set(step.leads) == (set(WORDS[step.by]) if step.leads else set())
        assert step.name.zh
        assert step.name.en


@pytest.mark.parametrize("kind", Kind)
def test_every_stage_of_a_way_is_reached_and_can_be_left_until_it_is_over(kind):
    reached = ways(kind)
    missing = set() if kind is Kind.WORK_PLAN else {Stage.SUBMISSIONS_TAKEN}
    assert reached == set(Stage) - missing
    for stage in reached:
        left = possible(State(kind, stage=stage), own=True)
        assert bool(left) is (STAGES[stage].phase is not Phase.ENDED), stage


@pytest.mark.clause("DX-16")
@pytest.mark.parametrize("name", BEFORE_ISSUE[Kind.RESOURCE_PLAN])
def test_no_way_of_the_table_reaches_the_issue_without_a_step_that_it_needs(name):
    assert Stage.ISSUED in ways(Kind.RESOURCE_PLAN)
    assert not set(IN_FORCE) & ways(Kind.RESOURCE_PLAN, without=(name,))


@pytest.mark.clause("DX-34")
def test_the_work_plan_needs_submissions_and_deliberation_but_no_consultation():
    for name in BEFORE_ISSUE[Kind.WORK_PLAN]:
        assert Stage.ISSUED not in ways(Kind.WORK_PLAN, without=(name,))
    assert Stage.ISSUED in ways(Kind.WORK_PLAN, without=("open_consultation",))


def test_after_a_change_reviews_are_made_again_wherever_the_plan_stood():
    for stage in STEPS["change_version"].sources[Kind.RESOURCE_PLAN]:
        for consulted in (True, False):
            found = after_change(Kind.RESOURCE_PLAN, stage, substantial=False, consulted=consulted)
            assert found in (stage, Stage.CONSULTED, Stage.DRAFTING)
            assert found not in (Stage.FAIR_REVIEWED, Stage.LAWFUL, Stage.DELIBERATED)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("opened_on", "2026-02-28", "2026-02-29"),
        ("opened_on", "2026-03-01", "2026-3-1"),
        ("members", "7", "0"),
        ("version", "12", "１２"),
        ("consent", "agreed", "maybe"),
        ("audiences", "institution;expert", "institution;king"),
        ("reason", "多行\n文字", "a\x00b"),
    ],
)
def test_facts_are_read_in_one_spelling(name, good, bad):
    assert fits(name, good)
    assert not fits(name, bad)


def test_every_choice_has_words_in_both_languages():
    for name, row in FACTS.items():
        if row.kind in (FactKind.CHOICE, FactKind.CHOICES):
            for word in WORDS[row.words]:
                assert said(name, word, "zh") != said(name, word, "en")
