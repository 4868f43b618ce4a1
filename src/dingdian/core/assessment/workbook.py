"""The rows of an assessment workbook as values, by institution and by person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from dingdian.core.census.table import Table
from dingdian.core.errors import Fault, Place


@dataclass(frozen=True, slots=True)
class Given:
    """Points given for an item, ``None`` where they are not known."""

    item: str
    points: Fraction | None
    scored_on: dt.date | None
    by: str
    origin: str


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A result of a hundred for an item, and how many people answered; ``None``: not known."""

    item: str
    result: Fraction | None
    answers: Fraction | None
    origin: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A one-vote finding (一票否决)."""

    item: str
    found_on: dt.date | None
    withdrawn_on: dt.date | None
    document: str
    origin: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal against the points of an item; open while ``decided_on`` is ``None``."""

    item: str
    filed_on: dt.date | None
    decided_on: dt.date | None
    new_points: Fraction | None
    by: str
    reason: str
    origin: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A hearing: held (or waived) once ``heard_on`` is known."""

    notified_on: dt.date | None
    heard_on: dt.date | None
    waived: bool
    record: str
    origin: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A step that a person confirmed; ``place`` is where its row stands."""

    step: str
    by: str
    on: dt.date | None
    minute: str
    origin: str
    place: Place


@dataclass(frozen=True, slots=True)
class Term:
    """A step that an agreement allows for a rank alone; empty: of every institution, both sides."""

    institution: str
    about: str
    step: str
    clause: str
    origin: str


@dataclass(frozen=True, slots=True)
class Past:
    """The result of an earlier year; ``None`` where it is not known."""

    year: int
    points: Fraction | None
    clean: bool | None
    bottom: bool | None
    origin: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A higher service grade that a pharmacy asks for."""

    to_grade: str
    asked_on: dt.date | None
    origin: str


@dataclass(frozen=True, slots=True)
class Event:
    """Points against a person for one act; ``points`` ``None`` where they are not known."""

    number: str
    person: str
    name: str
    institution: str
    decided_on: dt.date | None
    points: int | None
    responsibility: str
    withdrawn_on: dt.date | None
    origin: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A decision that pauses a person's qualification from a day on."""

    person: str
    decided_on: dt.date | None
    months: int | None
    document: str
    origin: str


@dataclass(frozen=True, slots=True)
class Repair:
    """An activity that takes points off."""

    person: str
    repaired_on: dt.date | None
    activity: str
    origin: str


@dataclass(frozen=True, slots=True)
class Own:
    """What the workbook says of one institution, and what is wrong with its rows.

    Mappings are by item; ``past`` by year. All that could not be used stands in ``faults``.
    """

    given: Mapping[str, Given] = field(default_factory=dict)
    surveyed: Mapping[str, Surveyed] = field(default_factory=dict)
    votes: tuple[Vote, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    hearings: tuple[Heard, ...] = ()
    confirmations: tuple[Confirmed, ...] = ()
    past: Mapping[int, Past] = field(default_factory=dict)
    asked: Asked | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def said(self) -> bool:
        """Whether anything was scored."""
        return bool(self.given or self.surveyed or self.votes)


@dataclass(frozen=True, slots=True, eq=False)
class Workbook:
    """An assessment workbook. ``own``: by institution, those that the census has.

    ``tables`` are those that were there: of what an absent one is about nothing is known.
    ``faults`` are those of no single institution.
    """

    id: str
    year: int | None
    assessed_on: dt.date | None
    assessed_by: str
    own: Mapping[str, Own]
    terms: tuple[Term, ...]
    events: tuple[Event, ...]
    pauses: tuple[Pause, ...]
    repairs: tuple[Repair, ...]
    tables: Mapping[str, Table]
    faults: tuple[Fault, ...]

    def looked_for(self, table: str) -> bool:
        """Whether a table was there: absent, nobody has looked."""
        return table in self.tables
