"""Covering held against San Francisco: 205 census tracts, 16 stores, metres along the streets.

The values are those of every choice of so many stores, and of spopt 0.7 with CBC.
"""

from __future__ import annotations

import csv
import itertools

import numpy as np
import pytest

from dingdian.core.siting import Reach, Terms, Wish, cover_in_order, maximal_cover, set_cover
from dingdian.core.solving import Limits, Status
from tests.real.xian import DATA

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs DINGDIAN_DATA")

FOLDER = DATA / "known_answers/san_francisco"
STORES, PEOPLE = 16, 955_113
#: People reached within so many metres by one store, two, and so on.
REACHED = {
    2_000: [122_304, 200_356, 266_985, 333_273, 389_172, 432_591, 469_625],
    3_000: [239_817, 377_803, 481_826, 557_571, 620_348, 666_206, 707_846],
    5_000: [448_255, 671_938, 791_499, 875_247, 927_402, 941_462, 950_428],
}
#: The fewest stores that reach every tract.
FEWEST = {5_000: 8, 6_000: 5, 8_000: 3}


@pytest.fixture(scope="module")
def city() -> tuple[np.ndarray, np.ndarray]:
    """People of each tract, and metres (tracts, stores)."""
    names = (
        "SF_demand_205_centroid_uniform_weight.csv",
        "SF_store_site_16_longlat.csv",
        "SF_network_distance_candidateStore_16_censusTract_205_new.csv",
    )
    tables = []
    for name in names:
        with (FOLDER / name).open(newline="") as file:
            tables.append(list(csv.DictReader(file)))
    tracts, stores, ways = tables
    row, column = ({each["NAME"]: at for at, each in enumerate(its)} for its in (tracts, stores))
    far = np.full((len(tracts), len(stores)), np.nan)
    for way in ways:
        far[row[way["DestinationName"]], column[way["name"]]] = float(way["distance"])
    return np.array([int(each["POP2000"]) for each in tracts]), far


def reach(city: tuple[np.ndarray, np.ndarray], metres: int) -> Reach:
    near = city[1] <= metres
    starts = np.concatenate([[0], np.cumsum(near.sum(axis=1))])
    return Reach(city[0], starts, np.nonzero(near)[1], STORES)


@pytest.mark.parametrize("metres", REACHED)
def test_the_most_people_are_those_of_spopt(
    city: tuple[np.ndarray, np.ndarray], metres: int
) -> None:
    for places, people in enumerate(REACHED[metres], start=1):
        found = maximal_cover(reach(city, metres), Terms(STORES, places=places), Limits()).answer
        assert found.status is Status.OPTIMAL
        assert (found.goals[0].value, found.goals[0].bound) == (people, people)


@pytest.mark.parametrize("metres", FEWEST)
def test_the_fewest_stores_are_those_of_spopt(
    city: tuple[np.ndarray, np.ndarray], metres: int
) -> None:
    found = set_cover(reach(city, metres), Terms(STORES), Limits()).answer
    assert (found.status, found.goals[0].value) == (Status.OPTIMAL, FEWEST[metres])
    assert reach(city, metres).covered(found.solution) == PEOPLE


def test_what_stands_and_backup_are_the_best_of_every_choice(
    city: tuple[np.ndarray, np.ndarray],
) -> None:
    its, standing = reach(city, 3_000), np.array([0, 7])
    terms = Terms(STORES, places=5, fixed=standing)
    wishes = (Wish.COVERED, Wish.COVERED_TWICE)
    found = cover_in_order(its, terms, wishes, Limits()).answer
    rest = [row for row in range(STORES) if row not in standing]
    every = [np.append(standing, more) for more in itertools.combinations(rest, 3)]
    most = max((its.covered(one), its.covered(one, times=2)) for one in every)
    assert tuple(goal.value for goal in found.goals) == most
    assert found.status is Status.OPTIMAL
