"""One measured task in a process of its own: ``python circles_run.py WHO TASK WORLD.npz SHUFFLED``.

WHO is ``ours`` or ``peer`` (scipy's cKDTree, in an environment of its own). Both are given
degrees, and both turn them into geocentric metres with the same function within the time
measured. Prints seconds, and a fingerprint of the answer, as JSON. Nothing is imported that
the other side needs.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from dingdian.core.circles import Pairs, Points, ServiceSites, Sites
from dingdian.core.circles.chord import geocentric

RADIUS_MM, WORKERS = 800_000, 2
RADIUS_M = RADIUS_MM / 1000 + 0.0005  # what rounds to the radius lies within
PLACES = 1000


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    answer = call()
    return time.perf_counter() - started, answer


def fingerprint(*arrays: np.ndarray) -> str:
    found = hashlib.sha256()
    for each in arrays:
        found.update(np.ascontiguousarray(each, np.int64).data)
    return f"{len(arrays[0])} {int(arrays[0].sum())} {found.hexdigest()[:16]}"


def sorted_pairs(found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    low, high = found.min(axis=1), found.max(axis=1)
    by = np.lexsort((high, low))
    return low[by], high[by]


class Ours:
    def __init__(self, world: Any) -> None:
        self.world = world
        self.sites = Points(world["site_lon"], world["site_lat"])
        self.cells = world["cell_lon"], world["cell_lat"]

    def index(self) -> tuple[float, str]:
        return timed(lambda: Sites.of(self.sites))[0], ""

    def counts(self) -> tuple[float, str]:
        index = Sites.of(self.sites)
        seconds, answer = timed(
            lambda: index.counts(Points(*self.cells), RADIUS_MM, rim=True, workers=WORKERS)
        )
        return seconds, fingerprint(answer)

    def pairs(self) -> tuple[float, str]:
        return self._pairs(Sites.of(self.sites))

    def service_pairs(self) -> tuple[float, str]:
        return self._pairs(ServiceSites.of(self.sites, self.world["service"]))

    def _pairs(self, index: Sites | ServiceSites) -> tuple[float, str]:
        found: Pairs
        seconds, found = timed(lambda: index.pairs(RADIUS_MM, rim=True, workers=WORKERS))
        return seconds, fingerprint(found.first, found.second)

    def within(self) -> tuple[float, str]:
        index = Sites.of(self.sites)
        lon, lat = (each[:: max(1, len(each) // PLACES)].tolist() for each in self.cells)
        places = list(zip(lon, lat, strict=True))
        runs = [
            timed(lambda place=place: index.within(*place, RADIUS_MM, rim=True)) for place in places
        ]
        rows = [np.sort(rows) for _, (rows, _) in runs]
        return statistics.median(run[0] for run in runs), fingerprint(np.concatenate(rows))


class Peer:
    def __init__(self, world: Any) -> None:
        self.world = world
        self.cells = world["cell_lon"], world["cell_lat"]

    def index(self) -> tuple[float, str]:
        return timed(self._tree)[0], ""

    def counts(self) -> tuple[float, str]:
        tree = self._tree()
        seconds, answer = timed(
            lambda: tree.query_ball_point(
                np.stack(geocentric(*self.cells), axis=1),
                RADIUS_M,
                return_length=True,
                workers=WORKERS,
            )
        )
        return seconds, fingerprint(answer)

    def pairs(self) -> tuple[float, str]:
        tree = self._tree()
        seconds, found = timed(lambda: tree.query_pairs(RADIUS_M, output_type="ndarray"))
        return seconds, fingerprint(*sorted_pairs(found))

    def service_pairs(self) -> tuple[float, str]:
        service = self.world["service"]
        rows = [np.flatnonzero(service == each) for each in np.unique(service)]
        trees = [self._tree(each) for each in rows]

        def meet() -> np.ndarray:
            found = [tree.query_pairs(RADIUS_M, output_type="ndarray") for tree in trees]
            return np.concatenate([own[each] for own, each in zip(rows, found, strict=True)])

        seconds, found = timed(meet)
        return seconds, fingerprint(*sorted_pairs(found))

    def within(self) -> tuple[float, str]:
        tree = self._tree()
        lon, lat = (each[:: max(1, len(each) // PLACES)] for each in self.cells)
        places = np.stack(geocentric(lon, lat), axis=1)
        runs = [
            timed(lambda place=place: tree.query_ball_point(place, RADIUS_M)) for place in places
        ]
        rows = [np.sort(np.array(rows, np.int64)) for _, rows in runs]
        return statistics.median(run[0] for run in runs), fingerprint(np.concatenate(rows))

    def _tree(self, rows: Any = slice(None)) -> Any:
        from scipy.spatial import cKDTree

        lon, lat = self.world["site_lon"][rows], self.world["site_lat"][rows]
        return cKDTree(np.stack(geocentric(lon, lat), axis=1))


def main(words: list[str]) -> None:
    who, task, path, shuffled = words
    with np.load(path) as held:
        world = dict(held)
    if shuffled == "shuffled":
        by = np.random.default_rng(1).permutation(len(world["cell_lon"]))
        world["cell_lon"], world["cell_lat"] = world["cell_lon"][by], world["cell_lat"][by]
    seconds, answer = getattr({"ours": Ours, "peer": Peer}[who](world), task)()
    print(json.dumps({"seconds": seconds, "answer": answer}))


if __name__ == "__main__":
    main(sys.argv[1:])
