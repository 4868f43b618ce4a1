"""How much work a search for the best may do, and how much it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace


def never() -> bool:
    """Nobody asks it to stop."""
    return False


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be spent on one answer.

    ``nodes``: nodes of a branch-and-bound tree; ``rounds``: rounds of a method of our own
    (multiplier steps, swaps tried, cuts added). Zero of either means none at all: the answer
    is then what is known without searching. ``steps``: steps of the simplex in one linear
    programme, of which a tree solves one a node and more at its root. The same limits give the
    same answer on any machine.
    ``halted`` is asked now and then, and ends the work when it says yes: a clock or a person
    outside. An answer that it cut short says so (``Ending.HALTED``): it cannot be had again by
    computing, so who uses it keeps it as an input.
    ``left``: the seconds that such a clock leaves, for a solver that asks nobody through much of
    its work (HiGHS while it makes a problem smaller, and in the linear programme at a root).
    """

    nodes: int = 50_000
    rounds: int = 2_000
    steps: int = 1_000_000
    halted: Callable[[], bool] = field(default=never, compare=False)
    left: Callable[[], float] | None = field(default=None, compare=False)

    def over(self) -> bool:
        """Whether somebody outside wants an end, or the clock leaves nothing."""
        return self.halted() or (self.left is not None and self.left() <= 0)

    def share(self, parts: int) -> Limits:
        """The same limits for the first of so many parts of the work: its part of the time left.

        What it leaves of its time is there for the others. Without a clock nothing changes.

        >>> half = Limits(left=lambda: 30.0).share(2)
        >>> half.left(), half.over()
        (15.0, False)
        """
        if self.left is None or parts <= 1:
            return self
        left, halted = self.left, self.halted
        others = left() * (parts - 1) / parts
        return replace(
            self,
            halted=lambda: halted() or left() <= others,
            left=lambda: left() - others,
        )


@dataclass(frozen=True, slots=True)
class Effort:
    """What was spent: nodes of a tree, rounds of a method of our own, steps of the simplex."""

    nodes: int = 0
    rounds: int = 0
    steps: int = 0

    def __add__(self, other: Effort) -> Effort:
        """Both together."""
        return Effort(
            self.nodes + other.nodes, self.rounds + other.rounds, self.steps + other.steps
        )
