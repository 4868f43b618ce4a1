"""Where else: the nearest localities at which the institution may stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dingdian.core.census import Census
from dingdian.core.circles import Points, Sites
from dingdian.core.spacing.check import check
from dingdian.core.spacing.places import Site
from dingdian.core.spacing.stock import Stock
from dingdian.core.spacing.terms import Terms
from dingdian.core.spacing.verdict import Verdict

MAY = (Verdict.KEPT, Verdict.NOT_BOUND)


@dataclass(frozen=True, slots=True)
class Spot:
    """A locality at which the institution may stand: where, how far from the site, in what region.

    ``persons``: how many people live there, ``None`` where that is not known.
    """

    locality: str
    name: str
    region: str
    lon: float
    lat: float
    distance_mm: int
    persons: float | None


def alternatives(
    site: Site, stock: Stock, rules: Sequence[Terms], *, reach_mm: int, most: int
) -> Iterator[Spot]:
    """The localities within ``reach_mm`` where every rule lets the site stand, nearest first.

    At most ``most`` of them. A locality counts as the point that the census has of it, with the
    position error of one that states none; those without coordinates are left out.
    """
    census = stock.census
    table, found = census.tables["localities"], census.positions("localities")
    placed, sites = census.cached("locality sites", lambda: _placed(census))
    near, distances = sites.within(site.lon, site.lat, reach_mm, rim=True)
    left = most
    for row, distance in zip(placed[near].tolist(), distances.tolist(), strict=True):
        if not left:
            return
        region = str(table["region"].cell(row) or "")
        lon, lat = float(found.lon[row]), float(found.lat[row])
        there = moved_to(site, census, lon=lon, lat=lat, region=region)
        if all(check(there, stock, terms).verdict in MAY for terms in rules):
            left -= 1
            persons = table["persons"].cell(row)
            yield Spot(
                locality=str(table["code"].cell(row) or ""),
                name=str(table["name"].cell(row) or ""),
                region=region,
                lon=lon,
                lat=lat,
                distance_mm=distance,
                persons=None if persons is None else float(persons),  # type: ignore[arg-type]
            )


def moved_to(site: Site, census: Census, *, lon: float, lat: float, region: str) -> Site:
    """The same institution at another place, which no survey of the first one speaks of."""
    district = census.tree.county_of(region) or ""
    return replace(
        site,
        id="",
        lon=lon,
        lat=lat,
        moved=True,
        error_mm=None,
        district=district,
        zone=census.tree.zones.get(district) or "",
    )


def _placed(census: Census) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Sites]:
    found = census.positions("localities")
    rows = np.flatnonzero(found.known)
    return rows, Sites.of(Points(found.lon[rows], found.lat[rows]))
