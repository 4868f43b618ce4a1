"""Both sides of every national and Shenyang time limit; days are counted here by hand."""

from __future__ import annotations

import pytest

from dingdian.core.lifecycle.due import Urgency
from tests.core.lifecycle.lives import (
    Life,
    applied,
    day,
    evaluating,
    in_force,
    negotiating,
    said,
    signed,
    terms,
)

OVERDUE, DUE, COMING = Urgency.OVERDUE, Urgency.DUE, Urgency.COMING


def both_sides(life: Life, event: str, last: str, before: str, after: str) -> None:
    """The last day of what has to be done, and how it stands on the days around it."""
    for on, urgency in ((before, COMING), (last, DUE), (after, OVERDUE)):
        found = life.due_about(event, on)
        assert found is not None
        assert (found.last, found.urgency) == (day(last), urgency), on


# ---- five working days for the one notice


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2026-01-05", "2026-01-12"),  # Monday: Tuesday to Friday, Monday
        ("2026-01-09", "2026-01-16"),  # Friday
        ("2026-01-10", "2026-01-16"),  # Saturday: the same
        ("2026-02-12", "2026-02-26"),  # 13, make-up Sat 14, festival 15-23, then 24, 25, 26
        ("2026-02-24", "2026-03-02"),  # 25, 26, 27, make-up Sat 28, Mon 2 March
        ("2026-09-18", "2026-09-24"),  # make-up Sun 20, then 21 to 24
        ("2026-09-30", "2026-10-13"),  # holiday 1 to 7: 8, 9, make-up Sat 10, 12, 13
    ],
)
def test_five_working_days_over_the_spring_festival(received: str, last: str) -> None:
    life = applied(on=received)
    found = life.due_about("materials_answered", received)
    assert found is not None
    assert (found.who, found.clause, found.last) == ("agency", "O2-08", day(last))


@pytest.mark.clause("O2-08")
def test_the_notice_is_late_on_the_sixth_day() -> None:
    life = applied(on="2026-02-12")
    assert life.remarks("request_supplement", "2026-02-26") == []
    assert life.remarks("request_supplement", "2026-02-27") == ["late"]
    assert life.remarks("accept", "2026-02-26") == []
    assert life.remarks("accept", "2026-02-27") == ["late"]


def test_a_notice_of_what_is_missing_is_given_once() -> None:
    life = applied(on="2026-01-05")
    life.do("request_supplement", "2026-01-06")
    life.do("supplement", "2026-01-20")
    assert life.refused("request_supplement", "2026-01-20") == ["move_once_only"]
    assert life.refused("accept", "2026-01-20") == []


# ---- three months for the evaluation


@pytest.mark.clause("O2-09", "O3-08")
@pytest.mark.parametrize(
    ("accepted", "last"),
    [
        ("2023-11-30", "2024-02-29"),  # a leap year
        ("2024-11-30", "2025-02-28"),
        ("2024-11-29", "2025-02-28"),
        ("2025-12-15", "2026-03-15"),
    ],
)
def test_evaluation_ends_on_the_day_of_the_same_number(accepted: str, last: str) -> None:
    life = evaluating(terms("national", deadline_on_day_off="as_it_is"), accepted)
    assert life.due_about("evaluated", accepted).last == day(last)


@pytest.mark.parametrize(
    ("option", "last"), [("next_working_day", "2026-03-02"), ("as_it_is", "2026-02-28")]
)
def test_a_last_day_off_moves_on_by_the_reading(option: str, last: str) -> None:
    """2026-02-28 is a make-up working Saturday, 2026-03-01 a Sunday: one stays, one moves."""
    its = terms("national", deadline_on_day_off=option)
    worked = evaluating(its, "2025-11-28")
    assert worked.due_about("evaluated", "2025-12-01").last == day("2026-02-28")
    sunday = evaluating(its, "2025-12-01")
    found = sunday.due_about("evaluated", "2025-12-02").last
    assert found == day("2026-03-02" if option == "next_working_day" else "2026-03-01")
    assert (last > "2026-03-01") is (found > day("2026-03-01"))
    assert sunday.remarks("pass_evaluation", found) == []
    late = sunday.remarks("pass_evaluation", "2026-03-02")
    assert late == ([] if option == "next_working_day" else ["late"])


