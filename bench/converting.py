"""Converting coordinates: 100,000 points at once against the slow twin of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.claims import Line
from bench.timing import here
from dingdian.core.coordinates import from_wgs84, to_wgs84
from tests.core.coordinates import slow

POINTS, FEW = 100_000, 1_000


def converting(folder: Path) -> Iterator[Line]:
    """Forward and exact inverse; the peer does a hundredth of the points, one at a time."""
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(75, 134, POINTS), rng.uniform(4, 53, POINTS)
    few = list(zip(lon[:FEW].tolist(), lat[:FEW].tolist(), strict=True))
    for system, twin in (("gcj02", slow.gcj02), ("bd09", slow.bd09)):
        there = from_wgs84(lon, lat, system)
        ours = min(here(lambda s=system, t=there: to_wgs84(*t, s)).seconds for _ in range(5))
        peer = here(lambda f=twin: [slow.inverse(f, *f(*at)) for at in few]).seconds * POINTS / FEW
        back = to_wgs84(*there, system)
        error = max(np.abs(back[0] - lon).max(), np.abs(back[1] - lat).max()) * 111_320
        what = f"{POINTS:,} points {system} to WGS84, error {error * 1e9:.0f} nm"
        yield Line(what, f"{ours * 1e3:.0f} ms", f"one at a time {peer:.0f} s", ours / peer, 0.05)
    east, north = from_wgs84(lon % 3 + 122, lat, "EPSG:4550")
    ours = min(here(lambda: to_wgs84(east, north, "EPSG:4550")).seconds for _ in range(5))
    yield Line(f"{POINTS:,} points EPSG:4550 to CGCS2000", f"{ours * 1e3:.0f} ms")
