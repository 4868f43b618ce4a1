"""Checklists of admission: materials, conditions and bars, each from both sides."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from dingdian.core.admission.application import Person, Recorded
from dingdian.core.admission.checklists import checked
from dingdian.core.admission.decision import Met, Outcome, Stage
from dingdian.core.admission.entry import day_of
from dingdian.core.rules.checklist import By
from dingdian.core.spacing.terms import Side
from tests.hearings import DECIDED, case, fact, items, of, one, paper, policy, sound

SY, DX = policy(), policy("daxinganling")
#: A policy whose national clauses somebody held against their text: a failed one refuses.
CHECKED = replace(
    SY, clauses={k: c.model_copy(update={"mark": "verified"}) for k, c in SY.clauses.items()}
)


@pytest.mark.clause("O2-05", "DX-35", "DX-37")
@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("found", [SY, DX], ids=["shenyang", "daxinganling"])
def test_an_applicant_of_whom_all_is_in_order_is_proposed(found, side):
    application = sound(found, side=side, opened_on=dt.date(2026, 1, 1), applied_on=DECIDED)
    made = one(replace(application, opened_on=dt.date(2025, 11, 1)), found)

    wrong = [c for c in made.conditions if c.met not in (Met.PASSED, Met.FREE)]
    assert wrong == [] or {c.stage for c in wrong} == {Stage.AREA}  # DX: opened in the period


@pytest.mark.clause("O2-07", "O3-06")
@pytest.mark.parametrize("side", list(Side))
def test_each_missing_paper_is_asked_for_by_itself_and_refuses_nobody(side):
    wanted = [each.item for each in items(SY, side, By.MATERIAL) if not each.optional]
    assert len(wanted) >= 5
    for item in wanted:
        whole = sound(SY, side=side)
        kept = tuple(each for each in whole.materials if each.item != item)
        made = one(replace(whole, materials=kept), SY)

        assert made.outcome is Outcome.NEEDS_MATERIALS
        assert [c.item for c in made.grounds] == [item]
        assert of(made, Stage.MATERIALS, item).change.code == "change_supply"


@pytest.mark.clause("O2-07")
def test_a_paper_dated_after_the_decision_is_none():
    whole = sound(SY)
    item = items(SY, Side.MEDICAL, By.MATERIAL)[0].item
    rest = tuple(each for each in whole.materials if each.item != item)
    on_the_day = one(replace(whole, materials=(*rest, paper(item, DECIDED))), SY)
    after = DECIDED + dt.timedelta(days=1)
    late = one(replace(whole, materials=(*rest, paper(item, after))), SY)

    assert of(on_the_day, Stage.MATERIALS, item).met is Met.PASSED
    assert of(late, Stage.MATERIALS, item).met is Met.FAILED
    assert of(late, Stage.MATERIALS, item).why.code == "material_after_decision"


@pytest.mark.clause("O2-06", "O3-05")
@pytest.mark.parametrize(
    ("opened", "met"), [(dt.date(2025, 12, 1), True), (dt.date(2025, 12, 2), False)]
)
@pytest.mark.parametrize("side", list(Side))
def test_three_months_of_running_to_the_day(opened, met, side):
    made = one(sound(CHECKED, side=side, opened_on=opened), CHECKED)
    condition = of(made, Stage.CONDITIONS, "months_running")

    assert condition.met is (Met.PASSED if met else Met.FAILED)
    assert condition.threshold == 3
    if not met:
        assert made.outcome is Outcome.NOT_ADMITTED
        assert condition.shortfall == 1
        assert dict(condition.change.details) == {"day": "2026-03-02"}


@pytest.mark.clause("O2-06", "O3-05")
@pytest.mark.parametrize(
    ("side", "item"), [(Side.MEDICAL, "physicians"), (Side.PHARMACY, "insurance_staff")]
)
def test_a_number_is_held_against_what_is_asked(side, item):
    whole = sound(CHECKED, side=side)
    least = next(each.at_least for each in items(CHECKED, side, By.FACT) if each.item == item)
    for amount, met in ((least, Met.PASSED), (least - 1, Met.FAILED)):
        made = one(replace(whole, facts={**whole.facts, item: fact(item, amount=amount)}), CHECKED)
        assert of(made, Stage.CONDITIONS, item).met is met
    assert of(made, Stage.CONDITIONS, item).shortfall == 1
    without = {name: each for name, each in whole.facts.items() if name != item}
    assert one(replace(whole, facts=without), CHECKED).outcome is Outcome.NEEDS_FACTS


@pytest.mark.clause("O2-06")
@pytest.mark.parametrize(("beds", "asked"), [(99, False), (100, True)])
def test_an_insurance_department_is_asked_of_those_with_a_hundred_beds(beds, asked):
    hospital = sound(
        CHECKED, kind="hospital", services=("inpatient",), beds={"general": Fraction(beds)}
    )
    facts = {**hospital.facts, "insurance_department": fact("insurance_department", yes=False)}
    condition = of(
        one(replace(hospital, facts=facts), CHECKED), Stage.CONDITIONS, "insurance_department"
    )

    assert condition.met is (Met.FAILED if asked else Met.FREE)


@pytest.mark.clause("O2-12", "SY-25", "SY-26", "SY-29")
def test_every_ground_of_refusal_refuses_by_itself_national_ones_first():
    stages = [c.rule for c in one(sound(CHECKED), CHECKED).conditions if c.stage is Stage.REFUSAL]
    assert stages.index("medical_refusal_bars") < stages.index("sy_refuse_level_standard")
    for item in items(CHECKED, Side.MEDICAL, By.PRESENT):
        whole = sound(CHECKED)
        for yes, met in ((True, Met.FAILED), (None, Met.UNKNOWN)):
            if (item.optional and yes is None) or item.item.startswith("no_"):
                continue
            facts = {**whole.facts, item.item: fact(item.item, yes=yes)}
            made = one(replace(whole, facts=facts), CHECKED)
            assert of(made, Stage.REFUSAL, item.item).met is met, item.item


@pytest.mark.clause("SY-27")
@pytest.mark.parametrize(
    ("reading", "both", "one_only"),
    [("either", Met.FAILED, Met.FAILED), ("both", Met.FAILED, Met.PASSED)],
)
def test_data_transmission_and_trace_codes_either_or_both(reading, both, one_only):
    found = replace(policy(transmission_or_trace=reading), clauses=CHECKED.clauses)
    whole = sound(found)
    missing = {"no_full_transmission": fact("no_full_transmission")}
    made = one(replace(whole, facts={**whole.facts, **missing}), found)
    assert of(made, Stage.REFUSAL, "no_full_transmission").met is one_only
    missing["no_trace_codes"] = fact("no_trace_codes")
    made = one(replace(whole, facts={**whole.facts, **missing}), found)
    assert of(made, Stage.REFUSAL, "no_full_transmission").met is both


def test_no_refusal_rests_on_a_clause_that_nobody_checked():
    clauses = {k: c.model_copy(update={"mark": "memory"}) for k, c in SY.clauses.items()}
    found = replace(SY, clauses=clauses)
    made = one(sound(found, opened_on=DECIDED), found)

    assert made.outcome is Outcome.NEEDS_READING
    assert of(made, Stage.CONDITIONS, "months_running").why.code == "clause_unchecked"


# ---------------------------------------------------------------- records


def entry(item: str, happened: dt.date | None, **more: object) -> Recorded:
    """An entry of the bureau's records about the sound applicant."""
    fields: dict[str, object] = {
        "number": "J1",
        "item": item,
        "uscc": "91210100A1",
        "institution": "",
        "id_number": "",
        "name": "",
        "other_names": (),
        "happened_on": happened,
        "met_on": None,
        "lifted_on": None,
        "document": "",
        "origin": "记录 J1",
    }
    return Recorded(**(fields | more))  # type: ignore[arg-type]


