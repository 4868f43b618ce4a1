"""Who keeps away: each relation, on both sides of its last day; what is unknown is not "none"."""

import datetime as dt
from dataclasses import replace

import pytest

from dingdian.core.admission.application import Person
from dingdian.core.panel.experts import (
    Applicant,
    Relation,
    applicant_faults,
    applicant_of,
    barred,
    fingerprint,
    register_faults,
    related,
)
from tests.hearings import policy, sound
from tests.panels import APPLICANT, DAY, SINCE, TERMS, expert, register, terms

LIMITED = terms(panel_yearly_limit="limit", numbers={"panel_yearly_limit": 20})


def code(one, on=DAY, found=TERMS, applicant=APPLICANT):
    why = barred(one, applicant, found, on)
    return why and why.code


@pytest.mark.parametrize(
    "name", ["91210100A1", "h21010100001", "某某医院", "某某 医院", "９１210100A1"]
)
def test_an_expert_of_the_applicants_own_house_keeps_away_however_it_is_spelt(name):
    why = related(expert("E1", employer=name), APPLICANT, TERMS, DAY)
    assert (why.code, dict(why.details)["ground"]) == ("expert_related", "employed")


def test_an_employer_that_is_not_known_is_not_none():
    assert code(expert("E1", employer=None)) == "expert_employer_unknown"
    assert code(expert("E1", employer="")) is None


@pytest.mark.parametrize(
    ("ended", "why"),
    [
        (None, "expert_related"),
        (DAY, "expert_related"),
        (dt.date(2023, 3, 3), "expert_related"),
        (dt.date(2023, 3, 2), None),
        (dt.date(2020, 1, 1), None),
    ],
)
def test_a_relation_counts_for_three_years_after_it_ended(ended, why):
    assert code(expert("E1", relations=(Relation("interest", "某某医院", ended),))) == why


def test_under_the_other_reading_only_a_relation_that_stands_counts():
    present = terms(panel_relations="present")
    ended = expert("E1", relations=(Relation("interest", "某某医院", DAY),))
    standing = expert("E1", relations=(Relation("interest", "某某医院"),))
    assert code(ended, found=present) is None
    assert code(standing, found=present) == "expert_related"


def test_a_relation_to_another_house_does_not_count():
    assert code(expert("E1", relations=(Relation("interest", "另一医院"),))) is None


def test_who_leads_the_applicant_keeps_away_and_so_does_a_namesake_without_a_number():
    own, other = "21010119700101001x", "210101198001010020"
    assert code(replace(expert("E1"), id_number=own)) == "expert_is_person"
    assert code(replace(expert("E1"), name="张三")) == "expert_namesake"
    assert code(replace(expert("E1"), name="张三", id_number=other)) is None


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (SINCE - dt.timedelta(1), "expert_inactive"),
        (SINCE, None),
        (DAY, None),
        (DAY + dt.timedelta(1), "expert_inactive"),
    ],
)
def test_only_who_stands_in_the_register_on_the_day(day, why):
    assert code(expert("E1", through=DAY), on=day) == why


@pytest.mark.parametrize(
    ("districts", "own", "why"),
    [
        ((), "", None),
        (("210102",), "210102", None),
        (("210103",), "210102", "expert_other_district"),
        (("210102",), "", "expert_other_district"),
    ],
)
def test_an_expert_of_some_districts_evaluates_in_those(districts, own, why):
    one = expert("E1", districts=frozenset(districts))
    assert code(one, applicant=replace(APPLICANT, district=own)) == why


@pytest.mark.parametrize(
    ("cases", "why"), [(19, None), (20, "expert_cases_over"), (None, "expert_cases_unknown")]
)
def test_a_limit_of_cases_holds_where_a_reading_sets_one(cases, why):
    assert code(expert("E1", cases=cases), found=LIMITED) == why
    assert code(expert("E1", cases=cases)) is None


def test_what_an_applicant_is_called_comes_from_its_application():
    found = applicant_of(sound(policy(), uscc="91U", institution="H1", chain="连锁"))
    assert found.called == {"91U", "H1", "申请人A1", "连锁"}
    assert found.people[0].name == "张三"
    assert found.district == "east"
    assert list(applicant_faults(found)) == []


def test_of_an_applicant_without_name_or_people_nobody_can_be_told_to_be_unrelated():
    nobody = Applicant(frozenset({" "}))
    assert [each.kind for each in applicant_faults(nobody)] == ["panel_applicant_unknown"] * 2
    named = Applicant(frozenset({"甲"}), (Person("head", "李", ""),))
    assert list(applicant_faults(named)) == []


def test_every_fault_of_a_register_is_told():
    bad = [
        *register(1),
        expert("med0"),
        expert("a;b", "law"),
        expert("E9", relations=(Relation("friend", "甲"),)),
    ]
    assert sorted(each.kind for each in register_faults(bad, TERMS)) == [
        "panel_code_unfit", "panel_expert_twice", "panel_field_unknown", "panel_ground_unknown",
    ]  # fmt: skip
    assert list(register_faults(register(), TERMS)) == []


def test_the_fingerprint_of_a_register_leaves_its_order_out_and_nothing_else():
    own = register()
    assert fingerprint(own) == fingerprint(own[::-1])
    for changed in (
        {"name": "改名"}, {"employer": None}, {"employer": ""}, {"cases": 1}, {"cases": 0},
        {"through": DAY}, {"districts": frozenset({"1"})}, {"id_number": "1"},
        {"relations": (Relation("interest", "甲"),)}, {"field": "finance"},
    ):  # fmt: skip
        assert fingerprint(register(med0=changed)) != fingerprint(own), changed
