"""A journal in memory: for tests, and for trying out what would be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import RLock

from dingdian.core.journal import Note, body_of, journal_mark
from dingdian.core.lifecycle import chain
from dingdian.core.lifecycle.chain import Head, Mark, Stored


@dataclass
class MemoryJournal:
    """The journal of the ledger with ``mark``; implements ``actions.ports.Journal``."""

    mark: Mark
    _kept: list[tuple[Note, Stored]] = field(default_factory=list)
    _lock: RLock = field(default_factory=RLock)

    def head(self) -> Head:
        """The end of the journal's chain."""
        if not self._kept:
            return Head(0, chain.start(journal_mark(self.mark)))
        last = self._kept[-1][1]
        return Head(last.seq, last.digest)

    def add(self, note: Note) -> Note:
        """Add a note; gives it back with its number."""
        with self._lock:
            head = self.head()
            numbered = replace(note, seq=head.entries + 1)
            body = body_of(numbered)
            digest = chain.link(self.mark.algorithm, head.digest, body)
            self._kept.append((numbered, Stored(numbered.seq, numbered.subject, body, digest)))
        return numbered

    @contextmanager
    def writing(self) -> Iterator[MemoryJournal]:
        """Hold the journal for one writer; what was added is dropped where an error ends it."""
        with self._lock:
            before = len(self._kept)
            try:
                yield self
            except BaseException:
                del self._kept[before:]
                raise

    def notes(self, subject: str) -> Sequence[Note]:
        """The notes about a subject in their order; none where there are none."""
        return [note for note, _ in self._kept if note.subject == subject]

    def stored(self) -> Iterator[Stored]:
        """The stored notes in order, as the chain needs them."""
        yield from [stored for _, stored in self._kept]
