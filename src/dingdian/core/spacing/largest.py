"""The largest set of applicants that could be admitted together: branch and bound.

Each component of applicants near one another is searched by itself. Admission is one after
the other, so a set is admissible when some order exists in which each finds no more neighbours
before it than it may have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dingdian.core.spacing.bits import bits, pieces

#: For each service of an applicant: the others near it (a bit each), and how many it may have.
Near = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Largest:
    """A largest admissible set.

    ``members``: places in the round, rising; ``ids`` the applicants there. ``bound``: no set has
    more. ``proved``: it is a largest one (then ``bound`` is its size); otherwise the best that
    was found before the limit of nodes.
    """

    members: tuple[int, ...]
    bound: int
    proved: bool
    nodes: int = 0
    ids: tuple[str, ...] = ()


def largest(near: Sequence[Near], *, allowed: int, nodes: int) -> Largest:
    """The largest admissible set of applicants 0 … n-1, each component within the node limit left.

    Args:
        near: for each applicant its neighbours and room by service; a bit of an applicant that
            does not exist must not be set.
        allowed: how many neighbours the rule allows; bounds how many of a clique may be in.
        nodes: how many nodes of the search tree may be looked at in all.

    >>> path = [{"a": (0b010, 0)}, {"a": (0b101, 0)}, {"a": (0b010, 0)}]
    >>> largest(path, allowed=0, nodes=100).members
    (0, 2)
    """
    members: list[int] = []
    bound, used, proved = 0, 0, True
    for component in _components(near):
        search = _Search(near, component, allowed, nodes - used)
        search.run()
        members += bits(search.best)
        bound += search.bound
        proved &= search.proved
        used += search.nodes
    return Largest(tuple(sorted(members)), bound, proved, used)


def admissible(chosen: int, near: Sequence[Near]) -> bool:
    """Whether a set (a bit each) can be admitted in some order.

    Whoever has room with all others before it may come last; if nobody has, no order exists.
    """
    while chosen:
        last = next((at for at in bits(chosen) if _fits(near[at], chosen & ~(1 << at))), None)
        if last is None:
            return False
        chosen &= ~(1 << last)
    return True


def _fits(own: Near, others: int) -> bool:
    return all((mask & others).bit_count() <= room for mask, room in own.values())


def _components(near: Sequence[Near]) -> Iterator[int]:
    """The components as sets of bits, in the order of their first applicant."""
    either = [0] * len(near)
    for at, own in enumerate(near):
        for mask, _ in own.values():
            either[at] |= mask
            for other in bits(mask):
                either[other] |= 1 << at
    return pieces(either)


class _Search:
    """Depth first over one component; the stack holds pairs of chosen and candidates."""

    def __init__(self, near: Sequence[Near], component: int, allowed: int, limit: int) -> None:
        self.near, self.allowed, self.limit = near, allowed, limit
        self.stack = [(0, component)]
        self.best, self.nodes, self.bound, self.proved = 0, 0, 0, True
        self.union = {at: self._union(at) for at in bits(component)}
        self.mutual = {at: self._mutual(at) for at in bits(component)}

    def _union(self, at: int) -> int:
        found = 0
        for mask, _ in self.near[at].values():
            found |= mask
        return found

    def _mutual(self, at: int) -> Mapping[str, int]:
        """For each service the others that are near and find it near themselves."""
        found = {}
        for service, (mask, _) in self.near[at].items():
            back = (o for o in bits(mask) if self.near[o].get(service, (0, 0))[0] >> at & 1)
            found[service] = sum(1 << other for other in back)
        return found

    def run(self) -> None:
        """Search until nothing is left, or as far as the limit of nodes."""
        self._greedy()
        while self.stack:
            chosen, candidates = self.stack.pop()
            if self._promise(chosen, candidates) <= self.best.bit_count():
                continue
            if self.nodes >= self.limit:
                self.stack.append((chosen, candidates))
                break
            self.nodes += 1
            self._branch(chosen, candidates)
        size = self.best.bit_count()
        self.bound = max([size, *(self._promise(*open_node) for open_node in self.stack)])
        self.proved = self.bound == size

    def _greedy(self) -> None:
        """A first set: whoever has the fewest neighbours left, as long as one can be added."""
        chosen, candidates = 0, self.stack[0][1]
        while candidates:
            at = min(bits(candidates), key=lambda each: (self.union[each] & candidates).bit_count())
            candidates &= ~(1 << at)
            if admissible(chosen | 1 << at, self.near):
                chosen |= 1 << at
        self.best = chosen

    def _branch(self, chosen: int, candidates: int) -> None:
        if not candidates:
            self.best = chosen
            return
        at = max(bits(candidates), key=lambda each: (self.union[each] & candidates).bit_count())
        rest = candidates & ~(1 << at)
        self.stack.append((chosen, rest))
        with_it = chosen | 1 << at
        if admissible(with_it, self.near):
            self.stack.append((with_it, self._addable(with_it, rest)))

    def _addable(self, chosen: int, candidates: int) -> int:
        """The candidates that can still be added one by one: a set's parts are admissible too."""
        found = 0
        for at in bits(candidates):
            if admissible(chosen | 1 << at, self.near):
                found |= 1 << at
        return found

    def _promise(self, chosen: int, candidates: int) -> int:
        """No set below this node has more: of a clique at most ``allowed`` + 1 can be in."""
        promise, left = chosen.bit_count(), candidates
        while left:
            first = (left & -left).bit_length() - 1
            cliques = [self._clique(first, service, left) for service in self.mutual[first]]
            clique = max(cliques, key=int.bit_count, default=1 << first)
            left &= ~clique
            promise += min(clique.bit_count(), self.allowed + 1)
        return promise

    def _clique(self, first: int, service: str, left: int) -> int:
        """Applicants who are all near one another for a service, ``first`` among them."""
        clique, fitting = 1 << first, self.mutual[first][service] & left
        while fitting:
            at = (fitting & -fitting).bit_length() - 1
            clique |= 1 << at
            fitting &= self.mutual[at][service]
        return clique
