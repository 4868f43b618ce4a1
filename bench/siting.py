"""Where the next ones go: maximal covering against spopt with CBC, in a city, and of a million.

The peer is no dependency: it runs with the Python of ``DINGDIAN_PEERS`` if that has it, or in an
environment that is made for the run.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
import venv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.claims import Line
from bench.siting_worlds import RADIUS, city, metres, million, within
from dingdian.core.siting import Reach, Terms, maximal_cover
from dingdian.core.solving import Answer, Limits, Status

PEER = Path(__file__).parent / "siting_peer.py"
PLACES, FASTER = 100, 12
#: The share that is reached after so many seconds, of all: people in millions, as asked.
SOON, LATE = (5, 75.1 / 76.4), (60, 76.1 / 76.4)
#: Places, and the certified gap that is allowed after a minute, in per cent.
GAPS = {100: 0.5, 150: 1.5, 200: 3.0, 300: 0.5}
FEW_PLACES, PROVED_WITHIN = 20, 60
ENDLESS = 10**8


def siting(below: Path) -> Iterator[Line]:
    """Preparation is within every time."""
    yield _against_peer(below)
    reach = city()
    people = int(reach.weights.sum())
    seconds, share = SOON
    answer, _ = _timed(reach, 300, seconds)
    yield _reached(answer, people, seconds, share)
    for places, allowed in GAPS.items():
        answer, took = _timed(reach, places, LATE[0])
        gap = 100 * float(answer.goals[0].gap or 0)
        said = f"{_share(answer, people):.2f} % of {people:,} in {took:.0f} s"
        yield Line(f"  a city, {places} places: certified gap", said, "", gap, allowed, "%")
        if places == 300:
            yield _reached(answer, people, *LATE)
    answer, took = _timed(million(), FEW_PLACES, 2 * PROVED_WITHIN)
    said = f"{took:.1f} s, {answer.status}"
    proved = took if answer.status is Status.OPTIMAL else None
    what = f"1,000,000 points, 100 sites, {FEW_PLACES} places: proved"
    yield Line(what, said, "", proved, PROVED_WITHIN, "s")


def _timed(reach: Reach, places: int, seconds: float) -> tuple[Answer[np.ndarray], float]:
    """An answer within so many seconds by the clock."""
    started = time.perf_counter()
    limits = Limits(rounds=ENDLESS, halted=lambda: time.perf_counter() - started > seconds - 0.1)
    answer = maximal_cover(reach, Terms(reach.sites, places=places), limits).answer
    return answer, time.perf_counter() - started


def _share(answer: Answer[np.ndarray], people: int) -> float:
    return 100 * (answer.goals[0].value or 0) / people


def _reached(answer: Answer[np.ndarray], people: int, seconds: int, share: float) -> Line:
    """How many are left out after so many seconds."""
    reached = _share(answer, people)
    what = f"a city of 50,000 points, 2,076 sites, 300 places: left out after {seconds} s"
    return Line(what, f"{reached:.2f} % reached", "", 100 - reached, 100 * (1 - share), "%")


def _against_peer(below: Path) -> Line:
    weights, far = metres()
    started = time.perf_counter()
    reach = within(weights, far, RADIUS)
    answer = maximal_cover(reach, Terms(reach.sites, places=PLACES), Limits()).answer
    took = time.perf_counter() - started
    goal = answer.goals[0]
    said = f"{took:.1f} s, {goal.value:,} {answer.status}"
    file = below / "siting.npz"
    np.savez(file, weights=weights, far=far, radius=RADIUS)
    peer = _peer(below, file)
    what = f"maximal covering, 5,000 × 1,587, {PLACES} places, proved"
    if not peer:
        return Line(what, said, "spopt cannot be had")
    same = peer["proved"] and peer["value"] == goal.value and answer.status is Status.OPTIMAL
    other = f"spopt, CBC: {peer['took']:.1f} s, {peer['value']:,}"
    return Line(what, said, other, took / peer["took"] if same else None, 1 / FASTER)


def _peer(below: Path, file: Path) -> dict[str, float]:
    """What the peer tells; nothing where it cannot be had."""
    python = os.environ.get("DINGDIAN_PEERS") or str(_environment(below))
    words = [python, str(PEER), str(file), str(PLACES)]
    done = subprocess.run(words, check=False, capture_output=True)
    return dict(json.loads(done.stdout)) if done.returncode == 0 else {}


def _environment(below: Path) -> Path:
    venv.create(below / "spopt", with_pip=True)
    python = below / "spopt" / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "spopt==0.7.0", "pulp"],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return python
