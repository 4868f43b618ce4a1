"""Entering a decided round: each application as far as its decision carries it, and once only."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dingdian.core.admission.decision import Outcome
from dingdian.core.lifecycle.entering import entering
from dingdian.core.lifecycle.stages import Stage
from dingdian.core.lifecycle.waiting import place_pending
from tests.actions.test_decide_applications import a_round, record
from tests.core.lifecycle.lives import Life, evaluating, evening, terms
from tests.rounds import a_round as round_of_rows

CITY = "daxinganling"


def decided(**finals: Outcome):
    """The decisions of the sample, those of some applications changed."""
    found = record(CITY)
    changed = [
        each.model_copy(update={"outcome": finals[each.application], "excepted": None})
        if each.application in finals
        else each
        for each in found.decisions
    ]
    return found.model_copy(update={"decisions": tuple(changed)})


def enter(cases: dict[str, Life], decisions) -> list[tuple[str, str]]:
    """Enter the round of the sample; case and move of each entry that was made."""
    known = {name: life.state for name, life in cases.items()}
    moment = evening(decisions.decided_on)
    asked = tuple(entering(a_round(CITY), decisions, known, known_at=moment, by="李"))
    for each in asked:
        life = cases.setdefault(each.case, Life(terms(CITY), each.case))
        life.do(each.move, each.held_on, role=each.role, reason=each.reason, **each.facts)
    return [(each.case, each.move) for each in asked]


def one_of(outcome: Outcome) -> str:
    return next(e.application for e in record(CITY).decisions if e.final is outcome)


def test_a_round_entered_twice_adds_nothing():
    cases: dict[str, Life] = {}
    first = enter(cases, decided())

    assert any(life.stage == Stage.QUALIFIED for life in cases.values())
    assert first
    assert enter(cases, decided()) == []


def test_a_place_is_allotted_once_and_to_whoever_waits():
    case, cases = one_of(Outcome.PROPOSED), {}
    enter(cases, decided(**{case: Outcome.WAITING}))
    waited = place_pending(cases[case].state)

    assert waited is not None
    assert enter(cases, decided(**{case: Outcome.WAITING})) == []
    assert enter(cases, decided()) == [(case, "allot")]
    assert place_pending(cases[case].state) is None
    assert enter(cases, decided()) == []


@pytest.mark.parametrize(("outcome", "waits"), [("waiting", True), ("proposed", False)])
def test_who_never_waited_is_published_without_an_allotment(outcome, waits):
    life = evaluating()
    life.do("pass_evaluation", dt.date(2026, 1, 20), outcome=outcome)

    assert (place_pending(life.state) is not None) is waits
    assert ("still_waiting" in life.refused("publish", dt.date(2026, 1, 21))) is waits


@pytest.mark.parametrize(("cells", "chain"), [({"chain": "示例连锁"}, "示例连锁"), ({}, "")])
def test_the_chain_of_an_applicant_goes_with_its_application(cells, chain):
    (application,) = round_of_rows(cells).applications
    found, decisions = a_round(CITY), decided()
    case = decisions.decisions[0].application
    one = replace(application, id=case)
    made = replace(found, applications=(one,))
    asked = tuple(entering(made, decisions, {}, known_at=evening(decisions.decided_on), by="李"))

    assert application.chain == chain
    assert asked[0].facts.get("chain", "") == chain
