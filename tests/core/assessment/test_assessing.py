"""Whole assessments under the shipped shelf: who is the last, and what follows for each."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from dingdian.core.assessment.assessing import counting_of, persons_on, sheets_of
from dingdian.core.assessment.bottom import Bottom
from dingdian.core.assessment.consequences import Basis, Renewal
from dingdian.core.assessment.ladder import StepState
from dingdian.core.assessment.subjects import Agreement, subjects_of
from dingdian.core.rules.assessment import Purpose
from dingdian.core.rules.score_sheet import Move, Source
from dingdian.samples.assessments.sheets import MEDICAL_DX, MEDICAL_SY, PHARMACY
from tests import city
from tests.assessments import (
    DAY,
    FULL,
    YEAR,
    assessed,
    kinds,
    of,
    policy,
    scored,
    tables,
    town,
    workbook,
)

CITY = town(pharmacies=20, prescription_transfer=False)
CODES = [f"P{at:03d}" for at in range(1, 21)]
#: The first has the fewest points, the last the most; none below 60, none above 80.
RISING = [row for at, code in enumerate(CODES) for row in scored(code, Fraction(60 + at, 100))]
HEARD = {
    "institution": "P001",
    "notified_on": dt.date(2026, 1, 20),
    "heard_on": dt.date(2026, 2, 1),
}
CONFIRMED = {
    "institution": "P001",
    "step": "interview",
    "confirmed_by": "某人",
    "confirmed_on": dt.date(2026, 2, 5),
}
TERM = {"step": "interview", "clause": "第45条"}


def bottoms(made) -> dict[str, str]:
    return {each.subject.code: each.place.bottom.value for each in made.assessed if each.place}


def inside(made) -> list[str]:
    return [code for code, found in bottoms(made).items() if found == "in"]


# ---------------------------------------------------------------- who is the last


@pytest.mark.clause("SY-22")
def test_the_last_of_twenty_is_in_and_every_step_lacks_something():
    made = assessed(CITY, scores=RISING)
    (last,) = [each for each in made.assessed if each.place and each.place.bottom is Bottom.IN]

    assert last.subject.code == "P001"
    assert [step.state for step in last.steps[:2]] == [StepState.LACKING] * 2
    assert not any(step.confirmed for step in last.steps)
    assert last.renewal is Renewal.RENEW


@pytest.mark.clause("SY-22")
def test_with_clause_hearing_and_confirmation_it_says_who_and_when():
    more = {"hearings": [HEARD], "confirmations": [CONFIRMED], "agreement_terms": [TERM]}
    last = of(assessed(CITY, scores=RISING, **more), "P001")
    first = last.steps[0]

    assert first.state is StepState.CONFIRMED
    assert first.confirmed is not None
    assert (first.confirmed.by, first.confirmed.on) == ("某人", dt.date(2026, 2, 5))
    assert last.steps[1].state is StepState.LACKING


@pytest.mark.clause("DX-17")
def test_elimination_ranks_by_the_same_readings():
    made = assessed(CITY, policy("daxinganling"), scores=RISING)

    assert inside(made) == ["P001"]
    assert {each.renewal for each in made.assessed} == {Renewal.RENEW}


@pytest.mark.clause("DX-17")
def test_the_single_tertiary_hospital_has_no_last_place():
    rows = city.rows()
    only = {"level": "tertiary", "inpatient": False}
    rows["institutions"] = [city.medical("H001", "hospital", city.JIA, **only)]
    made = assessed(city.census(rows), policy("daxinganling"), scores=[])

    assert bottoms(made) == {"H001": "out"}
    assert of(made, "H001").place.why.code == "group_small"


def test_a_missing_score_is_held_and_so_is_whom_it_may_push_out():
    rows = [row for row in RISING if row["institution"] != "P020"]
    made = assessed(CITY, scores=rows)

    assert bottoms(made)["P020"] == "held"
    assert bottoms(made)["P001"] == "held"
    assert bottoms(made)["P002"] == "out"
    assert of(made, "P001").steps == ()
    assert {of(made, code).renewal for code in ("P001", "P020")} == {Renewal.UNDECIDED}


@pytest.mark.clause("SY-22")
def test_where_nobody_has_decided_how_the_bottom_is_found_it_is_unclear():
    made = assessed(CITY, policy(bottom_rank_method="open"), scores=RISING)

    assert set(bottoms(made).values()) == {"unclear"}
    assert made.unclear is not None
    assert made.unclear.code == "reading_open"
    assert all(each.steps == () for each in made.assessed)


def test_a_place_without_a_sanction_by_rank_ranks_nobody():
    made = assessed(CITY, policy("national"), scores=RISING)

    assert (bottoms(made), made.groups) == ({}, ())
    assert of(made, "P001").graded.grade == "d"


def test_a_group_is_of_one_side_and_like_institutions():
    both = town(clinics=20, pharmacies=20, inpatient=False, prescription_transfer=False)
    clinics = [row for at in range(1, 21) for row in scored(f"H{at:03d}", Fraction(80 - at, 100))]
    made = assessed(both, scores=[*RISING, *clinics])

    assert [group.key[0] for group in made.groups] == ["medical_institutions", "pharmacies"]
    assert inside(made) == ["H020", "P001"]


# ---------------------------------------------------------------- who takes part


@pytest.mark.parametrize(
    ("more", "agreement"),
    [
        ({}, Agreement.HELD),
        ({"designated_since": dt.date(2025, 12, 31)}, Agreement.HELD),
        ({"designated_since": dt.date(2026, 1, 1)}, Agreement.NONE),
        ({"standing": "suspended"}, Agreement.HELD),
        ({"standing": "terminated", "designated_until": dt.date(2025, 6, 1)}, Agreement.LEFT),
        ({"standing": "terminated", "designated_until": dt.date(2024, 6, 1)}, Agreement.NONE),
        ({"standing": "undesignated", "designated_since": None}, Agreement.NONE),
        ({"standing": None}, Agreement.UNKNOWN),
    ],
)
def test_whose_agreement_held_at_the_end_of_the_year(more, agreement):
    (found,) = subjects_of(town(pharmacies=1, **more), YEAR)

    assert found.agreement is agreement


def test_whoever_left_within_the_year_is_scored_and_not_ranked():
    left = {"standing": "terminated", "designated_until": dt.date(2025, 6, 1)}
    made = assessed(town(pharmacies=1, **left), scores=scored("P001"))

    assert bottoms(made) == {"P001": "not_ranked"}
    assert of(made, "P001").moves == ()
    assert assessed(town(pharmacies=1, **left), scores=[]).assessed == ()


def test_an_agreement_that_may_have_held_holds_the_ranks_of_its_group():
    rows = city.rows()
    rows["institutions"] = [city.pharmacy(code, city.JIA) for code in CODES]
    rows["institutions"].append(city.pharmacy("P900", city.JIA, standing=None))
    made = assessed(city.census(rows), scores=[*RISING, *scored("P900", Fraction(1, 2))])

    assert (bottoms(made)["P900"], bottoms(made)["P001"]) == ("held", "held")
    assert made.groups[0].joining == ("P900",)


def test_one_without_its_group_may_be_of_any_that_fits():
    rows = city.rows()
    rows["institutions"] = [city.pharmacy(code, city.JIA) for code in CODES]
    rows["institutions"].append(city.pharmacy("P900", city.JIA, pharmacy_class=None))
    made = assessed(city.census(rows), scores=RISING)

    assert of(made, "P900").place.why.code == "group_unknown"
    assert bottoms(made)["P001"] == "held"


# ---------------------------------------------------------------- trials (SY-21)


@pytest.mark.clause("SY-21", "SY-18")
@pytest.mark.parametrize(
    ("share", "passed", "move"),
    [(60, True, Move.RENEW), (59, False, Move.DO_NOT_RENEW)],
)
def test_at_the_end_of_a_trial_it_is_passed_or_failed(share, passed, move):
    on_trial = town(clinics=1, pharmacies=0, standing="trial", inpatient=False)
    found = of(assessed(on_trial, scores=scored("H001", Fraction(share, 100))), "H001")

    assert found.graded.passed is passed
    assert [each.move for each in found.moves if each.basis is Basis.TRIAL] == [move]
    assert found.place.bottom is Bottom.NOT_RANKED
    assert found.renewal.value == move.value


@pytest.mark.clause("SY-18")
def test_pharmacies_have_no_trial():
    on_trial = town(pharmacies=1, standing="trial")
    assert of(assessed(on_trial, scores=scored("P001")), "P001").graded.passed is None


# ---------------------------------------------------------------- what follows


def test_the_lowest_grade_is_not_renewed_and_says_what_would_be_free():
    city_ = town(pharmacies=1, prescription_transfer=False, dual_channel=True)
    found = of(assessed(city_, scores=scored("P001", Fraction(59, 100))), "P001")

    assert found.renewal is Renewal.DO_NOT_RENEW
    assert {each.resource: each.amount for each in found.releases} == {
        "pharmacies": 1,
        "dual_channel_pharmacies": 1,
    }


def test_beds_that_are_not_known_stay_unknown_in_a_release():
    rows = city.rows()
    rows["institutions"] = [
        city.medical(code, "hospital", city.JIA, inpatient=True) for code in ("H001", "H002")
    ]
    rows["beds"] = [
        {"institution": "H001", "bed_class": "general", "contracted": Fraction(40)},
        {"institution": "H001", "bed_class": "dental_chair", "contracted": Fraction(3)},
    ]
    bad = {"item": "fund_use", "points": 0}
    low = [
        row
        for code in ("H001", "H002")
        for row in (*scored(code, Fraction(1, 2), fund_use=None), {"institution": code, **bad})
    ]
    wards = [{"institution": c, "item": "inpatient_care", "points": 0} for c in ("H001", "H002")]
    made = assessed(city.census(rows), scores=[*low, *wards])
    beds = {
        each.subject.code: {free.resource: free.amount for free in each.releases}["contracted_beds"]
        for each in made.assessed
    }

    assert beds == {"H001": 40, "H002": None}


def test_an_open_appeal_keeps_every_proposal_back():
    appeal = {"institution": "P001", "item": "fund_use", "filed_on": dt.date(2026, 1, 20)}
    last = of(assessed(CITY, scores=RISING, appeals=[appeal]), "P001")

    assert last.moves
    for move in last.moves:
        assert "appeal_open" in {why.code for why in move.missing}


def test_a_rank_alone_does_not_stop_a_renewal_until_a_person_confirms_it():
    past = [
        {"institution": "P001", "year": year, "points": 60, "clean": True, "bottom": True}
        for year in (2023, 2024)
    ]
    terms = [{"step": step, "clause": "第45条"} for step in ("interview", "do_not_renew")]
    more = {"past_scores": past, "hearings": [HEARD], "agreement_terms": terms}
    before = of(assessed(CITY, scores=RISING, **more), "P001")
    confirmed = {**CONFIRMED, "step": "do_not_renew"}
    after = of(assessed(CITY, scores=RISING, **more, confirmations=[confirmed]), "P001")

    assert (before.renewal, before.releases) == (Renewal.UNDECIDED, ())
    assert after.renewal is Renewal.DO_NOT_RENEW
    assert after.releases


@pytest.mark.clause("DX-14", "DX-17")
def test_a_pharmacy_goes_up_a_grade_after_two_clean_years():
    city_ = town(pharmacies=1, prescription_transfer=False)
    past = [{"institution": "P001", "year": 2024, "points": 96, "clean": True}]
    asked = [{"institution": "P001", "to_grade": "b"}]
    found = of(assessed(city_, scores=scored("P001"), past_scores=past, upgrades=asked), "P001")

    assert [(m.move, m.of) for m in found.moves if m.basis is Basis.SERVICE_GRADE] == [
        (Move.UPGRADE_GRADE, "b")
    ]


# ---------------------------------------------------------------- the shelf


@pytest.mark.clause("DX-36")
def test_daxinganling_scores_medical_institutions_in_its_four_dimensions():
    found = policy("daxinganling")
    words = "".join(each.text for each in sheets_of(found)["medical_institutions"].value.items)
    (stated,) = [
        each.value
        for each in found.rules.values()
        if each.rule.family == "assessment" and each.rule.purpose is Purpose.DIMENSIONS
    ]

    for dimension in ("行为规范", "服务质量", "费用控制", "考核评价"):
        assert dimension in words
        assert dimension in {each.text for each in stated.values()}
    assert sheets_of(found)["medical_institutions"].layer == "daxinganling"
    assert sheets_of(found)["pharmacies"].layer == "national"


@pytest.mark.clause("DX-40")
@pytest.mark.parametrize("place", ["shenyang", "daxinganling"])
def test_surveys_and_third_parties_are_sources(place):
    sheet = sheets_of(policy(place))["medical_institutions"].value
    sources = {each.source for each in sheet.items}

    assert {Source.SURVEY, Source.THIRD_PARTY} <= sources


@pytest.mark.clause("O3-34", "O2-assess")
def test_the_sheet_is_a_proposal_that_a_reading_can_take_away():
    made = assessed(CITY, policy(score_sheet_use="none"), scores=RISING)
    found = of(made, "P001")

    assert (found.score, found.why.code, found.renewal) == (None, "no_sheet", Renewal.UNDECIDED)
    for rule in ("medical_score_sheet", "pharmacy_score_sheet", "bottom_rank_ladder"):
        assert "项目建议" in policy().rules[rule].rule.note


def test_the_constants_of_samples_and_tests_are_those_of_the_shelf():
    sheets = {name: sheets_of(policy(name)) for name in ("shenyang", "daxinganling")}
    wanted = [
        (sheets["shenyang"]["medical_institutions"], MEDICAL_SY),
        (sheets["daxinganling"]["medical_institutions"], MEDICAL_DX),
        (sheets["shenyang"]["pharmacies"], PHARMACY),
    ]
    for in_force, marked in wanted:
        sheet = in_force.value
        results = {each.item for each in sheet.items if each.source in ("survey", "third_party")}
        full = {each.item: each.full for each in sheet.items if each.item not in results}
        assert (full, results) == (dict(marked.full), set(marked.results))
        assert set(marked.votes) <= {each.item for each in sheet.one_vote}
    for letter, side in (("P", "pharmacies"), ("H", "medical_institutions")):
        items = {each.item: each.full for each in sheets["shenyang"][side].value.items}
        assert FULL[letter].items() <= items.items()


@pytest.mark.clause("N23-02")
def test_points_count_from_the_day_of_the_notice():
    assert counting_of(policy(day=dt.date(2025, 1, 1))) is not None
    events = [{"number": "J1", "person": "D1", "points": 9, "decided_on": dt.date(2025, 6, 1)}]
    made = workbook(CITY, policy(), tables(points_events=events))
    (person,) = persons_on(policy(), made, dt.date(2025, 12, 31))

    assert person.state.value == "pause_due"


# ---------------------------------------------------------------- properties


def test_order_of_rows_and_names_of_institutions_change_nothing():
    told = assessed(CITY, scores=RISING)
    turned = assessed(CITY, scores=list(reversed(RISING)))
    renamed = town(pharmacies=20, prescription_transfer=False, name="另一个名字")

    assert bottoms(turned) == bottoms(told)
    assert [e.score.total for e in turned.assessed] == [e.score.total for e in told.assessed]
    assert bottoms(assessed(renamed, scores=RISING)) == bottoms(told)


def test_nothing_of_the_workbook_is_lost():
    """Every row is used by an institution or told of in a fault."""
    rows = [*RISING, {"institution": "H999", "item": "fund_use", "points": 5}]
    made = assessed(CITY, scores=rows)
    used = sum(line.given is not None for each in made.assessed for line in each.score.lines)

    assert used + len(made.faults) == len(rows)
    assert kinds(made.faults) == ["assessed_unknown"]
    assert made.day == DAY
