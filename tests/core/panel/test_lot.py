"""The lot: the same from the same seed, fair, in every field, told where it cannot be drawn."""

import hashlib
import random
from collections import Counter
from dataclasses import replace
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.panel.experts import Relation
from dingdian.core.panel.lot import Occasion, Shortage, draw, next_of, ticket
from tests.panels import APPLICANT, CASE, DAY, FIELDS, SEED, TERMS, expert, register, terms

OF = Occasion(CASE, SEED, APPLICANT, TERMS, DAY)


def slow(own, seed, case, found=TERMS):
    """Who is drawn, told as a person would do it with a list, a pencil and sha256sum."""
    order = sorted(
        own, key=lambda one: hashlib.sha256(f"{seed}\n{case}\n{one.id}".encode()).hexdigest()
    )
    seats = []
    for field, least in found.fields.items():
        seats += [one.id for one in order if one.field == field][:least]
    for one in order:
        if len(seats) < found.members and one.id not in seats:
            seats.append(one.id)
    return {*seats}


def test_anybody_can_make_a_ticket_again():
    text = b"2026\nSQ1\nE1"  # printf '2026\nSQ1\nE1' | sha256sum
    assert ticket("2026", "SQ1", "E1") == hashlib.sha256(text).hexdigest()


def test_where_a_text_ends_is_part_of_the_lot():
    assert ticket("20", "26", "E1") != ticket("2", "026", "E1")


def test_these_are_drawn_today_and_in_ten_years():
    assert draw(register(), OF).members == ("med1", "fin2", "hea2", "inf1", "inf0")


@settings(max_examples=40, deadline=None)
@given(
    seed=st.text("0123456789-", min_size=1), case=st.sampled_from(["A1", "B2"]), order=st.randoms()
)
def test_the_order_of_the_register_changes_nothing_and_the_oracle_agrees(seed, case, order):
    own = register()
    mixed = order.sample(own, len(own))
    of = replace(OF, seed=seed, case=case)

    assert draw(mixed, of) == draw(own, of)
    assert {*draw(own, of).members} == slow(own, seed, case)
    assert len({*draw(own, of).members}) == 5


@given(seed=st.text("0123456789-", min_size=1))
@settings(max_examples=40, deadline=None)
def test_every_field_has_its_least_number(seed):
    found = draw(register(), replace(OF, seed=seed))
    fields = {each.expert: each.field for each in found.lots}
    of = Counter(fields[each] for each in found.members)
    assert all(of[field] >= 1 for field in FIELDS)


def test_of_one_field_everybody_has_the_same_chance():
    """Over 3,000 seeds each of nine is drawn within five standard deviations of the mean."""
    own, n = register(3), 3_000
    times = Counter(one for k in range(n) for one in draw(own, replace(OF, seed=f"s{k}")).members)
    mean = n * 5 / 12
    bound = 5 * (n * (5 / 12) * (7 / 12)) ** 0.5
    assert set(times) == {one.id for one in own}
    assert max(abs(found - mean) for found in times.values()) < bound


def test_every_pair_of_one_field_comes_up_as_often():
    """Without least numbers all 15 pairs of six are drawn as often: chi-square below its bound."""
    found = terms(panel_fields="any", numbers={"panel_members": 2})
    own, n = [expert(f"E{k}") for k in range(6)], 3_000
    of = replace(OF, terms=found)
    pairs = Counter(frozenset(draw(own, replace(of, seed=f"s{k}")).members) for k in range(n))
    mean = n / comb(6, 2)
    assert len(pairs) == 15
    assert sum((each - mean) ** 2 / mean for each in pairs.values()) < 45  # 1 in 25,000 by chance


def test_another_case_draws_others_with_the_same_seed():
    drawn = {draw(register(), replace(OF, case=f"SQ{k}")).members for k in range(20)}
    assert len(drawn) > 10


