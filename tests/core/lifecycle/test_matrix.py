"""Every stage × move × role × day against a table that is written out here, by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from dingdian.core.lifecycle.moves import MOVES, Role, Way
from dingdian.core.lifecycle.moving import possible
from dingdian.core.lifecycle.stages import Stage
from dingdian.core.lifecycle.state import in_effect
from tests.core.lifecycle.lives import Life, evening, said
from tests.core.lifecycle.stations import AT

#: For each stage the moves and, by initial, who may record them: Institution, Agency,
#: Evaluators, Bureau. Written from the texts, not from the program's table.
ALLOWED = """
none: apply IA, open A
applied: request_supplement A, accept A, refuse_acceptance A, withdraw IA, annul AB
supplementing: supplement IA, refuse_acceptance A, withdraw IA, annul AB
not_accepted: appeal IA, answer_appeal AB, annul AB
evaluating: withdraw IA, await_papers AE, pass_evaluation AE, fail_evaluation AE, fail_again AE,
  refuse AB, answer_appeal AB, annul AB
awaiting_papers: withdraw IA, papers_received IA, answer_appeal AB, annul AB
rectifying: withdraw IA, re_evaluate A, appeal IA, answer_appeal AB, annul AB
evaluation_failed: appeal IA, answer_appeal AB, annul AB
qualified: withdraw IA, refuse AB, allot AB, publish A, answer_appeal AB, annul AB
public_notice: withdraw IA, object A, close_notice A, answer_appeal AB, annul AB
objection: withdraw IA, dismiss_objection AB, uphold_objection AB, answer_appeal AB, annul AB
negotiating: withdraw IA, decline IA, sign A, answer_appeal AB, annul AB
not_admitted: appeal IA, answer_appeal AB, annul AB
withdrawn: answer_appeal AB, annul AB
guidance: extend_guidance A, end_guidance A, request_trial_review IA, pass_trial A,
  fail_trial A, note_change A, change_information IA, open_service A, close_service AB,
  change_beds AB, change_grade A, assess A, interview AB, order_rectification AB,
  suspend_imposed AB, suspend_elsewhere A, request_renewal IA, renew A, do_not_renew AB,
  expire A, request_end IA, terminate AB, terminate_elsewhere A, close A,
  appeal IA, answer_appeal AB, annul AB
trial: request_trial_review IA, pass_trial A, fail_trial A, note_change A,
  change_information IA, open_service A, close_service AB, change_beds AB, change_grade A,
  assess A, interview AB, order_rectification AB, suspend_on_request A, suspend_imposed AB,
  suspend_elsewhere A, request_renewal IA, renew A, do_not_renew AB, expire A,
  request_end IA, terminate AB, terminate_elsewhere A, close A,
  appeal IA, answer_appeal AB, annul AB
trial_failed: review_again A, close A, appeal IA, answer_appeal AB, annul AB
in_force: note_change A, change_information IA, open_service A, close_service AB,
  change_beds AB, change_grade A, assess A, interview AB, order_rectification AB,
  suspend_on_request A, suspend_imposed AB, suspend_elsewhere A, request_renewal IA,
  renew A, do_not_renew AB, expire A, request_end IA, terminate AB, terminate_elsewhere A,
  close A, appeal IA, answer_appeal AB, annul AB
suspended_on_request: change_information IA, close_service AB, change_beds AB, assess A,
  interview AB, order_rectification AB, request_resumption IA, refuse_resumption AB,
  do_not_renew AB, resume A, lapse A, expire A, request_end IA, terminate AB,
  terminate_elsewhere A, close A,
  appeal IA, answer_appeal AB, annul AB
suspended_imposed: change_information IA, close_service AB, change_beds AB, assess A,
  interview AB, order_rectification AB, request_resumption IA, refuse_resumption AB,
  do_not_renew AB, resume A, expire A, request_end IA, terminate AB, terminate_elsewhere A,
  close A, appeal IA, answer_appeal AB, annul AB
