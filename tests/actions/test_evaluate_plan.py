"""What a plan is refused for before anything is computed."""

import dataclasses

import pytest

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.core.errors import CensusError, NotInForceError, ShelfError, fault
from dingdian.storage.policy_yaml import shelf_for
from tests.worlds import census


def with_choice(place, name, option):
    """The shipped book of a place with one reading chosen otherwise."""
    book, _ = shelf_for(place)
    layers = {}
    for at, layer in book.layers.items():
        readings = tuple(
            each.model_copy(update={"chosen": option}) if each.reading == name else each
            for each in layer.readings
        )
        layers[at] = dataclasses.replace(layer, readings=readings)
    return dataclasses.replace(book, layers=layers)


def test_a_stated_reading_chosen_as_nobody_carries_it_out_is_refused():
    book = with_choice("daxinganling", "national_bed_mean", "as_printed")

    with pytest.raises(ShelfError) as refused:
        evaluate_plan(census(), book, place="daxinganling", year=2026, as_if=True)

    assert [each.kind for each in refused.value.faults] == ["shelf_option_not_carried_out"]


@pytest.mark.clause("DX-41", "SY-30")
@pytest.mark.parametrize(
    ("place", "year"), [("daxinganling", 2031), ("shenyang", 2024), ("shenyang", 2028)]
)
def test_a_year_outside_the_plan_is_refused(place, year):
    book, _ = shelf_for(place)

    with pytest.raises(NotInForceError):
        evaluate_plan(census(), book, place=place, year=year, as_if=True)


def test_a_ledger_of_another_place_needs_as_if():
    book, _ = shelf_for("shenyang")

    with pytest.raises(CensusError) as refused:
        evaluate_plan(census(), book, place="shenyang", year=2026)

    assert [each.kind for each in refused.value.faults] == ["another_place"]


@pytest.mark.parametrize(
    ("kind", "stops"), [("missing_table", True), ("coordinate_missing", False)]
)
def test_only_blocking_faults_stop_a_plan(kind, stops):
    book, _ = shelf_for("shenyang")
    found = (fault(kind),)

    if stops:
        with pytest.raises(CensusError):
            evaluate_plan(census(), book, place="shenyang", year=2026, as_if=True, faults=found)
    else:
        made = evaluate_plan(census(), book, place="shenyang", year=2026, as_if=True, faults=found)
        assert made.faults == found
