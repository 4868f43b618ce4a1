"""The journal in the database of the ledger; imported once Django is set up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import connections, transaction

from dingdian.core.journal import Note, body_of, journal_mark, note_of
from dingdian.core.lifecycle import chain
from dingdian.core.lifecycle.chain import Head, Stored
from dingdian.storage.db import models
from dingdian.storage.db.ledger import FETCHED
from dingdian.storage.db.statements import rows, run
from dingdian.storage.db.told import told

_HOLD = "SELECT version FROM ledger_mark FOR UPDATE"
_END = "SELECT seq, digest FROM ledger_note ORDER BY seq DESC LIMIT 1"
_OF_SUBJECT = "SELECT body FROM ledger_note WHERE subject = %s ORDER BY seq"
_OF_ACT = "SELECT body FROM ledger_note WHERE act = %s ORDER BY seq"


@dataclass(frozen=True)
class DbJournal:
    """The journal of the ledger with ``mark``; implements ``actions.ports.Journal``."""

    mark: chain.Mark
    alias: str
    shown: str

    def head(self) -> Head:
        """The end of the journal's chain.

        Raises:
            RequestError: the database cannot be read.
        """
        with told(self.shown, 0):
            found = rows(self.alias, _END)
        if not found:
            return Head(0, chain.start(journal_mark(self.mark)))
        return Head(*found[0])

    def add(self, note: Note) -> Note:
        """Add a note; gives it back with its number. In a transaction it stands or falls with it.

        Raises:
            RequestError: the database cannot be written.
        """
        with told(self.shown, 0), transaction.atomic(using=self.alias):
            self._hold()
            head = self.head()
            numbered = replace(note, seq=head.entries + 1)
            body = body_of(numbered)
            models.Note(
                seq=numbered.seq,
                subject=numbered.subject,
                act=numbered.act,
                by=numbered.by,
                region=numbered.region,
                at=numbered.at,
                body=body,
                digest=chain.link(self.mark.algorithm, head.digest, body),
            ).save(using=self.alias)
        return numbered

    @contextmanager
    def writing(self) -> Iterator[DbJournal]:
        """Hold the journal for one writer; in a transaction it is held to the end of that.

        Raises:
            RequestError: the database cannot be written.
        """
        with told(self.shown, 0), transaction.atomic(using=self.alias):
            self._hold()
            yield self

    def _hold(self) -> None:
        """SQLite has one writer from the beginning of a transaction on; a server is asked."""
        if connections[self.alias].vendor != "sqlite":
            run(self.alias, [(_HOLD, ())])

    def notes(self, subject: str) -> Sequence[Note]:
        """The notes about a subject in their order; none where there are none."""
        with told(self.shown, 0):
            return [note_of(body) for (body,) in rows(self.alias, _OF_SUBJECT, (subject,))]

    def of_act(self, act: str) -> Sequence[Note]:
        """The notes of an act in their order; none where there are none."""
        with told(self.shown, 0):
            return [note_of(body) for (body,) in rows(self.alias, _OF_ACT, (act,))]

    def differing(self) -> Iterator[int]:
        """The numbers of notes beside which a column says something else than they do."""
        found = models.Note.objects.using(self.alias).order_by("seq")
        values = found.values_list("seq", "act", "by", "region", "at", "body")
        with told(self.shown, 0):
            for seq, act, by, region, at, body in values.iterator(FETCHED):
                note = note_of(body)
                if (note.seq, note.act, note.by, note.region, note.at) != (
                    seq,
                    act,
                    by,
                    region,
                    at,
                ):
                    yield seq

    def stored(self) -> Iterator[Stored]:
        """The stored notes in order, as the chain needs them."""
        found = models.Note.objects.using(self.alias).order_by("seq")
        values = found.values_list("seq", "subject", "body", "digest")
        with told(self.shown, 0):
            for row in values.iterator(FETCHED):
                yield Stored(*row)
