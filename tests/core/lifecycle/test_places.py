"""An entry held against what the plan of the year gives: kept, full, unknown, not issued."""

import pytest

from dingdian.core.errors import Text
from dingdian.core.lifecycle.places import Given, Scales, YearPlan, used
from dingdian.core.lifecycle.takings import takings
from tests.core.lifecycle.lives import Life, evaluating, in_force, said, terms

ELSEWHERE = "210103"


def given(resource="pharmacies", amount=2, scope="", **more):
    name = Text("零售药店", "pharmacies")
    at = Text("甲区", "District A") if scope else Text("全市", "the whole city")
    rules, clauses = ("sy_inpatient_new_places",), ("SY-12",)
    plan = {"rules": rules, "clauses": clauses, "bed_classes": ("",), **more}
    return Given(resource=resource, scope=scope, amount=amount, name=name, scope_name=at, **plan)


def plan(*of, year=2026):
    districts = {"210102": "210102", ELSEWHERE: ELSEWHERE, "210102001": "210102"}
    return {year: YearPlan(year, "2026年度工作计划 沈医保发〔2026〕1号", of, districts)}


def qualified(case, **facts):
    stated = {"kind": "retail_pharmacy", "services": "personal_account", **facts}
    life = evaluating(None, **stated)
    life.case = case
    life.do("pass_evaluation", "2026-01-20")
    return life


def weighed(life, move, plans, *others, on="2026-02-01", **more):
    """The faults of a move that the table allows; others are lives that took before it."""
    verdict = life.ask(move, on, **more)
    assert verdict.entry is not None, [said(each) for each in verdict.faults]

    def taken(resource, year):
        found = (each for other in (life, *others) for each in takings(other.entries))
        return [e for e in found if (e.resource, e.day.year) == (resource, year)]

    return list(Scales(plans, taken, life.terms).weigh(verdict.entry, life.entries))


def kinds(*asked, **more):
    return [each.kind for each in weighed(*asked, **more)]


def two(**facts):
    """Two that have their places."""
    found = []
    for number in (1, 2):
        life = qualified("A-1", **facts)
        life.do("allot", "2026-01-25")
        found.append(life)
        life.entries = [_named(each, f"B-{number}") for each in life.entries]
    return found


def _named(entry, case):
    from dataclasses import replace

    return replace(entry, case=case)


@pytest.mark.clause("SY-12")
def test_the_last_place_is_given_and_the_next_one_is_told_who_has_them():
    first, second = two()
    mine = qualified("A-1")
    assert kinds(mine, "allot", plan(given(amount=2)), first) == []
    (fault,) = weighed(mine, "allot", plan(given(amount=2)), first, second)
    assert fault.kind == "no_place_left"
    words = said(fault)
    for part in ("全市2026年零售药店名额2", "沈医保发〔2026〕1号", "SY-12", "B-1（4）、B-2（4）"):
        assert part in words, words
    assert kinds(mine, "publish", plan(given(amount=2)), first, second) == ["no_place_left"]


def test_a_place_that_is_given_is_not_weighed_again_by_the_notice():
    mine = qualified("A-1")
    mine.do("allot", "2026-01-25")
    assert kinds(mine, "publish", plan(given(amount=0))) == []


def test_districts_and_the_whole_place_both_limit():
    first, second = two()
    here, there = given(amount=2, scope="210102"), given(amount=0, scope=ELSEWHERE)
    mine = qualified("A-1")
    assert kinds(mine, "allot", plan(here, there), first) == []
    assert kinds(mine, "allot", plan(here, there), first, second) == ["no_place_left"]
    village = qualified("A-1", region="210102001")
    assert kinds(village, "allot", plan(here, there), first, second) == ["no_place_left"]
    other = qualified("A-1", region=ELSEWHERE)
    assert kinds(other, "allot", plan(here), first, second) == []
    assert kinds(other, "allot", plan(here, given(amount=2)), first, second) == ["no_place_left"]


def test_what_is_not_issued_or_not_known_is_neither_none_nor_any_number():
    mine = qualified("A-1")
    assert kinds(mine, "allot", {}) == ["plan_of_year_not_issued"]
    assert kinds(mine, "allot", plan(given(), year=2025)) == ["plan_of_year_not_issued"]
    unknown = given(amount=None)
    assert kinds(mine, "allot", plan(unknown)) == ["places_unknown"]
    decided = {"exception": "sy_inpatient_new_places", "documents": ("会议纪要",)}
    assert kinds(mine, "allot", plan(given(amount=None, principle=True)), **decided) == [
        "places_unknown"
    ]
    assert kinds(mine, "allot", plan()) == []  # no rule gives a number


