"""Is the ledger whole? Every entry's bytes against the chain, and exported heads against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dingdian.actions.ports import Ledger
from dingdian.core.errors import Fault
from dingdian.core.lifecycle.chain import Head, Stored, breaks
from dingdian.core.lifecycle.naming import told

#: What is told the number of an entry every so often, and how often that is.
Seen = Callable[[int], None]
EVERY = 500


def verify_ledger(
    ledger: Ledger, heads: Iterable[Head] = (), *, seen: Seen | None = None
) -> tuple[Fault, ...]:
    """What is wrong with the chain, in the order of its entries; nothing for one that is whole.

    ``heads`` were exported before and kept elsewhere: only they show that the end was cut off.
    """
    found = breaks(ledger.mark, watched(ledger.stored(), seen), heads=heads)
    return tuple(told(f"ledger_{each.kind}", seq=each.seq) for each in found)


def watched(entries: Iterable[Stored], seen: Seen | None) -> Iterator[Stored]:
    """The entries as they come, the number of every 500th told on the way."""
    for each in entries:
        if seen is not None and each.seq % EVERY == 0:
            seen(each.seq)
        yield each
