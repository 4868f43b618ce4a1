"""Mixtures in invented cities of small districts: found, named, and not seen where none is."""

from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.coordinates import from_wgs84
from dingdian.core.coordinates.detect import HYPOTHESES
from dingdian.core.coordinates.mixture import (
    Stated,
    least_share,
    mixture,
    stretches,
    telling,
    whole,
)

#: Sixteen districts of 4.2 km by 4.4 km.
HOMES = [
    shapely.box(123.4 + 0.05 * x, 41.6 + 0.04 * y, 123.45 + 0.05 * x, 41.64 + 0.04 * y)
    for x in range(4)
    for y in range(4)
]
OTHERS = [(a, b) for a in HYPOTHESES for b in HYPOTHESES if a != b]


def city(n=1000, seed=1):
    """Points all over the districts, and the district each lies in."""
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(123.4, 123.6, n), rng.uniform(41.6, 41.76, n)
    own = np.floor((lon - 123.4) / 0.05) * 4 + np.floor((lat - 41.6) / 0.04)
    return lon, lat, own.astype(np.int64)


def stated(system, wrong, mask, *, outlines=HOMES, seed=1):
    """The city stated in ``system``, the rows of ``mask`` really in ``wrong``."""
    lon, lat, own = city(len(mask), seed)
    right, other = from_wgs84(lon, lat, system), from_wgs84(lon, lat, wrong)
    x, y = (np.where(mask, b, a) for a, b in zip(right, other, strict=True))
    return Stated(x, y, own, outlines, system)


def part(share, n=1000, seed=2):
    return np.random.default_rng(seed).random(n) < float(share)


@pytest.mark.parametrize(("system", "wrong"), OTHERS)
@pytest.mark.parametrize(("share", "n"), [("0.1", 3000), ("0.3", 1000), ("0.3", 8000)])
def test_a_part_in_another_system_is_found_and_named(system, wrong, share, n):
    mask = part(share, n)
    found = mixture(stated(system, wrong, mask))
    assert found is not None
    assert found.candidates[0] == wrong  # few points may leave a second one open
    assert len(found.candidates) == 1 or n < 8000
    assert float(found.share) == pytest.approx(float(share), abs=0.1)
    assert found.back > found.opposite
    assert set(found.rows.tolist()) <= set(np.flatnonzero(mask).tolist())


@pytest.mark.parametrize(("system", "wrong"), OTHERS)
@pytest.mark.parametrize("share", ["0.3", "0.5", "0.7", "1"])
def test_all_of_the_points_are_in_another_system_only_where_all_are(system, wrong, share):
    found = whole(stated(system, wrong, part(share)), HYPOTHESES)
    assert found == ((wrong,) if share == "1" else ())


@pytest.mark.parametrize("system", HYPOTHESES)
@pytest.mark.parametrize("seed", range(3))
def test_a_column_of_one_system_is_no_mixture(system, seed):
    points = stated(system, system, part(0.3), seed=seed)
    assert mixture(points) is None
    assert list(stretches(points)) == []


def test_of_two_other_systems_at_once_none_that_is_not_there_is_named():
    lon, lat, own = city(3000)
    x, y = lon.copy(), lat.copy()
    for at, system in ((1, "gcj02"), (2, "bd09")):
        x[at::5], y[at::5] = from_wgs84(lon[at::5], lat[at::5], system)
    assert mixture(Stated(x, y, own, HOMES, "wgs84")).candidates[0] == "bd09"


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(0, 3))
def test_points_with_wrong_districts_are_no_mixture(seed, metres):
    # every tenth point is shifted by up to so many kilometres, in any direction
    lon, lat, own = city(seed=seed)
    rng = np.random.default_rng(seed)
    far, turn = rng.uniform(0, metres / 100, 100), rng.uniform(0, 2 * np.pi, 100)
    lon[::10] += far * np.cos(turn) / np.cos(np.radians(41.7))
    lat[::10] += far * np.sin(turn)
    found = mixture(Stated(lon, lat, own, HOMES, "wgs84"))
    assert found is None


def test_one_district_drawn_askew_is_no_mixture():
    lon, lat, own = city(2000)
    askew = [shapely.transform(HOMES[0], lambda at: at - [0.006, 0.002]), *HOMES[1:]]
    assert mixture(Stated(lon, lat, own, askew, "wgs84")) is None


@pytest.mark.parametrize("wrong", ["gcj02", "bd09"])
def test_districts_as_large_as_a_province_cannot_tell(wrong):
    wide = [each.buffer(3) for each in HOMES]
    points = stated("wgs84", wrong, part(0.3), outlines=wide)
    assert mixture(points) is None
    assert dict(telling(points)) == {"gcj02": 0, "bd09": 0}


def test_rows_near_a_rim_are_counted_on_a_part_and_scaled():
    lon, lat, own = city(10_000)
    points = Stated(lon, lat, own, HOMES, "wgs84")
    every = points.inside("wgs84") ^ points.inside("gcj02")
    assert float(telling(points)["gcj02"]) == pytest.approx(every.sum(), rel=0.15)
    few = points.take(np.arange(1000))
    assert telling(few)["gcj02"] == (few.inside("wgs84") ^ few.inside("gcj02")).sum()
    assert telling(points.take(np.arange(0))) == {"gcj02": 0, "bd09": 0}


@pytest.mark.parametrize(("near", "share"), [(0, 1), (8, 1), (9, 1), (18, Fraction(1, 2)), (30, Fraction(3, 10)), (90, Fraction(1, 10))])  # fmt: skip  # noqa: E501
def test_nine_rows_have_to_show(near, share):
    assert least_share(Fraction(near)) == share


@pytest.mark.parametrize("wrong", ["gcj02", "bd09"])
def test_rows_pasted_in_one_piece_are_found_as_a_stretch(wrong):
    mask = np.zeros(1000, bool)
    mask[400:700] = True
    found = dict(zip(("gcj02", "bd09"), stretches(stated("wgs84", wrong, mask)), strict=False))
    first, last = found[wrong]
    assert 400 <= first < 440
    assert 660 < last < 700


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(16)))
def test_the_order_of_districts_changes_nothing(order):
    points = stated("wgs84", "gcj02", part(0.3))
    renamed = np.argsort(order)[points.own]
    moved = Stated(points.x, points.y, renamed, [HOMES[at] for at in order], "wgs84")
    one, other = mixture(points), mixture(moved)
    assert (one.candidates, one.back, one.opposite, one.share) == (
        other.candidates,
        other.back,
        other.opposite,
        other.share,
    )
