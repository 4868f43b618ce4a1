"""The chains of the ledger and of its journal: verify them, write their heads, read them back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dingdian.core.errors import Fault, RequestError

if TYPE_CHECKING:
    from dingdian.core.lifecycle.chain import Head, Mark
    from dingdian.storage.db.journal import DbJournal
    from dingdian.storage.db.ledger import DbLedger

Seen = Callable[[int], None]


def head_text(mark: Mark, head: Head, at: dt.datetime) -> str:
    """The end of a chain as a file, to be signed and kept elsewhere."""
    content = {
        "ledger": mark.id,
        "place": mark.place,
        "algorithm": mark.algorithm,
        "entries": head.entries,
        "digest": head.digest,
        "at": at.isoformat(),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_head(text: str, name: str) -> tuple[str, Head]:
    """Whose head a file is, and the head.

    Raises:
        RequestError: it is none.
    """
    from dingdian.core.lifecycle.chain import Head
    from dingdian.core.lifecycle.naming import told

    try:
        found = json.loads(text)
        return str(found["ledger"]), Head(int(found["entries"]), str(found["digest"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        why = f"{name} {type(error).__name__}: {error}"
        raise RequestError((told("head_unreadable", why=why),)) from error


def verify_ledger(
    ledger: DbLedger, heads: Sequence[Head], *, mend: bool = False, seen: Seen | None = None
) -> tuple[int, tuple[Fault, ...]]:
    """How many entries the ledger has, and what is wrong with them, their index and censuses."""
    from dingdian.actions.verify_ledger import verify_ledger as verify
    from dingdian.core.lifecycle.naming import told

    found = verify(ledger, heads, seen=seen)
    last = ledger.head().entries
    if not found and ledger.indexed_through() > last:
        found = (told("ledger_shortened", seq=last),)
    if not found and mend:
        ledger.rebuild_cases()
    if not found:
        cases = ledger.differing_cases()
        found = tuple(told("ledger_projection", case=each) for each in cases)
        days = ledger.differing_censuses()
        found += tuple(told("ledger_census_changed", day=day, known=known) for day, known in days)
    return last, found


def verify_journal(
    journal: DbJournal, heads: Sequence[Head], *, seen: Seen | None = None
) -> tuple[int, tuple[Fault, ...]]:
    """How many notes the journal has, and what is wrong with them and the columns beside them."""
    from dingdian.actions.verify_journal import verify_journal as verify
    from dingdian.core.lifecycle.naming import told

    found = verify(journal, journal.mark, heads, seen=seen)
    if not found:
        found = tuple(told("journal_columns", seq=seq) for seq in journal.differing())
    return journal.head().entries, found
