"""The invented country that circles are measured in: clusters of sites, and cells of people.

Sites: 3,000 towns thrown evenly over 98–126° E, 22–46° N, their sizes log-normal (σ = 1), so
that the largest has some hundred times the sites of a middling one. The sites of a town
scatter normally around its middle with σ = 1.5 km for a town of mean size, and size ** 0.7
times that for others.

Cells: seven in ten scatter around the same towns, half as wide again as the sites; three in
ten lie anywhere in the country. They stand in rows from south to north, 0.01° of latitude
each, and in each row from west to east, as a file of a population grid does: the order that
suits a tree best, for its caches stay warm.

Everything comes from the seed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

TOWNS, SITES = 3_000, 1_070_000
WEST, EAST, SOUTH, NORTH = 98.0, 126.0, 22.0, 46.0
SPREAD_M, AROUND = 1500.0, 0.7
DEGREE_M = 111_320.0


class World(NamedTuple):
    """Degrees: sites (n,), their class of service (n,) and cells (m,)."""

    site_lon: np.ndarray
    site_lat: np.ndarray
    service: np.ndarray
    cell_lon: np.ndarray
    cell_lat: np.ndarray


def world(cells: int, seed: int = 3) -> World:
    """The country with so many cells; its sites are the same for any number of them."""
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(WEST, EAST, TOWNS), rng.uniform(SOUTH, NORTH, TOWNS)
    share = rng.lognormal(0, 1, TOWNS)
    share /= share.sum()
    wide_m = SPREAD_M * (share * TOWNS) ** 0.7

    def near(n: int, times: float) -> tuple[np.ndarray, np.ndarray]:
        town = rng.choice(TOWNS, n, p=share)
        east, north = rng.normal(0, 1, (2, n)) * wide_m[town] * times / DEGREE_M
        return lon[town] + east / np.cos(np.radians(lat[town])), lat[town] + north

    site_lon, site_lat = near(SITES, 1.0)
    service = rng.choice(4, SITES, p=[0.5, 0.3, 0.15, 0.05])
    around = int(cells * AROUND)
    cell_lon, cell_lat = near(around, 1.5)
    rest = cells - around
    cell_lon = np.concatenate([cell_lon, rng.uniform(WEST, EAST, rest)])
    cell_lat = np.concatenate([cell_lat, rng.uniform(SOUTH, NORTH, rest)])
    by = np.lexsort((cell_lon, np.floor(cell_lat * 100)))
    return World(site_lon, site_lat, service, cell_lon[by], cell_lat[by])
