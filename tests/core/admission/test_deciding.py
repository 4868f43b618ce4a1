"""Rounds: ranking, places, spacing among applicants, and who goes first, from both sides."""

import datetime as dt
import itertools
import random
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from dingdian.core.admission.decision import Met, Outcome, Stage
from dingdian.core.admission.entry import AreaClass, RedLine
from dingdian.core.admission.exemption import exempted
from dingdian.core.admission.ranking import lottery
from dingdian.core.spacing.stock import stock_on
from dingdian.core.spacing.terms import Side
from dingdian.core.workings import reason
from tests.hearings import DECIDED, case, decided, ledger, of, one, policy, scored, sound
from tests.spots import ground, institution, north

SY, DX = policy(), policy("daxinganling")
FAR = [north(2_000 * at) for at in range(20)]
POOLING = ("outpatient_pooling",)
PLACES = "outpatient_pooling_institutions"


def applicant(id: str, points: int | str = 80, found: Any = SY, **more: Any) -> Any:
    """A sound applicant for outpatient pooling, far from all others, with so many points."""
    at = more.pop("at", FAR[int(id[1:]) % len(FAR)])
    made = sound(found, id, services=POOLING, at=at, **more)
    kept = tuple(each for each in made.scores if each.part == "qualitative")
    return replace(made, scores=(*kept, scored(points)))


# ---------------------------------------------------------------- places


@pytest.mark.clause("SY-15", "SY-16", "DX-25")
@pytest.mark.parametrize(("left", "outcome"), [(1, Outcome.PROPOSED), (0, Outcome.WAITING)])
def test_a_full_quota_lets_wait_and_refuses_nobody(left, outcome):
    made = one(applicant("A1"), SY, ledger(**{PLACES: left}))

    assert made.outcome is outcome
    condition = of(made, Stage.PLACES, PLACES)
    assert (condition.value, condition.threshold) == (1, left)
    if not left:
        assert condition.shortfall == 1
        assert condition.change.code == "change_places_freed"


@pytest.mark.clause("SY-13", "SY-17")
def test_without_a_number_only_the_preconditions_limit():
    assert one(applicant("A1"), SY, ledger(**{PLACES: None})).outcome is Outcome.PROPOSED


@pytest.mark.clause("SY-12", "SY-14")
@pytest.mark.parametrize(
    ("reading", "left", "met", "takes"),
    [
        ("refuse", 80, Met.FAILED, None),
        ("refuse", 100, Met.PASSED, 100),
        ("partial", 80, Met.PASSED, 80),
        ("carry_over", 80, Met.FAILED, None),
        (None, 80, Met.UNCLEAR, None),
        ("partial", 0, Met.FAILED, None),
    ],
)
def test_more_beds_than_are_left(reading, left, met, takes):
    found = policy(larger_than_left=reading)
    beds = {"general": Fraction(100)}
    asked = sound(found, kind="hospital", services=("inpatient",), beds=beds)
    made = one(asked, found, ledger(contracted_beds=left, inpatient_institutions=5))

    assert of(made, Stage.PLACES, "contracted_beds").met is met
    taken = {each.resource: each.amount for each in made.takes}
    assert taken.get("contracted_beds") == takes


def test_what_is_carried_over_is_kept_from_the_next_one():
    found = policy(larger_than_left="carry_over")
    big, small = (
        replace(
            sound(found, id, kind="hospital", services=("inpatient",), at=FAR[at]),
            beds={"general": Fraction(beds)},
        )
        for at, (id, beds) in enumerate((("A1", 100), ("A2", 10)))
    )
    big = replace(big, applied_on=dt.date(2026, 1, 1))
    made = decided([big, small], found, ledger(contracted_beds=80, inpatient_institutions=5))
    assert made["A2"].outcome is Outcome.WAITING
    refused = policy(larger_than_left="refuse")
    made = decided([big, small], refused, ledger(contracted_beds=80, inpatient_institutions=5))
    assert made["A2"].outcome is Outcome.PROPOSED


@pytest.mark.clause("SY-09", "SY-12")
def test_one_refused_for_another_ground_carries_nothing_over():
    found = policy(larger_than_left="carry_over")
    big, small = (
        replace(
            sound(found, id, kind="hospital", services=("inpatient",), at=FAR[at]),
            beds={"general": Fraction(beds)},
        )
        for at, (id, beds) in enumerate((("A1", 100), ("A2", 10)))
    )
    big = replace(big, applied_on=dt.date(2026, 1, 1))
    stock = stock_on(ground(institution("H", FAR[0], inpatient=True)), DECIDED)
    left = ledger(contracted_beds=80, inpatient_institutions=5)
    made = decided([big, small], found, left, stock=stock)

    assert made["A1"].outcome is Outcome.NOT_ADMITTED
    assert made["A2"].outcome is Outcome.PROPOSED


