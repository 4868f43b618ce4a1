"""Sites by class of service: one index a class, one numbering of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dingdian.core.circles.bands import Rows
from dingdian.core.circles.joining import Pairs
from dingdian.core.circles.packing import Packing
from dingdian.core.circles.points import Points
from dingdian.core.circles.sites import Sites


@dataclass(frozen=True, slots=True, eq=False)
class ServiceSites:
    """``n`` sites, each of one class of service (a whole number); make one with ``of``.

    ``sites`` holds the index of each class, by rising class; row ``i`` of such an index is row
    ``rows[service][i]`` of the points. An institution that offers two classes is two sites.

    >>> places = Points(np.array([123.4, 123.4, 123.4]), np.full(3, 41.8))
    >>> both = ServiceSites.of(places, np.array([7, 2, 7]))
    >>> both.pairs(0, rim=True).first.tolist(), both.pairs(0, rim=True).second.tolist()
    ([0], [2])
    >>> both.counts(places.take(slice(1)), 0, rim=True).tolist()
    [[1, 2]]
    """

    sites: Mapping[int, Sites]
    rows: Mapping[int, Rows]

    @classmethod
    def of(cls, points: Points, service: npt.NDArray[np.integer]) -> ServiceSites:
        """The index of each class.

        Raises:
            ValueError: there are not as many classes as points.
        """
        if len(service) != len(points):
            raise ValueError(f"{len(points)} points, but {len(service)} classes of service")
        held = {int(each): np.flatnonzero(service == each) for each in np.unique(service)}
        return cls({each: Sites.of(points.take(rows)) for each, rows in held.items()}, held)

    def counts(
        self, points: Points, radius_mm: int, *, rim: bool, workers: int = 1
    ) -> npt.NDArray[np.int32]:
        """The sites of each class within the radius of each point: (len(points), classes)."""
        columns = [
            each.counts(points, radius_mm, rim=rim, workers=workers) for each in self.sites.values()
        ]
        return np.stack(columns, axis=1) if columns else np.zeros((len(points), 0), np.int32)

    def pairs(self, radius_mm: int, *, rim: bool, workers: int = 1) -> Pairs:
        """All pairs of the same class within the radius, each once, sorted."""
        size = sum(len(rows) for rows in self.rows.values())
        packing = Packing.of(size, size, radius_mm)
        parts = []
        for service, each in self.sites.items():
            found, rows = each.pairs(radius_mm, rim=rim, workers=workers), self.rows[service]
            parts.append(packing.packed(rows[found.first], rows[found.second], found.distance_mm))
        return Pairs(*packing.in_order(parts))
