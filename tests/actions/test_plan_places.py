"""What a plan says of new places, and what of a choice goes beyond it."""

from fractions import Fraction

import pytest

from dingdian.actions.choose_sites import Model, Question, under_plan
from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.actions.name_sites import kind_of_new, stock_named
from dingdian.actions.plan_places import Beyond, PlanPlaces, plan_places
from dingdian.core.admission.places import Left
from dingdian.core.errors import RequestError
from tests.choosing import ROW, STOCK, city
from tests.street import book_of
from tests.street import city as street

pytestmark = pytest.mark.clause("SY-07", "SY-15")


def left(number, *rules):
    return Left(None if number is None else Fraction(number), binding=rules)


def says(**by_stock):
    return PlanPlaces(2026, "f" * 64, "210100", by_stock)


def test_a_new_one_needs_a_place_of_its_service_and_of_its_kind():
    service = {"210100": left(5), "east": left(3), "west": left(2)}
    kind = {"210100": left(4), "east": left(None), "west": left(1)}
    plan = says(outpatient_pooling_institutions=service, medical_institutions=kind)

    assert plan.quotas == {"east": 3, "west": 1}
    assert plan.most == 4


def test_what_no_rule_numbers_limits_nothing():
    plan = says(pharmacies={"210100": left(None), "east": left(None)})

    assert (plan.quotas, plan.most, plan.beyond(["east", "east"])) == ({}, None, ())


def test_beyond_begins_with_one_more_than_the_places():
    plan = says(pharmacies={"210100": left(3), "east": left(2), "west": left(1)})

    assert plan.beyond(["east", "east", "west"]) == ()
    assert plan.beyond(["east", "west", "west"]) == (Beyond("pharmacies", "west", 2, 1),)
    assert plan.beyond(["east"] * 4) == (
        Beyond("pharmacies", "210100", 4, 3),
        Beyond("pharmacies", "east", 4, 2),
    )


def test_where_the_whole_area_has_none_its_districts_are_not_named():
    plan = says(pharmacies={"210100": left(0, "cap"), "east": left(0, "cap"), "west": left(0)})

    assert plan.beyond(["east"]) == (Beyond("pharmacies", "210100", 1, 0),)
    assert plan.rules("pharmacies") == ("cap",)


def test_places_of_a_plan_are_quotas_and_one_that_is_stated_goes_before():
    plan = says(**{STOCK: {"210100": left(3), "east": left(2), "west": left(1)}})
    question = Question(STOCK, Model.COVER, places=9, quotas={"west": 5})

    found = under_plan(question, plan, city(ROW)[0].census)

    assert (found.places, found.quotas, found.plan) == (3, {"east": 2, "west": 5}, plan)


def test_unknown_places_bring_the_names_of_what_they_need():
    """A ledger without base and releases: no place of it is known."""
    plan = evaluate_plan(street(), book_of("shenyang"), place="shenyang", year=2026, as_if=True)
    found = plan_places(plan, STOCK)
    whys = [each.why for areas in found.by_stock.values() for each in areas.values() if each.why]
    keys = {key for why in whys for key in dict(why.details).get("keys", "").split(", ") if key}

    assert keys
    assert set(found.figures) == keys
    assert {scope for _, scope in found.figures.values()} == {"east", "north", "west"}
    assert found.names[STOCK].zh == "门诊统筹定点医疗机构"


def test_a_plan_that_hands_out_none_of_it_gives_no_quotas():
    with pytest.raises(RequestError) as refused:
        under_plan(Question(STOCK, Model.COVER), says(), city(ROW)[0].census)

    assert [each.kind for each in refused.value.faults] == ["siting_no_quota"]


# ---------------------------------------------------------------- words of the question


@pytest.mark.parametrize("word", ["pharmacies", "药店", "零售药店", "定点零售药店", "Pharmacies"])
def test_a_stock_goes_by_every_name_that_it_has(word):
    assert stock_named(word) == "pharmacies"


@pytest.mark.parametrize(
    ("word", "of", "kind"),
    [
        ("", "pharmacies", "retail_pharmacy"),
        ("", "dual_channel_pharmacies", "retail_pharmacy"),
        ("", "inpatient_institutions", "hospital"),
        ("", "outpatient_pooling_institutions", "clinic"),
        ("门诊部", "medical_institutions", "outpatient_department"),
        ("药店", "pharmacies", "retail_pharmacy"),
    ],
)
def test_a_new_one_is_of_the_kind_that_fits(word, of, kind):
    assert kind_of_new(word, of) == kind


@pytest.mark.parametrize(
    ("word", "of", "fault", "fits"),
    [
        ("诊所", "pharmacies", "siting_kind_unfit", "零售药店"),
        ("零售药店", "medical_institutions", "siting_kind_unfit", "诊所"),
        ("商店", "pharmacies", "unknown_name", "零售药店"),
    ],
)
def test_a_kind_that_does_not_fit_is_refused_with_those_that_do(word, of, fault, fits):
    with pytest.raises(RequestError) as refused:
        kind_of_new(word, of)

    (only,) = refused.value.faults
    assert only.kind == fault
    assert fits in "".join(str(value) for _, value in only.details)
