"""Which localities stand within the circle of each institution: the reach turned around."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dingdian.core.retention.question import Integers
from dingdian.core.siting import Reach


@dataclass(frozen=True, slots=True, eq=False)
class Serving:
    """The localities of institution ``row`` are ``points[starts[row]:starts[row + 1]]``, rising."""

    starts: Integers
    points: Integers

    @classmethod
    def of(cls, reach: Reach) -> Serving:
        """The reach, by institution."""
        point = np.repeat(np.arange(len(reach)), np.diff(reach.starts))
        order = np.argsort(reach.reached_by, kind="stable")
        sizes = np.bincount(reach.reached_by, minlength=reach.sites)
        return cls(np.concatenate([[0], np.cumsum(sizes)]), point[order])

    def by(self, row: int) -> Integers:
        """The rows of the localities that an institution serves."""
        return self.points[self.starts[row] : self.starts[row + 1]]
