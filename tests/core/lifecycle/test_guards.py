"""What the rules refuse of moves that the table has, and what two people may not do at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.core.lifecycle.moving import Asked, Before, try_move
from tests.core.lifecycle.lives import (
    Life,
    applied,
    day,
    evaluating,
    evening,
    in_force,
    negotiating,
    said,
    signed,
    terms,
)


@pytest.mark.clause("O2-44")
def test_a_public_institution_may_not_ask_to_suspend_or_end() -> None:
    for ownership, kind, allowed in (
        ("public", "hospital", False),
        ("private", "hospital", True),
        ("public", "retail_pharmacy", True),
    ):
        life = in_force(ownership=ownership, kind=kind)
        wanted = [] if allowed else ["public_may_not_ask"]
        assert life.refused("suspend_on_request", "2026-06-01") == wanted
        assert life.refused("request_end", "2026-06-01") == wanted


@pytest.mark.clause("O2-44")
def test_an_end_at_its_own_request_was_asked_for_three_months_before() -> None:
    cause = {"cause": "own_request"}
    life = in_force(ownership="private")
    assert life.remarks("terminate", "2026-06-01", **cause) == ["late"]
    life.do("request_end", "2026-03-01")
    assert life.remarks("terminate", "2026-05-31", **cause) == ["late"]
    assert life.remarks("terminate", "2026-06-01", **cause) == []
    public = in_force(ownership="public")
    assert "public_may_not_ask" in public.refused("terminate", "2026-06-01", **cause)


def test_no_second_agreement_over_one_that_lives() -> None:
    for moves, refused in (
        ((), True),
        (("suspend_imposed",), True),
        (("suspend_on_request",), True),
        (("terminate",), False),
        (("close",), False),
    ):
        old = in_force()
        for move in moves:
            old.do(move, "2026-01-15")
        new = negotiating()
        new.others = (old,)
        faults = new.ask("sign", "2026-03-01").faults
        assert [each.kind for each in faults] == (["agreement_exists"] if refused else [])
        if refused:
            assert "“H1”" in said(faults[0])


def test_no_second_opening_over_one_that_lives() -> None:
    again = Life(case="H1-2", others=(in_force(),))
    assert again.refused("open", "2026-02-01", stage="in_force") == ["agreement_exists"]


@pytest.mark.clause("SY-19")
def test_out_of_area_stays_closed_in_guidance_but_for_a_recorded_decision() -> None:
    life = signed(services="outpatient_pooling")
    verdict = life.ask("open_service", "2026-04-01", service="out_of_area")
    assert [each.kind for each in verdict.faults] == ["service_closed_by_stage"]
    assert "SY-19" in said(verdict.faults[0])
    by_decision = {"documents": ("局长办公会纪要2026-7",), "service": "out_of_area"}
    assert life.remarks("open_service", "2026-04-01", **by_decision) == ["out_of_area_exception"]
    entry = life.do("open_service", "2026-04-01", **by_decision)
    assert entry.remarks == ("out_of_area_exception",)
    assert life.refused("open_service", "2026-04-02") == []
    life.do("end_guidance", "2026-09-01")
    assert life.refused("open_service", "2026-09-02", service="out_of_area") == [
        "service_open_already"
    ]


def test_out_of_area_opens_by_itself_after_guidance() -> None:
    life = signed()  # the agreement covers it; guidance keeps it closed
    assert "out_of_area" in life.terms.closed_services(life.state, day("2026-04-01"))
    life.do("end_guidance", "2026-09-01")
    assert life.terms.closed_services(life.state, day("2026-09-01")) == {}


def test_a_service_that_is_not_open_cannot_be_closed() -> None:
    assert in_force().refused("close_service", "2026-02-01", service="inpatient") == [
        "service_not_open"
    ]


def test_a_cause_is_on_the_list_of_its_side_and_day() -> None:
    medical, pharmacy = in_force(), in_force(kind="retail_pharmacy")
    for life, cause, refused in (
        (medical, "proven_fraud", []),
        (medical, "device_lent", ["cause_unknown"]),
        (pharmacy, "device_lent", []),
        (pharmacy, "proven_fraud", []),
        (pharmacy, "closed_without_report", []),
        (pharmacy, "licence_revoked", []),
        (medical, "nonsense", ["cause_unknown"]),
    ):
        assert life.refused("terminate", "2026-02-01", cause=cause) == refused
    (fault,) = medical.ask("terminate", "2026-02-01", cause="nonsense").faults
    assert "proven_fraud" in said(fault)


def test_a_ground_of_not_accepting_is_on_the_list() -> None:
    assert applied().refused("refuse_acceptance", "2026-01-06", ground="名额已满") == [
        "cause_unknown"
    ]


def test_no_renewal_against_a_decision_not_to_renew() -> None:
    life = in_force()
    life.do("do_not_renew", "2026-10-01")
    assert "non_renewal_stands" in life.refused("renew", "2027-01-01")
    assert life.refused("expire", "2027-01-01") == []
    life.do("annul", "2026-10-02", entry="2")
    assert life.remarks("renew", "2027-01-01") == ["renewal_not_requested"]


def test_grades_are_for_pharmacies() -> None:
    assert in_force().refused("change_grade", "2026-02-01") == ["pharmacy_only"]
    assert in_force(kind="retail_pharmacy").refused("change_grade", "2026-02-01") == []


def test_a_suspension_does_not_outlast_the_term() -> None:
    life = in_force(through="2026-06-30")
    life.do("suspend_imposed", "2026-06-01")
    assert life.refused("resume", "2026-06-30") == []
    assert life.refused("resume", "2026-07-01") == ["not_designated_here"]
    assert life.refused("expire", "2026-07-01") == []


def test_an_end_that_is_not_known_cannot_come() -> None:
    life = Life(case="H1")
    life.do("open", "2026-01-01", stage="in_force")
    assert life.refused("expire", "2030-01-01") == ["no_end_known"]


def test_one_whose_agreement_is_not_known_is_renewed() -> None:
    life = Life(case="H1")
    life.do("open", "2026-01-01", stage="in_force")
    assert life.remarks("renew", "2026-06-01") == ["renewal_not_requested"]
    life.do("do_not_renew", "2026-05-01")
    assert "non_renewal_stands" in life.refused("renew", "2026-06-01")


def test_expiry_is_not_termination() -> None:
    """到期终止 is not 解除: only the latter is in the records that bar."""
    expired, terminated = in_force(), in_force()
    expired.do("expire", "2027-01-01")
    terminated.do("terminate", "2026-06-01")
    assert (expired.stage, terminated.stage) == ("expired", "terminated")
    assert expired.state.last("agreement_terminated") is None
    assert terminated.state.last("agreement_terminated") is not None


@pytest.mark.clause("O2-44-2")
def test_what_another_pooling_area_decides_holds_here() -> None:
    life = in_force()
    life.do("suspend_elsewhere", "2026-02-01", pooling_area="210200")
    assert (life.stage, life.state.suspensions) == ("suspended_imposed", 1)
    entry = life.do("terminate_elsewhere", "2026-03-01")
    assert (life.stage, entry.clauses) == ("terminated", ("O2-44-2",))


# ---- what is asked: words, facts, people, clocks


@pytest.mark.parametrize(
    ("move", "facts", "kinds"),
    [
        ("sign", {"services": "beauty"}, ["fact_wrong"]),
        ("sign", {"beds": "general=-1"}, ["fact_wrong"]),
        ("sign", {"beds": "general=1;general=2"}, ["fact_wrong"]),
        ("sign", {"beds": "general=６０"}, ["fact_wrong"]),
        ("sign", {"lon": "nan", "lat": "inf"}, ["fact_wrong", "fact_wrong"]),
        ("sign", {"agreement_through": "2027-2-28"}, ["fact_wrong"]),
        ("sign", {"agreement_through": "2027-02-29"}, ["fact_wrong"]),
        ("sign", {"agreement": ""}, ["fact_missing"]),
        ("sign", {"agreement": "  "}, ["fact_wrong"]),
        ("sign", {"cause": "x"}, ["fact_unknown"]),
    ],
)
def test_odd_facts_are_refused(move: str, facts: dict[str, str], kinds: list[str]) -> None:
    assert negotiating().refused(move, "2026-03-01", **facts) == kinds


def test_a_fact_without_text_is_none() -> None:
    life = negotiating()
    entry = life.do("sign", "2026-03-01", agreement_through="", beds="", lon="")
    assert entry.facts["agreement_through"] == "2027-02-28"
    assert "lon" not in entry.facts
    assert life.state.beds == {}


def test_words_that_are_not_known() -> None:
    life = in_force()
    assert life.refused("fly", "2026-02-01", role="agency") == ["move_unknown"]
    assert life.refused("interview", "2026-02-01", role="king") == ["move_role_unknown"]
    assert life.refused("open", "2026-02-01", stage="applied") == ["case_exists"]
    assert Life().refused("open", "2026-02-01", stage="applied") == ["fact_wrong"]
    assert Life().refused("open", "2026-02-01", stage="flying") == ["fact_wrong"]


def test_two_people_cannot_move_the_same_case() -> None:
    life = evaluating()
    assert life.refused("pass_evaluation", "2026-02-01", seen=2) == []
    assert life.refused("pass_evaluation", "2026-02-01") == []
    life.do("await_papers", "2026-01-20")
    assert life.refused("papers_received", "2026-02-01", seen=2) == ["case_moved_meanwhile"]
    assert life.refused("papers_received", "2026-02-01", seen=3) == []
    life.do("annul", "2026-01-21", entry="3")
    assert life.refused("pass_evaluation", "2026-02-01", seen=2) == ["case_moved_meanwhile"]
    assert life.refused("pass_evaluation", "2026-02-01", seen=4) == []


def test_a_clock_that_went_back_records_nothing() -> None:
    life = in_force()
    at = evening(day("2026-01-01"))
    second = dt.timedelta(seconds=1)
    assert life.refused("interview", "2026-01-01", known=at) == []
    assert life.refused("interview", "2026-01-01", known=at - second) == ["clock_went_back"]


def test_today_is_that_of_china() -> None:
    life = in_force()
    utc = dt.datetime(2026, 3, 1, 16, 30, tzinfo=dt.UTC)  # 00:30 of the 2nd in China
    entry = life.do("interview", "2026-03-02", known=utc)
    assert entry.known_at == dt.datetime(2026, 3, 2, 0, 30, tzinfo=SHANGHAI)
    assert entry.known_at.utcoffset() == dt.timedelta(hours=8)
    assert life.refused("interview", "2026-03-03", known=utc) == ["move_in_future"]


def test_an_agreement_is_recorded_on_its_first_day_and_a_renewal_may_be_ahead() -> None:
    known = evening(day("2026-03-01"))
    assert negotiating().refused("sign", "2026-04-01", known=known) == ["move_in_future"]
    ahead = {"agreement_since": "2026-04-01"}
    assert negotiating().refused("sign", "2026-03-01", **ahead) == ["begins_later"]
    life = in_force()
    assert life.refused("renew", "2026-11-01", known=known) == []
    assert "begins_later" in life.refused("renew", "2026-11-01", known=known, beds="general=1")


# ---- annulment


def test_only_the_last_entry_is_annulled_with_a_reason() -> None:
    life = evaluating()
    life.do("pass_evaluation", "2026-02-01")
    assert life.refused("annul", "2026-02-02", entry="2") == ["nothing_to_annul"]
    assert life.refused("annul", "2026-02-02", entry="03") == ["nothing_to_annul"]
    assert life.refused("annul", "2026-02-02", entry="3") == []


def test_an_annulment_needs_its_reason() -> None:
    life = evaluating()
    bare = Asked(
        case="A-1",
        move="annul",
        held_on=day("2026-02-02"),
        known_at=evening(day("2026-02-02")),
        by="李",
        role="agency",
        facts={"entry": "2"},
    )
    before = Before(life.entries, (), None, 3)
    for reason in ("", "  "):
        found = try_move(replace(bare, reason=reason), before, terms()).faults
        assert [each.kind for each in found] == ["annul_without_reason"]


def test_what_was_annulled_is_entered_again_with_an_earlier_day() -> None:
    life = evaluating()
    before = life.state
    life.do("pass_evaluation", "2026-02-05")
    assert life.refused("publish", "2026-02-04") == ["move_before_last"]
    life.do("annul", "2026-02-06", entry="3")
    assert life.stage == "evaluating"
    assert life.state.last_day == before.last_day
    life.do("pass_evaluation", "2026-02-03")
    assert life.state.since == day("2026-02-03")
    life.do("annul", "2026-02-07", entry="5")
    life.do("annul", "2026-02-07", entry="2")
    life.do("annul", "2026-02-07", entry="1")
    assert life.refused("annul", "2026-02-07", entry="7") == ["case_unknown"]
    life.do("apply", "2025-12-30")
    assert life.stage == "applied"


def test_who_waits_for_a_place_is_not_published_before_one_is_allotted() -> None:
    life = evaluating()
    life.do("pass_evaluation", "2026-01-20", outcome="waiting")

    assert life.refused("publish", "2026-01-21") == ["still_waiting"]

    life.do("allot", "2026-03-01", outcome="proposed")
    assert life.refused("publish", "2026-03-02") == []


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"case": " "}, "move_of_nobody"),
        ({"by": ""}, "move_of_nobody"),
        ({"reason": "a\x00b"}, "control_character"),
        ({"documents": ("a\x1fb",)}, "control_character"),
    ],
)
def test_nobody_and_characters_that_nobody_sees_are_refused(changed: dict, kind: str) -> None:
    asked = Asked("A", "accept", day("2026-01-06"), evening(day("2026-01-06")), "li", "agency")
    verdict = try_move(replace(asked, **changed), Before((), (), None, 1), terms())

    assert kind in [each.kind for each in verdict.faults]
    assert verdict.entry is None


@pytest.mark.clause("O2-12", "O3-11")
def test_a_termination_says_on_which_ground_it_bars() -> None:
    life = in_force()

    assert life.remarks("terminate", "2026-05-01", bar="") == ["bar_not_stated"]
    assert life.remarks("terminate", "2026-05-01", bar="breach_termination_within_1_year") == []
    assert life.refused("terminate", "2026-05-01", bar="price_policy") == ["cause_unknown"]


def test_an_annulment_brings_no_second_agreement_to_life() -> None:
    ended = in_force()
    last = ended.do("terminate", "2026-02-01")
    other = in_force()
    ended.others = [other]
    faults = ended.ask("annul", "2026-03-01", entry=str(last.seq)).faults

    assert [each.kind for each in faults] == ["agreement_exists"]


def test_no_agreement_before_another_has_ended() -> None:
    other = in_force()
    other.do("terminate", "2026-09-01")
    life = negotiating()

    life.others = [other]
    early = life.ask("sign", "2026-08-31").faults
    on_the_day = life.ask("sign", "2026-09-01").faults

    assert [each.kind for each in early] == ["agreement_exists"]
    assert [each.kind for each in on_the_day] == []


@pytest.mark.clause("O2-42")
def test_what_is_stated_of_days_is_held_against_the_rules() -> None:
    life = in_force(ownership="private")
    ask = {"requested_on": "2026-01-15"}

    longer = {**ask, "suspended_through": "2027-01-01"}
    assert "longer_than_allowed" in life.refused("suspend_on_request", "2026-06-01", **longer)
    decided = life.remarks("suspend_on_request", "2026-06-01", documents=("纪要",), **longer)
    assert "longer_by_decision" in decided
    before = {**ask, "suspended_through": "2026-05-01"}
    assert "days_reversed" in life.refused("suspend_on_request", "2026-06-01", **before)
    ahead = {"requested_on": "2026-07-01"}
    assert "day_ahead" in life.refused("suspend_on_request", "2026-06-01", **ahead)
    wrong = {"agreement_through": "2026-01-01"}
    assert "days_reversed" in negotiating().refused("sign", "2026-03-01", **wrong)


def test_a_request_to_resume_may_be_refused_and_then_keeps_nothing_from_lapsing() -> None:
    life = in_force(ownership="private")
    life.do("suspend_on_request", "2026-02-01", requested_on="2025-10-01")
    life.do("request_resumption", "2026-03-01")
    assert "resumption_pending" in life.refused("lapse", "2026-08-15")

    life.do("refuse_resumption", "2026-03-05")

    assert life.refused("lapse", "2026-08-15") == []


def test_a_measure_rests_on_a_listed_case_and_on_the_clause_of_the_agreement() -> None:
    life = in_force()

    assert "cause_unknown" in life.refused("suspend_imposed", "2026-03-01", cause="xx")
    agreed = {"cause": "as_agreed"}
    assert "clause_of_agreement_missing" in life.refused("suspend_imposed", "2026-03-01", **agreed)
    clause = ("协议第四十五条",)
    assert life.refused("suspend_imposed", "2026-03-01", documents=clause, **agreed) == []
