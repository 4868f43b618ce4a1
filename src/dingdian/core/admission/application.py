"""Applications as values: what is known of each, and what is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.census.table import Table
from dingdian.core.errors import Fault
from dingdian.core.spacing.places import Site
from dingdian.core.spacing.terms import Side


@dataclass(frozen=True, slots=True)
class Person:
    """A person of an applicant: ``role`` is legal_person, head or controller."""

    role: str
    name: str
    id_number: str


@dataclass(frozen=True, slots=True)
class Material:
    """A paper that was handed in; ``item`` of a checklist, the day it bears, the day it came."""

    item: str
    dated: dt.date | None
    received_on: dt.date | None
    origin: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What was checked: ``yes`` and ``amount`` are ``None`` where nobody knows."""

    item: str
    yes: bool | None
    amount: Fraction | None
    found_on: dt.date | None
    by: str
    evidence: str
    origin: str


@dataclass(frozen=True, slots=True)
class Score:
    """One item of an evaluation: ``passed`` for the qualitative part, ``score`` of ``full``."""

    part: str
    item: str
    passed: bool | None
    score: Fraction | None
    full: Fraction | None
    evaluated_on: dt.date | None
    origin: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry of the bureau's records, about anybody; ``item`` is a ground of refusal."""

    number: str
    item: str
    uscc: str
    institution: str
    id_number: str
    name: str
    other_names: tuple[str, ...]
    happened_on: dt.date | None
    met_on: dt.date | None
    lifted_on: dt.date | None
    document: str
    origin: str


#: What the record of an exception has to say to have an effect.
WHOLE = ("decided_on", "by", "reason", "evidence", "minute", "effect")


@dataclass(frozen=True, slots=True)
class Excepted:
    """An exception that an authorised person decided; empty text is what the record lacks."""

    rule: str
    decided_on: dt.date | None
    by: str
    reason: str
    evidence: str
    minute: str
    effect: str
    origin: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Places or beds of the year that earlier rounds handed out, and the region they were of."""

    resource: str
    region: str
    amount: Fraction
    origin: str


@dataclass(frozen=True, slots=True)
class Application:
    """One application.

    ``site`` is ``None`` where it cannot be placed; ``faults`` then say why. Empty text is not
    known. ``region`` is the region that it names, at any level. ``beds``: class -> beds asked
    for, ``None`` for a class named without a number.
    ``flags`` are those known to be yes, ``unknown_flags`` those that nobody stated. ``faults``
    are of its own rows: it is decided all the same, with unknowns.
    """

    id: str
    name: str
    origin: str
    site: Site | None
    side: Side
    kind: str
    level: str
    type: str
    ownership: str
    region: str
    district: str
    zone: str
    uscc: str
    institution: str
    moved: bool
    services: tuple[str, ...]
    beds: Mapping[str, Fraction | None]
    flags: frozenset[str]
    unknown_flags: frozenset[str]
    applied_on: dt.date | None
    accepted_on: dt.date | None
    opened_on: dt.date | None
    people: tuple[Person, ...]
    materials: tuple[Material, ...]
    facts: Mapping[str, Fact]
    scores: tuple[Score, ...]
    exceptions: tuple[Excepted, ...]
    faults: tuple[Fault, ...]
    chain: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """The applications of one round, in the order of the file.

    ``tables`` are those that were there: of what an absent one is about nothing is known.
    ``faults`` are those of no single application; none of them stops the round.
    """

    id: str
    year: int | None
    decided_on: dt.date | None
    seed: str
    seed_published_on: dt.date | None
    opened_from: dt.date | None
    opened_through: dt.date | None
    applications: tuple[Application, ...]
    records: tuple[Recorded, ...]
    taken: tuple[Taken, ...]
    tables: Mapping[str, Table]
    faults: tuple[Fault, ...]
