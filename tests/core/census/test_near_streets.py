"""Circles along streets: how many institutions, in three values; and who is on no street."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.census import circle_counts
from dingdian.core.census.near import off_streets
from dingdian.core.circles import Points
from dingdian.core.indicators.gaps import nearest_members
from dingdian.core.streets import By, Lines, Network, Streets
from tests.core.census.test_near import census_of, circle, institutions, localities, sets

EAST, NORTH = 0.0032, 0.0024  # of a degree: about 266 m each
FAR = (3, 9)  # from the southernmost street: 2,400 m


def network(*lines, by=By.WALKING):
    """Streets between spots of the census."""
    corners = [corner for line in lines for corner in line]
    lon, lat = np.array(corners, float).reshape(-1, 2).T
    yes = np.ones(len(lines), bool)
    starts = np.cumsum([0, *(len(line) for line in lines)])
    points = Points(123.4 + lon * EAST, 41.8 + lat * NORTH)
    return Network.of(Streets.of(Lines(points, starts, yes, yes, yes)), by)


def shop(spot):
    return {
        "kind": "retail_pharmacy",
        "region": "a",
        "standing": "in_force",
        "dual_channel": False,
        "spot": spot,
    }


def home(spot):
    return {"region": "a", "persons": 700, "spot": spot}


def counted(shops, homes, streets, *, by="walking"):
    census = census_of([shop(each) for each in shops], [home(each) for each in homes])
    census = replace(census, network=streets)
    found = circle_counts(census, "localities", replace(circle(), by=by))
    return census, list(zip(found.least.tolist(), found.most.tolist(), strict=True))


def test_a_detour_takes_a_shop_out_of_the_circle():
    around = network([(0, 0), (2, 0)], [(0, 0), (0, 3), (2, 3), (2, 1)])
    _, straight = counted([(2, 1)], [(2, 0)], around, by="")
    _, walked = counted([(2, 1)], [(2, 0)], around)

    assert (straight, walked) == ([(1, 1)], [(0, 0)])


def test_who_is_on_no_street_is_near_nobody_surely_and_perhaps_those_in_a_straight_line():
    street = network([(0, 0), (6, 0)])
    shops, homes = [(3, 0), (3, 3), FAR], [(3, 1), (3, 2.5), (3, 8)]
    census, found = counted(shops, homes, street)

    assert off_streets(census, "institutions").tolist() == [False, True, True]
    assert off_streets(census, "localities").tolist() == [False, True, True]
    # on a street: one surely, and the one that is on none 2 steps away, perhaps
    assert found[0] == (1, 2)
    # on none: both shops within 800 m in a straight line, perhaps; the third only of the last
    assert found[1:] == [(0, 2), (0, 1)]


def test_the_nearest_is_the_nearest_along_the_streets():
    streets = network([(0, 0), (6, 0)], [(0, 1), (0, 0)], [(1, 1), (1, 3)])
    shops, homes = [(1, 1), (5, 0)], [(1, 0)]
    census, _ = counted(shops, homes, streets)
    rows = np.array([0])

    straight, _ = nearest_members(census, circle(), rows)
    walked, far = nearest_members(census, replace(circle(), by="walking"), rows)
    assert (straight.tolist(), walked.tolist()) == ([0], [1])
    assert 1_060_000 < far[0] < 1_070_000
    assert nearest_members(replace(census, network=network([(8, 8), (9, 9)])), replace(
        circle(), by="walking"), rows)[1].tolist() == [-1]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(institutions, localities, sets, st.lists(st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=4), min_size=1, max_size=5
))  # fmt: skip
def test_along_streets_nobody_has_more_within_the_circle(near, there, of, lines):
    census = census_of([dict(each) for each in near], [dict(each) for each in there])
    census = replace(census, network=network(*lines))
    own = circle(*of)
    straight = circle_counts(census, "localities", own)
    walked = circle_counts(census, "localities", replace(own, by="walking"))

    assert (walked.least <= walked.most).all()
    assert (walked.least <= straight.least).all()
    assert (walked.most[walked.located] <= straight.most[walked.located]).all()


def test_a_circle_along_streets_asks_for_streets():
    census = census_of([shop((0, 0))], [home((0, 0))])
    with pytest.raises(ValueError, match="streets"):
        circle_counts(census, "localities", replace(circle(), by="walking"))
