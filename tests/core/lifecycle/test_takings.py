"""What a case takes of the places of a year, and when it comes back (SY-12, DX-34)."""

import pytest
from hypothesis import given

from dingdian.core.lifecycle.takings import TAKE, takings
from tests.core.lifecycle.lives import Life, applied, evaluating, in_force, negotiating, signed
from tests.core.lifecycle.stations import AT
from tests.core.lifecycle.walks import lives

SERVICES = {"services": "personal_account"}


def taken(life):
    """Resource and bed class, amount, number of the entry and year of each."""
    return [
        ("_".join(filter(None, (e.resource, e.bed_class))), e.amount, e.seq, e.day.year)
        for e in takings(life.entries)
    ]


def qualified(**facts):
    life = evaluating(**SERVICES)
    life.do("pass_evaluation", "2026-01-20", **facts)
    return life


OWN = [("medical_institutions", 1, 3, 2026), ("personal_account_institutions", 1, 3, 2026)]


@pytest.mark.clause("SY-12")
def test_a_place_is_taken_by_the_first_entry_that_gives_it():
    proposed = qualified(outcome="proposed")
    assert taken(proposed) == OWN
    proposed.do("publish", "2026-01-21")
    assert taken(proposed) == OWN
    for outcome in ({}, {"outcome": "waiting"}):
        waits = qualified(**outcome)
        assert taken(waits) == []
        waits.do("allot", "2026-01-21")
        assert [seq for *_, seq, _ in taken(waits)] == [4, 4]
    by_notice = qualified()
    by_notice.do("publish", "2026-01-21")
    assert [seq for *_, seq, _ in taken(by_notice)] == [4, 4]
    assert taken(applied()) == taken(evaluating()) == taken(in_force()) == []


@pytest.mark.parametrize(
    ("move", "on"),
    [("withdraw", "2026-02-10"), ("decline", "2026-02-10")],
)
def test_a_place_comes_back_where_no_agreement_comes_of_it(move, on):
    life = negotiating()
    assert taken(life) != []
    life.do(move, on)
    assert taken(life) == []


def test_a_refusal_and_an_objection_that_is_upheld_give_the_place_back():
    refused = qualified(outcome="proposed")
    refused.do("refuse", "2026-01-21")
    assert taken(refused) == []
    objected = qualified(outcome="proposed")
    for move, on in (("publish", "2026-01-21"), ("object", "2026-01-22")):
        objected.do(move, on)
    dismissed = Life(objected.terms)
    dismissed.entries = list(objected.entries)
    objected.do("uphold_objection", "2026-01-23")
    dismissed.do("dismiss_objection", "2026-01-23")
    assert (taken(objected), len(taken(dismissed))) == ([], 2)


def test_an_annulled_entry_takes_nothing_and_an_annulled_end_takes_again():
    life = qualified(outcome="proposed")
    life.do("withdraw", "2026-01-21")
    life.do("annul", "2026-01-21", entry="4")
    assert taken(life) == OWN
    life.do("annul", "2026-01-21", entry="3")
    assert taken(life) == []


@pytest.mark.clause("SY-12")
def test_what_ends_after_the_signing_is_a_release_and_does_not_come_back_to_the_year():
    life = signed()
    before = taken(life)
    life.do("terminate", "2026-04-01")
    assert taken(life) == before != []


def test_the_signing_keeps_the_year_of_the_notice_and_takes_only_what_it_adds():
    life = negotiating(services="outpatient_pooling;personal_account")
    life.do("sign", "2026-03-01", services="personal_account;inpatient")
    assert taken(life) == [
        ("medical_institutions", 1, 4, 2025),
        ("inpatient_institutions", 1, 6, 2026),
        ("personal_account_institutions", 1, 4, 2025),
    ]


def test_services_and_beds_that_are_added_later_take_places_of_their_own_year():
    life = in_force(beds="general=20")
    life.do("open_service", "2026-02-01", service="outpatient_chronic")
    life.do("change_beds", "2026-03-01", beds="general=50;dialysis=4")
    life.do("change_beds", "2026-04-01", beds="general=10")
    life.do("change_beds", "2026-05-01", beds="general=15")
    assert taken(life) == [
        ("contracted_beds_general", 30, 3, 2026),
        ("contracted_beds_dialysis", 4, 3, 2026),
        ("contracted_beds_general", 5, 5, 2026),
    ]


def test_beds_that_are_allotted_in_part_are_those_of_the_case():
    life = evaluating(beds="general=60", **SERVICES)
    life.do("pass_evaluation", "2026-01-20", outcome="proposed", beds="general=40")
    assert ("contracted_beds_general", 40, 3, 2026) in taken(life)


def test_one_whose_trial_failed_takes_a_place_anew():
    life = AT["trial_failed"]()
    before = taken(life)
    life.do("review_again", "2028-03-02")
    while life.stage != "negotiating":
        move, on = {
            "evaluating": ("pass_evaluation", "2028-03-03"),
            "qualified": ("publish", "2028-03-06"),
            "public_notice": ("close_notice", "2028-05-10"),
        }[life.stage]
        life.do(move, on)
    life.do("sign", "2028-05-12")
    assert len(taken(life)) == 2 * len(before)
    assert {year for *_, year in taken(life)} == {2025, 2026, 2028}  # the signing added a service


@given(lives())
def test_no_other_move_takes_a_place(life):
    amounts = []
    for at in range(1, len(life.entries) + 1):
        amounts += [sum(each.amount for each in takings(life.entries[:at]))]
    before = 0
    for entry, now in zip(life.entries, amounts, strict=True):
        assert now <= before or entry.move in TAKE, entry.move
        before = now
