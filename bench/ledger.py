"""The ledger: the verification of many entries, and what is due over all cases.

PostgreSQL is a server of this machine's own programs, set as it is installed.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.claims import Line
from bench.moves import MARK, PAPERS, STEPS, databases
from dingdian.actions.open_ledger import open_ledger
from dingdian.core.census import make_census, table_from_rows
from dingdian.core.census.schema import TABLES
from dingdian.core.lifecycle.chain import breaks
from dingdian.core.lifecycle.due import due_on
from dingdian.core.lifecycle.entry import SHANGHAI, Entry
from dingdian.core.lifecycle.reading import cases_by_id, states_of
from dingdian.core.lifecycle.terms import Terms
from dingdian.samples import SAMPLES
from dingdian.storage.db.opening import create_ledger
from dingdian.storage.memory_ledger import MemoryLedger
from dingdian.wiring import shelf
from tools.postgres import server

if TYPE_CHECKING:
    from dingdian.storage.db.ledger import DbLedger

TIMES, ENTRIES = 3, 1_000_000
VERIFY_LIMIT_S, DUE_LIMIT_S = 15, 0.5


def ledger(below: Path, *, largest: bool = False) -> Iterator[Line]:
    """A long ledger verified, and what is due."""
    if largest:
        with server() as url:
            yield from _verified("PostgreSQL", databases(url)(99))
    yield from _verified("SQLite", f"sqlite:///{below / 'long.db'}")
    yield _due()


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
