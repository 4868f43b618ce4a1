"""Long work of this area: verifying the chain of the ledger and that of the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop

from dingdian.core.errors import Fault
from dingdian.core.lifecycle.chain import Head
from dingdian.web import bureau
from dingdian.web.accounts.models import User
from dingdian.web.jobs.running import Running, handler
from dingdian.wiring import chains

KIND = "verify"
LEDGER, JOURNAL = "ledger", "journal"
OF_LEDGER = gettext_noop("verifying the ledger of cases")
OF_JOURNAL = gettext_noop("verifying the journal")
#: So many faults of a chain are kept with the work; the others are counted.
KEPT = 100


@handler(KIND)
def verify(running: Running) -> dict[str, Any]:
    """Follow both chains from their beginning, and hold the heads that were given against them."""
    ledger, journal = bureau.desk().ledger, bureau.journal()
    found = {
        LEDGER: chains.verify_ledger(
            ledger,
            _heads(running, LEDGER),
            seen=_teller(running, OF_LEDGER, ledger.head().entries),
        ),
        JOURNAL: chains.verify_journal(
            journal,
            _heads(running, JOURNAL),
            seen=_teller(running, OF_JOURNAL, journal.head().entries),
        ),
    }
    counts = {name: len(faults) for name, (_, faults) in found.items()}
    by = User.objects.filter(username=running.job.by).first()
    bureau.note(by, "chains", "audit.verify", faults=sum(counts.values()), **_entries(found))
    return {
        name: {
            "entries": entries,
            "heads": len(_heads(running, name)),
            "count": counts[name],
            "faults": _plain(faults[:KEPT]),
        }
        for name, (entries, faults) in found.items()
    }


def _teller(running: Running, step: str, total: int) -> Callable[[int], None]:
    running.tell(step, 0, total)
    return lambda seq: running.tell(step, seq, total)


def _heads(running: Running, name: str) -> list[Head]:
    return [Head(entries, digest) for entries, digest in running.given.get(name, [])]


def _entries(found: Mapping[str, tuple[int, Sequence[Fault]]]) -> dict[str, Any]:
    return {"entries": found[LEDGER][0], "notes": found[JOURNAL][0]}


def _plain(faults: Iterable[Fault]) -> list[list[Any]]:
    return [[each.kind, {k: str(v) for k, v in each.fields.items()}] for each in faults]