@pytest.mark.clause("SY-12")
def test_a_part_is_given_only_of_what_nobody_ahead_may_take():
    found = policy(larger_than_left="partial")
    ahead, behind = (
        replace(
            sound(found, id, kind="hospital", services=("inpatient",), at=FAR[at]),
            beds={"general": Fraction(beds)},
        )
        for at, (id, beds) in enumerate((("A1", 60), ("A2", 100)))
    )
    name = next(iter(ahead.facts))
    facts = {each: f for each, f in ahead.facts.items() if each != name}
    ahead = replace(ahead, facts=facts, applied_on=dt.date(2026, 1, 1))
    left = ledger(contracted_beds=80, inpatient_institutions=5)
    made = decided([ahead, behind], found, left)

    assert made["A1"].outcome is Outcome.NEEDS_FACTS
    assert of(made["A2"], Stage.PLACES, "contracted_beds").met is Met.HELD
    assert made["A2"].takes == ()


def test_a_score_of_a_later_day_is_unknown_and_not_left_out():
    early, late = scored(90), replace(scored(10), item="more", evaluated_on=dt.date(2026, 3, 2))
    whole = sound(SY)
    kept = tuple(each for each in whole.scores if each.part == "qualitative")
    made = one(replace(whole, scores=(*kept, early, late)), SY)

    assert made.outcome is Outcome.NEEDS_FACTS
    assert made.standing is None


@pytest.mark.parametrize("found", [SY, DX])
def test_services_that_nobody_stated_are_not_none(found):
    made = one(sound(found, services=()), found)

    assert made.outcome is Outcome.NEEDS_FACTS
    assert of(made, Stage.INTAKE, "services").met is Met.UNKNOWN


@pytest.mark.clause("DX-32")
def test_one_that_is_exempt_for_sure_does_not_wait_for_a_reading_on_its_type():
    found = policy("daxinganling", rehabilitation_exempt=None)
    flags = frozenset({"key_project"})
    both = sound(found, kind="hospital", type="rehabilitation", flags=flags)
    only = sound(found, kind="hospital", type="rehabilitation")

    assert not exempted(case(both, found)).open
    assert exempted(case(only, found)).open == "rehabilitation_exempt"


def test_beds_managed_apart_have_a_ledger_of_their_own():
    beds = {"general": Fraction(10), "dialysis": Fraction(5)}
    asked = sound(SY, kind="hospital", services=("inpatient",), beds=beds)
    left = {"contracted_beds": 10, "contracted_beds_dialysis": 4, "inpatient_institutions": 1}
    made = one(asked, SY, ledger(**left))

    assert of(made, Stage.PLACES, "contracted_beds").met is Met.PASSED
    assert of(made, Stage.PLACES, "contracted_beds_dialysis").met is Met.FAILED


def test_an_unknown_number_of_beds_is_not_none():
    asked = sound(SY, kind="hospital", services=("inpatient",), beds={"general": None})
    made = one(asked, SY, ledger(contracted_beds=10, inpatient_institutions=1))

    assert made.outcome is Outcome.NEEDS_FACTS
    assert of(made, Stage.PLACES, "contracted_beds").met is Met.UNKNOWN


# ---------------------------------------------------------------- ranking


@pytest.mark.clause("DX-24", "SY-12", "SY-15")
def test_merit_decides_who_gets_the_last_place():
    made = decided([applicant("A1", 79), applicant("A2", 80)], SY, ledger(**{PLACES: 1}))

    assert made["A2"].outcome is Outcome.PROPOSED
    assert made["A1"].outcome is Outcome.WAITING
    assert (made["A2"].standing.rank, made["A1"].standing.rank) == (1, 2)


@pytest.mark.clause("SY-23")
def test_priority_counts_only_at_equal_merit():
    key = frozenset({"key_project"})
    better, prior = applicant("A1", 81), applicant("A2", 80, flags=key)
    made = decided([better, prior], SY, ledger(**{PLACES: 1}))
    assert made["A1"].outcome is Outcome.PROPOSED

    early = applicant("A1", 80, applied_on=dt.date(2026, 1, 1))
    made = decided([early, prior], SY, ledger(**{PLACES: 1}))
    assert made["A2"].outcome is Outcome.PROPOSED


