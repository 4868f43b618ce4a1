"""Median and centre on public graphs and streets whose best answers are known."""

from __future__ import annotations

import csv
import itertools

import numpy as np
import pytest

from dingdian.core.siting import Distances, Terms, centre, median
from dingdian.core.solving import Limits, Status
from tests.real.orlib import FOLDER, graph
from tests.real.xian import DATA

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs DINGDIAN_DATA")

#: File -> the least sum, and the least greatest distance, as the library gives them.
KNOWN = {1: (5819, 127), 2: (4093, 98), 3: (4250, 93), 4: (3034, 74), 5: (1355, 48)}
STREETS = "known_answers/san_francisco"


@pytest.mark.parametrize("number", KNOWN)
def test_the_library_and_the_answers_agree(number: int) -> None:
    far, places = graph(number, FOLDER)
    distances, terms = Distances(np.ones(len(far), np.int64), far), Terms(len(far), places=places)
    for ask, best in zip((median, centre), KNOWN[number], strict=True):
        answer = ask(distances, terms, Limits())
        assert answer.status is Status.OPTIMAL
        assert [goal.value for goal in answer.goals] == [0, best]


def streets() -> Distances:
    """Millimetres along the streets of San Francisco from 205 tracts to 16 stores, and people."""
    folder = DATA / STREETS

    def table(name: str) -> list[dict[str, str]]:
        with (folder / name).open(newline="") as file:
            return list(csv.DictReader(file))

    tracts = table("SF_demand_205_centroid_uniform_weight.csv")
    row = {each["NAME"]: at for at, each in enumerate(tracts)}
    stores = table("SF_store_site_16_longlat.csv")
    column = {each["NAME"]: at for at, each in enumerate(stores)}
    far = np.full((len(row), len(column)), -1)
    for way in table("SF_network_distance_candidateStore_16_censusTract_205_new.csv"):
        far[row[way["DestinationName"]], column[way["name"]]] = round(float(way["distance"]) * 1000)
    return Distances(np.array([int(each["POP2000"]) for each in tracts]), far)


def test_four_stores_of_san_francisco_are_the_best_of_all_fours() -> None:
    city, terms = streets(), Terms(16, places=4)
    fours = [np.array(four) for four in itertools.combinations(range(16), 4)]
    sums = [int(city.weights @ city.nearest(four)) for four in fours]
    greatest = [int(city.nearest(four)[city.weights > 0].max()) for four in fours]
    for ask, best in ((median, min(sums)), (centre, min(greatest))):
        answer = ask(city, terms, Limits())
        assert answer.status is Status.OPTIMAL
        assert [goal.value for goal in answer.goals] == [0, best]
