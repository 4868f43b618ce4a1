"""Access: floating catchment areas of 3.0 million pairs, against PySAL ``access``.

The peer is no dependency: it runs with the Python of ``DINGDIAN_PEERS``, one that has it, or in an
environment that is made for this run. Without either our own times are shown, and nothing is
claimed. Times are seconds of work.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.circles import child_that_tells
from bench.claims import Line
from bench.timing import Run, Runs, child, in_turn

WORLD = Path(__file__).parent / "catchments_world.py"
TIMES = 3
FASTER = {"e2sfca": 40, "2sfca": 4, "bell": None, "3sfca": None}
WHAT = {
    "e2sfca": "E2SFCA in three steps",
    "2sfca": "2SFCA",
    "bell": "E2SFCA by a bell",
    "3sfca": "3SFCA in three steps",
}
SAME, MEMORY_LIMIT_MIB = 1e-12, 0.4 * 1024


def catchments(below: Path) -> Iterator[Line]:
    """Each method in turn with its peer, each run a process of its own; scores must be the same."""
    peer = _peer(below)
    for order in ("by place", "shuffled"):
        path = below / f"access {order}.npz"
        child(
            [str(WORLD), str(path), order]
        )  # what this process holds would count for its children
        with np.load(path) as held:
            pairs = len(held["far"])
        for task, faster in FASTER.items():
            claimed = faster if order == "by place" else None
            if order == "by place" or faster:
                what = f"{WHAT[task]}, {pairs:,} pairs {order}"
                yield from _method(path, peer, task, what=what, faster=claimed)


def _method(path: Path, peer: str, task: str, *, what: str, faster: int | None) -> Iterator[Line]:
    answers = {who: path.with_name(f"{who}-{task}.npy") for who in ("ours", "peer")}

    def run(who: str, python: str) -> Run:
        file = Path(__file__).parent / "catchments_run.py"
        told, peak = child_that_tells([python, str(file), who, task, str(path), str(answers[who])])
        return Run(told["seconds"], told["seconds"], peak)

    things = {"ours": lambda: run("ours", sys.executable)}
    if peer:
        things["peer"] = lambda: run("peer", peer)
    runs = in_turn(things, TIMES)
    yield _times(what, runs, faster)
    peak = runs["ours"].peak
    other = f"access: {runs['peer'].peak:.0f} MiB" if peer else ""
    yield Line(
        "  peak memory, input and all", f"{peak:.0f} MiB", other, peak, MEMORY_LIMIT_MIB, "MiB"
    )
    if peer:
        apart = _apart(*(np.load(each) for each in answers.values()))
        yield Line("  farthest apart, relative", f"{apart:.1e}", "", apart / SAME, 1, "× 1e-12")


def _times(what: str, runs: dict[str, Runs], faster: int | None) -> Line:
    ours = runs["ours"].seconds
    if "peer" not in runs:
        return Line(what, f"{ours:.3f} s", "no peer: see bench/README.md")
    other = runs["peer"].seconds
    said = f"access: {other:.2f} s ({other / ours:.0f} times)"
    return Line(what, f"{ours:.3f} s", said, ours / other, faster and 1 / faster)


def _apart(ours: np.ndarray, other: np.ndarray) -> float:
    """How far two answers are apart: a place that only one has a score for is infinitely so."""
    other = np.where(np.isnan(other) & (ours == 0), 0.0, other)  # nobody within reach: no row
    far = np.abs(ours - other) / np.maximum(np.abs(other), np.finfo(float).tiny)
    far[np.isnan(far)] = np.inf
    return float(far.max())


def _peer(below: Path) -> str:
    """A Python with PySAL ``access``, or empty text where there is none."""
    if given := os.environ.get("DINGDIAN_PEERS"):
        return given
    venv.create(below / "pysal", with_pip=True)
    python = str(below / "pysal" / "bin" / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "access==1.1.10.post3"],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return python if done.returncode == 0 else ""
