"""Points against a person's payment qualification: the sum of a year, and the state on a day.

Points count in the calendar year of the day on which they were given, and are cleared at its end.
What they led to is not: a pause runs its months, an end its years, into the next year too. When
an end is over the person stands as anybody does, and what became due before is settled by it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from dingdian.core.assessment.workbook import Event, Pause, Repair
from dingdian.core.period import months_after, years_after
from dingdian.core.rules.person_points import PersonPoints
from dingdian.core.workings import Reason, reason


class PersonState(StrEnum):
    """How a person's payment qualification stands."""

    NORMAL = "normal"
    WATCHED = "watched"  # a talk and a closer look
    PAUSE_DUE = "pause_due"  # nobody has decided for how long
    PAUSED = "paused"
    ENDED = "ended"
    UNDEFINED = "undefined"  # points of the year are not known


class Reach(StrEnum):
    """How the points that end a qualification were reached."""

    BY_SUM = "by_sum"
    AT_ONCE = "at_once"


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """One person on a day.

    ``points``: of the calendar year so far, after repairs; ``None`` where an entry has none.
    ``since``: first day of the state; ``until``: the first day after it (of an end: the first on
    which the person may register again), ``None`` where nobody has decided it.
    """

    person: str
    name: str
    institutions: tuple[str, ...]
    points: int | None
    repaired: int
    state: PersonState
    since: dt.date | None
    until: dt.date | None
    reach: Reach | None
    may_register: bool
    why: Reason | None
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counting:
    """A rule with what the readings make of it."""

    value: PersonPoints
    repairs: bool = False
    watches: bool = False


def standings_on(
    events: Iterable[Event],
    pauses: Iterable[Pause],
    repairs: Iterable[Repair],
    *,
    counting: Counting,
    day: dt.date,
) -> tuple[PersonStanding, ...]:
    """Every person with points, by code, on ``day``; what came after that day does not count."""
    its: dict[str, _Person] = {}
    for event in events:
        its.setdefault(event.person, _Person(counting, day)).entries.append(event)
    for pause in pauses:
        if pause.person in its:
            its[pause.person].pauses.append(pause)
    for repair in repairs:
        if repair.person in its and repair.repaired_on is not None:
            its[repair.person].repairs.append(repair.repaired_on)
    return tuple(its[person].standing() for person in sorted(its))


#: No end: nobody is barred by it on any day.
_NEVER = (dt.date.min, dt.date.min, Reach.BY_SUM)


