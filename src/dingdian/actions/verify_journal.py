"""Is the journal whole? Every note's bytes against its chain, and exported heads against it."""

from __future__ import annotations

from collections.abc import Iterable

from dingdian.actions.ports import Journal
from dingdian.actions.verify_ledger import Seen, watched
from dingdian.core.errors import Fault
from dingdian.core.journal import journal_mark
from dingdian.core.lifecycle.chain import Head, Mark, breaks
from dingdian.core.lifecycle.naming import told


def verify_journal(
    journal: Journal, mark: Mark, heads: Iterable[Head] = (), *, seen: Seen | None = None
) -> tuple[Fault, ...]:
    """What is wrong with the journal of the ledger with ``mark``, in the order of its notes.

    ``heads`` were exported before and kept elsewhere: only they show that the end was cut off.
    """
    found = breaks(journal_mark(mark), watched(journal.stored(), seen), heads=heads)
    return tuple(told(f"journal_{each.kind}", seq=each.seq) for each in found)
