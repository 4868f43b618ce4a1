"""Streets: who is within 800 m of any of 2,076 shops, of which, and which is nearest.

The peer is scipy's Dijkstra called as it stands, on the same graph and between the same places.
Shops and people stand at crossings, so that both sides answer the same question; the answers are
compared.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from bench.claims import Line
from bench.timing import here, in_turn
from dingdian.core.circles import Points
from dingdian.core.streets import By, Lines, Network, Streets, StreetSites

SIDE, SHOPS = 450, 2_076  # 202,500 crossings
RADIUS_MM = 800_000
TIMES, BLOCK = 5, 64
ANY_LIMIT_S, LISTS_LIMIT_S, NEAREST_LIMIT = 3.0, 6.0, 1.0


def town() -> Streets:
    """A chequered town with crooked streets of some 100 m between crossings."""
    chance = np.random.default_rng(7)
    east, north = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    lon = 123.4 + (east + chance.uniform(-0.3, 0.3, east.shape)) * 0.0012
    lat = 41.8 + (north + chance.uniform(-0.3, 0.3, north.shape)) * 0.0009
    corners = Points(*(np.concatenate([axis.ravel(), axis.T.ravel()]) for axis in (lon, lat)))
    yes = np.ones(2 * SIDE, bool)
    return Streets.of(Lines(corners, np.arange(2 * SIDE + 1) * SIDE, yes, yes, yes))


def streets(_below: Path) -> Iterator[Line]:
    """Ours and scipy's in turn, in this process; answers must be the same."""
    graph, made = _timed(town)
    yield Line("a graph of 202,500 places and 404,100 pieces, from lines", f"{made:.2f} s")
    network = Network.of(graph, By.WALKING)
    people, joined = _timed(lambda: network.snap(graph.points))
    yield Line("  202,500 people joined to it, index and all", f"{joined:.2f} s")
    rows = np.sort(np.random.default_rng(1).choice(len(graph.points), SHOPS, replace=False))
    sites = StreetSites.of(network, graph.points.take(rows))
    both_ways = network.back
    lengths = graph.length_mm.astype(np.float64)
    once = csr_array((lengths, (graph.tail, graph.head)), shape=both_ways.shape)

    def compared(
        what: str, ours: Callable[[], np.ndarray], peer: Callable[[], np.ndarray]
    ) -> tuple[float, float]:
        if not np.array_equal(ours(), peer()):
            raise RuntimeError(f"{what}: the answers differ")
        runs = in_turn({"ours": lambda: here(ours), "peer": lambda: here(peer)}, TIMES)
        return runs["ours"].seconds, runs["peer"].seconds

    what = "who is within 800 m of any of 2,076 shops"
    ours, peer = compared(
        what,
        lambda: sites.reached(people, RADIUS_MM, rim=True),
        lambda: np.isfinite(dijkstra(both_ways, indices=rows, min_only=True, limit=RADIUS_MM)),
    )
    yield Line(what, f"{ours:.2f} s", f"scipy: {peer:.2f} s", ours, ANY_LIMIT_S, "s")
    what = "  the list for each shop, with distances"
    ours, peer = compared(
        what,
        lambda: _sums(sites.neighbours(people, RADIUS_MM, rim=True).distance_mm),
        lambda: _sums(_lists(both_ways, rows)),
    )
    yield Line(what, f"{ours:.2f} s", f"scipy: {peer:.2f} s", ours, LISTS_LIMIT_S, "s")
    what = "  the nearest shop of every place, and which"
    for how, matrix, directed, limit in (
        ("streets stated once, undirected", once, False, NEAREST_LIMIT),
        ("streets stated both ways", both_ways, True, None),
    ):
        ours, peer = compared(
            what,
            lambda: sites.nearest(people).distance_mm[:, 0],
            lambda matrix=matrix, directed=directed: dijkstra(
                matrix, directed, rows, return_predecessors=True, min_only=True
            )[0].astype(np.int64),
        )
        yield Line(what, f"{ours:.3f} s", f"scipy, {how}: {peer:.3f} s", ours / peer, limit)


def _lists(matrix: csr_array, rows: np.ndarray) -> np.ndarray:
    """The distances of all pairs within the radius, some sites at a time, as memory allows."""
    found = []
    for low in range(0, len(rows), BLOCK):
        far = dijkstra(matrix, indices=rows[low : low + BLOCK], limit=RADIUS_MM)
        found.append(far[np.isfinite(far)])
    return np.concatenate(found)


def _sums(distances: np.ndarray) -> np.ndarray:
    whole = np.sort(distances.astype(np.int64))
    return np.array([len(whole), whole.sum(), whole.max()])


def _timed(make: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    made = make()
    return made, time.perf_counter() - started
