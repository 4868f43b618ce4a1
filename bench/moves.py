"""Audited moves a second: by the real action, as a page records them, and by the peers.

Each move is one transaction that is on the disk when it is acknowledged. PostgreSQL is a server of
this machine's own programs, set as it is installed. The peers (``moves_peer.py``) run with the
Python of ``DINGDIAN_PEERS`` if that has them, or in an environment that is made for the run.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.claims import Line
from dingdian.actions.change_stage import change_stage
from dingdian.core.lifecycle.chain import Mark
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.core.lifecycle.moving import Asked
from dingdian.core.lifecycle.terms import Terms
from dingdian.storage.db.opening import create_ledger
from dingdian.wiring import shelf
from tools.postgres import server

MARK = Mark("bench", "shenyang", "sha256", dt.date(2026, 1, 1))
PAPERS = ("沈医保〔2026〕1号",)
CASES, TIMES = 200, 3
LIMIT_MS = 2.5
PEER, OFFICE = (Path(__file__).with_name(f"moves_{each}.py") for each in ("peer", "office"))
PEERS = ("django-fsm-2", "django-viewflow")
#: The moves of every case: move, day, role, and facts with the number of the case in them.
STEPS = (
    (
        "apply",
        dt.date(2026, 3, 2),
        "institution",
        {
            "institution": "P{0:011d}",
            "name": "示例药房{0}",
            "kind": "retail_pharmacy",
            "region": "210102",
            "address": "示例路{0}号",
            "lon": "123.43",
            "lat": "41.80",
            "crs": "CGCS2000",
        },
    ),
    ("request_supplement", dt.date(2026, 3, 3), "agency", {"missing": "营业执照"}),
    ("supplement", dt.date(2026, 3, 5), "institution", {}),
    ("accept", dt.date(2026, 3, 6), "agency", {}),
    ("pass_evaluation", dt.date(2026, 4, 1), "agency", {}),
    ("publish", dt.date(2026, 4, 3), "agency", {}),
)


def moves(below: Path) -> Iterator[Line]:
    """Moves on both databases beside the peers: by the action alone, and as a page records them."""
    peers = _peers(below)
    yield _by_action("SQLite", lambda n: f"sqlite:///{below / f'moves{n}.db'}", peers)
    yield from _by_page(below, "SQLite", lambda _: "", peers)
    try:
        with server() as url:
            places = databases(url)
            yield _by_action("PostgreSQL", places, "")
            yield from _by_page(below, "PostgreSQL", lambda n: places(n + TIMES), "")
    except FileNotFoundError as error:
        yield Line("audited moves on PostgreSQL", str(error))


def _by_page(below: Path, database: str, place: Callable[[int], str], peers: str) -> Iterator[Line]:
    """Moves with the user, the right and the district asked for each; and many in one hold."""
    singly, in_one = [], []
    for number in range(TIMES):
        folder = below / f"office-{database}-{number}"
        folder.mkdir()
        words = [sys.executable, "-m", "bench.moves_office", str(folder), str(CASES), place(number)]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        one, many = json.loads(done.stdout.splitlines()[-1])
        singly.append(one)
        in_one.append(many)
    a_second = statistics.median(singly)
    what = f"the same as a page records it on {database}: user, right, district, plans, index"
    took = 1000 / a_second
    said = f"{took:.2f} ms, {a_second:,.0f} a second"
    yield Line(what, said, peers)
    together = f"{statistics.median(in_one):,.0f} a second"
    yield Line(f"{CASES * len(STEPS):,} moves in one hold of the ledger on {database}", together)


def _by_action(database: str, place: Callable[[int], str], peers: str) -> Line:
    took = statistics.median(_one_run(place(number)) for number in range(TIMES))
    said = f"{took:.2f} ms, {1000 / took:,.0f} a second"
    what = f"an audited, chained move on {database}, a transaction each"
    return Line(what, said, peers, took, LIMIT_MS, "ms")


def _one_run(url: str) -> float:
    """Milliseconds for one move of one case."""
    made = create_ledger(url, MARK)
    terms = Terms(*shelf.opened("shenyang"))
    asked = list(asked_of(CASES))
    change_stage(made, asked[0], terms)  # the rules of the day are resolved once
    started = time.perf_counter()
    for each in asked[1:]:
        change_stage(made, each, terms)
    took = (time.perf_counter() - started) * 1000 / (len(asked) - 1)
    made.close()
    return took


def asked_of(cases: int) -> Iterator[Asked]:
    """Every step for every case, all cases together at each."""
    at = dt.datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
    for move, day, role, facts in STEPS:
        for number in range(cases):
            at += dt.timedelta(seconds=1)
            stated = {name: text.format(number) for name, text in facts.items()}
            case = f"SY2026-{number:05d}"
            yield Asked(case, move, day, at, "li", role, "第一批", PAPERS, stated)


def databases(url: str) -> Callable[[int], str]:
    """Makes a database of each number on a server, and gives its address."""
    import psycopg

    def made(number: int) -> str:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE bench{number}")
        return url.rpartition("/")[0] + f"/bench{number}"

    return made


def _peers(below: Path) -> str:
    """Moves a second of each peer; empty where none can be had."""
    python = os.environ.get("DINGDIAN_PEERS") or str(_environment(below))
    told = []
    for name, word in zip(PEERS, ("fsm", "viewflow"), strict=True):
        speeds = []
        for number in range(TIMES):
            words = [python, str(PEER), word, str(below / f"{word}{number}.db"), str(CASES)]
            done = subprocess.run(words, check=False, capture_output=True)
            speeds += [float(done.stdout)] if done.returncode == 0 else []
        if speeds:
            told.append(f"{name} {statistics.median(speeds):,.0f} a second")
    return ", ".join(told)


def _environment(below: Path) -> Path:
    venv.create(below / "peers", with_pip=True)
    python = below / "peers" / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    words = [*pip, "django>=5.2,<5.3", *PEERS]
    subprocess.run(words, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return python
