"""The ledger: audited moves a second through the real action, and the verification of many entries.

Each move is one transaction that is on the disk when it is acknowledged. PostgreSQL is a server of
this machine's own programs, set as it is installed. The peers (``ledger_peer.py``) run with the
Python of ``DINGDIAN_PEERS`` if that has them, or in an environment that is made for the run.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import subprocess
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.claims import Line
from dingdian.actions.change_stage import change_stage
from dingdian.actions.open_ledger import open_ledger
from dingdian.core.census import make_census, table_from_rows
from dingdian.core.census.schema import TABLES
from dingdian.core.lifecycle.chain import Mark, breaks
from dingdian.core.lifecycle.due import due_on
from dingdian.core.lifecycle.entry import SHANGHAI, Entry
from dingdian.core.lifecycle.moving import Asked
from dingdian.core.lifecycle.reading import cases_by_id, states_of
from dingdian.core.lifecycle.terms import Terms
from dingdian.samples import SAMPLES
from dingdian.storage.db.opening import create_ledger
from dingdian.storage.memory_ledger import MemoryLedger
from dingdian.wiring import shelf
from tools.postgres import server

if TYPE_CHECKING:
    from dingdian.storage.db.ledger import DbLedger

MARK = Mark("bench", "shenyang", "sha256", dt.date(2026, 1, 1))
PAPERS = ("沈医保〔2026〕1号",)
CASES, TIMES, ENTRIES = 200, 3, 1_000_000
MOVE_LIMIT_MS, VERIFY_LIMIT_S, DUE_LIMIT_S = 2.5, 15, 0.5
PEER = Path(__file__).parent / "ledger_peer.py"
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


def ledger(below: Path, *, largest: bool = False) -> Iterator[Line]:
    """Moves on both databases beside the peers; then a long ledger verified."""
    peers = _peers(below)
    yield _moves("SQLite", lambda n: f"sqlite:///{below / f'moves{n}.db'}", peers)
    try:
        with server() as url:
            yield _moves("PostgreSQL", _databases(url), "")
            if largest:
                yield from _verified("PostgreSQL", _databases(url)(99))
    except FileNotFoundError as error:
        yield Line("audited moves on PostgreSQL", str(error))
    yield from _verified("SQLite", f"sqlite:///{below / 'long.db'}")
    yield _due()


def _moves(database: str, place: Callable[[int], str], peers: str) -> Line:
    took = statistics.median(_one_run(place(number)) for number in range(TIMES))
    said = f"{took:.2f} ms, {1000 / took:,.0f} a second"
    what = f"an audited, chained move on {database}, a transaction each"
    return Line(what, said, peers, took, MOVE_LIMIT_MS, "ms")


def _one_run(url: str) -> float:
    """Milliseconds for one move of one case."""
    made = create_ledger(url, MARK)
    terms = Terms(*shelf.opened("shenyang"))
    asked = list(_asked(CASES))
    change_stage(made, asked[0], terms)  # the rules of the day are resolved once
    started = time.perf_counter()
    for each in asked[1:]:
        change_stage(made, each, terms)
    took = (time.perf_counter() - started) * 1000 / (len(asked) - 1)
    made.close()
    return took


def _asked(cases: int) -> Iterator[Asked]:
    """Every step for every case, all cases together at each."""
    at = dt.datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
    for move, day, role, facts in STEPS:
        for number in range(cases):
            at += dt.timedelta(seconds=1)
            stated = {name: text.format(number) for name, text in facts.items()}
            case = f"SY2026-{number:05d}"
            yield Asked(case, move, day, at, "li", role, "第一批", PAPERS, stated)


def _due() -> Line:
    """What is due over all cases of the Shenyang sample, once they are loaded."""
    tables = SAMPLES["shenyang"]().tables
    census = make_census({n: table_from_rows(TABLES[n], rows) for n, rows in tables.items()})
    made = MemoryLedger(MARK)
    terms = Terms(*shelf.opened("shenyang"))
    at = dt.datetime(2026, 1, 1, tzinfo=SHANGHAI)
    open_ledger(made, census, terms, known_at=at, by="li", reason="期初")
    states = states_of(cases_by_id(made.entries()).values())
    took = []
    for _ in range(TIMES):
        started = time.perf_counter()
        found = due_on(states, terms, dt.date(2026, 3, 31))
        took.append(time.perf_counter() - started)
    middle = statistics.median(took)
    what = f"what is due over {len(states):,} cases, after loading"
    return Line(what, f"{middle:.2f} s, {len(found):,} limits", "", middle, DUE_LIMIT_S, "s")


def _databases(url: str) -> Callable[[int], str]:
    """Makes a database of each number on a server, and gives its address."""
    import psycopg

    def made(number: int) -> str:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE bench{number}")
        return url.rpartition("/")[0] + f"/bench{number}"

    return made


def _verified(database: str, url: str) -> Iterator[Line]:
    """The chain of a long ledger followed, and its index compared."""
    made = create_ledger(url, MARK)
    _fill(made)
    runs = []
    for _ in range(TIMES):
        started = time.perf_counter()
        if list(breaks(made.mark, made.stored())):
            raise RuntimeError("the chain does not hold")
        followed = time.perf_counter() - started
        if made.differing_cases():
            raise RuntimeError("the index is not what the entries say")
        runs.append((time.perf_counter() - started, followed))
    whole, chain = map(statistics.median, zip(*runs, strict=True))
    what = f"{ENTRIES:,} entries verified on {database}, chain and index"
    yield Line(what, f"{whole:.1f} s, the chain {chain:.1f}", "", whole, VERIFY_LIMIT_S, "s")
    made.close()


def _fill(made: DbLedger) -> None:
    at = dt.datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
    day = dt.date(2026, 3, 1)
    facts = {name: text.format(7) for name, text in STEPS[0][3].items()}
    for first in range(1, ENTRIES + 1, 20_000):
        with made.writing() as desk:
            desk.append(
                Entry(
                    seq=seq,
                    case=f"SY2026-{seq % 9_000:05d}",
                    move="apply",
                    source="",
                    target="applied",
                    held_on=day,
                    known_at=at + dt.timedelta(seconds=seq),
                    by="li",
                    role="agency",
                    clauses=("O2-07", "O3-06"),
                    reason="第一批",
                    documents=PAPERS,
                    facts={**facts, "institution": f"P{seq % 9_000:011d}"} if seq % 6 == 0 else {},
                )
                for seq in range(first, min(first + 20_000, ENTRIES + 1))
            )


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