@pytest.mark.clause("SY-23")
@pytest.mark.parametrize(("reading", "first"), [("equal", "A2"), ("as_listed", "A1")])
def test_the_order_among_the_priorities_is_a_reading(reading, first):
    found = policy(priority_order=reading)
    late = dt.date(2026, 1, 9)
    key = applicant("A1", flags=frozenset({"key_project"}), applied_on=late)
    care = applicant("A2", flags=frozenset({"combined_care"}))
    made = decided([key, care], found, ledger(**{PLACES: 1}))

    assert made[first].outcome is Outcome.PROPOSED


@pytest.mark.clause("DX-19", "DX-20")
def test_a_preference_without_weight_adds_no_points():
    village = sound(DX, "A1", kind="village_clinic", at=FAR[1])
    plain = replace(sound(DX, "A2", at=FAR[2]), applied_on=dt.date(2026, 1, 1))
    equal = decided([village, plain], DX, ledger(medical_institutions=1))
    assert equal["A2"].outcome is Outcome.PROPOSED

    weighted = policy("daxinganling", tilt_weights="weighted")
    weights = weighted.readings["tilt_weights"].model_copy(update={"number": Fraction(1)})
    weighted = replace(weighted, readings={**weighted.readings, "tilt_weights": weights})
    made = decided([village, plain], weighted, ledger(medical_institutions=1))
    assert made["A1"].outcome is Outcome.PROPOSED


@pytest.mark.clause("O2-04", "O3-04")
def test_equals_draw_a_lottery_by_the_published_seed_and_else_wait_for_each_other():
    equals = [applicant("A1"), applicant("A2"), applicant("A3")]
    open_ = decided(equals, SY, ledger(**{PLACES: 2}))
    assert {each.outcome for each in open_.values()} == {Outcome.WAITING}
    assert {each.standing.rank for each in open_.values()} == {1}
    enough = decided(equals, SY, ledger(**{PLACES: 3}))
    assert {each.outcome for each in enough.values()} == {Outcome.PROPOSED}

    drawn = decided(equals, SY, ledger(**{PLACES: 2}), seed="2026-03")
    order = sorted(drawn, key=lambda each: lottery("2026-03", each))
    assert [each for each in order if drawn[each].outcome is Outcome.PROPOSED] == order[:2]


def test_one_whose_case_is_open_holds_its_place_against_those_behind():
    open_ = replace(applicant("A1", 90), facts={})
    behind = applicant("A2", 80)
    made = decided([open_, behind], SY, ledger(**{PLACES: 1}))
    assert made["A1"].outcome is Outcome.NEEDS_FACTS
    assert made["A2"].outcome is Outcome.WAITING
    assert of(made["A2"], Stage.PLACES, PLACES).met is Met.HELD

    made = decided([open_, behind], SY, ledger(**{PLACES: 2}))
    assert made["A2"].outcome is Outcome.PROPOSED


def test_one_not_evaluated_is_not_ranked_and_holds_nothing():
    made = decided(
        [replace(applicant("A1"), scores=()), applicant("A2")], SY, ledger(**{PLACES: 1})
    )

    assert made["A1"].outcome is Outcome.NEEDS_FACTS
    assert made["A1"].standing is None
    assert made["A2"].outcome is Outcome.PROPOSED


@pytest.mark.parametrize(("points", "outcome"), [(60, Outcome.PROPOSED), ("59.9", None)])
@pytest.mark.clause("O2-09", "O3-08")
def test_the_pass_mark_of_the_reading(points, outcome):
    made = one(applicant("A1", points), SY, ledger(**{PLACES: 1}))
    condition = of(made, Stage.EVALUATION, "quantitative")

    assert condition.threshold == 60
    if outcome:
        assert made.outcome is outcome
    else:
        assert condition.met in (Met.FAILED, Met.UNCLEAR)
        assert made.outcome in (Outcome.NOT_ADMITTED, Outcome.NEEDS_READING)
    unmarked = policy(**{"evaluation_pass_mark": "no_mark"})
    assert (
        one(applicant("A1", points, unmarked), unmarked, ledger(**{PLACES: 1})).outcome
        is Outcome.PROPOSED
    )


# ---------------------------------------------------------------- spacing in the round


