"""Where one comes from within a radius: every spot of it and no other, as the index itself says."""

import numpy as np
import pytest

from dingdian.core.circles import Points
from dingdian.core.streets import By, Network, StreetSites
from tests.core.streets.worlds import at, grid, streets

ONE_WAY = streets(
    ([(0, 0), (4, 0)], "wf"),
    ([(4, 0), (4, 3)], "wfb"),
    ([(4, 3), (0, 3)], "wf"),
    ([(0, 3), (0, 0)], "wfb"),
    ([(20, 20), (21, 20)], "wfb"),
)


def spots(network, share):
    """One spot on every piece."""
    own = network.streets
    tail, head = own.points.take(own.tail), own.points.take(own.head)
    return Points(
        tail.lon + share * (head.lon - tail.lon), tail.lat + share * (head.lat - tail.lat)
    )


def covered(parts, spot):
    """Whether a spot lies on one of the parts, to a hundred-thousandth of a degree."""
    a = np.stack([parts.begin.lon, parts.begin.lat], 1)
    b = np.stack([parts.end.lon, parts.end.lat], 1)
    along = b - a
    square = np.maximum((along**2).sum(1), 1e-30)
    t = np.clip(((spot - a) * along).sum(1) / square, 0, 1)
    return bool((np.abs(a + t[:, None] * along - spot).max(1) < 1e-7).any())


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("town", [grid(5, 4), ONE_WAY], ids=["grid", "one-way"])
@pytest.mark.parametrize("radius", [30_000, 150_000, 310_000])
def test_it_is_every_spot_from_which_the_way_is_short_enough(by, town, radius):
    network = Network.of(town, by)
    sites = StreetSites.of(network, at((1.3, 0.05)))
    parts = sites.reach(0, radius, rim=True)
    checked = 0
    for share in (0.07, 0.31, 0.5, 0.83):
        points = spots(network, share)
        near = sites.counts(points, radius, rim=True) > 0
        surely = sites.counts(points, radius + 100, rim=True) > 0
        for row in range(len(points)):
            spot = np.array([points.lon[row], points.lat[row]])
            if near[row] == surely[row]:  # not within a hand of the rim
                checked += 1
                assert covered(parts, spot) == near[row], (row, share)
    assert checked > 15


def test_on_no_street_and_at_no_radius_there_is_none():
    network = Network.of(grid(3, 3), By.WALKING)
    assert len(StreetSites.of(network, at((90, 90))).reach(0, 500_000, rim=True)) == 0
    assert len(StreetSites.of(network, at((1, 1))).reach(0, 0, rim=False)) == 0