YEARS = {
    "fraud_within_3_years": 3,
    "illegal_termination_within_3_years": 3,
    "breach_termination_within_1_year": 1,
}


@pytest.mark.clause("O2-12", "O3-11")
@pytest.mark.parametrize(("item", "years"), YEARS.items())
@pytest.mark.parametrize("side", list(Side))
def test_bars_of_one_and_three_years_to_the_day(item, years, side):
    whole = sound(CHECKED, side=side)
    met_on = dt.date(2020, 1, 1)
    ends_today = DECIDED.replace(year=DECIDED.year - years)
    a_day_less = ends_today + dt.timedelta(days=1)
    for happened, met in ((ends_today, Met.PASSED), (a_day_less, Met.FAILED)):
        made = one(whole, CHECKED, records=(entry(item, happened, met_on=met_on),))
        assert of(made, Stage.REFUSAL, item).met is met
    assert of(made, Stage.REFUSAL, item).threshold == DECIDED + dt.timedelta(days=1)
    assert made.outcome is Outcome.NOT_ADMITTED


@pytest.mark.clause("O2-12")
def test_a_bar_lasts_until_what_was_owed_is_met():
    long_ago = dt.date(2015, 1, 1)
    item = "illegal_termination_within_3_years"
    owing = one(sound(CHECKED), CHECKED, records=(entry(item, long_ago),))
    paid = one(sound(CHECKED), CHECKED, records=(entry(item, long_ago, met_on=DECIDED),))
    lifted = one(sound(CHECKED), CHECKED, records=(entry(item, DECIDED, lifted_on=DECIDED),))

    assert of(owing, Stage.REFUSAL, item).met is Met.FAILED
    assert of(owing, Stage.REFUSAL, item).why.code == "liability_open"
    assert of(paid, Stage.REFUSAL, item).met is Met.PASSED
    assert of(lifted, Stage.REFUSAL, item).met is Met.PASSED


