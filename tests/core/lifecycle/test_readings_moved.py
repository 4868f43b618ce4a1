"""Each reading of a life chosen otherwise moves what it names; a place may have its own limits."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from dingdian.core.errors import ShelfError
from dingdian.core.lifecycle.due import Urgency
from dingdian.core.lifecycle.terms import Terms
from tests.core.lifecycle.lives import (
    Life,
    book,
    changed,
    day,
    evaluating,
    said,
    signed,
    terms,
    terms_of,
)
from tests.policies.test_new_city import files_of

# ---- Shenyang's doubts 28 to 30


@pytest.mark.clause("SY-18", "SY-19")
@pytest.mark.parametrize(("option", "trial"), [("no", False), ("yes", True)])
def test_trial_pharmacies(option: str, trial: bool) -> None:
    life = signed(terms(trial_pharmacies=option), at_kind="retail_pharmacy")
    assert life.stage == ("guidance" if trial else "in_force")  # N14-01 is not about pharmacies
    assert ("trial_ended" in life.state.scheduled) is trial
    assert (life.due_about("trial_review_requested", "2027-01-28") is not None) is trial
    refused = life.refused("extend_guidance", "2026-06-01")
    assert refused == ([] if trial else ["move_not_possible"])
    # SY-19 too is then about pharmacies
    closed = life.terms.closed_services(life.state, day("2026-04-01"))
    assert ("out_of_area" in closed) is trial
    if trial:
        life.do("end_guidance", "2026-09-01")
        assert life.stage == "trial"


@pytest.mark.clause("SY-20")
@pytest.mark.parametrize(("option", "refused"), [("no", ["second_extension"]), ("yes", [])])
def test_guidance_second_extension(option: str, refused: list[str]) -> None:
    life = signed(terms(guidance_second_extension=option))
    life.do("extend_guidance", "2026-06-01")
    assert life.refused("extend_guidance", "2026-09-01") == refused
    if not refused:
        entry = life.do("extend_guidance", "2026-09-01")
        assert entry.facts["guidance_through"] == "2027-08-31"


@pytest.mark.clause("SY-20")
@pytest.mark.parametrize(("option", "trial"), [("no", "2027-02-28"), ("yes", "2027-08-31")])
def test_guidance_extends_trial(option: str, trial: str) -> None:
    life = signed(terms(guidance_extends_trial=option))
    life.do("extend_guidance", "2026-06-01")
    assert life.state.scheduled["guidance_ended"] == day("2027-02-28")
    assert life.state.scheduled["trial_ended"] == day(trial)


@pytest.mark.clause("SY-21")
@pytest.mark.parametrize(
    ("option", "asked"),
    [
        ("sy_one_month", {"trial_review_requested"}),
        ("order2_three_months", {"renewal_requested"}),
        ("both", {"trial_review_requested", "renewal_requested"}),
    ],
)
def test_trial_renewal(option: str, asked: set[str]) -> None:
    life = signed(terms(trial_renewal=option))
    found = {each.does: each.last for each in life.due("2026-11-28", 4000)}
    last = {
        "trial_review_requested": day("2027-01-28"),
        "renewal_requested": day("2026-11-28"),
    }
    assert {k: v for k, v in found.items() if k in last} == {k: last[k] for k in asked}


@pytest.mark.clause("SY-21")
@pytest.mark.parametrize(
    ("option", "stage", "next_move"),
    [
        ("lapse", "trial_failed", "review_again"),
        ("termination", "terminated", None),
        ("pause", "suspended_imposed", "resume"),
    ],
)
def test_trial_failure(option: str, stage: str, next_move: str | None) -> None:
    life = signed(terms(trial_failure=option))
    life.do("end_guidance", "2026-09-01")
    life.do("fail_trial", "2027-03-01")
    assert life.stage == stage
    asked = day("2027-03-01"), life.state.side
    waits = life.terms.clock(*asked, "trial_reviewed_again", "not_before")
    assert (waits is None) is (next_move is None)  # the bars of a termination hold instead
    if next_move:
        assert "too_early" in life.refused(next_move, "2028-03-01")
        # a pause does not prolong the agreement: it has run out by then
        after = life.refused(next_move, "2028-03-02")
        assert after == ([] if option == "lapse" else ["not_designated_here"])


@pytest.mark.clause("SY-21")
@pytest.mark.parametrize(("option", "stage"), [("yes", "evaluating"), ("no", "negotiating")])
def test_trial_failure_again(option: str, stage: str) -> None:
    life = signed(terms(trial_failure_again=option))
    life.do("fail_trial", "2027-03-01")
    life.do("review_again", "2028-03-02")
    assert life.stage == stage


# ---- national readings


@pytest.mark.parametrize(("number", "first"), [(5, "2026-02-26"), (7, "2026-02-28")])
def test_public_notice_days(number: int, first: str) -> None:
    its = Terms(changed(book(), {}, public_notice_days=Fraction(number)), "shenyang")
    life = evaluating(its)
    life.do("pass_evaluation", "2026-02-10")
    life.do("publish", "2026-02-11")
    before = day(first).fromordinal(day(first).toordinal() - 1)
    assert life.refused("close_notice", before) == ["too_early"]
    assert life.refused("close_notice", first) == []


@pytest.mark.parametrize(
    ("option", "last"),
    [
        ("application_day", "2026-04-10"),  # the rule of 2025-12-20: three months
        ("acceptance_day", "2026-02-14"),  # of 2026-01-10: 35 days
        ("decision_day", "2026-02-14"),
    ],
)
def test_rules_of_day(tmp_path: Path, option: str, last: str) -> None:
    """The evaluation takes three months, and 35 days from 2026-01-01: applied for before."""
    folder = new_city(tmp_path, evaluation(since="2026-01-01"))
    own = terms_of(folder)
    its = Terms(changed(own.book, {"rules_of_day": option}), own.place)
    life = Life(its)
    life.do("apply", "2025-12-20")
    life.do("accept", "2026-01-10")
    assert life.due_about("evaluated", "2026-01-20").last == day(last)


def test_rules_of_day_when_a_rule_changes_under_way(tmp_path: Path) -> None:
    folder = new_city(tmp_path, evaluation(since="2026-03-02"))
    own = terms_of(folder)
    for option, last in (("acceptance_day", "2026-05-05"), ("decision_day", "2026-03-12")):
        its = Terms(changed(own.book, {"rules_of_day": option}), own.place)
        life = evaluating(its, "2026-02-05")
        assert life.due_about("evaluated", "2026-03-01").last == day("2026-05-06")
        found = life.due_about("evaluated", "2026-03-02").last
        assert found == (day("2026-05-06") if option == "acceptance_day" else day(last))


# ---- a place of its own


def evaluation(since: str = "2026-01-01", rule: str = "evaluation_limit") -> str:
    """35 natural days for the evaluation, as in Fujian."""
    return f"""
  - rule: {rule}
    family: clock
    title: 评估时限
    title_en: Time limit of evaluation
    clauses: [NC-01]
    means: within
    who: agency
    begins: accepted
    ends: evaluated
    unit: day
    pauses: [materials_awaited]
    values:
      - {{since: {since}, value: 35, clause: NC-01, checked_on: 2026-11-22}}
