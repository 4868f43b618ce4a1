"""The detector: both sides of its limits, cannot tell, and shifted outlines."""
# ruff: noqa: E501 -- one case a line

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.coordinates import from_wgs84
from dingdian.core.coordinates.detect import HYPOTHESES, detect, inside_own, outweighs, verdict
from dingdian.core.coordinates.outlines import (
    area_m2,
    fit_by_system,
    outline_to_wgs84,
    shift_between,
)

HOMES = {
    "a": shapely.box(123.40, 41.70, 123.45, 41.75),
    "b": shapely.box(123.45, 41.70, 123.50, 41.75),
}


def town(n=400, seed=1):
    """Points all over both districts, and the district each lies in."""
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(123.40, 123.50, n), rng.uniform(41.70, 41.75, n)
    return lon, lat, ["a" if east < 123.45 else "b" for east in lon]


@pytest.mark.parametrize("system", HYPOTHESES)
def test_points_are_found_to_be_in_the_system_they_were_put_in(system):
    lon, lat, districts = town()
    found = detect(*from_wgs84(lon, lat, system), districts, HOMES)
    assert found.likely == system
    assert found.share(system) == 1
    assert found.margin > 0
    assert all(found.contradicts(other) is (other != system) for other in HYPOTHESES)


@pytest.mark.parametrize(("gained", "lost", "n", "tells"), [(9, 0, 900, True), (8, 0, 8, False), (9, 0, 901, False), (16, 4, 20, False), (17, 4, 21, False), (19, 4, 23, True), (0, 9, 9, False), (0, 0, 0, False)])  # fmt: skip
def test_nine_telling_points_three_deviations_and_one_in_a_hundred(gained, lost, n, tells):
    assert outweighs(gained, lost, n) is tells


def test_points_far_from_every_rim_cannot_tell():
    found = detect(
        np.full(500, 123.425), np.full(500, 41.725), ["a"] * 500, {"a": HOMES["a"].buffer(1)}
    )
    assert found.likely is None
    assert found.margin == 0


def test_points_that_no_reading_fits_cannot_tell():
    lon, lat, _ = town(40)
    lon = np.concatenate([lon[lon < 123.45][:15], np.full(60, 123.6)])
    lat = np.concatenate([lat[:15], np.full(60, 41.72)])
    assert detect(lon, lat, ["a"] * len(lon), HOMES).likely is None


def test_two_systems_that_fit_alike_still_speak_against_the_third():
    # just beyond the east rim: inside when moved west by 480 m, and by 1,060 m
    found = detect(np.full(20, 123.455), np.full(20, 41.725), ["a"] * 20, HOMES)
    assert found.candidates == ("gcj02", "bd09")
    assert found.likely is None
    assert found.contradicts("wgs84")
    assert not found.contradicts("bd09")


def test_half_of_the_points_inside_are_enough_and_fewer_are_not():
    in_one, in_none = np.ones(10, bool), np.zeros(10, bool)
    for more, told in ((10, True), (11, False)):
        pad = np.zeros(more, bool)
        found = verdict({"x": np.append(in_one, pad), "y": np.append(in_none, pad)})
        assert (found.likely == "x") is told


def test_without_points_nothing_is_told():
    found = detect(np.zeros(0), np.zeros(0), [], HOMES)
    assert (found.n, found.likely, found.margin, found.share("wgs84")) == (0, None, None, None)


def test_points_without_district_outline_or_place_are_left_out():
    lon, lat, districts = town(100)
    lon[0] = np.nan
    districts[1:3] = [None, "elsewhere"]
    assert detect(lon, lat, districts, HOMES).n == 97


@settings(deadline=None)
@given(st.integers(0, 50))
def test_inside_is_what_one_point_at_a_time_says(seed):
    lon, lat, districts = town(30, seed)
    lon = lon + 0.01
    own = np.array([list(HOMES).index(each) for each in districts])
    slow = [
        HOMES[d].intersects(shapely.Point(p)) for d, *p in zip(districts, lon, lat, strict=True)
    ]
    assert inside_own(lon, lat, own, list(HOMES.values())).tolist() == slow


@settings(deadline=None)
@given(st.permutations(range(40)))
def test_reordering_and_renaming_change_nothing(order):
    lon, lat, districts = town(40)
    order = list(order)
    renamed = {f"x{code}": home for code, home in reversed(HOMES.items())}
    one = detect(lon, lat, districts, HOMES)
    other = detect(lon[order], lat[order], [f"x{districts[at]}" for at in order], renamed)
    assert one == other


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_outlines_in_another_system_are_shifted_by_its_offset(system):
    moved = [
        shapely.transform(each, lambda at: np.column_stack(from_wgs84(*at.T, system)))
        for each in HOMES.values()
    ]
    fits = fit_by_system(moved, list(HOMES.values()))
    assert min(fits, key=lambda name: fits[name].apart) == system
    assert fits[system].apart < 1
    back = outline_to_wgs84(moved[0], system)
    assert shapely.hausdorff_distance(back, HOMES["a"]) < 1e-11


def test_outlines_of_nothing_are_refused():
    with pytest.raises(ValueError, match="empty"):
        shift_between([], list(HOMES.values()))


def test_the_area_of_the_northern_hemisphere_and_of_a_hole():
    half = shapely.box(-180, 0, 180, 90)
    assert area_m2(half) == pytest.approx(255_032_810_857_000, rel=1e-9)
    home = HOMES["a"]
    holed = home.difference(shapely.box(123.41, 41.71, 123.42, 41.72))
    assert area_m2(holed) == pytest.approx(
        area_m2(home) - area_m2(shapely.box(123.41, 41.71, 123.42, 41.72))
    )
    assert area_m2(shapely.Polygon()) == 0
