"""Invented demand and candidate sites for the benches of siting, the same each time."""

from __future__ import annotations

import numpy as np

from dingdian.core.siting import Reach

#: A city: 20 km square, 800 m, people of a point from 1 to 3,056.
SIDE, RADIUS = 20_000.0, 800.0
CITY, CITY_SITES, CITY_WEIGHTS = 50_000, 2_076, 3_057
#: The question that spopt is asked too.
POINTS, SITES, WEIGHTS = 5_000, 1_587, 1_000
#: A million points in a unit square; the circles reach beyond its rim, so that a radius of 0.1345
#: and not 0.1262 makes each site reach about one in twenty.
MILLION, FEW_SITES, NEAR = 1_000_000, 100, 0.1345


def metres() -> tuple[np.ndarray, np.ndarray]:
    """Weights of points, and metres from each point (row) to each site (column)."""
    chance = np.random.default_rng(2)
    here, there = chance.random((POINTS, 2)) * SIDE, chance.random((SITES, 2)) * SIDE
    weights = chance.integers(1, WEIGHTS, POINTS)
    return weights, np.sqrt(((here[:, None] - there) ** 2).sum(axis=2))


def within(weights: np.ndarray, far: np.ndarray, radius: float) -> Reach:
    """The reach of a table of distances."""
    near = far <= radius
    starts = np.concatenate([[0], np.cumsum(near.sum(axis=1))])
    return Reach(weights, starts, np.nonzero(near)[1], far.shape[1])


def city() -> Reach:
    """Points and sites uniformly in the square, weights uniformly."""
    chance = np.random.default_rng(1)
    here, there = chance.random((CITY, 2)) * SIDE, chance.random((CITY_SITES, 2)) * SIDE
    return _circles(chance.integers(1, CITY_WEIGHTS, CITY), here, there, RADIUS)


def million() -> Reach:
    """As many points, few sites."""
    chance = np.random.default_rng(4)
    here, there = chance.random((MILLION, 2)), chance.random((FEW_SITES, 2))
    return _circles(chance.integers(1, 100, MILLION), here, there, NEAR)


def _circles(weights: np.ndarray, here: np.ndarray, there: np.ndarray, radius: float) -> Reach:
    """Site after site, then turned into rows of points."""
    points = [np.flatnonzero(((here - centre) ** 2).sum(axis=1) <= radius**2) for centre in there]
    sites = np.repeat(np.arange(len(there)), [len(each) for each in points])
    flat = np.concatenate(points)
    order = np.argsort(flat, kind="stable")
    starts = np.searchsorted(flat[order], np.arange(len(here) + 1))
    return Reach(weights, starts, sites[order], len(there))