@pytest.mark.clause("SY-06")
def test_a_number_is_exceeded_only_by_a_recorded_exception_of_a_rule_in_principle():
    mine = qualified("A-1")
    by_rule = {"exception": "sy_inpatient_new_places"}
    paper = {"documents": ("沈医保纪要〔2026〕3号",)}
    in_principle, firm = given(amount=0, principle=True), given(amount=0)
    assert kinds(mine, "allot", plan(in_principle), **by_rule, **paper) == [
        "places_exceeded_by_decision"
    ]
    assert "place_without_document" in kinds(mine, "allot", plan(in_principle), **by_rule)
    assert kinds(mine, "allot", plan(in_principle), **paper) == ["no_place_left"]
    assert kinds(mine, "allot", plan(firm), **by_rule, **paper) == ["no_place_left"]
    other = {"exception": "sy_bed_freeze"}
    assert kinds(mine, "allot", plan(in_principle), **other, **paper) == ["no_place_left"]


@pytest.mark.clause("DX-26")
def test_real_need_sets_places_aside_in_daxinganling():
    life = Life(terms("daxinganling"))
    about = {"kind": "retail_pharmacy", "region": "232761", "services": "personal_account"}
    life.do("apply", "2026-01-05", **about)
    life.do("accept", "2026-01-05")
    life.do("pass_evaluation", "2026-01-20")
    (fault,) = weighed(life, "allot", plan(given(amount=0)))
    allowed = fault.fields["allowed"]
    assert allowed.startswith("dx_")
    more = {"exception": allowed, "documents": ("纪要",)}
    assert kinds(life, "allot", plan(given(amount=0)), **more) == ["places_exceeded_by_decision"]


@pytest.mark.clause("SY-24")
def test_one_that_the_plan_does_not_limit_takes_none_of_its_places():
    first = qualified("A-1")
    free = {"exemption": "sy_exempt", "documents": ("一体化管理文件",)}
    assert kinds(first, "allot", plan(given(amount=0)), **free) == []
    first.do("allot", "2026-01-25", **free)
    first.entries = [_named(each, "B-1") for each in first.entries]
    mine = qualified("A-1")
    assert kinds(mine, "allot", plan(given(amount=1)), first) == []
    counts = qualified("A-1")
    counts.terms = terms(exempt_uses_quota="yes")
    assert kinds(counts, "allot", plan(given(amount=1)), first) == ["no_place_left"]
    wrong = {"exemption": "sy_bed_freeze", "documents": ("文件",)}
    assert "exemption_unknown" in kinds(mine, "allot", plan(given(amount=1)), **wrong)


@pytest.mark.clause("SY-06")
def test_beds_are_weighed_by_the_classes_that_count_together():
    beds = given("contracted_beds", 30, bed_classes=("general", "tcm"))
    life = in_force(kind="hospital", beds="general=20")
    assert kinds(life, "change_beds", plan(beds), beds="general=40;tcm=10") == []
    assert kinds(life, "change_beds", plan(beds), beds="general=41;tcm=10") == ["no_place_left"]
    assert kinds(life, "change_beds", plan(beds), beds="general=20;dialysis=90") == []
    assert kinds(life, "change_beds", plan(beds), beds="general=10") == []


def test_what_the_rules_of_the_plan_do_not_hand_out_is_not_limited():
    assert kinds(in_force(), "open_service", plan(given()), service="out_of_area") == []


def test_what_is_left_of_every_number_and_who_is_outside_it():
    first, second = two()
    free = qualified("A-1")
    free.do("allot", "2026-01-26", exemption="sy_exempt", documents=("文件",))
    found = [e for life in (first, second, free) for e in takings(life.entries)]

    def taken(resource, year):
        return [e for e in found if (e.resource, e.day.year) == (resource, year)]

    (year,) = plan(given(amount=1), given(amount=None), given(amount=3, scope=ELSEWHERE)).values()
    over, unknown, other = used(year, taken, terms())
    assert (over.taken, over.left, len(over.free)) == (2, -1, 1)
    assert (unknown.taken, unknown.left) == (2, None)
    assert (other.taken, other.left, other.free) == (0, 3, ())
    (counts, *_) = used(year, taken, terms(exempt_uses_quota="yes"))
    assert (counts.taken, counts.free) == (3, ())