@pytest.mark.clause("SY-09")
@pytest.mark.parametrize(
    ("metres", "outcome"), [("800", Outcome.NOT_ADMITTED), ("800.001", Outcome.PROPOSED)]
)
def test_the_first_stands_in_the_way_of_the_second(metres, outcome):
    first, second = applicant("A1", 90, at=north(0)), applicant("A2", 80, at=north(metres))
    made = decided([second, first], SY, ledger(**{PLACES: 9}))

    assert made["A1"].outcome is Outcome.PROPOSED
    assert made["A2"].outcome is outcome


@pytest.mark.clause("SY-09")
def test_one_that_gets_no_place_stands_in_nobodys_way():
    full = {PLACES: 1}
    first = applicant("A1", 95, at=FAR[9])
    second, third = applicant("A2", 90, at=north(0)), applicant("A3", 80, at=north(300))
    made = decided([first, second, third], SY, ledger(**full))

    assert made["A2"].outcome is Outcome.WAITING
    assert of(made["A3"], Stage.SPACING).met is Met.PASSED


@pytest.mark.clause("SY-09")
@pytest.mark.parametrize(
    ("reading", "first", "second"),
    [
        ("ranked_first", Outcome.PROPOSED, Outcome.NOT_ADMITTED),
        ("neither", Outcome.NOT_ADMITTED, Outcome.NOT_ADMITTED),
        ("both", Outcome.PROPOSED, Outcome.PROPOSED),
    ],
)
def test_two_of_one_round_by_the_reading(reading, first, second):
    found = policy(spacing_same_round=reading)
    pair = [applicant("A1", 90, found, at=north(0)), applicant("A2", 80, found, at=north(500))]
    made = decided(pair, found, ledger(**{PLACES: 9}))

    assert (made["A1"].outcome, made["A2"].outcome) == (first, second)


def test_one_that_cannot_be_placed_needs_facts_and_may_stand_in_the_way():
    lost = replace(applicant("A1", 90), site=None)
    made = decided([lost, applicant("A2", 80)], SY, ledger(**{PLACES: 9}))

    assert made["A1"].outcome is Outcome.NEEDS_FACTS
    assert made["A2"].outcome is Outcome.WAITING
    ahead = decided(
        [replace(lost, scores=(*lost.scores[:-1], scored(70))), applicant("A2", 80)],
        SY,
        ledger(**{PLACES: 9}),
    )
    assert ahead["A2"].outcome is Outcome.PROPOSED


# ---------------------------------------------------------------- exemption, red line, area, twice


@pytest.mark.clause("SY-24")
@pytest.mark.parametrize("flag", ["integrated_village_clinic", "university_clinic"])
def test_the_exempt_need_no_place_and_no_distance_and_are_evaluated_all_the_same(flag):
    free = applicant("A1", at=north(0), flags=frozenset({flag}))
    made = decided([free, applicant("A2", 90, at=north(10))], SY, ledger(**{PLACES: 1}))
    assert made["A1"].outcome is Outcome.PROPOSED
    assert {of(made["A1"], stage).met for stage in (Stage.SPACING, Stage.PLACES)} == {Met.FREE}
    assert [each.amount for each in made["A1"].takes] == [0]

    assert one(replace(free, scores=()), SY).outcome is Outcome.NEEDS_FACTS
    used = policy(exempt_uses_quota="yes")
    assert [e.amount for e in one(replace(free), used, ledger(**{PLACES: 0})).takes] == [1]


@pytest.mark.clause("DX-32")
@pytest.mark.parametrize(
    ("changes", "choices", "free"),
    [
        ({"flags": frozenset({"family_doctor"})}, {}, True),
        ({"kind": "hospice"}, {}, True),
        ({"type": "psychiatric"}, {}, True),
        ({"type": "nursing"}, {}, False),
        ({"type": "nursing"}, {"nursing_exempt": "yes"}, True),
        ({"type": "rehabilitation"}, {}, True),
        ({"type": "rehabilitation"}, {"rehabilitation_exempt": "managed_apart"}, False),
        ({"type": "general", "beds": {"rehabilitation": Fraction(9)}}, {}, False),
        (
            {"type": "general", "beds": {"rehabilitation": Fraction(9)}},
            {"one_ward_exempts": "any_ward"},
            True,
        ),
        ({}, {}, False),
    ],
)
def test_who_is_exempt_in_daxinganling(changes, choices, free):
    found = policy("daxinganling", **choices)
    made = one(sound(found, **changes), found, ledger(medical_institutions=0))

    assert made.outcome is (Outcome.PROPOSED if free else Outcome.WAITING)


def line(found: Any, rule: str, consequence: str, *, acts: bool | None) -> RedLine:
    in_force = found.rules[rule]
    return RedLine(in_force, acts, consequence, frozenset(in_force.rule.resources))


