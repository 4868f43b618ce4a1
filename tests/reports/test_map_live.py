"""The data of a live map: the same scripts read it as those of the map of a plan."""

import json

import pytest

from dingdian.reports.map import live
from dingdian.reports.map.page import own_script
from tests.city import STOCK_DAY, census
from tests.city_policy import policy


@pytest.fixture(scope="module")
def workings():
    return live.workings_on(census(), policy(), STOCK_DAY)


def test_it_has_what_the_scripts_read(workings):
    data = live.words(workings, "zh") | live.points(workings) | live.localities(workings)
    wanted = {
        "words", "steps", "unknown_fill", "whole", "districts", "measures", "groups", "stocks",
        "services", "terms", "classes", "institutions", "localities",
    }  # fmt: skip
    assert wanted == set(data)
    assert all(f"data.{name}" in own_script() for name in wanted)
    assert json.loads(json.dumps(data)) is not None


def test_without_localities_the_columns_are_there_and_empty(workings):
    with_, without = live.localities(workings), live.no_localities(workings)
    assert set(without["localities"]) == set(with_["localities"])
    assert set(without["localities"]["served"]) == set(with_["localities"]["served"])
    assert without["localities"]["n"] == 0


def test_a_stock_without_a_circle_says_why(workings):
    for stock in live.stocks(workings, "en"):
        assert stock["metres"] or stock["circle"]


def test_the_number_of_approval(workings):
    assert any("GS(2026)1" in each for each in live.notes(workings.census, "zh", "GS(2026)1"))
    assert any("未填写" in each for each in live.notes(workings.census, "zh", ""))
