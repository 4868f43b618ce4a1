from __future__ import annotations

import numpy as np
import pytest

from dingdian.core.circles import Points, ServiceSites, Sites


@pytest.mark.parametrize("bad", [np.nan, np.inf, 181.0, -180.1])
def test_a_wrong_longitude_names_its_row(bad: float) -> None:
    with pytest.raises(ValueError, match=r"row 1 \("):
        Points(np.array([123.0, bad]), np.array([41.0, 41.0]))


@pytest.mark.parametrize("bad", [np.nan, -np.inf, 90.1, 123.4])
def test_a_wrong_latitude_names_its_row(bad: float) -> None:
    with pytest.raises(ValueError, match=r"row 0 \(.*\), 2 \("):
        Points(np.full(3, 123.0), np.array([bad, 41.0, bad]))


def test_only_the_first_wrong_rows_are_named() -> None:
    with pytest.raises(ValueError, match="and 15 more"):
        Points(np.full(20, np.nan), np.zeros(20))


def test_lengths_and_shapes_are_checked() -> None:
    with pytest.raises(ValueError, match="2 longitudes, but 1 latitudes"):
        Points(np.zeros(2), np.zeros(1))
    with pytest.raises(ValueError, match="2 dimensions"):
        Points(np.zeros((2, 1)), np.zeros((2, 1)))
    with pytest.raises(ValueError, match="1 points, but 2 classes"):
        ServiceSites.of(Points(np.zeros(1), np.zeros(1)), np.zeros(2, np.int64))


def test_nothing_gives_nothing() -> None:
    none, one = Points(np.zeros(0), np.zeros(0)), Points(np.zeros(1), np.zeros(1))
    for sites, points in [(none, none), (none, one), (one, none)]:
        index = Sites.of(sites)
        assert index.counts(points, 1000, rim=True).tolist() == [0] * len(points)
        assert index.neighbours(points, 1000, rim=True).starts.tolist() == [0] * (len(points) + 1)
        assert len(index.pairs(1000, rim=True)) == 0
        assert index.nearest(points, 2).sites.tolist() == [[-1, -1]] * len(points)
    assert ServiceSites.of(none, np.zeros(0, np.int64)).counts(one, 5, rim=True).shape == (1, 0)
    assert Sites.of(one).nearest(one, 2).sites.tolist() == [[0, -1]]


def test_a_radius_of_nothing_reaches_what_stands_at_the_same_place() -> None:
    same = Points(np.full(3, 123.4), np.full(3, 41.8))
    index = Sites.of(same)
    assert index.counts(same, 0, rim=True).tolist() == [3, 3, 3]
    assert index.counts(same, 0, rim=False).tolist() == [0, 0, 0]
    assert index.pairs(0, rim=True).first.tolist() == [0, 0, 1]


def test_less_than_one_nearest_is_refused() -> None:
    one = Points(np.zeros(1), np.zeros(1))
    with pytest.raises(ValueError, match="at least 1"):
        Sites.of(one).nearest(one, 0)


def test_columns_of_other_types_are_taken() -> None:
    assert Points([1, 2], np.array([3, 4], np.int32)).lon.tolist() == [1.0, 2.0]  # type: ignore[arg-type]


def test_less_than_one_worker_is_refused() -> None:
    one = Points(np.zeros(1), np.zeros(1))
    with pytest.raises(ValueError, match="at least 1 worker"):
        Sites.of(one).counts(one, 5, rim=True, workers=0)
