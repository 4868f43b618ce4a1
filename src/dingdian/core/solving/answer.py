"""What a search for the best gives back: an answer, its value, and what none can beat."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

from dingdian.core.solving.limits import Effort


class Sense(StrEnum):
    """Whether most or least is best."""

    MOST = "most"
    LEAST = "least"


class Status(StrEnum):
    """What is known of the answer.

    ``OPTIMAL``: proved that none is better. ``FEASIBLE``: it keeps every rule, a better one may
    exist; the gap says how much better at most. ``INFEASIBLE``: proved that nothing keeps every
    rule. ``UNKNOWN``: the limits ended the search before anything was found or excluded.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


class Ending(StrEnum):
    """What ended the search: a proof, a limit that is counted, or somebody outside (a clock)."""

    PROOF = "proof"
    LIMIT = "limit"
    HALTED = "halted"


class Proof(StrEnum):
    """What a bound rests on.

    ``COUNTED``: whole-number arithmetic that anybody can do again. ``SOLVER``: the word of a
    floating-point solver, within its tolerances.
    """

    COUNTED = "counted"
    SOLVER = "solver"


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of an answer.

    ``value`` is counted from the answer itself in whole units (``None``: there is no answer);
    ``bound`` is what no answer can beat, given what the goals before it were held to (``None``:
    nothing is known).
    """

    name: str
    sense: Sense
    value: int | None
    bound: int | None
    proof: Proof

    @property
    def gap(self) -> Fraction | None:
        """How much better any answer could be, as a share of ``value``; 0 is proved best.

        ``None`` where value or bound is unknown, or the value is 0 and the bound is not.

        >>> Goal("people", Sense.MOST, 200, 201, Proof.COUNTED).gap
        Fraction(1, 200)
        >>> Goal("people", Sense.MOST, 0, 5, Proof.COUNTED).gap is None
        True
        """
        if self.value is None or self.bound is None:
            return None
        apart = abs(self.bound - self.value)
        if not apart:
            return Fraction(0)
        return Fraction(apart, abs(self.value)) if self.value else None


S = TypeVar("S")


@dataclass(frozen=True, slots=True, eq=False)
class Answer(Generic[S]):
    """An answer, or the proof that there is none, or the word that the limits were too low.

    ``solution`` is ``None`` unless the status is ``OPTIMAL`` or ``FEASIBLE``. ``goals`` stand in
    their order; ``status`` is ``OPTIMAL`` only where every gap is 0.
    """

    status: Status
    ending: Ending
    goals: tuple[Goal, ...]
    solution: S | None
    effort: Effort = field(default_factory=Effort)

    @property
    def by_clock(self) -> bool:
        """Whether it was cut short from outside, so that computing anew may give another."""
        return self.ending is Ending.HALTED
