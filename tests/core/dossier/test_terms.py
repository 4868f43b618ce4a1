"""The limits of a plan's way are those of the shelf; a shelf without a reading sets none."""

import datetime as dt
from dataclasses import replace
from types import MappingProxyType

import pytest

from dingdian.core.dossier.deciding import decide
from dingdian.core.dossier.steps import GENERAL, STEPS, cited
from dingdian.core.dossier.terms import OPTIONS, Terms, terms_of
from dingdian.storage.policy_yaml import shelf_for
from tests.dossiers import TERMS, WAY, Way

DAY = dt.date(2026, 6, 1)


def policy(place):
    return shelf_for(place)[0].on(place, DAY)


def chosen(found, **options):
    """The same policy with other options of some readings; ``None``: without the reading."""
    readings = {
        name: each.model_copy(update={"chosen": options.get(name, each.chosen)})
        for name, each in found.readings.items()
        if options.get(name, "") is not None
    }
    return replace(found, readings=MappingProxyType(readings))


@pytest.mark.clause("DX-16", "DX-38")
def test_the_shipped_limits_come_from_the_shelf():
    assert terms_of(policy("daxinganling")) == TERMS


def test_a_city_without_a_reading_of_its_own_takes_the_national_one_or_has_none():
    assert terms_of(policy("shenyang")) == replace(TERMS, review_years=None)


def test_what_is_unset_or_not_on_the_shelf_is_no_limit():
    shelf = policy("daxinganling")
    unset = {name: "unset" for name, options in OPTIONS.items() if "unset" in options}
    assert terms_of(chosen(shelf, **unset)) == Terms()
    assert terms_of(chosen(shelf, **dict.fromkeys(OPTIONS))) == Terms()
    assert terms_of(chosen(shelf, work_plan_consulted="required")).work_plan_consulted


def refused(way, step, **changed):
    return [each.kind for each in decide(way.asked(step, **changed), way.state)]


def test_without_a_limit_a_step_is_not_held_up_by_it():
    way = Way()
    short = {"through": 0, "terms": Terms()}
    assert "consultation_short" not in refused(way, "open_consultation", **short)
    assert "consultation_short" in refused(way, "open_consultation", through=0)
    way.walk(*WAY[: WAY.index("deliberate")])
    assert "too_few_present" not in refused(way, "deliberate", present="1", terms=Terms())
    assert "too_few_present" in refused(way, "deliberate", present="1")


@pytest.mark.clause("DX-16", "DX-34", "DX-38", "DX-41")
def test_the_clauses_of_a_step_are_those_that_the_shelf_names():
    clauses = policy("daxinganling").clauses.values()
    found = {name: cited(name, clauses)[0] for name in STEPS}
    assert found["take_submissions"] == ("DX-34",)
    assert found["open_consultation"] == found["change_version"] == ("DX-16",)
    assert found["conclude_review"] == found["supersede"] == ("DX-38",)
    assert found["issue"] == found["cease"] == ("DX-41",)
    named = {step for each in clauses for step in each.steps}
    assert named <= set(STEPS)
    elsewhere = policy("shenyang").clauses.values()
    assert cited("open_review", elsewhere) == ((), GENERAL)
    assert cited("issue", elsewhere) == ((), STEPS["issue"].basis)