def test_evaluation_day_before_day_of_and_day_after() -> None:
    life = evaluating(terms("national"), "2026-01-15")
    both_sides(life, "evaluated", "2026-04-15", "2026-04-14", "2026-04-16")
    for move in ("pass_evaluation", "fail_evaluation", "refuse"):
        assert life.remarks(move, "2026-04-15") == []
        assert life.remarks(move, "2026-04-16") == ["late"]


def test_the_time_of_supplements_is_not_counted() -> None:
    its = terms("national", deadline_on_day_off="as_it_is")
    life = evaluating(its, "2026-01-15")
    life.do("await_papers", "2026-02-01")
    assert life.due_about("evaluated", "2026-12-01").urgency is Urgency.PAUSED
    life.do("papers_received", "2026-02-11")  # ten days
    assert life.due_about("evaluated", "2026-03-01").last == day("2026-04-25")
    life.do("await_papers", "2026-04-20")
    assert life.due_about("evaluated", "2026-09-01").urgency is Urgency.PAUSED
    assert life.due_about("evaluated", "2026-09-01").last is None
    life.do("papers_received", "2026-04-25")  # five more
    both_sides(life, "evaluated", "2026-04-30", "2026-04-29", "2026-05-01")


def test_papers_asked_for_after_the_limit_give_no_time_back() -> None:
    life = evaluating(terms("national"), "2026-01-15")
    life.do("await_papers", "2026-04-16")
    both_sides(life, "evaluated", "2026-04-15", "2026-04-14", "2026-04-17")
    life.do("papers_received", "2026-05-16")
    assert life.due_about("evaluated", "2026-05-16").last == day("2026-04-15")


def test_papers_that_come_and_are_asked_for_again_on_one_day() -> None:
    life = evaluating(terms("national"), "2026-01-15")
    for move in ("await_papers", "papers_received", "await_papers"):
        life.do(move, "2026-01-20")
    assert life.due_about("evaluated", "2026-06-01").urgency is Urgency.PAUSED
    life.do("papers_received", "2026-01-30")
    assert life.due_about("evaluated", "2026-02-01").last == day("2026-04-27")


def test_papers_asked_for_on_the_last_day_stop_the_clock() -> None:
    life = evaluating(terms("national"), "2026-01-15")
    life.do("await_papers", "2026-04-15")
    assert life.due_about("evaluated", "2026-04-17").urgency is Urgency.PAUSED


# ---- rectification, and the bar after a second failure


@pytest.mark.clause("O2-10")
def test_three_months_of_rectification() -> None:
    life = evaluating(terms("national"), "2025-11-03")
    life.do("fail_evaluation", "2025-11-30")
    (fault,) = life.ask("re_evaluate", "2026-02-28").faults
    assert fault.kind == "too_early"
    assert "2026-03-01" in said(fault)
    assert "O2-10" in said(fault)
    assert life.refused("re_evaluate", "2026-02-27") == ["too_early"]
    assert life.refused("re_evaluate", "2026-03-01") == []
    assert life.due_about("re_evaluated", "2026-02-28").urgency is Urgency.WAITING
    assert life.due_about("re_evaluated", "2026-03-01").urgency is Urgency.OPEN


@pytest.mark.clause("O2-10")
def test_one_year_after_a_second_failure() -> None:
    first = evaluating(terms("national"), "2025-01-06", institution="H1")
    assert first.refused("fail_again", "2025-01-31") == ["not_failed_before"]
    first.do("fail_evaluation", "2025-01-31")
    first.do("re_evaluate", "2025-05-06")
    assert first.refused("fail_evaluation", "2025-05-07") == ["move_once_only"]
    first.do("fail_again", "2025-05-07")
    again = Life(terms("national"), "A-2", (first,))
    assert again.remarks("apply", "2026-05-07", institution="H1") == ["applicant_barred"]
    assert again.remarks("apply", "2026-05-08", institution="H1") == []
    (fault,) = again.ask("apply", "2026-05-07", institution="H1").faults
    assert "A-1" in said(fault)


