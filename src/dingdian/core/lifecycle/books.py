"""The books of a span of days: what stood before, came in and went out, and what stands after."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.reading import as_it_stood
from dingdian.core.lifecycle.releases import Release, changes, held


@dataclass(frozen=True, slots=True)
class Account:
    """One resource (of beds: one class) over a span of days.

    ``before`` and ``after`` are counted from the cases as they stood; ``taken`` and ``released``
    are summed from the entries between. ``by_cause`` parts what was released.
    """

    resource: str
    bed_class: str
    before: int
    taken: int
    released: int
    after: int
    by_cause: tuple[tuple[str, int], ...]

    @property
    def balances(self) -> bool:
        """Whether what stood, with what came and without what went, is what stands.

        >>> Account("pharmacies", "", 10, 2, 3, 9, (("expiry", 3),)).balances
        True
        """
        return self.before + self.taken - self.released == self.after


def books(cases: Iterable[Sequence[Entry]], first: dt.date, last: dt.date) -> tuple[Account, ...]:
    """The books from the first day to the last, both counted, by resource and bed class."""
    known = list(cases)
    before = _stock(known, first - dt.timedelta(1))
    after = _stock(known, last)
    moved = [e for case in known for e in changes(case) if first <= e.day <= last]
    taken, released = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    causes: dict[tuple[str, str], Counter[str]] = {}
    for each in moved:
        key = each.resource, each.bed_class
        if each.amount < 0:
            taken[key] -= each.amount
        else:
            released[key] += each.amount
            causes.setdefault(key, Counter())[each.cause] += each.amount
    keys = sorted({*before, *after, *taken, *released})
    return tuple(
        Account(
            resource=key[0],
            bed_class=key[1],
            before=before[key],
            taken=taken[key],
            released=released[key],
            after=after[key],
            by_cause=tuple(sorted(causes.get(key, Counter()).items())),
        )
        for key in keys
    )


def released_in(cases: Iterable[Sequence[Entry]], year: int) -> Iterator[Release]:
    """What was set free in a year, case by case."""
    for case in cases:
        yield from (e for e in changes(case) if e.amount > 0 and e.day.year == year)


def _stock(cases: Iterable[Sequence[Entry]], day: dt.date) -> Counter[tuple[str, str]]:
    found = Counter[tuple[str, str]]()
    for case in cases:
        found.update(held(as_it_stood(case, day)))
    return found