def test_who_keeps_away_is_passed_over_with_the_reason_and_the_rest_stay_in_order():
    first = draw(register(), OF).members[0]
    own = register(**{first: {"relations": (Relation("relative", "某某医院"),)}})
    found = draw(own, OF)

    assert first not in found.members
    (passed,) = [each for each in found.lots if each.barred]
    assert (passed.expert, passed.barred.code) == (first, "expert_related")
    assert [e.expert for e in found.lots] == [e.expert for e in draw(register(), OF).lots]


def test_a_field_without_enough_is_told_with_its_numbers_and_nobody_is_drawn():
    away = {"relations": (Relation("interest", "某某医院"),)}
    own = register(2, fin0=away, fin1=away)
    found = draw(own, OF)

    assert found.members == ()
    assert found.shortages == (Shortage("finance", needed=1, free=0, barred=2),)


@pytest.mark.parametrize(("each", "short"), [(2, ()), (1, (Shortage("", 5, 4, 0),))])
def test_all_seats_are_needed_besides_those_of_the_fields(each, short):
    assert draw(register(each), OF).shortages == short


def test_where_no_field_is_a_must_any_five_will_do():
    own = [expert(f"E{k}") for k in range(5)]
    assert len(draw(own, OF).shortages) == 3
    assert len(draw(own, replace(OF, terms=terms(panel_fields="any"))).members) == 5


def test_the_least_numbers_go_before_a_smaller_number_of_seats():
    few = terms(numbers={"panel_members": 3})
    assert len(draw(register(), replace(OF, terms=few)).members) == 4


def test_a_free_seat_goes_to_the_next_of_the_same_lot_in_the_field():
    own = register()
    found = draw(own, OF)
    lots = [each.expert for each in found.lots if each.field == "finance"]
    seat = next(each for each in lots if each in found.members)
    again = next_of("finance", found.lots, own, out=found.members, of=OF)

    assert again.members == tuple(each for each in lots if each not in found.members)[:1]
    assert seat not in again.members
    assert [each.expert for each in again.lots] == [each.expert for each in found.lots]


def test_who_became_related_or_left_the_register_meanwhile_is_passed_over():
    found = draw(register(), OF)
    free = [e.expert for e in found.lots if e.field == "finance" and e.expert not in found.members]
    away = {"relations": (Relation("interest", "某某医院"),)}
    now = register(**{free[0]: away})
    assert next_of("finance", found.lots, now, out=found.members, of=OF).members == (free[1],)
    left = [each for each in register() if each.id != free[0]]
    again = next_of("finance", found.lots, left, out=found.members, of=OF)
    assert again.members == (free[1],)
    assert "expert_left_register" in {e.barred.code for e in again.lots if e.barred}


def test_a_newcomer_never_gets_before_the_first_lot():
    found = draw(register(), OF)
    new = [
        expert(f"new{k}", "finance") for k in range(40)
    ]  # some tickets are lower than all others
    of_old = next_of("finance", found.lots, [*register(), *new], out=found.members, of=OF)
    assert of_old.members[0].startswith("fin")

    gone = [each for each in register() if each.field != "finance" or each.id in found.members]
    of_new = next_of("finance", found.lots, [*gone, *new], out=found.members, of=OF)
    assert of_new.members == (min((e.id for e in new), key=lambda e: ticket(SEED, CASE, e)),)
    tail = [each.expert for each in of_new.lots][len(found.lots) :]
    assert tail == sorted(tail, key=lambda one: ticket(SEED, CASE, one))


def test_where_nobody_is_left_the_seat_stays_free_with_the_reason():
    own = register(2)
    found = draw(own, OF)
    out = [each.id for each in own if each.field == "finance"]
    again = next_of("finance", found.lots, own, out=out, of=OF)
    assert (again.members, again.shortages) == ((), (Shortage("finance", 1, 0, 2),))


def test_no_generator_of_chance_is_asked():
    random.seed(1)
    first = draw(register(), OF)
    random.seed(2)
    assert draw(register(), OF) == first
