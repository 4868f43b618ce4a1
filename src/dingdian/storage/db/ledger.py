"""The ledger in a database, and the desk of its one writer; imported once Django is set up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import IntegrityError, connections, transaction
from django.db.models import Max

from dingdian.core.census import Census
from dingdian.core.lifecycle import chain
from dingdian.core.lifecycle.chain import Head, Stored
from dingdian.core.lifecycle.entry import Entry, entry_of
from dingdian.core.lifecycle.takings import Taking
from dingdian.storage.chaining import chained
from dingdian.storage.db import cases, censuses, models, takings
from dingdian.storage.db.statements import last_rows, rows, run
from dingdian.storage.db.told import told

#: How many stored entries are fetched at once.
FETCHED = 2000
_END = "SELECT seq, digest, body FROM ledger_entry ORDER BY seq DESC LIMIT 1"
_OF_CASE = "SELECT body FROM ledger_entry WHERE case_name = %s ORDER BY seq"
_ADD = "INSERT INTO ledger_entry (seq, case_name, body, digest) VALUES (%s, %s, %s, %s)"
#: PostgreSQL: one writer at a time, and what it is told is on the disk, however the server is set.
#: Whatever a server is set to: who waited for another writer must see what it wrote.
_ONE_BY_ONE = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"
_HOLD = ("SET LOCAL synchronous_commit = on", "SELECT version FROM ledger_mark FOR UPDATE")


class _End(NamedTuple):
    """The end of the chain, and the text of its last entry (empty where there is none)."""

    head: Head
    body: str


@dataclass(frozen=True)
class DbLedger:
    """A ledger in a database; implements ``actions.ports.Ledger``.

    ``alias`` is the database in Django, ``shown`` its address as it may be shown, ``wait`` how
    many seconds a writer waits for another. Each thread has a connection of its own.
    """

    mark: chain.Mark
    alias: str
    shown: str
    wait: float

    def close(self) -> None:
        """Close the connection of this thread; it opens again where it is needed."""
        connections[self.alias].close()

    def head(self) -> Head:
        """The end of the chain.

        Raises:
            RequestError: the database cannot be read.
        """
        with told(self.shown, self.wait):
            return self._end(rows(self.alias, _END)).head

    def _end(self, found: Sequence[tuple[Any, ...]]) -> _End:
        if not found:
            return _End(Head(0, chain.start(self.mark)), "")
        seq, digest, body = found[0]
        return _End(Head(seq, digest), body)

    def stored(self, since: int = 1) -> Iterator[Stored]:
        """The stored entries from number ``since`` on, in order, a few thousand at a time.

        Raises:
            RequestError: the database cannot be read.
        """
        with told(self.shown, self.wait), connections[self.alias].chunked_cursor() as cursor:
            cursor.execute(
                "SELECT seq, case_name, body, digest FROM ledger_entry"
                " WHERE seq >= %s ORDER BY seq",
                [since],
            )
            while fetched := cursor.fetchmany(FETCHED):
                for row in fetched:
                    yield Stored(*row)

    def entries(self, case: str | None = None) -> Iterator[Entry]:
        """The entries of the ledger, or of one case, in order.

        Raises:
            RequestError: the database cannot be read.
            ValueError: a stored text is no entry; ``stored`` shows it all the same.
        """
        if case is None:
            return (entry_of(each.body) for each in self.stored())
        return iter(_entries(self, case))

    @contextmanager
    def writing(self) -> Iterator[DbDesk]:
        """Hold the ledger for one writer; what was appended is on the disk at the end, or nothing.

        Raises:
            RequestError: another writer held it for too long, or it cannot be written.
            RuntimeError: this thread is in a transaction already, whose end would decide.
        """
        with self._held() as end:
            yield DbDesk(self, end.head, end.body)

    @contextmanager
    def _held(self) -> Iterator[_End]:
        """One transaction that no other writer can be in at the same time, and the end it found."""
        milliseconds = int(self.wait * 1000)
        with told(self.shown, self.wait):
            sqlite = connections[self.alias].vendor == "sqlite"
            if sqlite:
                run(self.alias, [(f"PRAGMA busy_timeout = {milliseconds}", ())])
            with transaction.atomic(using=self.alias, durable=True):
                before = (
                    ()
                    if sqlite
                    else (_ONE_BY_ONE, f"SET LOCAL lock_timeout = {milliseconds}", *_HOLD)
                )
                yield self._end(last_rows(self.alias, (*before, _END)))

    def save_census(self, census: Census, known_at: dt.datetime) -> int:
        """Keep a census of the day that it was taken on; returns how many rows changed.

        Raises:
            RequestError: the census does not say which day it describes, or was known earlier
                than what is there already; or the ledger cannot be written.
        """
        with self._held():
            return censuses.save(self.alias, census, known_at)

    def census(self, day: dt.date, known_at: dt.datetime | None = None) -> Census | None:
        """The last census taken by ``day``, as known at a moment (now, where none is given).

        Raises:
            RequestError: a newer program kept it, or the database cannot be read.
        """
        with told(self.shown, self.wait):
            return censuses.read(self.alias, day, known_at)

    def census_known_at(
        self, day: dt.date, known_at: dt.datetime | None = None
    ) -> dt.datetime | None:
        """The moment at which the census that ``census`` gives was last kept.

        Raises:
            RequestError: the database cannot be read.
        """
        with told(self.shown, self.wait):
            return censuses.known_at_of(self.alias, day, known_at)

    def indexed_through(self) -> int:
        """The highest number that the index of cases knows; 0 in an empty ledger.

        Beyond the head it shows that the end of the ledger was cut off.
        """
        with told(self.shown, self.wait):
            found = models.Case.objects.using(self.alias).aggregate(last=Max("last_seq"))["last"]
        return int(found or 0)

    def differing_cases(self) -> list[str]:
        """The cases for which the index is not what the entries say.

        Raises:
            ValueError: a stored text is no entry: ``chain.breaks`` comes first.
        """
        with told(self.shown, self.wait):
            of_cases = cases.differing(self.alias, cases.indexed(self.stored()))
            of_takings = takings.differing(self.alias, takings.changed(self.stored()))
            return sorted({*of_cases, *of_takings})

    def rebuild_cases(self) -> None:
        """Make the index of cases, and that of the places that they took, anew from the entries.

        Raises:
            ValueError: a stored text is no entry.
        """
        with self._held():
            cases.rebuild(self.alias, cases.indexed(self.stored()))
            takings.rebuild(self.alias, takings.changed(self.stored()))

    def differing_censuses(self) -> list[tuple[dt.date, dt.datetime]]:
        """Day and moment of every census that can no longer be had as it was kept."""
        with told(self.shown, self.wait):
            return censuses.differing(self.alias)


@dataclass
class DbDesk:
    """The ledger while one writer holds it; implements ``actions.ports.Desk``.

    ``last_body`` is the text of the last entry, empty where there is none.
    """

    ledger: DbLedger
    head: Head
    last_body: str

    def entries(self, case: str) -> Sequence[Entry]:
        """The entries of a case in their order; none for a case that there is not."""
        return _entries(self.ledger, case)

    def cases_of(self, institution: str) -> Sequence[str]:
        """The cases that name an institution by its code, in the order of their first entry."""
        return cases.cases_of(self.ledger.alias, institution)

    def takings(self, resource: str, year: int) -> Sequence[Taking]:
        """What cases have taken of a resource in a year, what was appended here with it."""
        return takings.of_year(self.ledger.alias, resource, year)

    @property
    def last_known_at(self) -> dt.datetime | None:
        """The moment of the last entry; ``None`` in an empty ledger."""
        return entry_of(self.last_body).known_at if self.last_body else None

    def append(self, entries: Iterable[Entry]) -> Head:
        """Append entries that are numbered on from the head.

        Raises:
            ValueError: an entry is not numbered so.
        """
        new = chained(self.ledger.mark, self.head, entries)
        added = [(_ADD, (each.seq, each.case, each.body, each.digest)) for each in new]
        run(self.ledger.alias, [*added, *cases.adding(cases.indexed(new))])
        takings.keep(self.ledger.alias, takings.changed(new))
        if new:
            self.head, self.last_body = Head(new[-1].seq, new[-1].digest), new[-1].body
        return self.head

    @property
    def last_kept_at(self) -> dt.datetime | None:
        """The moment from which the census kept last is known; ``None`` where none is kept."""
        return censuses.last_kept_at(self.ledger.alias)

    def save_census(self, census: Census, known_at: dt.datetime) -> int:
        """Keep a census together with what is appended here; returns how many rows changed.

        Raises:
            RequestError: as ``DbLedger.save_census``.
        """
        return censuses.save(self.ledger.alias, census, known_at)


def _entries(ledger: DbLedger, case: str) -> list[Entry]:
    with told(ledger.shown, ledger.wait):
        return [entry_of(body) for (body,) in rows(ledger.alias, _OF_CASE, (case,))]


def read_mark(alias: str) -> chain.Mark | None:
    """The mark of a database; ``None`` before it has one."""
    row = models.Mark.objects.using(alias).first()
    if row is None:
        return None
    return chain.Mark(row.id_text, row.place, row.algorithm, row.opened_on, row.version)


def write_mark(alias: str, mark: chain.Mark) -> bool:
    """Give a database its mark; ``False`` where it has one already."""
    row = models.Mark(
        id_text=mark.id,
        place=mark.place,
        algorithm=mark.algorithm,
        opened_on=mark.opened_on,
        version=mark.version,
    )
    try:
        row.save(using=alias)
    except IntegrityError:
        return False
    return True
