"""Median under quotas, spacing and limited room, 3,000 localities × 400 sites."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench.claims import Line
from dingdian.core.siting import UNREACHABLE, Distances, Quota, Terms, median, median_with_room
from dingdian.core.solving import Answer, Limits

POINTS, SITES, PLACES, SIDE = 3_000, 400, 20, 100_000
SECONDS = 60


def siting_terms(below: Path) -> Iterator[Line]:
    """Each within a minute by the clock; for information, gaps are told and held to nothing."""
    world, places = _plane()
    zone = places // (SIDE // 3 + 1)
    rows = [np.flatnonzero(zone[:, 0] * 3 + zone[:, 1] == each) for each in range(9)]
    quotas = tuple(Quota(str(at), of, 3) for at, of in enumerate(rows))
    apart = np.argwhere(np.triu(np.hypot(*(places[:, None] - places).transpose(2, 0, 1)) < 3000, 1))
    for name, terms in (
        ("no terms", Terms(SITES, PLACES)),
        ("quotas of nine districts", Terms(SITES, PLACES, quotas=quotas)),
        ("and spacing", Terms(SITES, PLACES, quotas=quotas, apart=apart)),
    ):
        yield _line(f"median, every way, {name}", world, terms, median)
    for ways in (12, 60):
        few = _with_one_that_stands(world, ways)
        kept = {"places": PLACES + 1, "fixed": np.array([SITES])}
        people = int(few.weights.sum())
        room = np.append(np.full(SITES, 4 * people // SITES), people)

        def filled(far: Distances, terms: Terms, limits: Limits) -> Answer[Any]:
            return median_with_room(far, room, terms, limits)  # noqa: B023 -- used at once

        terms = Terms(SITES + 1, quotas=quotas, **kept)
        yield _line(f"median, {ways} ways each, quotas", few, terms, median)
        yield _line(f"room, {ways} ways each", few, Terms(SITES + 1, **kept), filled)
        yield _line(f"room, {ways} ways each, quotas", few, terms, filled)


def _plane() -> tuple[Distances, np.ndarray]:
    """Points with people on a plane, and sites at some of them."""
    chance = np.random.default_rng(1)
    at = chance.integers(0, SIDE, (POINTS, 2))
    places = at[chance.choice(POINTS, SITES, replace=False)]
    far = np.hypot(*(at[:, None] - places).transpose(2, 0, 1)).round().astype(np.int64)
    return Distances(chance.integers(20, 400, POINTS), far), places


def _with_one_that_stands(world: Distances, ways: int) -> Distances:
    """Only so many sites are nearer to a point than one that stands anyway, last of all."""
    cut = np.sort(world.far, axis=1)[:, ways - 1 : ways]
    far = np.where(world.far > cut, UNREACHABLE, world.far)
    return Distances(world.weights, np.concatenate([far, cut + 1], axis=1))


def _line(what: str, world: Distances, terms: Terms, solve: Callable[..., Answer[Any]]) -> Line:
    started = time.perf_counter()

    def left() -> float:
        return started + SECONDS - time.perf_counter()

    limits = Limits(halted=lambda: left() <= 0, left=left)
    answer = solve(world, terms, limits)
    took, goal = time.perf_counter() - started, answer.goals[-1]
    gap = None if goal.gap is None else 100 * float(goal.gap)
    return Line(what, f"{answer.status} in {took:.0f} s", "", gap, None, "%")
