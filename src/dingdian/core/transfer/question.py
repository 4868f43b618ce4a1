"""What a transfer of beds is asked of: who has how many, what is wanted, what has to hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from dingdian.core.transfer.rooms import rooms_of


class Cell(NamedTuple):
    """Where beds stand: district, hospital level, and the pool within which beds are alike."""

    district: str
    level: str
    pool: str


class Measure(StrEnum):
    """What a transfer is judged by, each in whole numbers of which fewer are better.

    ``STRUCTURE``: whole beds that levels lack to their share (6:2:2).
    ``SHORTAGE``, ``EXCESS``: beds that districts lack to, or have above, their target;
    ``TARGETS``: both. ``UNEVEN``: the same of the district that is worst off, in beds per 100,000
    people. ``MOVED``: beds that change their place. ``LEAVING``: beds that leave their district.
    """

    STRUCTURE = "structure"
    SHORTAGE = "shortage"
    EXCESS = "excess"
    TARGETS = "targets"
    UNEVEN = "uneven"
    MOVED = "moved"
    LEAVING = "leaving"


class Rule(StrEnum):
    """A group of conditions that can be named when nothing keeps them all.

    ``TOTAL``: no bed more and none fewer than today. ``POOLS``: no bed changes its pool.
    ``MINIMUM``: no institution gives what it needs to keep its minimum size. ``TAKERS``: beds go
    only where an institution of that level has beds of the pool. ``STEADY``: a district whose beds
    or people are not known keeps its sum. ``GROWTH``: the most that a cell may grow by.
    ``HOLD_…``: a measure that may be no more than was said.
    """

    TOTAL = "total"
    POOLS = "pools"
    MINIMUM = "minimum"
    TAKERS = "takers"
    STEADY = "steady"
    GROWTH = "growth"
    HOLD_STRUCTURE = "hold_structure"
    HOLD_SHORTAGE = "hold_shortage"
    HOLD_EXCESS = "hold_excess"
    HOLD_TARGETS = "hold_targets"
    HOLD_UNEVEN = "hold_uneven"
    HOLD_MOVED = "hold_moved"
    HOLD_LEAVING = "hold_leaving"

    @classmethod
    def holding(cls, measure: Measure) -> Rule:
        """The rule that holds a measure.

        >>> Rule.holding(Measure.MOVED)
        <Rule.HOLD_MOVED: 'hold_moved'>
        """
        return cls(f"hold_{measure}")

    @property
    def measure(self) -> Measure | None:
        """The measure that it holds, ``None`` where it holds none."""
        head, _, rest = self.partition("_")
        return Measure(rest) if head == "hold" else None


#: The order of the goals where none is asked for.
ORDER = (
    Measure.STRUCTURE,
    Measure.TARGETS,
    Measure.MOVED,
    Measure.UNEVEN,
    Measure.LEAVING,
)
#: Whatever the order, these end it: no bed moves for nothing.
LAST = (Measure.MOVED, Measure.LEAVING)


@dataclass(frozen=True, slots=True)
class Holder:
    """An institution with known beds, by pool.

    ``least`` is the size that it has to keep, in beds of all pools together; ``None``: it is not
    touched, neither giving nor taking.
    """

    code: str
    district: str
    level: str
    beds: Mapping[str, int]
    least: int | None = None

    @property
    def total(self) -> int:
        """Its beds of all pools."""
        return sum(self.beds.values())

    @property
    def room(self) -> int:
        """How many it can give: what stands above its minimum, 0 where it is not touched."""
        return 0 if self.least is None else max(0, self.total - self.least)


@dataclass(frozen=True, slots=True)
class Structure:
    """The shares that parts should have of all of them, in each scope.

    ``shares``: part -> its share; they add up to 1. ``levels``: part -> the levels it counts.
    ``scopes``: scope -> its districts.
    """

    shares: Mapping[str, Fraction]
    levels: Mapping[str, frozenset[str]]
    scopes: Mapping[str, frozenset[str]]

    @property
    def every_level(self) -> frozenset[str]:
        """The levels of all parts."""
        return frozenset(level for levels in self.levels.values() for level in levels)


def _nothing() -> Mapping[str, int]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Question:
    """A transfer to be worked out.

    ``counted`` are the pools that count in structure and targets. ``targets``: district -> the
    beds it should have, missing where it has none; ``people``: district -> its people, above 0
    wherever there is a target. ``steady`` are districts that keep their sum. ``growth`` is the
    share of its beds that a cell may grow by, ``None``: no limit. ``held``: measure -> the most it
    may come to.
    """

    holders: Sequence[Holder]
    counted: frozenset[str]
    structure: Structure | None = None
    targets: Mapping[str, int] = field(default_factory=_nothing)
    people: Mapping[str, int] = field(default_factory=_nothing)
    steady: frozenset[str] = frozenset()
    growth: Fraction | None = None
    held: Mapping[Measure, int] = field(default_factory=dict)

    @cached_property
    def now(self) -> Mapping[Cell, int]:
        """The beds of each cell that has any institution, those that are not touched included."""
        found: dict[Cell, int] = {}
        for each in self.holders:
            for pool, n in each.beds.items():
                at = Cell(each.district, each.level, pool)
                found[at] = found.get(at, 0) + n
        return MappingProxyType(dict(sorted(found.items())))

    @cached_property
    def movable(self) -> Mapping[Cell, int]:
        """The same of institutions that may be touched: what could move but for minimums."""
        touched = [each for each in self.holders if each.least is not None]
        return Question(touched, self.counted).now

    @cached_property
    def rooms(self) -> tuple[tuple[tuple[Cell, ...], int], ...]:
        """Sets of cells with what they can give together at most, above all minimums."""
        touched = (each for each in self.holders if each.least is not None)
        return tuple(
            (tuple(Cell(district, level, pool) for pool in pools), most)
            for district, level, pools, most in rooms_of(touched)
        )

    @cached_property
    def grid(self) -> tuple[Cell, ...]:
        """Every cell of a touched level: district x level x pool, in order."""
        touched = [each for each in self.holders if each.least is not None]
        districts = sorted({each.district for each in self.holders})
        levels = sorted({each.level for each in touched})
        pools = sorted({pool for each in touched for pool in each.beds})
        return tuple(Cell(d, lv, p) for d in districts for lv in levels for p in pools)

    def rules(self) -> tuple[Rule, ...]:
        """Every group of conditions that this question has, in the order of ``Rule``."""
        has = {Rule.TOTAL, Rule.POOLS, Rule.MINIMUM, Rule.TAKERS}
        has |= {Rule.STEADY} if self.steady else set()
        has |= {Rule.GROWTH} if self.growth is not None else set()
        has |= {Rule.holding(each) for each in self.held}
        return tuple(each for each in Rule if each in has)

    def has(self, measure: Measure) -> bool:
        """Whether a measure means anything here: there are shares, or targets, to be held to."""
        if measure is Measure.STRUCTURE:
            return self.structure is not None
        return bool(self.targets) or measure in LAST
