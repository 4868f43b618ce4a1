"""The slow, obvious answer: every distance between every point and every site."""

from __future__ import annotations

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from dingdian.core.circles import Points, distance_mm

# The slow way is slow: a busy machine must not fail a test.
CALM = settings(deadline=None)

METRE = 1 / 111_000  # of latitude, in degrees; near enough to build places with


def distances(points: Points, sites: Points) -> np.ndarray:
    """Whole millimetres, of shape (points, sites)."""
    return distance_mm(
        points.lon[:, None], points.lat[:, None], sites.lon[None, :], sites.lat[None, :]
    ).reshape(len(points), len(sites))


def inside(points: Points, sites: Points, radius_mm: int, *, rim: bool) -> np.ndarray:
    """Which site lies in the circle of which point: (points, sites)."""
    measured = distances(points, sites)
    return measured <= radius_mm if rim else measured < radius_mm


# Middles: ordinary places at 53° N and 18° N, corners of bands of latitude, places where the
# bounds in degrees end, and the poles.
MIDDLES = [
    (122.35, 53.48),
    (109.5, 18.2),
    (116.4, 39.9),
    (123.4, 41.8),
    (120.0, 30.005),
    (0.0, 0.0),
    (180.0, 66.0),
    (-179.9999, -16.5),
    (30.0, 89.9999),
    (-150.0, -90.0),
]


@st.composite
def places(draw: st.DrawFn, most: int = 60, repeated: bool = True) -> Points:
    """Clusters of points around a few middles, many of them repeated, some in rows and columns."""
    lon, lat = [], []
    for _ in range(draw(st.integers(0, 3))):
        middle = draw(st.sampled_from(MIDDLES))
        rng = np.random.default_rng(draw(st.integers(0, 2**32)))
        n = draw(st.integers(0, most))
        size = draw(st.sampled_from([1.0, 300.0, 2000.0, 60_000.0])) * METRE
        east, north = rng.normal(0, size, (2, n))
        if draw(st.booleans()):
            east, north = (
                np.round(east / size * 4) * size / 4,
                np.round(north / size * 4) * size / 4,
            )
        stretch = 1 / max(np.cos(np.radians(middle[1])), 0.01)
        lon.append((middle[0] + east * stretch + 180) % 360 - 180)
        lat.append(np.clip(middle[1] + north, -90, 90))
    if not lon:
        return Points(np.zeros(0), np.zeros(0))
    whole = Points(np.concatenate(lon), np.concatenate(lat))
    if repeated and len(whole) and draw(st.booleans()):
        rng = np.random.default_rng(draw(st.integers(0, 2**32)))
        return whole.take(rng.integers(0, len(whole), 2 * len(whole)))
    return whole


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Points, Points, int]:
    """Sites, points and a radius in millimetres, often exactly one of the distances."""
    sites, points = draw(places()), draw(places())
    if draw(st.booleans()) and len(sites):
        points = Points(
            np.concatenate([points.lon, sites.lon[:9]]), np.concatenate([points.lat, sites.lat[:9]])
        )
    measured = np.unique(distances(points, sites)) if len(points) and len(sites) else np.zeros(0)
    chosen = st.sampled_from([0, 1, 300_000, 800_000, 5_000_000, 40_000_000, 13_000_000_000])
    if len(measured):
        near = measured[: draw(st.sampled_from([5, 200, len(measured)]))]
        chosen = st.one_of(chosen, st.sampled_from([int(each) for each in near]))
    return sites, points, draw(chosen)