# ---- public notice


@pytest.mark.clause("O2-11")
def test_five_working_days_of_public_notice() -> None:
    life = evaluating(on="2026-01-05")
    life.do("pass_evaluation", "2026-02-10")
    life.do("publish", "2026-02-11")  # 12, 13, make-up Saturday 14, Spring Festival, 24, 25
    assert life.refused("close_notice", "2026-02-25") == ["too_early"]
    assert life.refused("close_notice", "2026-02-26") == []
    life.do("object", "2026-02-25")
    assert life.due("2026-02-25") == []  # the objection comes first
    life.do("dismiss_objection", "2026-02-26")
    assert life.refused("close_notice", "2026-02-26") == []


# ---- change of key information


@pytest.mark.clause("O2-40")
def test_thirty_working_days_for_a_change() -> None:
    """From Friday 9 January 2026: 15 in January, 10 to 14 February, 5 after the festival."""
    life = in_force(terms("national"))
    its = {"approved_on": "2026-01-09"}
    assert life.remarks("change_information", "2026-02-27", **its) == []
    assert life.remarks("change_information", "2026-02-28", **its) == ["late"]


@pytest.mark.clause("O2-40")
def test_a_change_that_the_agency_learns_of_runs_until_it_is_reported() -> None:
    life = in_force(terms("national"))
    life.do("note_change", "2026-01-09")
    both_sides(life, "change_reported", "2026-02-27", "2026-02-26", "2026-02-28")
    life.do("change_information", "2026-02-27", approved_on="2026-01-09")
    assert life.due_about("change_reported", "2026-12-01") is None


# ---- term, renewal


@pytest.mark.clause("O2-11")
@pytest.mark.parametrize(
    ("signed_on", "through"),
    [
        ("2026-03-01", "2027-02-28"),
        ("2027-03-01", "2028-02-29"),
        ("2024-02-29", "2025-02-28"),  # no such day a year later: the last of the month
        ("2026-12-31", "2027-12-30"),
    ],
)
def test_an_agreement_of_a_year(signed_on: str, through: str) -> None:
    life = evaluating(terms("national"), "2023-01-03")
    life.do("pass_evaluation", "2023-01-10")
    life.do("publish", "2023-01-10")
    life.do("close_notice", "2023-02-10")
    life.do("sign", signed_on)
    assert life.state.scheduled["agreement_expired"] == day(through)
    assert life.refused("expire", through) == ["too_early"]
    following = day(through).fromordinal(day(through).toordinal() + 1)
    assert life.refused("expire", following) == []


@pytest.mark.clause("O2-41")
def test_renewal_is_asked_for_three_months_ahead() -> None:
    life = in_force(terms("national"), through="2026-11-30")
    both_sides(life, "renewal_requested", "2026-08-30", "2026-08-29", "2026-08-31")
    assert life.remarks("request_renewal", "2026-08-30") == []
    assert life.remarks("request_renewal", "2026-08-31") == ["late"]
    life.do("request_renewal", "2026-08-30")
    assert life.due_about("renewal_requested", "2026-09-15") is None
    assert life.remarks("renew", "2026-12-01") == []
    life.do("renew", "2026-12-01")
    assert life.state.scheduled["agreement_expired"] == day("2027-11-30")
    assert life.due_about("renewal_requested", "2027-08-30").urgency is DUE


@pytest.mark.parametrize(
    ("through", "last"), [("2024-05-31", "2024-02-29"), ("2025-05-31", "2025-02-28")]
)
def test_three_months_before_the_end_of_may(through: str, last: str) -> None:
    life = Life(terms("national"), "H1")
    life.do("open", "2023-06-01", stage="in_force", agreement_through=through)
    assert life.due_about("renewal_requested", last).urgency is DUE


