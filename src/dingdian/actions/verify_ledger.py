"""Is the ledger whole? Every entry's bytes against the chain, and exported heads against it."""

from __future__ import annotations

from collections.abc import Iterable

from dingdian.actions.ports import Ledger
from dingdian.core.errors import Fault
from dingdian.core.lifecycle.chain import Head, breaks
from dingdian.core.lifecycle.naming import told


def verify_ledger(ledger: Ledger, heads: Iterable[Head] = ()) -> tuple[Fault, ...]:
    """What is wrong with the chain, in the order of its entries; nothing for one that is whole.

    ``heads`` were exported before and kept elsewhere: only they show that the end was cut off.
    """
    found = breaks(ledger.mark, ledger.stored(), heads=heads)
    return tuple(told(f"ledger_{each.kind}", seq=each.seq) for each in found)
