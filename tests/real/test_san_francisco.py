"""Circles held against street distances: 205 census tracts and 16 stores of San Francisco.

The straight line is never longer than the way along the streets, and so a circle covers at least
whom the streets do. The demand file's rows are not in the order of the distances: names join them.
"""

from __future__ import annotations

import csv

import numpy as np
import pytest

from dingdian.core.circles import Points, Sites, distance_mm
from tests.real.xian import DATA

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs DINGDIAN_DATA")

FOLDER = DATA / "known_answers/san_francisco"
PEOPLE = 955_113
#: Two of 3,280 ways are shorter than the straight line, by up to a quarter of a per cent: they
#: start from the street that is nearest, not from the middle of the tract.
SNAPPED = 1.0025


def table(name):
    with (FOLDER / name).open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def city():
    """Tracts, their people, stores, and the metres along the streets (tracts, stores)."""
    tracts = table("SF_demand_205_centroid_uniform_weight.csv")
    stores = table("SF_store_site_16_longlat.csv")
    ways = table("SF_network_distance_candidateStore_16_censusTract_205_new.csv")
    row, column = ({each["NAME"]: at for at, each in enumerate(its)} for its in (tracts, stores))
    metres = np.full((len(tracts), len(stores)), np.nan)
    for way in ways:
        metres[row[way["DestinationName"]], column[way["name"]]] = float(way["distance"])
    points = [
        Points(*(np.array([float(each[axis]) for each in its]) for axis in ("long", "lat")))
        for its in (tracts, stores)
    ]
    return points[0], np.array([int(each["POP2000"]) for each in tracts]), points[1], metres


def test_the_straight_line_is_never_longer_than_the_way(city):
    tracts, people, stores, metres = city
    assert (len(tracts), len(stores), people.sum()) == (205, 16, PEOPLE)
    assert np.isfinite(metres).all()
    straight = np.column_stack(
        [
            distance_mm(tracts.lon, tracts.lat, lon, lat)
            for lon, lat in zip(stores.lon, stores.lat, strict=True)
        ]
    )
    assert (straight / 1000 <= SNAPPED * metres).all()
    assert (straight / 1000 > metres).sum() == 2
    assert np.median(metres / (straight / 1000)) == pytest.approx(1.19, abs=0.005)


@pytest.mark.clause("DX-22", "SY-09")
@pytest.mark.parametrize(("metres", "streets"), [(800, 151_001), (1_000, 211_130), (2_000, 634_054), (5_000, PEOPLE)])  # fmt: skip  # noqa: E501
def test_a_circle_covers_at_least_whom_the_streets_do(city, metres, streets):
    tracts, people, stores, ways = city
    assert people[(ways <= metres).any(axis=1)].sum() == streets
    sites = Sites.of(stores)
    for n in (1, 2, 3):
        within = sites.at_least(tracts, int(metres * SNAPPED * 1000), n, rim=True)
        assert within[(ways <= metres).sum(axis=1) >= n].all()
    covered = people[sites.at_least(tracts, metres * 1000, 1, rim=True)].sum()
    assert streets <= covered <= PEOPLE
