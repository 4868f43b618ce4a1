"""Admission: single decisions with every condition, and a round of 500 applicants.

The peer, zen-engine, walks a decision table of 3,700 rows with its trace: another kind of work,
shown beside ours for the order of magnitude only. It is no dependency: it runs with the Python of
``DINGDIAN_PEERS`` if that has it, or in an environment that is made for the run.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
import subprocess
import time
import venv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.cities import ledger
from bench.claims import Line
from dingdian.actions.decide_applications import open_hearing
from dingdian.core.admission.application import Application, Round
from dingdian.core.admission.hearing import Hearing
from dingdian.core.admission.rounds import round_of
from dingdian.core.admission.words import item_words
from dingdian.storage.census_files import read_census
from dingdian.storage.round_read import read_round
from dingdian.wiring import shelf

DAY, YEAR = dt.date(2026, 3, 20), 2026
SINGLES, TIMES, APPLICANTS = 2_000, 5, 500
SINGLE_LIMIT_MS, ROUND_LIMIT_S = 1, 2
PEER = Path(__file__).parent / "admission_peer.py"


def admission(below: Path) -> Iterator[Line]:
    """One application after another at an open desk; then all of a large round together."""
    hearing, found = _desk(ledger("shenyang", below))
    alone = [replace(found, applications=(each,)) for each in found.applications]
    hearing.decide(alone[0])
    took = statistics.median(_singles(hearing, alone) for _ in range(TIMES))
    peer = _peer(below)
    said = f"{took:.2f} ms, {1000 / took:,.0f} a second"
    other = f"zen-engine, table with trace: {peer:,.0f} a second" if peer else ""
    yield Line("one application, every condition", said, other, took, SINGLE_LIMIT_MS, "ms")
    crowd = replace(found, applications=tuple(_crowd(found, APPLICANTS)))
    runs = []
    for _ in range(TIMES):
        started = time.perf_counter()
        hearing.decide(crowd)
        runs.append(time.perf_counter() - started)
    whole = statistics.median(runs)
    what = f"a round of {APPLICANTS}, spacing among them"
    yield Line(what, f"{whole:.2f} s", "", whole, ROUND_LIMIT_S, "s")


def _desk(folder: Path) -> tuple[Hearing, Round]:
    """The sample city and its round, open."""
    book, place = shelf.opened("shenyang")
    census = read_census(folder / "census.xlsx").census
    if census is None:
        raise RuntimeError("the sample cannot be read")
    hearing = open_hearing(census, book, place=place, year=YEAR, decided_on=DAY)
    tables = read_round(folder / "round")
    words = item_words(book.on(place, DAY))
    return hearing, round_of(tables.tables, census, faults=tables.faults, words=words)


def _singles(hearing: Hearing, alone: list[Round]) -> float:
    """Milliseconds for one decision."""
    started = time.perf_counter()
    for number in range(SINGLES):
        hearing.decide(alone[number % len(alone)])
    return (time.perf_counter() - started) * 1000 / SINGLES


def _crowd(found: Round, n: int) -> Iterator[Application]:
    """The applicants of the sample, again and again a hundred metres on."""
    for number in range(n):
        copy, at = divmod(number, len(found.applications))
        each = found.applications[at]
        code = f"{each.id}-{copy}"
        site = each.site and replace(each.site, id=code, lon=each.site.lon + copy * 0.0012)
        yield replace(each, id=code, site=site, uscc="", institution="")


def _peer(below: Path) -> float:
    """Decisions a second of the peer; 0 where it cannot be had."""
    python = os.environ.get("DINGDIAN_PEERS") or str(_environment(below))
    done = subprocess.run([python, str(PEER)], check=False, capture_output=True)
    return float(json.loads(done.stdout)) if done.returncode == 0 else 0.0


def _environment(below: Path) -> Path:
    venv.create(below / "zen", with_pip=True)
    python = below / "zen" / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "zen-engine"]
    subprocess.run(pip, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return python
