"""How many sites lie within a radius of each point."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dingdian.core.circles.bands import Bands
from dingdian.core.circles.joining import found
from dingdian.core.circles.points import Points

Counts = npt.NDArray[np.int32]


def counts(bands: Bands, points: Points, radius_mm: int, *, rim: bool, workers: int) -> Counts:
    """The number of sites within the radius of each point; see ``Sites.counts``."""
    del workers
    many = np.zeros(len(points), np.int32)
    for start, point, _site, _distance in found(bands, points, radius_mm, rim=rim):
        held = np.bincount(point)
        many[start : start + len(held)] += held.astype(np.int32)
    return many
