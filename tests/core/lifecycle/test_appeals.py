"""An appeal: against a decision of the office that stands, one at a time, and its answer."""

from __future__ import annotations

import datetime as dt

import pytest

from dingdian.core.lifecycle.due import APPEAL, Urgency, due_of
from dingdian.core.lifecycle.stages import Stage
from dingdian.core.lifecycle.waiting import appeal_pending
from tests.core.lifecycle.lives import Life, evaluating, in_force
from tests.core.lifecycle.stations import AT

DECIDED = (
    Stage.NOT_ACCEPTED,
    Stage.RECTIFYING,
    Stage.EVALUATION_FAILED,
    Stage.NOT_ADMITTED,
    Stage.TERMINATED,
    Stage.EXPIRED,
    Stage.TRIAL_FAILED,
)


def refused() -> Life:
    """One that was refused by the office, not one that declined."""
    life = evaluating()
    life.do("refuse", life.state.last_day)
    return life


def asked(life: Life, move: str, on: dt.date, **facts: str) -> set[str]:
    return {each.kind for each in life.ask(move, on, **facts).faults}


def waits(life: Life, on: dt.date) -> list[tuple[str, Urgency]]:
    found = due_of(life.state, life.terms, on)
    return [(each.who, each.urgency) for each in found if each.rule == APPEAL]


@pytest.mark.parametrize("stage", DECIDED)
def test_a_decision_is_appealed_against_and_the_stage_stays(stage: Stage) -> None:
    life = refused() if stage is Stage.NOT_ADMITTED else AT[stage]()
    on = life.state.last_day
    life.do("appeal", on, against=str(life.entries[-1].seq))
    assert life.stage == stage
    assert waits(life, on + dt.timedelta(400)) == [("bureau", Urgency.OPEN)]
    assert asked(life, "appeal", on, against="1") >= {"appeal_pending"}
    life.do("answer_appeal", on)
    assert life.stage == stage
    assert appeal_pending(life.state) is None
    assert waits(life, on) == []
    assert asked(life, "answer_appeal", on) == {"no_appeal_pending"}


def test_an_assessment_is_appealed_against_and_after_the_answer_again() -> None:
    life = in_force()
    on = life.state.last_day + dt.timedelta(30)
    life.do("assess", on)
    score = str(life.entries[-1].seq)
    for _ in range(2):
        life.do("appeal", on, against=score)
        life.do("answer_appeal", on)
    assert [each.move for each in life.entries[-4:]] == ["appeal", "answer_appeal"] * 2


def test_an_own_move_another_number_or_an_annulled_entry_is_none_to_appeal_against() -> None:
    life = in_force()
    on = life.state.last_day + dt.timedelta(1)
    life.do("request_renewal", on)
    own = str(life.entries[-1].seq)
    assert asked(life, "appeal", on, against=own) == {"not_appealable"}
    assert asked(life, "appeal", on, against="999") == {"not_appealable"}
    assert asked(life, "appeal", on, against="x") == {"fact_wrong"}
    life.do("interview", on)
    talk = str(life.entries[-1].seq)
    assert asked(life, "appeal", on, against=talk) == set()
    life.do("annul", on, entry=talk, reason="误登")
    assert asked(life, "appeal", on, against=talk) == {"not_appealable"}


@pytest.mark.parametrize("fact", ["against", "demand"])
def test_an_appeal_says_against_what_and_why(fact: str) -> None:
    life = refused()
    given = {"against": str(life.entries[-1].seq), fact: ""}
    assert asked(life, "appeal", life.state.last_day, **given) == {"fact_missing"}


def test_an_appeal_is_answered_also_after_the_case_went_on() -> None:
    life = AT[Stage.RECTIFYING]()
    life.do("appeal", life.state.last_day, against=str(life.entries[-1].seq))
    on = life.state.last_day + dt.timedelta(91)
    life.do("re_evaluate", on)
    assert waits(life, on) == [("bureau", Urgency.OPEN)]
    life.do("answer_appeal", on)
    assert (life.stage, waits(life, on)) == (Stage.EVALUATING, [])
