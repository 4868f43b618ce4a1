"""The one question of every index: which sites are within how many millimetres of whom."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from dingdian.core.circles.joining import Neighbours
from dingdian.core.circles.nearest import Nearest
from dingdian.core.circles.points import Points


class Index(Protocol):
    """Sites that are asked for, in a straight line (``Sites``) or along streets (``StreetSites``).

    Who has no way to a site is not near it; the nearest of nothing is -1.
    """

    def counts(
        self, points: Points, radius_mm: int, *, rim: bool
    ) -> npt.NDArray[np.signedinteger[Any]]:
        """How many sites lie within the radius of each point."""

    def neighbours(self, points: Points, radius_mm: int, *, rim: bool) -> Neighbours:
        """The sites within the radius of each point, with their distances."""

    def nearest(self, points: Points) -> Nearest:
        """The nearest site of each point; of equal ones the lower row."""
