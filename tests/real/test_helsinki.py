"""The streets of Helsinki, against a slow oracle; walking is never shorter than straight."""

import numpy as np
import pytest

from dingdian.core.access import Pairs, nearest, straight
from dingdian.core.circles import Points, Sites, distance_mm
from dingdian.core.streets import By, Network, StreetSites, quality_of
from dingdian.storage.streets_read import read_streets
from tests.core.streets.oracle import distances
from tests.real.xian import DATA

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs DINGDIAN_DATA")


@pytest.fixture(scope="module")
def gathered():
    return read_streets(DATA / "roads" / "Helsinki.osm.pbf")


def somewhere(streets, many, seed):
    """Points all over the extract."""
    chance, points = np.random.default_rng(seed), streets.points
    return Points(
        chance.uniform(points.lon.min(), points.lon.max(), many),
        chance.uniform(points.lat.min(), points.lat.max(), many),
    )


@pytest.mark.parametrize("by", By)
def test_ways_are_those_of_the_oracle(gathered, by):
    network = Network.of(gathered.streets, by)
    sites = StreetSites.of(network, somewhere(gathered.streets, 40, 1))
    homes = network.snap(somewhere(gathered.streets, 60, 2))
    told = distances(network, homes, sites.snapped)

    found = sites.neighbours(homes, 100_000_000, rim=True)
    point = np.repeat(np.arange(len(found)), np.diff(found.starts))
    keys = zip(point.tolist(), found.sites.tolist(), strict=True)
    assert dict(zip(keys, found.distance_mm.tolist(), strict=True)) == told
    assert len(told) > 1000
    nearest = sites.nearest(homes)
    for at in range(len(homes)):
        own = min(((far, site) for (here, site), far in told.items() if here == at), default=None)
        assert own == (
            None if nearest.sites[at, 0] < 0 else (nearest.distance_mm[at, 0], nearest.sites[at, 0])
        )


def test_walking_is_never_shorter_than_the_straight_line(gathered):
    network = Network.of(gathered.streets, By.WALKING)
    shops, homes = (somewhere(gathered.streets, n, n) for n in (300, 2000))
    found = StreetSites.of(network, shops).neighbours(homes, 800_000, rim=True)
    point = np.repeat(np.arange(len(found)), np.diff(found.starts))
    flat = distance_mm(
        homes.lon[point], homes.lat[point], shops.lon[found.sites], shops.lat[found.sites]
    )

    assert len(point) > 10_000
    assert (found.distance_mm >= flat).all()
    around = Sites.of(shops).counts(homes, 800_000, rim=True)
    assert (np.diff(found.starts) <= around).all()


def test_what_is_wrong_with_the_extract_is_named(gathered):
    told = quality_of(gathered.streets)

    assert (told.places, told.pieces) == (6727, 8000)
    assert (told.footways, told.no_footways) == (5859, False)
    assert (len(told.islands), told.islands[:3]) == (25, (33, 20, 15))
    assert told.trapped == 217
    assert (gathered.lines, gathered.closed, gathered.cut) == (2516, 60, 881)
    assert dict(gathered.left_out) == {"construction": 3}


def test_pairs_of_access_are_those_of_the_oracle_and_no_more_than_straight_ones(gathered):
    network = Network.of(gathered.streets, By.WALKING)
    homes, shops = (somewhere(gathered.streets, n, n) for n in (80, 30))
    sites = StreetSites.of(network, shops)
    along = Pairs.near(sites.neighbours(homes, 800_000, rim=True), len(shops))
    flat = straight(homes, shops, 800_000, rim=True)

    told = distances(network, network.snap(homes), sites.snapped)
    least = [
        min((far for (place, _), far in told.items() if place == at and far <= 800_000), default=0)
        for at in range(len(homes))
    ]
    assert np.nan_to_num(nearest(along)).tolist() == least
    assert sum(far <= 800_000 for far in told.values()) == len(along) < len(flat)
    met = ~np.isnan(nearest(along))
    assert met.sum() > 20
    assert (nearest(along)[met] >= nearest(flat)[met]).all()