@pytest.mark.clause("SY-28", "DX-11", "DX-31")
@pytest.mark.parametrize(
    ("acts", "outcome"),
    [(True, Outcome.WAITING), (False, Outcome.PROPOSED), (None, Outcome.NEEDS_FACTS)],
)
def test_a_pause_lets_everybody_wait(acts, outcome):
    lines = (line(SY, "sy_fund_red_line", "pause", acts=acts),)
    made = one(applicant("A1"), SY, ledger(**{PLACES: 1}), lines=lines)

    assert made.outcome is outcome
    if acts:
        assert of(made, Stage.RED_LINE).change.code == "change_red_line_lifted"


@pytest.mark.clause("SY-28")
@pytest.mark.parametrize("had", [False, True])
def test_a_pause_lets_nobody_in_by_a_service_that_nobody_counts(had):
    lines = (line(SY, "sy_fund_red_line", "pause", acts=True),)
    asked = sound(SY, services=("out_of_area",), institution="H1")
    standing = {"H1": frozenset({"personal_account"})} if had else {}
    made = one(asked, SY, lines=lines, standing=standing)

    assert made.outcome is (Outcome.PROPOSED if had else Outcome.WAITING)


@pytest.mark.clause("SY-24", "SY-28")
@pytest.mark.parametrize(
    ("reading", "met"), [("yes", Met.FREE), ("no", Met.FAILED), (None, Met.UNCLEAR)]
)
def test_whether_the_exempt_stand_outside_the_red_line_is_a_reading(reading, met):
    found = policy(exempt_from_red_line=reading)
    lines = (line(found, "sy_fund_red_line", "pause", acts=True),)
    free = applicant("A1", 80, found, flags=frozenset({"university_clinic"}))

    assert of(one(free, found, lines=lines), Stage.RED_LINE).met is met


@pytest.mark.clause("DX-23", "DX-24")
@pytest.mark.parametrize("area", ["unserved", "insufficient"])
@pytest.mark.parametrize(
    ("opened", "reading", "met"),
    [
        (dt.date(2026, 1, 1), "new_only", Met.PASSED),
        (dt.date(2025, 12, 31), "new_only", Met.FAILED),
        (dt.date(2025, 12, 31), "also_existing", Met.PASSED),
        (None, "new_only", Met.UNKNOWN),
        (dt.date(2026, 1, 1), None, Met.UNCLEAR),
    ],
)
def test_only_newly_opened_pharmacies_enter_where_few_are(area, opened, reading, met):
    found = policy("daxinganling", newly_opened_only=reading)
    shop = sound(found, side=Side.PHARMACY, opened_on=opened)
    made = one(shop, found, ledger(pharmacies=9), area=AreaClass(area, 0, Fraction(1)))

    assert of(made, Stage.AREA, area).met is met


@pytest.mark.clause("DX-25")
@pytest.mark.parametrize(
    ("reading", "met"), [("by_places", Met.PASSED), ("not_in_scope", Met.FAILED)]
)
def test_a_pharmacy_where_there_are_enough(reading, met):
    found = policy("daxinganling", area_otherwise=reading)
    enough = AreaClass("sufficient", 2, Fraction(1))
    made = one(sound(found, side=Side.PHARMACY), found, ledger(pharmacies=9), area=enough)

    assert of(made, Stage.AREA).met is met


def test_the_same_institution_applies_once():
    first = applicant("A2", uscc="91210100MA", name="同一诊所")
    second = replace(
        applicant("A1"), uscc="91210100 ma", name="同一诊所", applied_on=dt.date(2026, 1, 9)
    )
    shared = replace(applicant("A3"), uscc="91210100MA", name="另一诊所")
    made = decided([second, first, shared], SY, ledger(**{PLACES: 9}))

    assert of(made["A2"], Stage.INTAKE, "applied_once").met is Met.PASSED
    assert of(made["A1"], Stage.INTAKE, "applied_once").met is not Met.PASSED
    assert of(made["A3"], Stage.INTAKE, "applied_once").met is Met.PASSED


@pytest.mark.clause("O2-05")
def test_a_service_that_its_kind_cannot_have():
    made = one(sound(SY, services=("inpatient", "personal_account")), SY)

    assert of(made, Stage.INTAKE, "inpatient").met is not Met.PASSED
    assert of(made, Stage.INTAKE, "inpatient").why.code in {
        "service_not_of_kind",
        "clause_unchecked",
    }


