"""What the actions on the ledger ask of a storage: small protocols.

One suite of tests holds every storage to them (tests/storage/contracts).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from dingdian.core.census import Census
from dingdian.core.journal import Note
from dingdian.core.lifecycle.chain import Head, Mark, Stored
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.takings import Taking


class Desk(Protocol):
    """The ledger while one writer holds it: what is read here cannot change before the end.

    What was appended is kept when the desk is left without an error, all of it or nothing;
    whoever has been told so finds it there after a crash.
    """

    def entries(self, case: str) -> Sequence[Entry]:
        """The entries of a case in their order; none for a case that there is not."""
        ...

    def cases_of(self, institution: str) -> Sequence[str]:
        """The cases that name an institution by its code, in the order of their first entry."""
        ...

    def takings(self, resource: str, year: int) -> Sequence[Taking]:
        """What cases have taken of a resource in a year, what was appended here with it.

        In the order of the entries that took it.
        """
        ...

    @property
    def head(self) -> Head:
        """The end of the chain, what was appended here with it."""
        ...

    @property
    def last_known_at(self) -> dt.datetime | None:
        """The moment of the last entry; ``None`` in an empty ledger."""
        ...

    def append(self, entries: Iterable[Entry]) -> Head:
        """Append entries that are numbered on from the head.

        Raises:
            ValueError: an entry is not numbered so.
        """
        ...

    @property
    def last_kept_at(self) -> dt.datetime | None:
        """The moment from which the census kept last is known; ``None`` where none is kept."""
        ...

    def save_census(self, census: Census, known_at: dt.datetime) -> int:
        """Keep a census as ``Ledger.save_census`` does, together with what is appended here.

        Raises:
            RequestError: as there.
        """
        ...


class Ledger(Protocol):
    """The ledger of one bureau. It is only ever appended to."""

    @property
    def mark(self) -> Mark:
        """Whose ledger it is."""
        ...

    def head(self) -> Head:
        """The end of the chain."""
        ...

    def stored(self, since: int = 1) -> Iterator[Stored]:
        """The stored entries from number ``since`` on, in order."""
        ...

    def entries(self, case: str | None = None) -> Iterator[Entry]:
        """The entries of the ledger, or of one case, in order."""
        ...

    def writing(self) -> AbstractContextManager[Desk]:
        """Hold the ledger for one writer; others wait for it.

        Raises:
            RequestError: another writer held it for too long.
        """
        ...

    def save_census(self, census: Census, known_at: dt.datetime) -> int:
        """Keep a census of the day that it was taken on; returns how many rows changed.

        What was known before is kept beside it: a census of any day, as known at any moment, can
        be had again.

        Raises:
            RequestError: the census does not say which day it describes, or was known earlier
                than what is there already.
        """
        ...

    def census(self, day: dt.date, known_at: dt.datetime | None = None) -> Census | None:
        """The last census taken by ``day``, as known at a moment (now, where none is given).

        The same content, order of rows and origins as when it was saved. ``None``: there is none.
        """
        ...

    def census_known_at(
        self, day: dt.date, known_at: dt.datetime | None = None
    ) -> dt.datetime | None:
        """The moment at which the census that ``census`` gives was last kept; ``None``: none."""
        ...


class Journal(Protocol):
    """The journal of one bureau: what people did that is no move of a case. Only added to."""

    def head(self) -> Head:
        """The end of the journal's chain."""
        ...

    def add(self, note: Note) -> Note:
        """Add a note; gives it back with its number (the one it came with does not count)."""
        ...

    def writing(self) -> AbstractContextManager[Journal]:
        """Hold the journal for one writer: what is read of it here cannot change before the end.

        In a transaction of the caller's it is held to the end of that. What was added is kept when
        it is left without an error, all of it or nothing.
        """
        ...

    def notes(self, subject: str) -> Sequence[Note]:
        """The notes about a subject in their order; none where there are none."""
        ...

    def stored(self) -> Iterator[Stored]:
        """The stored notes in order, as the chain needs them."""
        ...