@pytest.mark.clause("O2-41")
def test_the_day_after_the_last_one_the_end_is_to_be_recorded() -> None:
    life = in_force(terms("national"), through="2026-11-30")
    both_sides(life, "agreement_expired", "2026-12-01", "2026-11-30", "2026-12-02")


# ---- suspension on request, and other requests of one's own


@pytest.mark.clause("O2-42")
def test_one_hundred_and_eighty_days_of_suspension() -> None:
    life = in_force(terms("national"), through="2027-12-31")
    life.do("suspend_on_request", "2026-03-02")
    assert life.state.scheduled["agreement_lapsed"] == day("2026-08-29")  # the 180th day
    both_sides(life, "agreement_lapsed", "2026-08-30", "2026-08-29", "2026-08-31")
    assert life.refused("lapse", "2026-08-29") == ["too_early"]
    assert life.refused("lapse", "2026-08-30") == []
    assert life.refused("resume", "2026-08-29") == []
    assert life.refused("resume", "2026-08-30") == ["lapsed_already"]
    assert life.refused("request_resumption", "2026-08-30") == ["lapsed_already"]


@pytest.mark.clause("O2-42")
def test_a_request_to_resume_within_the_180_days_stops_the_lapse() -> None:
    life = in_force(terms("national"), through="2027-12-31")
    life.do("suspend_on_request", "2026-03-02")
    life.do("request_resumption", "2026-08-29")
    assert life.due_about("agreement_lapsed", "2026-09-15") is None
    assert life.refused("lapse", "2026-09-15") == ["resumption_pending"]
    assert life.refused("resume", "2026-09-15") == []
    life.do("resume", "2026-09-15")
    assert life.stage == "in_force"
    life.do("suspend_on_request", "2026-10-01")  # a new one: the old request is spent
    assert life.refused("lapse", "2027-04-15") == []


def test_an_imposed_suspension_ends_as_it_says_and_does_not_lapse() -> None:
    life = in_force(terms("national"))
    life.do("suspend_imposed", "2026-03-02", suspended_through="2026-06-01")
    both_sides(life, "resumed", "2026-06-02", "2026-06-01", "2026-06-03")
    assert life.due_about("agreement_lapsed", "2026-12-01") is None
    assert life.refused("resume", "2026-06-02") == []
    assert life.refused("lapse", "2026-12-01") == ["move_not_possible"]


@pytest.mark.clause("O2-44")
def test_an_own_request_comes_three_months_ahead() -> None:
    life = in_force(terms("national"))
    day_of = {"requested_on": "2026-03-31"}
    assert life.remarks("suspend_on_request", "2026-06-30", **day_of) == ["late"]
    assert life.remarks("suspend_on_request", "2026-07-01", **day_of) == []


# ---- guidance and trial


@pytest.mark.clause("N14-01")
def test_national_guidance_is_about_medical_institutions() -> None:
    life = signed(terms("national"), at_kind="retail_pharmacy")
    assert life.stage == "in_force"
    assert "guidance_ended" not in life.state.scheduled


@pytest.mark.clause("N14-01")
def test_national_guidance_of_six_months() -> None:
    life = signed(terms("national"), at_kind="clinic")
    assert life.stage == "guidance"
    assert life.state.scheduled["guidance_ended"] == day("2026-08-31")
    assert "N14-01" in life.entries[-1].clauses
    assert life.refused("end_guidance", "2026-08-31") == ["too_early"]
    assert life.do("end_guidance", "2026-09-01").target == "in_force"


def test_before_the_national_text_there_was_no_guidance() -> None:
    life = evaluating(terms("national"), "2025-01-06")
    life.do("pass_evaluation", "2025-01-10")
    life.do("publish", "2025-01-10")
    life.do("close_notice", "2025-02-10")
    assert life.ask("sign", "2025-06-23").entry.target == "in_force"
    assert life.ask("sign", "2025-06-24").entry.target == "guidance"