@pytest.mark.clause("O2-12", "O3-11")
def test_five_years_for_a_head_under_whatever_name():
    item = "person_caused_termination_within_5_years"
    head = Person("head", "李四", "210102197001011234")
    whole = sound(CHECKED, people=(head,))
    mine = {"uscc": "", "id_number": "２１０１０２ 197001011234", "name": "李思"}
    inside, over = dt.date(2021, 3, 2), dt.date(2021, 3, 1)

    barred = one(whole, CHECKED, records=(entry(item, inside, **mine),))
    assert of(barred, Stage.REFUSAL, item).met is Met.FAILED
    assert of(barred, Stage.REFUSAL, item).why.code == "tied_by_other_name"
    assert (
        of(one(whole, CHECKED, records=(entry(item, over, **mine),)), Stage.REFUSAL, item).met
        is Met.PASSED
    )

    other = {"uscc": "", "id_number": "999", "name": "李四"}
    assert (
        of(one(whole, CHECKED, records=(entry(item, inside, **other),)), Stage.REFUSAL, item).met
        is Met.PASSED
    )
    nobody = {"uscc": "", "name": "某某", "other_names": ("李四",)}
    perhaps = one(whole, CHECKED, records=(entry(item, inside, **nobody),))
    assert of(perhaps, Stage.REFUSAL, item).met is Met.UNKNOWN
    assert perhaps.outcome is Outcome.NEEDS_FACTS


def test_records_that_nobody_looked_into_are_not_none():
    made = one(sound(SY), SY, records=None)

    assert made.outcome is Outcome.NEEDS_FACTS
    assert of(made, Stage.REFUSAL, "fraud_within_3_years").why.code == "records_missing"


@pytest.mark.clause("O2-10")
@pytest.mark.parametrize(
    ("item", "over"),
    [
        ("evaluation_failed", dt.date(2025, 12, 1)),
        ("second_evaluation_failed", dt.date(2025, 3, 1)),
    ],
)
def test_time_after_a_failed_evaluation(item, over):
    whole = sound(CHECKED)
    scores = tuple(replace(each, evaluated_on=DECIDED) for each in whole.scores)
    again = replace(whole, applied_on=DECIDED, scores=scores)
    for happened, met in ((over, Met.PASSED), (over + dt.timedelta(days=1), Met.FAILED)):
        made = one(again, CHECKED, records=(entry(item, happened),))
        assert of(made, Stage.EVALUATION, item).met is met

    lifted = one(again, CHECKED, records=(entry(item, DECIDED, lifted_on=DECIDED),))
    assert [c for c in lifted.conditions if c.item == item] == []


@pytest.mark.clause("O2-10")
def test_who_applies_or_is_evaluated_too_early_cannot_wait_the_time_out():
    early = sound(CHECKED)  # applied on 5 January, evaluated on 10 February
    for item, happened in (
        ("second_evaluation_failed", dt.date(2025, 1, 6)),
        ("evaluation_failed", dt.date(2025, 11, 11)),
    ):
        for day, met in ((happened, Met.FAILED), (happened - dt.timedelta(days=1), Met.PASSED)):
            made = one(early, CHECKED, records=(entry(item, day),))
            assert of(made, Stage.EVALUATION, item).met is met
        unknown = replace(early, applied_on=None, scores=())
        made = one(unknown, CHECKED, records=(entry(item, happened),))
        assert of(made, Stage.EVALUATION, item).met is Met.PASSED  # held to the day of decision


@pytest.mark.clause("O2-12")
def test_a_bar_that_is_sure_outweighs_one_without_a_day():
    item = "fraud_within_3_years"
    unsure, sure = entry(item, None), entry(item, DECIDED)
    made = one(sound(CHECKED), CHECKED, records=(unsure, sure))
    assert of(made, Stage.REFUSAL, item).met is Met.FAILED
    alone = one(sound(CHECKED), CHECKED, records=(unsure,))
    assert of(alone, Stage.REFUSAL, item).met is Met.UNKNOWN


@pytest.mark.clause("O2-12")
def test_without_the_people_nobody_can_tell_whether_one_of_them_is_barred():
    item = "person_caused_termination_within_5_years"
    unsaid = sound(CHECKED, people=())
    theirs = {"uscc": "", "id_number": "999", "name": "李思"}

    made = one(unsaid, CHECKED, records=(entry(item, DECIDED, **theirs),))
    assert of(made, Stage.REFUSAL, item).met is Met.UNKNOWN
    assert of(made, Stage.REFUSAL, item).why.code == "people_unknown"
    assert of(one(unsaid, CHECKED), Stage.REFUSAL, item).met is Met.PASSED
    over = entry(item, dt.date(2015, 1, 1), **theirs)
    assert of(one(unsaid, CHECKED, records=(over,)), Stage.REFUSAL, item).met is Met.PASSED


