"""Terms: what one spacing rule asks on a day, with every reading settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from dingdian.core.census.vocabulary import SERVICES


class Side(StrEnum):
    """The two sides on which institutions stand: doctors and shops."""

    MEDICAL = "medical"
    PHARMACY = "pharmacy"


class Distance(StrEnum):
    """How a distance is had: computed, or only by a signed survey."""

    STRAIGHT = "straight"
    SURVEYED = "surveyed"


class Point(StrEnum):
    """The point of a site from which one measures; a ledger holds the registered one only."""

    REGISTERED = "registered_point"
    ENTRANCE = "main_entrance"
    OUTLINE = "building_outline"


class SameRound(StrEnum):
    """What two applicants of one round do who stand too near each other."""

    RANKED_FIRST = "ranked_first"
    NEITHER = "neither"
    BOTH = "both"


#: The key of a table of distances by zone that stands for every other zone.
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Exempt:
    """Institutions that a rule frees of spacing: any one flag, kind or type is enough.

    ``public_kinds`` are kinds that count only under public ownership.
    """

    rule: str
    clauses: tuple[str, ...]
    flags: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    public_kinds: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """One spacing rule with its readings.

    ``radii_mm``: whole millimetres by zone, ``elsewhere`` for every other one. ``rim``: whether
    an institution at exactly the distance blocks. ``allowed``: how many others may stand within
    the distance already. ``sides`` and ``services``: whom the rule is about, as a new institution
    and as a standing one; ``zones``: where it holds, none for everywhere. ``mutual``: whether
    the two sides block each other. ``equal_sets``: only an institution with all the same services
    counts. ``error_mm``: position error of a point that states none. ``extent_mm``: how far the
    point that is meant may lie from the registered one. ``unplaced``: whether an institution
    without usable coordinates in the site's district leaves the answer undefined. ``exempt_free``
    is ``None`` while the reading about exempt institutions is open.
    """

    rule: str
    radii_mm: Mapping[str, int]
    clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    principle: bool = False
    rim: bool = True
    allowed: int = 0
    sides: frozenset[Side] = frozenset(Side)
    services: tuple[str, ...] = tuple(SERVICES)
    zones: frozenset[str] = frozenset()
    distance: Distance = Distance.STRAIGHT
    point: Point = Point.REGISTERED
    extent_mm: int = 0
    error_mm: int = 0
    equal_sets: bool = False
    mutual: bool = False
    trial_blocks: bool = True
    suspended_blocks: bool = True
    across_district: bool = True
    same_round: SameRound = SameRound.RANKED_FIRST
    moved_is_new: bool = True
    binds_inpatient: bool = True
    unplaced: bool = True
    exempt_free: bool | None = True
    exempt: tuple[Exempt, ...] = field(default=())

    @property
    def by_zone(self) -> bool:
        """Whether the zone of the site must be known."""
        return bool(self.zones) or set(self.radii_mm) != {ELSEWHERE}

    def radius_mm(self, zone: str | None) -> int | None:
        """The distance for a zone; ``None`` where the rule gives none."""
        return self.radii_mm.get(zone or ELSEWHERE, self.radii_mm.get(ELSEWHERE))

    def inside(self, distance_mm: int, radius_mm: int) -> bool:
        """Whether a distance lies within the circle, its rim as the reading says.

        >>> Terms("r", everywhere(800_000)).inside(800_000, 800_000)
        True
        >>> Terms("r", everywhere(800_000), rim=False).inside(800_000, 800_000)
        False
        """
        return distance_mm <= radius_mm if self.rim else distance_mm < radius_mm

    def blocks(self, side: Side, other: Side) -> bool:
        """Whether an institution of the side ``other`` can block one of ``side``."""
        return other in self.sides and (self.mutual or side is other)

    def slack_mm(self) -> tuple[int, int]:
        """How much nearer and how much farther the points meant may be than the registered ones.

        A building's outline is never farther away than a point inside it.
        """
        both = 2 * self.extent_mm
        if self.point is Point.REGISTERED:
            return 0, 0
        return both, 0 if self.point is Point.OUTLINE else both


def everywhere(radius_mm: int) -> Mapping[str, int]:
    """A table of distances with one entry for all zones."""
    return MappingProxyType({ELSEWHERE: radius_mm})