@dataclass
class _Person:
    """What is on record about one person, and how it is counted on a day."""

    counting: Counting
    day: dt.date
    entries: list[Event] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    repairs: list[dt.date] = field(default_factory=list)

    @cached_property
    def events(self) -> list[Event]:
        """The entries that stand on the day, in order; one without a day stands."""
        stand = [
            each
            for each in self.entries
            if (each.decided_on or self.day) <= self.day
            and (each.withdrawn_on is None or each.withdrawn_on > self.day)
        ]
        return sorted(stand, key=lambda e: (e.decided_on or self.day, e.number, e.origin))

    @cached_property
    def dated(self) -> list[tuple[dt.date, int]]:
        """Day and points of the events of which both are known."""
        return [
            (each.decided_on, each.points)
            for each in self.events
            if each.decided_on is not None and each.points is not None
        ]

    def _counted(self, on: dt.date) -> tuple[int, int]:
        """Points of the year of ``on`` up to that day, and what was repaired of them.

        Day by day, points before repairs: a repair takes off what is there, and is no credit for
        points to come. One that finds nothing to take off uses nothing up.
        """
        value = self.counting.value
        steps = [(day, 0, points) for day, points in self.dated]
        if self.counting.repairs:
            steps += [(day, 1, value.repair_each) for day in self.repairs]
        left = repaired = 0
        for day, is_repair, points in sorted(steps):
            if day.year != on.year or day > on:
                continue
            off = min(points, left, value.repair_most - repaired) if is_repair else 0
            left += -off if is_repair else points
            repaired += off
        return left, repaired

    def known(self, on: dt.date) -> int:
        """The known points of the year of ``on`` up to that day; what is not known can only add."""
        return self._counted(on)[0]

    def points(self) -> int | None:
        """The points of the year of the day; ``None`` where an entry of it lacks day or points."""
        open_ = any(
            each.decided_on is None
            or (each.points is None and each.decided_on.year == self.day.year)
            for each in self.events
        )
        return None if open_ else self.known(self.day)

    # ------------------------------------------------------------ what the points led to

    @cached_property
    def ends(self) -> list[tuple[dt.date, dt.date, Reach]]:
        """For each end the first day on which the person may register again, its own, and how.

        In each year the end begins on the day on which the sum was reached, and again with every
        act that brings as many at once.
        """
        value, found, years = self.counting.value, [], set()
        for on, points in self.dated:
            if points >= value.end_at:
                found.append((years_after(on, value.bar_at_once), on, Reach.AT_ONCE))
                years.add(on.year)
            elif on.year not in years and self.known(on) >= value.end_at:
                found.append((years_after(on, value.bar_by_sum), on, Reach.BY_SUM))
                years.add(on.year)
        return found

    def ended(self) -> tuple[dt.date, dt.date, Reach] | None:
        """The end that bars on the day, the longest of several: its first day, until when, how."""
        until, since, reach = max(self.ends, key=lambda each: each[0], default=_NEVER)
        return (since, until, reach) if self.day < until else None

    @property
    def anew(self) -> dt.date:
        """The first day after the ends that are over: what became due before it is settled."""
        return max((until for until, *_ in self.ends if until <= self.day), default=dt.date.min)

    def paused(self) -> tuple[dt.date, dt.date | None] | None:
        """The pause that runs on the day: its first day, and the first day after it."""
        for each in sorted(self.pauses, key=lambda p: p.decided_on or dt.date.min, reverse=True):
            if each.decided_on is None or each.decided_on > self.day:
                continue
            if each.months is None and each.decided_on >= self.anew:
                return each.decided_on, None
            if each.months is None:
                continue
            until = months_after(each.decided_on, each.months)
            if self.day < until:
                return each.decided_on, until
        return None

    def pause_due(self) -> dt.date | None:
        """The last day on which a pause became due, where no decision was made since."""
        reached: dict[int, dt.date] = {}
        for on, _ in self.dated:
            if on >= self.anew and self.known(on) >= self.counting.value.pause_at:
                reached.setdefault(on.year, on)
        if not reached:
            return None
        due = max(reached.values())
        decided = (each.decided_on for each in self.pauses if each.decided_on is not None)
        return None if any(due <= on <= self.day for on in decided) else due

    def state(self) -> tuple[PersonState, dt.date | None, dt.date | None, Reason | None]:
        """The state of whoever is not ended: the state, since when, until when, why."""
        value, paused = self.counting.value, self.paused()
        if paused is not None and paused[1] is not None:
            return PersonState.PAUSED, *paused, reason("paused")
        if paused is not None:
            return PersonState.PAUSE_DUE, *paused, reason("pause_without_months")
        due = self.pause_due()
        if due is not None:
            months = {"least": value.pause_least, "most": value.pause_most}
            why = reason("pause_due", at=value.pause_at, **months)
            return PersonState.PAUSE_DUE, due, None, why
        points = self.points()
        if points is None:
            return PersonState.UNDEFINED, None, None, reason("person_points_unknown")
        if self.counting.watches and points >= value.watch_at:
            return PersonState.WATCHED, None, None, reason("watched", at=value.watch_at)
        if self.anew > dt.date.min:
            return PersonState.NORMAL, None, None, reason("end_over", on=self.anew)
        return PersonState.NORMAL, None, None, None

    def standing(self) -> PersonStanding:
        """How the person stands on the day."""
        state, since, until, why = self.state()
        ended, reach = self.ended(), None
        if ended is not None:
            since, until, reach = ended
            state = PersonState.ENDED
            at_once = reason("ended_at_once", on=since)
            why = at_once if reach is Reach.AT_ONCE else reason("ended_by_sum", on=since)
        return PersonStanding(
            person=self.entries[0].person,
            name=next((each.name for each in self.entries if each.name), ""),
            institutions=tuple(sorted({e.institution for e in self.events if e.institution})),
            points=self.points(),
            repaired=self._counted(self.day)[1],
            state=state,
            since=since,
            until=until,
            reach=reach,
            may_register=ended is None,
            why=why,
            origins=tuple(each.origin for each in self.entries),
        )


@dataclass(frozen=True, slots=True)
class Responsible:
    """The entries of a year against persons of one institution, by responsibility.

    ``points`` is ``None`` where an entry has none; ``institution`` is empty where none is named.
    """

    institution: str
    responsibility: str
    entries: int
    points: int | None


def responsibilities(events: Iterable[Event], day: dt.date) -> tuple[Responsible, ...]:
    """What stands on ``day`` of the calendar year up to it, by institution and responsibility."""
    found: dict[tuple[str, str], list[int | None]] = {}
    for each in events:
        on = each.decided_on
        gone = each.withdrawn_on is not None and each.withdrawn_on <= day
        if on is None or on.year != day.year or on > day or gone:
            continue
        found.setdefault((each.institution, each.responsibility), []).append(each.points)
    return tuple(
        Responsible(*key, len(its), None if None in its else sum(each or 0 for each in its))
        for key, its in sorted(found.items())
    )