expired: appeal IA, answer_appeal AB, annul AB
terminated: appeal IA, answer_appeal AB, annul AB
closed: answer_appeal AB, annul AB
"""
INITIALS = {"I": "institution", "A": "agency", "E": "evaluator", "B": "bureau"}
OF_TABLE = {"move_not_possible", "move_not_theirs", "move_before_last", "move_in_future"}
LATER = dt.timedelta(430)
ONE = dt.timedelta(1)


def allowed() -> Iterator[tuple[str, str, str]]:
    """The triples of stage, move and role that the table above has."""
    for line in ALLOWED.replace("\n  ", " ").strip().splitlines():
        stage, _, moves = line.partition(": ")
        for each in moves.split(", "):
            move, _, who = each.strip().partition(" ")
            yield from ((stage, move, INITIALS[initial]) for initial in who)


TRIPLES = frozenset(allowed())


def facts_now(life: Life | None, move: str) -> dict[str, str]:
    """What a move needs to know of the case."""
    if move == "annul":
        last = in_effect(life.entries)[-1].seq if life and life.entries else 1
        return {"entry": str(last)}
    return {"stage": "in_force"} if move == "open" else {}


def kinds(
    life: Life, move: str, on: dt.date, role: str, *, known: dt.datetime | None = None
) -> set[str]:
    verdict = life.ask(move, on, role=role, known=known, **facts_now(life, move))
    for each in verdict.faults:
        assert said(each)
    return {each.kind for each in verdict.faults}


def test_the_table_written_here_names_every_stage_move_and_role() -> None:
    assert {stage for stage, _, _ in TRIPLES} == {"none", *Stage}
    assert {move for _, move, _ in TRIPLES} == set(MOVES)
    assert {role for _, _, role in TRIPLES} == set(Role)
    assert set(AT) == set(Stage)


def test_the_table_of_the_program_is_the_one_written_here() -> None:
    found = {
        (stage, name, role)
        for name, move in MOVES.items()
        for stage in (move.sources or ("none",))
        for role in move.roles
    }
    assert found == TRIPLES


@pytest.mark.parametrize("stage", [None, *Stage])
def test_possible_moves(stage: Stage | None) -> None:
    wanted = {move for at, move, _ in TRIPLES if at == (stage or "none")}
    assert set(possible(stage)) == wanted


@pytest.mark.clause("DX-35", "DX-37")
@pytest.mark.parametrize("stage", Stage)
def test_what_the_table_has_not_is_refused_on_every_day(stage: Stage) -> None:
    life = AT[stage]()
    last = life.state.last_day
    assert life.stage == stage
    for move in MOVES:
        for role in Role:
            is_there = (stage, move, role) in TRIPLES
            for on in (last, last + ONE, last + LATER):
                found = kinds(life, move, on, role)
                possible_here = any((stage, move, each) in TRIPLES for each in Role)
                if not MOVES[move].sources:
                    assert found == {"case_exists"}
                    continue
                assert ("move_not_possible" in found) is not possible_here
                theirs = any((at, move, role) in TRIPLES for at in ("none", *Stage))
                assert ("move_not_theirs" in found) is not theirs
                assert is_there is not bool(found & OF_TABLE)


@pytest.mark.parametrize("stage", Stage)
def test_the_day_before_the_last_entry_and_a_day_to_come_are_refused(stage: Stage) -> None:
    life = AT[stage]()
    last, today = life.state.last_day, life.state.last_day + LATER
    for at, move, role in sorted(TRIPLES):
        if at != stage:
            continue
        before = kinds(life, move, last - ONE, role)
        assert ("move_before_last" in before) is (move != "annul")
        now = evening(today)
        assert "move_in_future" not in kinds(life, move, today, role, known=now)
        coming = "move_in_future" in kinds(life, move, today + ONE, role, known=now)
        assert coming is (move not in ("renew",))


def test_a_case_begins_with_an_application_or_the_opening_load() -> None:
    for move in MOVES:
        for role in Role:
            life = Life()
            found = life.refused(move, "2026-01-05", role=role, **facts_now(None, move))
            if ("none", move, role) in TRIPLES:
                assert found == []
            elif MOVES[move].sources:
                assert found == ["case_unknown"]
            else:
                assert found == ["move_not_theirs"]


@pytest.mark.parametrize("stage", Stage)
def test_a_refusal_names_clause_and_cure(stage: Stage) -> None:
    life = AT[stage]()
    for name, move in MOVES.items():
        if not move.sources or stage in move.sources:
            continue
        faults = life.ask(name, life.state.last_day).faults
        words = next(said(each) for each in faults if each.kind == "move_not_possible")
        assert move.name.zh in words
        assert all(clause in words for clause in move.clauses)
        assert "撤销登记" in words  # what is possible now


def test_who_may_is_named_to_who_may_not() -> None:
    (fault,) = AT[Stage.QUALIFIED]().ask("publish", "2026-01-21", role="institution").faults
    assert said(fault) == "“公示”不由医药机构办理 → 由经办机构办理"


@pytest.mark.parametrize("stage", Stage)
def test_final_stages_have_no_exit_but_annulment(stage: Stage) -> None:
    moves = {move for at, move, _ in TRIPLES if at == stage} - {"annul"}
    exits = {move for move in moves if MOVES[move].way is not Way.STAY}  # an appeal stays
    ends = {
        "not_accepted", "evaluation_failed", "not_admitted", "withdrawn", "expired",
        "terminated", "closed",
    }  # fmt: skip
    assert (not exits) is (stage in ends)


def outcome(life: Life, move: str, on: dt.date) -> str:
    """What comes of a move in words: the stage, with remarks, or the reasons against it."""
    role = str(MOVES[move].roles[0])
    verdict = life.ask(move, on, role=role, **facts_now(life, move))
    told = " ".join(sorted({each.kind for each in verdict.faults}))
    if verdict.entry is None:
        return f"no: {told}"
    move_row = MOVES[move]
    assert verdict.entry.source == life.stage
    if move_row.way not in (Way.UNDONE, Way.STAY):
        assert verdict.entry.target in move_row.targets
    return f"{verdict.entry.target or 'nothing'}{f' ({told})' if told else ''}"


def test_outcomes(snapshot: object) -> None:
    """Each possible move on the day of the last entry, the next day, and 430 days later."""
    lines = []
    for stage in Stage:
        life = AT[stage]()
        last = life.state.last_day
        lines += ["", f"{stage}, since {life.state.since}, last entry {last}"]
        for move in possible(stage):
            days = (last, last + ONE, last + LATER)
            same, following, later = (outcome(life, move, on) for on in days)
            said_of = [same] if same == following == later else [same, following, later]
            lines.append(f"  {move:22} {' | '.join(said_of)}")
    assert "\n".join(lines) == snapshot