"""


def new_city(folder: Path, *rules: str) -> Path:
    """The city of docs/guide/new-city.md with rules added."""
    for name, content in files_of("new-city.md").items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    path = folder / "newcity" / "rules.yaml"
    path.write_text(path.read_text("utf-8") + "".join(rules), "utf-8")
    return folder / "newcity"


@pytest.mark.parametrize("rule", ["evaluation_limit", "nc_evaluation_limit"])
def test_a_third_city_with_35_natural_days(tmp_path: Path, rule: str) -> None:
    its = terms_of(new_city(tmp_path, evaluation(rule=rule)))
    life = evaluating(its, "2026-01-15")
    found = life.due_about("evaluated", "2026-01-20")
    assert (found.last, found.clause, found.rule) == (day("2026-02-24"), "NC-01", rule)
    # the 35th day is 19 February, in the Spring Festival: the 24th is the next working day
    assert life.remarks("pass_evaluation", "2026-02-24") == []
    (fault,) = life.ask("pass_evaluation", "2026-02-25").faults
    assert fault.kind == "late"
    life.do("await_papers", "2026-01-20")
    assert life.due_about("evaluated", "2026-04-20").urgency is Urgency.PAUSED


@pytest.mark.parametrize(
    ("months", "last", "clause"), [(2, "2026-03-16", "NC-01"), (4, "2026-04-15", "O2-09")]
)
@pytest.mark.parametrize("rule", ["evaluation_limit", "nc_evaluation_limit"])
def test_a_place_may_be_stricter_never_laxer(
    tmp_path: Path, rule: str, months: int, last: str, clause: str
) -> None:
    own = evaluation(rule=rule).replace("unit: day", "unit: month").replace("35", str(months))
    life = evaluating(terms_of(new_city(tmp_path, own)), "2026-01-15")
    found = life.due_about("evaluated", "2026-01-20")
    assert (found.last, found.clause) == (day(last), clause)


def test_a_request_ahead_may_be_counted_in_working_days(tmp_path: Path) -> None:
    own = """
  - rule: nc_renewal
    family: clock
    title: 续签申请
    title_en: Request for renewal
    clauses: [NC-01]
    means: ahead
    who: institution
    begins: renewal_requested
    ends: agreement_expired
    unit: working_day
    values:
      - {since: 2026-01-01, value: 5, clause: NC-01, checked_on: 2026-11-22}
"""
    life = Life(terms_of(new_city(tmp_path, own)), "H1")
    life.do("open", "2026-01-01", stage="in_force", agreement_through="2026-02-25")
    # before Wednesday 25 February: 24, make-up 14, 13, 12, 11
    found = life.due_about("renewal_requested", "2026-02-01")
    assert (found.last, found.provisional) == (day("2026-02-11"), False)
    assert life.remarks("request_renewal", "2026-02-11") == []
    assert life.remarks("request_renewal", "2026-02-12") == ["late"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("number_from: evaluation_days", "number_from"),
        ('everybody_if: {trial_chemists: "yes"}', "everybody_if.trial_chemists"),
        ('unless: {trial_renewals: "both"}', "unless.trial_renewals"),
    ],
)
def test_a_clock_that_hangs_on_an_unknown_reading_is_a_fault(
    tmp_path: Path, line: str, key: str
) -> None:
    own = evaluation().replace("    unit: day", f"    unit: day\n    {line}")
    with pytest.raises(ShelfError) as refused:
        terms_of(new_city(tmp_path, own))
    (fault,) = refused.value.faults
    assert fault.kind == "shelf_unknown_reading"
    assert str(fault.place.sheet).endswith(f".{key}")
    assert "没有口径" in said(fault)
