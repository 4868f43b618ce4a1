"""Projecting a plan: its own first year, the years of its policy and none beyond."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.actions.project_years import project_years
from dingdian.core.errors import RequestError
from dingdian.core.projection import Scenario, side_by_side
from dingdian.storage.policy_yaml import shelf_for
from tests.actions.test_decide_applications import census

BOOK, PLACE = shelf_for("daxinganling")
STILL = Scenario("still")
SHRINKING = Scenario("shrinking", exits={"pharmacies": {"closure": Fraction(1, 10)}})


@cache
def plan():
    return evaluate_plan(census("daxinganling"), BOOK, place=PLACE, year=2026)


def projected(*scenarios, through, told=None):
    told = [] if told is None else told
    return project_years(
        plan(),
        BOOK,
        scenarios,
        through=through,
        runs=5,
        draws=lambda: np.random.default_rng(3),
        progress=lambda *step: told.append(step),
    )


@pytest.mark.clause("DX-25", "DX-41")
def test_scenarios_stand_side_by_side_to_the_last_year_of_the_plan():
    told = []

    found = projected(STILL, SHRINKING, through=2030, told=told)

    beside = side_by_side(found, "pharmacies")
    stock = plan().figures[f"pharmacies.{plan().census.tree.root}"].value
    assert beside["still"].middle.tolist() == [stock] * 6
    assert (np.diff(beside["shrinking"].middle) < 0).all()
    assert told[0] == ("still", 2026)
    assert told[-1] == ("shrinking", 2030)
    whole = found["still"].whole["pharmacies"][:, 1:]
    assert (whole == 0).all()  # nothing was released, so nothing is handed out


def test_the_first_year_has_the_places_of_the_plan():
    found = projected(STILL, through=2026)["still"]

    for quota in plan().quotas:
        if quota.scope in found.today.districts and quota.key:
            place = found.today.districts.index(quota.scope)
            assert found.places[quota.resource][0, 0, place] == plan().figures[quota.key].value


@pytest.mark.clause("DX-41")
def test_a_year_in_which_no_plan_holds_is_named():
    with pytest.raises(RequestError) as error:
        projected(STILL, through=2032)

    (told,) = error.value.faults
    assert (told.kind, told.fields["year"]) == ("projection_no_rules", 2031)
