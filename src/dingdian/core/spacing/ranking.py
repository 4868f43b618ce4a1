"""What the ranking of a round decides between applicants who stand too near each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dingdian.core.spacing.check import Query, answered
from dingdian.core.spacing.places import Faulty, Site
from dingdian.core.spacing.terms import SameRound
from dingdian.core.spacing.verdict import Answer, Effect, Neighbour, Verdict
from dingdian.core.workings import Reason, reason

#: Verdicts of an applicant that would stand as far as spacing goes; the others but broken may.
STANDS = (Verdict.KEPT, Verdict.NOT_BOUND)

#: For each applicant (by place in the round) the others near it, as they bear on it.
Bearing = Mapping[int, Mapping[int, Neighbour]]


@dataclass(frozen=True, slots=True)
class Near:
    """The applicants of a round, by place in it, and who stands near whom.

    ``queries``: of those whom the rule binds; ``alone``: each against the stock; ``lost``: the
    applicants with a fault that may block each, whatever their rank.
    """

    sites: Sequence[Site]
    queries: Mapping[int, Query]
    alone: Sequence[Answer]
    bearing: Bearing
    lost: Mapping[int, Sequence[Faulty]]

    def answer(self, at: int, against: Sequence[Neighbour], faulty: Sequence[Faulty]) -> Answer:
        """The answer to one with the applicants that count, or may count, against it."""
        query, alone = self.queries.get(at), self.alone[at]
        if query is None or not (against or faulty):
            return alone
        return answered(query, (*alone.near, *against), alone.unplaced, faulty)


def decided(near: Near, how: SameRound) -> tuple[Answer, ...]:
    """The answers to all applicants as the reading ``spacing_same_round`` says."""
    return tuple(_DECIDE[how](near))


def _both(near: Near) -> Iterator[Answer]:
    """Applicants of one round do not count against each other."""
    yield from near.alone


def _neither(near: Near) -> Iterator[Answer]:
    """Whoever would stand otherwise counts against all others."""
    for at in range(len(near.sites)):
        against = [
            each
            for other, its in near.bearing[at].items()
            if (each := _as_standing(its, near.alone[other]))
        ]
        yield near.answer(at, against, near.lost.get(at, ()))


def _ranked_first(near: Near) -> Iterator[Answer]:
    """In the order of their ranks, each counts against the later ones if it is kept.

    Between two of the same rank, or one without a rank, nothing is decided.
    """
    answers: dict[int, Answer] = {}
    ranks = [each.rank for each in near.sites]
    order = sorted(range(len(ranks)), key=lambda at: (ranks[at] is None, ranks[at] or 0))
    for at in order:
        against = []
        own = ranks[at]
        for other, its in near.bearing[at].items():
            rank = ranks[other]
            if own is None or rank is None or rank == own:
                why = reason("spacing_rank_open", applicant=its.code)
                each = _unsure(its, near.alone[other], why)
            elif rank < own:
                each = _as_standing(its, answers[other])
            else:
                each = None
            if each is not None:
                against.append(each)
        faulty = [f for f in near.lost.get(at, ()) if not _after(f.rank, own)]
        answers[at] = near.answer(at, against, faulty)
    yield from (answers[at] for at in range(len(ranks)))


#: Reading ``spacing_same_round`` -> how the applicants bear on each other.
_DECIDE: Mapping[SameRound, Callable[[Near], Iterator[Answer]]] = {
    SameRound.BOTH: _both,
    SameRound.NEITHER: _neither,
    SameRound.RANKED_FIRST: _ranked_first,
}


def _after(rank: int | None, own: int | None) -> bool:
    """Whether one rank surely comes after another."""
    return rank is not None and own is not None and rank > own


def _as_standing(near: Neighbour, its: Answer) -> Neighbour | None:
    """An applicant as an institution: surely, perhaps (its own answer is open), or not at all."""
    if its.verdict in STANDS:
        return near
    return _unsure(near, its, reason("spacing_depends", applicant=near.code))


def _unsure(near: Neighbour, its: Answer, why: Reason) -> Neighbour | None:
    """An applicant that may stand, for a reason; ``None`` for one that surely does not."""
    if its.verdict is Verdict.BROKEN:
        return None
    effects = tuple((service, Effect.UNSURE) for service, _ in near.effects)
    return replace(near, effects=effects, why=why)
