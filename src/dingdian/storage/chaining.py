"""Entries as a storage of the ledger keeps them: numbered on, and chained."""

from __future__ import annotations

from collections.abc import Iterable

from dingdian.core.lifecycle.chain import Head, Mark, Stored, link
from dingdian.core.lifecycle.entry import Entry, body_of


def chained(mark: Mark, head: Head, entries: Iterable[Entry]) -> list[Stored]:
    """What is to be stored for ``entries`` after ``head``, in their order.

    Raises:
        ValueError: an entry is not numbered on from the one before it.
    """
    made: list[Stored] = []
    last, digest = head.entries, head.digest
    for entry in entries:
        if entry.seq != last + 1:
            raise ValueError(f"entry {entry.seq} cannot follow entry {last}")
        body = body_of(entry)
        last, digest = entry.seq, link(mark.algorithm, digest, body)
        made.append(Stored(last, entry.case, body, digest))
    return made