@pytest.mark.clause("O2-07")
def test_a_round_without_a_table_of_papers_does_not_say_that_they_are_missing():
    whole = sound(SY, materials=())
    unsaid, none = (case(whole, SY, papers=papers) for papers in (False, True))

    assert {c.met for c in checked(none) if c.stage is Stage.MATERIALS} >= {Met.FAILED}
    found = {c.met for c in checked(unsaid) if c.stage is Stage.MATERIALS}
    assert Met.FAILED not in found
    assert Met.UNKNOWN in found


def test_a_fact_found_after_the_decision_is_not_known_on_it():
    whole = sound(SY)
    for found_on, met in ((DECIDED, Met.PASSED), (DECIDED + dt.timedelta(days=1), Met.UNKNOWN)):
        facts = {name: replace(each, found_on=found_on) for name, each in whole.facts.items()}
        made = one(replace(whole, facts=facts), SY)
        stages = (Stage.CONDITIONS, Stage.REFUSAL)
        known = {c.met for c in made.conditions if c.stage in stages and c.item in facts}
        assert known - {Met.FREE} == {met}


@pytest.mark.clause("O2-06")
@pytest.mark.parametrize(
    ("beds", "met"),
    [
        ({"general": Fraction(60), "dental_chair": Fraction(50)}, Met.FREE),
        ({"general": Fraction(60), "dental_chair": None}, Met.FREE),
        ({"general": Fraction(100), "dental_chair": Fraction(50)}, Met.FAILED),
        ({}, Met.UNKNOWN),
    ],
)
def test_chairs_are_no_beds_and_beds_that_nobody_stated_are_not_none(beds, met):
    whole = sound(SY, kind="hospital", services=("inpatient",), beds=beds)
    (item,) = items(SY, Side.MEDICAL, By.BEDS_FROM)
    facts = {**whole.facts, item.item: fact(item.item, yes=False)}
    (found,) = (c for c in checked(case(replace(whole, facts=facts), SY)) if c.item == item.item)
    assert found.met is met


@pytest.mark.clause("SY-27")
@pytest.mark.parametrize(
    ("reading", "first", "second", "met"),
    [
        ("both", True, None, Met.UNKNOWN),
        ("both", None, False, Met.PASSED),
        ("both", None, True, Met.UNKNOWN),
        ("either", True, None, Met.FAILED),
        (None, True, True, Met.FAILED),
        (None, True, False, Met.UNCLEAR),
    ],
)
def test_two_grounds_of_which_one_is_not_known(reading, first, second, met):
    found = policy(transmission_or_trace=reading)
    rule = next(r for r in found.rules.values() if getattr(r.rule, "combine_by", ""))
    names = [each.item for each in rule.value]
    whole = sound(found)
    said = {n: fact(n, yes=y) for n, y in zip(names, (first, second), strict=True)}
    made = one(replace(whole, facts={**whole.facts, **said}), found)

    assert of(made, Stage.REFUSAL, names[0]).met is met


@pytest.mark.clause("O2-12")
def test_a_name_decides_nothing_where_numbers_differ():
    item = "fraud_within_3_years"
    whole = sound(CHECKED)
    for uscc, met in (("OTHER", Met.PASSED), ("", Met.UNKNOWN)):
        made = one(whole, CHECKED, records=(entry(item, DECIDED, uscc=uscc, name=whole.name),))
        assert of(made, Stage.REFUSAL, item).met is met


def test_a_score_of_the_day_of_decision_counts_and_one_of_the_next_does_not():
    whole = sound(SY)
    for day, met in ((DECIDED, Met.PASSED), (DECIDED + dt.timedelta(days=1), Met.UNKNOWN)):
        scores = tuple(replace(each, evaluated_on=day) for each in whole.scores)
        made = one(replace(whole, scores=scores), SY)
        assert {c.met for c in made.conditions if c.stage is Stage.EVALUATION} == {met}


@pytest.mark.clause("O2-06")
def test_months_of_running_are_those_up_to_the_day_of_the_case():
    opened = dt.date(2025, 12, 1)
    (at,) = (i.item for i in items(SY, Side.MEDICAL, By.MONTHS_SINCE_OPENED))
    for day, met in ((DECIDED, Met.PASSED), (dt.date(2026, 2, 28), Met.FAILED)):
        asked = case(sound(SY, opened_on=opened), SY, day=day)
        assert next(c for c in checked(asked) if c.item == at).met is met


def test_no_case_has_the_rules_of_a_day_after_the_decision():
    late = DECIDED + dt.timedelta(days=1)
    assert day_of((late, None), DECIDED, "application_day") == DECIDED
