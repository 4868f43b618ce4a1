"""What is asked of a transfer beyond what the ledger and the shelf say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from dingdian.core.rules.facts import ScopeKind
from dingdian.core.transfer.giving import FIRST, First
from dingdian.core.transfer.question import ORDER, Measure


class TargetKind(StrEnum):
    """What districts are held against.

    ``NEED``: the benchmark that the policy holds contracted beds against (医保需要的千人床位数).
    ``MEAN``: the same beds per 1,000 everywhere. ``GIVEN``: a number of beds per 1,000. ``NONE``:
    nothing. ``AUTO``: ``NEED`` where any district has it, else ``MEAN``.
    """

    AUTO = "auto"
    NEED = "need"
    MEAN = "mean"
    GIVEN = "given"
    NONE = "none"


class Alike(StrEnum):
    """Which beds are alike: those of one class, or all classes that no rule manages apart."""

    CLASS = "class"
    POOL = "pool"


#: The share of its beds that a cell may grow by: no plan states one; none more than doubles.
GROWTH = Fraction(1)


@dataclass(frozen=True, slots=True)
class Wish:
    """How a transfer is asked for.

    ``minimum``: level -> the size that its institutions keep, where it is not that of the shelf's
    reading; ``None``: they are not touched. ``per_1000`` is the number of ``TargetKind.GIVEN``.
    ``growth``: the share of its beds that a cell may grow by. ``first``: who gives first.
    """

    order: tuple[Measure, ...] = ORDER
    held: Mapping[Measure, int] = field(default_factory=dict)
    minimum: Mapping[str, int | None] = field(default_factory=dict)
    structure_at: tuple[ScopeKind, ...] = (ScopeKind.WHOLE,)
    target: TargetKind = TargetKind.AUTO
    per_1000: Fraction | None = None
    alike: Alike = Alike.CLASS
    growth: Fraction | None = GROWTH
    first: tuple[First, ...] = FIRST
