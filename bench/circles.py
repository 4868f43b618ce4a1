"""Circles: counts, conflicts and one place among 1.07 million sites, against scipy's cKDTree.

The peer is no dependency: it runs with the Python of ``DINGDIAN_PEERS``, one that has numpy
and scipy, or in an environment that is made for this run. Without either, our own times are
shown, and nothing is claimed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.circles_world import SITES, world
from bench.claims import Line
from bench.timing import MIB, Run, in_turn

SIZES, FULL = (100_000, 1_000_000), (100_000, 1_000_000, 10_000_000)
TIMES = 3
COUNTS_LIMIT = 0.2  # of the peer's time at 10 million cells: five times as fast
PAIRS_LIMIT, WITHIN_LIMIT_MS, MEMORY_LIMIT_MIB = 1.5, 1.0, 4096
ROOT = Path(__file__).parent.parent


def circles(below: Path, sizes: tuple[int, ...] = SIZES) -> Iterator[Line]:
    """Each task in turn with its peer, each run a process of its own; answers must be the same."""
    peer = _peer(below)
    for cells in sizes:
        path = below / f"world-{cells}.npz"
        np.savez(path, **world(cells)._asdict())
        for order in ("in rows", "shuffled"):
            yield from _counts(path, peer, cells=cells, order=order)
    one = below / f"world-{sizes[0]}.npz"
    yield _line("index over 1.07 M sites", _both(one, peer, "index"))
    for task, what in {
        "pairs": "all pairs within 800 m",
        "service_pairs": "  of the same of four services",
    }.items():
        yield _line(what, _both(one, peer, task), limit=PAIRS_LIMIT)
    runs = _both(one, peer, "within")
    ours = runs["ours"].seconds * 1000
    other = f"cKDTree: {runs['peer'].seconds * 1000:.3f} ms" if "peer" in runs else ""
    yield Line("sites near one place", f"{ours:.3f} ms", other, ours, WITHIN_LIMIT_MS, "ms")


def _counts(path: Path, peer: str, *, cells: int, order: str) -> Iterator[Line]:
    runs = _both(path, peer, "counts", order)
    largest = cells == FULL[-1]
    what = f"counts, {cells / 1e6:g} M cells {order} × {SITES / 1e6:g} M sites"
    yield _line(what, runs, limit=COUNTS_LIMIT if largest else None)
    peak = runs["ours"].peak
    limit = MEMORY_LIMIT_MIB if largest else None
    yield Line("  peak memory, input and all", f"{peak:.0f} MiB", _peak(runs), peak, limit, "MiB")


def _peak(runs: dict) -> str:
    return f"cKDTree: {runs['peer'].peak:.0f} MiB" if "peer" in runs else ""


def _line(what: str, runs: dict, limit: float | None = None) -> Line:
    ours = runs["ours"].seconds
    if "peer" not in runs:
        return Line(what, f"{ours:.2f} s", "no peer: see bench/README.md")
    other = runs["peer"].seconds
    return Line(what, f"{ours:.2f} s", f"cKDTree: {other:.2f} s", ours / other, limit)


def _both(path: Path, peer: str, task: str, order: str = "in rows") -> dict:
    answers: dict[str, set[str]] = {}

    def run(who: str, python: str) -> Run:
        words = [python, str(Path(__file__).parent / "circles_run.py"), who, task, str(path), order]
        told, peak = child_that_tells(words)
        answers.setdefault(who, set()).add(told["answer"])
        return Run(told["seconds"], told["seconds"], peak)

    things = {"ours": lambda: run("ours", sys.executable)}
    if peer:
        things["peer"] = lambda: run("peer", peer)
    runs = in_turn(things, TIMES)
    if len(set().union(*answers.values())) != 1:
        raise RuntimeError(f"{task} {order}: answers differ: {answers}")
    return runs


def child_that_tells(words: list[str]) -> tuple[dict, float]:
    """What a child of another Python prints as JSON, and its peak memory in MiB.

    Raises:
        RuntimeError: the child ended with another exit code than 0.
    """
    path = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    started = subprocess.Popen(
        words, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}
    )
    told = started.stdout.read() if started.stdout else b""
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode != 0:
        raise RuntimeError(f"exit code {started.returncode}: {' '.join(words)}")
    return json.loads(told), used.ru_maxrss / MIB


def _peer(below: Path) -> str:
    """A Python with scipy, or empty text where there is none."""
    if given := os.environ.get("DINGDIAN_PEERS"):
        return given
    began = time.perf_counter()
    venv.create(below / "peers", with_pip=True)
    python = str(below / "peers" / "bin" / "python")
    wanted = [f"numpy=={np.__version__}", "scipy"]
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
    done = subprocess.run(pip, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took = time.perf_counter() - began
    print(f"  environment of the peer: {took:.0f} s", file=sys.stderr, flush=True)
    return python if done.returncode == 0 else ""
