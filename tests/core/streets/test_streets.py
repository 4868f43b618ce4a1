"""The graph, its quality, and where points join it: worlds that a reader can check by hand."""

import pytest

from dingdian.core.streets import By, Network, StreetSites, passage, quality_of
from tests.core.streets.worlds import at, grid, streets

FORWARD, BOTH, NEITHER = (True, False), (True, True), (False, False)


@pytest.mark.parametrize(
    ("tags", "walk", "drive"),
    [
        ({"highway": "residential"}, True, BOTH),
        ({}, True, BOTH),
        ({"highway": "motorway"}, False, FORWARD),
        ({"highway": "trunk"}, False, BOTH),
        ({"highway": "trunk", "foot": "yes"}, True, BOTH),
        ({"highway": "footway", "motor_vehicle": "yes"}, True, NEITHER),
        ({"highway": "primary", "oneway": "-1"}, True, (False, True)),
        ({"highway": "primary", "junction": "roundabout"}, True, FORWARD),
        ({"highway": "motorway", "oneway": "no"}, False, BOTH),
        ({"highway": "service", "access": "private"}, False, NEITHER),
        ({"highway": "service", "access": "private", "foot": "permissive"}, True, NEITHER),
        ({"highway": "service", "vehicle": "no", "motor_vehicle": "yes"}, True, BOTH),
        ({"highway": "motorway", "access": "yes"}, False, FORWARD),
        ({"highway": "residential", "access": "no @ (22:00-06:00)"}, True, BOTH),
    ],
)
def test_who_may_pass(tags, walk, drive):
    assert passage(tags) == (walk, *drive)


def test_what_is_no_street_is_told_apart():
    assert passage({"highway": "proposed"}) is None


def test_a_piece_that_is_given_twice_counts_once_and_may_be_passed_either_way():
    found = streets(([(0, 0), (1, 0)], "f"), ([(1, 0), (0, 0)], "wf"), ([(5, 5), (5, 5)], "w"))

    assert (len(found), found.repeated, found.empty) == (1, 1, 1)
    assert (found.walk.all(), found.forward.all(), found.backward.all()) == (True, True, True)


def test_lines_that_cross_without_a_common_corner_do_not_join():
    told = quality_of(streets(([(0, 1), (2, 1)], "w"), ([(1, 0), (1, 2)], "w")))
    assert told.islands == (2,)


def test_roads_alone_are_named():
    assert quality_of(grid(2, 2)).no_footways
    assert not quality_of(streets(([(0, 0), (1, 0)], "w"))).no_footways


def test_islands_and_one_way_traps_are_counted():
    town = [
        ([(0, 0), (1, 0), (1, 1), (0, 0)], "wfb"),
        ([(1, 1), (2, 1), (3, 1)], "wf"),  # in and never out
        ([(9, 9), (9, 8)], "wfb"),
    ]
    told = quality_of(streets(*town))

    assert (told.islands, told.drive_islands, told.trapped) == ((2,), (2,), 2)


def test_nobody_drives_out_of_a_trap_and_everybody_walks():
    town = streets(([(0, 0), (1, 0)], "wfb"), ([(1, 0), (2, 0)], "wf"))
    inside, outside = at((2, 0)), at((0, 0))
    found = {}
    for by in By:
        network = Network.of(town, by)
        found[by] = [
            int(StreetSites.of(network, site).nearest(home).distance_mm[0, 0])
            for home, site in ((outside, inside), (inside, outside))
        ]

    assert found[By.WALKING][0] == found[By.WALKING][1] == found[By.DRIVING][0] > 0
    assert found[By.DRIVING][1] == -1


def test_the_way_to_the_street_counts_and_is_told():
    network = Network.of(streets(([(0, 0), (10, 0)], "w")), By.WALKING)
    home, shop = at((2, 1)), at((4, 1))
    sites = StreetSites.of(network, shop)
    off = int(sites.snapped.off_mm[0])

    assert 111_000 < off < 111_200  # a step to the north
    way = int(sites.nearest(home).distance_mm[0, 0])
    assert way - 2 * off == pytest.approx(2 * 83_110, rel=1e-3)


def test_who_is_over_500_m_from_every_street_is_on_none():
    network = Network.of(streets(([(0, 0), (10, 0)], "w")), By.WALKING)
    homes = network.snap(at((5, 4), (5, 5)))

    assert (homes.far, homes.piece.tolist()) == (1, [0, -1])
    assert homes.off_mm[1] > 500_000  # and how far is still told
    shop = StreetSites.of(network, at((5, 0)))
    assert shop.nearest(homes).sites[:, 0].tolist() == [0, -1]


def test_who_joins_an_island_is_marked():
    town = streets(([(0, 0), (1, 0), (2, 0)], "w"), ([(9, 9), (9, 8)], "w"))
    found = Network.of(town, By.WALKING).snap(at((1, 0), (9, 9)))
    assert found.aside.tolist() == [False, True]


def test_of_equal_sites_the_lower_row_is_nearest():
    network = Network.of(grid(3, 1, "w"), By.WALKING)
    sites = StreetSites.of(network, at((2, 0), (0, 0), (2, 0)))
    found = sites.nearest(at((2, 0), (0.5, 0)))
    assert found.sites[:, 0].tolist() == [0, 1]
