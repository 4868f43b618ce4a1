"""A ledger that lives as long as the program: the plain telling of what every storage does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from dingdian.core.census import Census
from dingdian.core.errors import RequestError, fault
from dingdian.core.lifecycle.chain import Head, Mark, Stored, start
from dingdian.core.lifecycle.entry import Entry, entry_of
from dingdian.core.lifecycle.takings import Taking, takings
from dingdian.storage.census_rows import rows_of
from dingdian.storage.chaining import chained


@dataclass(frozen=True, slots=True)
class _Kept:
    """A census, its day, and the moment from which it was known."""

    taken_on: dt.date
    known_at: dt.datetime
    census: Census


@dataclass
class MemoryLedger:
    """A ledger in memory; implements ``actions.ports.Ledger``.

    ``wait`` is how many seconds a writer waits for another one.
    """

    mark: Mark
    wait: float = 30.0
    _stored: list[Stored] = field(default_factory=list, repr=False)
    _cases: dict[str, list[Entry]] = field(default_factory=dict, repr=False)
    _named: dict[str, set[str]] = field(default_factory=dict, repr=False)
    _censuses: list[_Kept] = field(default_factory=list, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def head(self) -> Head:
        """The end of the chain."""
        last = self._stored[-1] if self._stored else None
        return Head(last.seq, last.digest) if last else Head(0, start(self.mark))

    def stored(self, since: int = 1) -> Iterator[Stored]:
        """The stored entries from number ``since`` on, in order."""
        return iter(self._stored[max(since, 1) - 1 :])

    def entries(self, case: str | None = None) -> Iterator[Entry]:
        """The entries of the ledger, or of one case, in order."""
        if case is None:
            return (entry_of(each.body) for each in self.stored())
        return iter(self._cases.get(case, ())[:])

    @contextmanager
    def writing(self) -> Iterator[MemoryDesk]:
        """Hold the ledger for one writer; what was appended is kept at the end, or nothing.

        Raises:
            RequestError: another writer held it for too long.
        """
        if not self._lock.acquire(timeout=self.wait):
            raise RequestError((fault("ledger_busy", seconds=f"{self.wait:g}"),))
        try:
            desk, kept = MemoryDesk(self), len(self._censuses)
            try:
                yield desk
            except BaseException:
                del self._censuses[kept:]
                raise
            self._keep(desk.appended)
        finally:
            self._lock.release()

    def _keep(self, appended: Iterable[Stored]) -> None:
        for each in appended:
            entry = entry_of(each.body)
            self._stored.append(each)
            self._cases.setdefault(each.case, []).append(entry)
            if code := entry.facts.get("institution"):
                self._named.setdefault(code, set()).add(each.case)

    def save_census(self, census: Census, known_at: dt.datetime) -> int:
        """Keep a census of the day that it was taken on; returns how many rows changed.

        Raises:
            RequestError: the census does not say which day it describes, or was known earlier
                than what is there already.
        """
        day = census.taken_on
        if day is None:
            raise RequestError((fault("census_without_day"),))
        last = self._censuses[-1].known_at if self._censuses else known_at
        if known_at < last:
            told = fault("census_known_before", known=f"{known_at}", last=f"{last}")
            raise RequestError((told,))
        before = self.census(day)
        was = set() if before is None else set(rows_of(before))
        now = set(rows_of(census))
        if was != now:
            self._censuses.append(_Kept(day, known_at, census))
        contents = {row[:3] for row in was} ^ {row[:3] for row in now}
        return len({row[:2] for row in contents})

    def census(self, day: dt.date, known_at: dt.datetime | None = None) -> Census | None:
        """The last census taken by ``day``, as known at a moment (now, where none is given)."""
        best = self._kept(day, known_at)
        return None if best is None else best.census

    def census_known_at(
        self, day: dt.date, known_at: dt.datetime | None = None
    ) -> dt.datetime | None:
        """The moment at which the census that ``census`` gives was last kept."""
        best = self._kept(day, known_at)
        return None if best is None else best.known_at

    def _kept(self, day: dt.date, known_at: dt.datetime | None) -> _Kept | None:
        known = [
            each
            for each in self._censuses
            if each.taken_on <= day and (known_at is None or each.known_at <= known_at)
        ]
        # of those of one day, the one known last: max gives the first of equals
        return max(reversed(known), key=lambda each: each.taken_on, default=None)


@dataclass
class MemoryDesk:
    """The ledger in memory while one writer holds it; implements ``actions.ports.Desk``."""

    ledger: MemoryLedger
    appended: list[Stored] = field(default_factory=list)

    def entries(self, case: str) -> Sequence[Entry]:
        """The entries of a case in their order; none for a case that there is not."""
        new = (entry_of(each.body) for each in self.appended if each.case == case)
        return [*self.ledger.entries(case), *new]

    def cases_of(self, institution: str) -> Sequence[str]:
        """The cases that name an institution by its code, in the order of their first entry."""
        new = {
            each.case
            for each in self.appended
            if entry_of(each.body).facts.get("institution") == institution
        }
        named = new | self.ledger._named.get(institution, set())
        return sorted(named, key=lambda case: self.entries(case)[0].seq)

    def takings(self, resource: str, year: int) -> Sequence[Taking]:
        """What cases have taken of a resource in a year, what was appended here with it."""
        cases = dict.fromkeys([*self.ledger._cases, *(each.case for each in self.appended)])
        found = (each for case in cases for each in takings(self.entries(case)))
        own = [e for e in found if (e.resource, e.day.year) == (resource, year)]
        return sorted(own, key=lambda each: (each.seq, each.bed_class))

    @property
    def head(self) -> Head:
        """The end of the chain, what was appended here with it."""
        if not self.appended:
            return self.ledger.head()
        return Head(self.appended[-1].seq, self.appended[-1].digest)

    @property
    def last_known_at(self) -> dt.datetime | None:
        """The moment of the last entry; ``None`` in an empty ledger."""
        last = self.appended[-1:] or list(self.ledger.stored(self.head.entries))
        return entry_of(last[-1].body).known_at if last else None

    def append(self, entries: Iterable[Entry]) -> Head:
        """Append entries that are numbered on from the head.

        Raises:
            ValueError: an entry is not numbered so.
        """
        self.appended += chained(self.ledger.mark, self.head, entries)
        return self.head

    @property
    def last_kept_at(self) -> dt.datetime | None:
        """The moment from which the census kept last is known; ``None`` where none is kept."""
        kept = self.ledger._censuses
        return kept[-1].known_at if kept else None

    def save_census(self, census: Census, known_at: dt.datetime) -> int:
        """Keep a census together with what is appended here; returns how many rows changed.

        Raises:
            RequestError: as ``MemoryLedger.save_census``.
        """
        return self.ledger.save_census(census, known_at)
