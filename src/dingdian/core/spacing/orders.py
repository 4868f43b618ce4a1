"""What comes of applicants in every order that their ranks leave open.

Orders are not listed one by one. Applicants who are not near one another do not decide about
each other, so pieces that do not hang together are gone through one after the other; and
whoever is blocked for every service stays so, whoever else comes before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dingdian.core.spacing.bits import bits, piece
from dingdian.core.spacing.verdict import Verdict, worst

#: Verdicts of an applicant that would stand as far as spacing goes; the others but broken may.
STANDS = (Verdict.KEPT, Verdict.NOT_BOUND)

#: The verdicts of an applicant, one for each of its services.
Verdicts = tuple[Verdict, ...]
#: Applicant, those before it that stand, those before it that may -> its verdicts.
Judge = Callable[[int, int, int], Verdicts]


@dataclass(frozen=True, slots=True)
class _State:
    """Some applicants have had their turn: who is left, who stands, who may stand."""

    left: int
    stands: int = 0
    opens: int = 0


def every_order(
    ranks: Sequence[int | None], near: Sequence[int], judge: Judge, *, states: int
) -> list[set[Verdicts]] | None:
    """For each applicant the verdicts it comes to in any order of those of equal rank.

    One without a rank may come anywhere. ``near``: for each applicant those near it, each way;
    ``judge`` must only look at those. ``None`` where more than ``states`` states would have to
    be looked at.

    >>> def one_of_two(at, stands, opens):
    ...     return (Verdict.BROKEN if stands else Verdict.KEPT,)
    >>> found = every_order([1, 1], [0b10, 0b01], one_of_two, states=10)
    >>> sorted(verdict.value for (verdict,) in found[0])
    ['broken', 'kept']
    """
    found: list[set[Verdicts]] = [set() for _ in ranks]
    start = _State((1 << len(ranks)) - 1)
    stack, seen = [start], {start}
    while stack:
        state = stack.pop()
        for at in _next(state.left, ranks, near):
            after, told = _after(state, at, near, judge)
            for other, verdicts in told:
                found[other].add(verdicts)
            if after not in seen:
                seen.add(after)
                if after.left:
                    stack.append(after)
        if len(seen) > states:
            return None
    return found


def _next(left: int, ranks: Sequence[int | None], near: Sequence[int]) -> Iterator[int]:
    """Who may come next of the first piece: the best ranked, and those without a rank."""
    members = list(bits(piece(left, near)))
    best = min((rank for at in members if (rank := ranks[at]) is not None), default=None)
    return (at for at in members if ranks[at] in (None, best))


def _after(
    state: _State, at: int, near: Sequence[int], judge: Judge
) -> tuple[_State, list[tuple[int, Verdicts]]]:
    """The state after one's turn, with its verdicts and those of all whom it leaves no service."""
    bit = 1 << at
    left, stands, opens = state.left & ~bit, state.stands, state.opens
    verdicts = judge(at, stands & near[at], opens & near[at])
    told = [(at, verdicts)]
    verdict = worst(verdicts)
    if verdict in STANDS:
        stands |= bit
        for other in bits(left & near[at]):
            its = judge(other, stands & near[other], opens & near[other])
            if all(each is Verdict.BROKEN for each in its):
                told.append((other, its))
                left &= ~(1 << other)
    elif verdict is not Verdict.BROKEN:
        opens |= bit
    return _State(left, stands, opens), told
