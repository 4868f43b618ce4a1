"""Measure ways: how far it is along streets from a site to those who stand near it.

Beside the answer, for whoever doubts a straight line; it turns no verdict.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dingdian.actions.check_site import SiteReport
from dingdian.core.circles import Points
from dingdian.core.record import StreetsRecord
from dingdian.core.streets import Network, StreetSites

#: No way that is looked for is longer.
FARTHEST_MM = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Way:
    """The way to one who stands near: whole millimetres, ``None`` where no way leads there."""

    code: str
    name: str
    distance_mm: int | None


@dataclass(frozen=True, slots=True)
class Ways:
    """Along what was measured, and the ways, the nearest in a straight line first.

    ``off_mm``: how far the site is from the street that it joins, ``None`` where it is over 500 m
    from every street: then no way leads anywhere.
    """

    streets: StreetsRecord
    off_mm: int | None
    to: tuple[Way, ...]


def measure_ways(report: SiteReport, network: Network, streets: StreetsRecord) -> Ways:
    """The ways from a site to everyone near it who has a position; ``streets`` are its record."""
    near = {each.code: each for answer in report.answers for each in answer.near}
    placed = sorted(
        (each.distance_mm, each.code, each.name, each.lon, each.lat)
        for each in near.values()
        if each.lon is not None and each.lat is not None
    )
    here = network.snap(Points(np.array([report.site.lon]), np.array([report.site.lat])))
    there = Points(*(np.array([each[axis] for each in placed], np.float64) for axis in (3, 4)))
    found = StreetSites.of(network, there).neighbours(here, FARTHEST_MM, rim=True)
    far = dict(zip(found.sites.tolist(), found.distance_mm.tolist(), strict=True))
    return Ways(
        streets,
        int(here.off_mm[0]) if here.piece[0] >= 0 else None,
        tuple(Way(code, name, far.get(at)) for at, (_, code, name, *_) in enumerate(placed)),
    )