@pytest.mark.clause("SY-18")
@pytest.mark.parametrize(
    ("signed_on", "guidance", "trial"),
    [
        ("2026-03-01", "2026-08-31", "2027-02-28"),
        ("2026-08-31", "2027-02-28", "2027-08-30"),
        ("2026-08-30", "2027-02-28", "2027-08-29"),
        ("2026-08-29", "2027-02-28", "2027-08-28"),
        ("2026-08-28", "2027-02-27", "2027-08-27"),
        ("2027-08-31", "2028-02-29", "2028-08-30"),  # a leap year
    ],
)
def test_guidance_of_six_and_trial_of_twelve_months(
    signed_on: str, guidance: str, trial: str
) -> None:
    life = signed(on=signed_on)
    assert life.stage == "guidance"
    assert life.state.scheduled["guidance_ended"] == day(guidance)
    assert life.state.scheduled["trial_ended"] == day(trial)
    assert "SY-18" in life.entries[-1].clauses


@pytest.mark.clause("SY-18")
def test_guidance_is_followed_by_the_trial() -> None:
    life = signed()
    both_sides(life, "guidance_ended", "2026-09-01", "2026-08-31", "2026-09-02")
    assert life.refused("end_guidance", "2026-08-31") == ["too_early"]
    assert life.do("end_guidance", "2026-09-01").target == "trial"
    both_sides(life, "trial_ended", "2027-03-01", "2027-02-28", "2027-03-02")


@pytest.mark.clause("SY-20")
def test_guidance_is_extended_by_six_months_for_a_minor_finding() -> None:
    life = signed()
    assert life.refused("extend_guidance", "2026-06-01", severity="serious") == [
        "serious_not_extended"
    ]
    entry = life.do("extend_guidance", "2026-06-01")
    assert entry.facts["guidance_through"] == "2027-02-28"
    assert "SY-20" in entry.clauses
    assert life.refused("end_guidance", "2027-02-28") == ["too_early"]
    assert life.refused("end_guidance", "2027-03-01") == []
    assert life.state.scheduled["trial_ended"] == day("2027-02-28")


@pytest.mark.clause("SY-21")
def test_review_is_asked_for_one_month_before_the_trial_ends() -> None:
    life = signed()
    life.do("end_guidance", "2026-09-01")
    both_sides(life, "trial_review_requested", "2027-01-28", "2027-01-27", "2027-01-29")
    assert life.remarks("request_trial_review", "2027-01-28") == []
    assert life.remarks("request_trial_review", "2027-01-29") == ["late"]
    life.do("request_trial_review", "2027-01-28")
    assert life.due_about("trial_review_requested", "2027-02-15") is None
    assert life.refused("request_trial_review", "2027-02-01") == ["move_once_only"]
    entry = life.do("pass_trial", "2027-03-01")
    assert (entry.target, life.stage) == ("in_force", "in_force")
    assert entry.clauses == ("O2-11", "SY-21")
    assert life.state.scheduled == {"agreement_expired": day("2028-02-29")}


@pytest.mark.clause("SY-21")
def test_who_failed_the_trial_waits_one_year() -> None:
    life = signed()
    life.do("end_guidance", "2026-09-01")
    assert "too_early" in life.refused("fail_trial", "2027-02-28")
    life.do("fail_trial", "2027-03-01")
    assert life.stage == "trial_failed"
    assert life.state.scheduled == {}
    assert life.due_about("trial_reviewed_again", "2028-03-01").urgency is Urgency.WAITING
    assert life.due_about("trial_reviewed_again", "2028-03-02").urgency is Urgency.OPEN
    assert life.refused("review_again", "2028-03-01") == ["too_early"]
    assert life.refused("review_again", "2028-03-02") == []