# ---------------------------------------------------------------- properties


def test_order_and_names_decide_nothing():
    chance = random.Random(7)
    round_ = [
        applicant(f"A{at}", chance.choice([70, 80, 80, 90]), at=north(chance.randrange(0, 3_000)))
        for at in range(12)
    ]
    expected = decided(round_, SY, ledger(**{PLACES: 3}), seed="s")
    for _ in range(5):
        chance.shuffle(round_)
        renamed = [replace(each, name=f"别名{chance.random()}") for each in round_]
        made = decided(renamed, SY, ledger(**{PLACES: 3}), seed="s")
        assert {k: (d.outcome, d.standing.rank, d.takes) for k, d in made.items()} == {
            k: (d.outcome, d.standing.rank, d.takes) for k, d in expected.items()
        }


@pytest.mark.parametrize("seed", range(25))
def test_small_rounds_as_a_plain_oracle_decides_them(seed):
    """By hand, down the ranking: nobody admitted within 800 m, and a place is left."""
    chance = random.Random(seed)
    metres = {f"A{at}": chance.randrange(0, 2_500) for at in range(6)}
    points = dict(zip(metres, chance.sample(range(60, 100), 6), strict=True))
    places = chance.randrange(0, 5)
    round_ = [applicant(id, points[id], at=north(metres[id])) for id in metres]
    made = decided(round_, SY, ledger(**{PLACES: places}))

    admitted: list[str] = []
    for id_ in sorted(points, key=points.get, reverse=True):  # type: ignore[arg-type]
        near = any(abs(metres[id_] - metres[other]) <= 800 for other in admitted)
        free = places - len(admitted) > 0
        wanted = Outcome.NOT_ADMITTED if near else Outcome.PROPOSED if free else Outcome.WAITING
        assert made[id_].outcome is wanted, id_
        if wanted is Outcome.PROPOSED:
            admitted.append(id_)


def test_one_more_place_never_worsens_anybody():
    order = list(Outcome)
    chance = random.Random(3)
    points = chance.sample(range(60, 100), 8)
    round_ = [applicant(f"A{at}", points[at], at=FAR[at]) for at in range(8)]
    before = decided(round_, SY, ledger(**{PLACES: 0}))
    for places in range(1, 9):
        after = decided(round_, SY, ledger(**{PLACES: places}))
        assert all(order.index(after[i].outcome) <= order.index(before[i].outcome) for i in after)
        assert sum(d.outcome is Outcome.PROPOSED for d in after.values()) == places
        before = after


def test_every_order_of_a_round_gives_the_same():
    round_ = [applicant("A1", 80), applicant("A2", 80), applicant("A3", 90, at=FAR[1])]
    seen = {
        tuple(
            sorted(
                (k, d.outcome) for k, d in decided(list(order), SY, ledger(**{PLACES: 2})).items()
            )
        )
        for order in itertools.permutations(round_)
    }
    assert len(seen) == 1


# ---------------------------------------------------------------- what is cited


@pytest.mark.clause("O2-05", "O3-05", "O2-09", "O3-08")
@pytest.mark.parametrize(
    ("side", "kind", "cited", "other"),
    [(Side.MEDICAL, "clinic", "O2-05", "O3-"), (Side.PHARMACY, "retail_pharmacy", "O3-05", "O2-")],
)
def test_an_applicant_is_told_of_the_order_about_its_own_kind(side, kind, cited, other):
    made = one(sound(SY, "A1", side=side, kind=kind), SY, ledger())

    clauses = {name for each in made.conditions for name in each.clauses}
    assert cited in clauses
    assert not [name for name in clauses if name.startswith(other)]


@pytest.mark.clause("DX-23", "DX-24")
@pytest.mark.parametrize(
    ("opened", "reading", "met"),
    [
        (dt.date(2026, 1, 1), "by_places", Met.PASSED),
        (dt.date(2025, 12, 31), "by_places", Met.UNKNOWN),
        (dt.date(2026, 1, 1), "not_in_scope", Met.UNKNOWN),
    ],
)
def test_a_class_of_area_that_nobody_can_tell_matters_where_one_would_keep_it_out(
    opened, reading, met
):
    found = policy("daxinganling", area_otherwise=reading, newly_opened_only="new_only")
    asked = sound(found, side=Side.PHARMACY, opened_on=opened)
    made = one(asked, found, area=AreaClass(None, why=reason("area_class_unsure")))

    assert {c.met for c in made.conditions if c.stage is Stage.AREA} == {met}