@pytest.mark.clause("SY-21")
def test_a_trial_outlives_the_plan_that_laid_it_down() -> None:
    """The plan ends with 2027; who signed in 2027 is reviewed, or waits, in 2028 all the same."""
    life = signed(on="2027-06-01")
    life.do("end_guidance", "2027-12-01")
    assert life.due_about("trial_review_requested", "2028-04-30").urgency is DUE
    assert life.due_about("trial_ended", "2028-06-01").urgency is DUE
    assert life.remarks("request_trial_review", "2028-04-30") == []
    assert life.remarks("request_trial_review", "2028-05-01") == ["late"]
    life.do("fail_trial", "2028-06-01")
    assert life.stage == "trial_failed"


def test_passing_the_trial_out_of_guidance_leaves_no_end_of_guidance() -> None:
    life = signed()
    life.do("extend_guidance", "2026-06-01")
    life.do("pass_trial", "2027-03-01")
    assert set(life.state.scheduled) == {"agreement_expired"}
    assert life.due_about("guidance_ended", "2027-06-01") is None


def test_a_second_trial_has_its_own_request_extension_and_suspensions() -> None:
    life = evaluating(terms(), "2025-01-06")
    for move, on in (
        ("pass_evaluation", "2025-01-10"),
        ("publish", "2025-01-10"),
        ("close_notice", "2025-02-10"),
        ("sign", "2025-03-01"),
    ):
        life.do(move, on)
    life.do("request_trial_review", "2025-08-01")
    life.do("extend_guidance", "2025-08-02")
    life.do("fail_trial", "2026-03-02")
    life.do("review_again", "2027-03-03")
    assert life.refused("fail_again", "2027-03-05") == ["not_failed_before"]
    life.do("pass_evaluation", "2027-03-05")
    life.do("publish", "2027-03-05")
    life.do("close_notice", "2027-03-31")
    life.do("sign", "2027-04-01")
    assert life.state.extensions == 0
    assert life.refused("extend_guidance", "2027-05-01") == []
    assert life.due_about("trial_review_requested", "2027-05-01") is not None
    assert "review_not_requested" in life.refused("pass_trial", "2027-10-01")
    assert life.refused("request_trial_review", "2027-05-01") == []


def test_two_suspensions_are_those_of_the_term() -> None:
    life = in_force()
    life.do("suspend_imposed", "2026-02-01")
    life.do("resume", "2026-03-01")
    assert life.remarks("terminate", "2026-03-02", cause="two_suspensions") == [
        "two_suspensions_not_found"
    ]
    life.do("suspend_imposed", "2026-04-01")
    assert life.remarks("terminate", "2026-04-02", cause="two_suspensions") == []
    life.do("resume", "2026-05-01")
    life.do("renew", "2026-12-01", agreement="XY-9")  # ahead: the new term begins in January
    assert life.state.suspensions == 2
    life.do("interview", "2027-01-01")
    assert life.state.suspensions == 0


# ---- a calendar that is not known yet


def test_a_limit_in_a_year_without_calendar_is_provisional() -> None:
    known = negotiating()
    assert known.state.stage == "negotiating"
    life = applied(on="2026-12-28")
    found = life.due_about("materials_answered", "2026-12-28")
    assert (found.last, found.provisional) == (day("2027-01-04"), True)
    (fault,) = life.ask("accept", "2027-01-05").faults
    assert fault.kind == "late"
    assert "暂定" in said(fault)
    settled = applied(on="2026-12-01").due_about("materials_answered", "2026-12-01")
    assert (settled.last, settled.provisional) == (day("2026-12-08"), False)


def test_a_refusal_says_that_its_day_is_provisional() -> None:
    life = evaluating(on="2026-12-01")
    life.do("pass_evaluation", "2026-12-10")
    life.do("publish", "2026-12-28")
    (fault,) = life.ask("close_notice", "2026-12-30").faults
    assert fault.kind == "too_early"
    assert "暂定" in said(fault)
    assert life.due_about("notice_closed", "2026-12-30").provisional
