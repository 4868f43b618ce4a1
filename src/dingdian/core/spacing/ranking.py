"""What the ranking of a round decides between applicants who stand too near each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dingdian.core.spacing.bits import bits, pieces
from dingdian.core.spacing.check import Query, answered
from dingdian.core.spacing.orders import STANDS, Verdicts, every_order
from dingdian.core.spacing.places import Faulty, Site
from dingdian.core.spacing.terms import SameRound
from dingdian.core.spacing.verdict import Answer, Effect, Neighbour, ServiceAnswer, Verdict, worst
from dingdian.core.workings import Reason, reason

#: How many states of each piece of a round are looked at to find what holds in every order.
STATES = 5_000

#: For each applicant (by place in the round) the others near it, as they bear on it.
Bearing = Mapping[int, Mapping[int, Neighbour]]


@dataclass(frozen=True, slots=True)
class Near:
    """The applicants of a round, by place in it, and who stands near whom.

    ``queries``: of those whom the rule binds; ``alone``: each against the stock; ``lost``: the
    applicants with a fault that may block each, whatever their rank. ``states``: how many are
    looked at in each piece of the round where ranks leave the order open.
    """

    sites: Sequence[Site]
    queries: Mapping[int, Query]
    alone: Sequence[Answer]
    bearing: Bearing
    lost: Mapping[int, Sequence[Faulty]]
    states: int = STATES

    def turn(self, at: int) -> tuple[bool, int]:
        """When an applicant is looked at: by rank, those without one last."""
        rank = self.sites[at].rank
        return rank is None, rank or 0

    def place(self, at: int) -> tuple[object, ...]:
        """A place among the others that does not hang on the order in which they are given."""
        site = self.sites[at]
        return self.turn(at), site.lon, site.lat, site.services, site.error_mm or 0

    def open(self, one: int, other: int) -> bool:
        """Whether ranks do not say which of two comes first."""
        ranks = {self.sites[one].rank, self.sites[other].rank}
        return len(ranks) == 1 or None in ranks

    def lost_before(self, at: int) -> list[Faulty]:
        """The applicants with a fault that may block one, and do not surely come after it."""
        own = self.sites[at].rank
        return [each for each in self.lost.get(at, ()) if not _after(each.rank, own)]

    def masks(self, members: Sequence[int]) -> list[int]:
        """For each of some applicants those of them near it, each way, as bits."""
        place = {at: number for number, at in enumerate(members)}
        found = [0] * len(members)
        for at, number in place.items():
            for other in self.bearing[at]:
                if other in place:
                    found[number] |= 1 << place[other]
                    found[place[other]] |= 1 << number
        return found

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

    Where ranks leave the order open, what holds in every order is certain.
    """
    answers = _in_order(near)
    for members in _open_pieces(near, answers):
        answers |= _settled(near, members, answers)
    yield from (answers[at] for at in range(len(near.sites)))


def _in_order(near: Near) -> dict[int, Answer]:
    """The answers by rank; between two whose order is open nothing is decided."""
    answers: dict[int, Answer] = {}
    for at in sorted(range(len(near.sites)), key=near.turn):
        against = []
        for other, its in near.bearing[at].items():
            if near.open(at, other):
                why = reason("spacing_rank_open", applicant=its.code)
                each = _unsure(its, near.alone[other], why)
            else:
                each = _as_standing(its, answers[other]) if other in answers else None
            if each is not None:
                against.append(each)
        answers[at] = near.answer(at, against, near.lost_before(at))
    return answers


def _open_pieces(near: Near, answers: Mapping[int, Answer]) -> Iterator[list[int]]:
    """Those who are not stopped for every service, in pieces that hang together.

    Only pieces where ranks leave an order open; in each the members are in an order of their
    own, whatever order they were given in.
    """
    members = sorted((at for at, each in answers.items() if not _stopped(each)), key=near.place)
    for found in pieces(near.masks(members)):
        own = [members[each] for each in bits(found)]
        if any(near.open(at, other) for at in own for other in near.bearing[at]):
            yield own


def _stopped(answer: Answer) -> bool:
    """Whether nothing that others do can change an answer."""
    return answer.verdict is Verdict.BROKEN and all(
        each.verdict is Verdict.BROKEN for each in answer.services
    )


def _settled(
    near: Near, members: Sequence[int], answers: Mapping[int, Answer]
) -> dict[int, Answer]:
    """The answers that hold in every order; none where there are too many to look at."""
    made: dict[tuple[int, int, int], Verdicts] = {}

    def judge(at: int, stands: int, opens: int) -> Verdicts:
        asked = at, stands, opens
        if asked not in made:
            its = near.bearing[members[at]]
            against = [its[members[n]] for n in bits(stands) if members[n] in its]
            for other in (members[n] for n in bits(opens) if members[n] in its):
                against.append(
                    _maybe(its[other], reason("spacing_depends", applicant=its[other].code))
                )
            answer = near.answer(members[at], against, near.lost_before(members[at]))
            made[asked] = tuple(s.verdict for s in answer.services) or (answer.verdict,)
        return made[asked]

    ranks = [near.sites[at].rank for at in members]
    found = every_order(ranks, near.masks(members), judge, states=near.states)
    if found is None:
        return {}
    outcomes = dict(zip(members, found, strict=True))
    return {at: _certain(near, at, outcomes, answers) for at in members}


def _certain(
    near: Near, at: int, outcomes: Mapping[int, set[Verdicts]], answers: Mapping[int, Answer]
) -> Answer:
    """The answer to one from what comes of it, and of those near it, in every order."""
    against = []
    for other, its in near.bearing[at].items():
        verdicts = {worst(each) for each in outcomes.get(other, {(answers[other].verdict,)})}
        if verdicts == {Verdict.BROKEN} or _after(near.sites[other].rank, near.sites[at].rank):
            continue
        if near.open(at, other):
            against.append(_maybe(its, reason("spacing_rank_open", applicant=its.code)))
        elif verdicts <= set(STANDS):
            against.append(its)
        else:
            against.append(_maybe(its, reason("spacing_depends", applicant=its.code)))
    plain = near.answer(at, against, near.lost_before(at))
    if not plain.services:
        return plain
    services = tuple(
        _service(each, {own[number] for own in outcomes[at]})
        for number, each in enumerate(plain.services)
    )
    verdicts = {worst(each) for each in outcomes[at]}
    verdict, why = worst(each.verdict for each in services), plain.why
    if len(verdicts) == 1:
        (verdict,) = verdicts
        why = why if verdict is plain.verdict else reason("spacing_every_order")
    elif verdict is Verdict.UNDEFINED:
        why = reason("spacing_order_decides")
    return replace(plain, verdict=verdict, services=services, why=why)


def _service(plain: ServiceAnswer, verdicts: set[Verdict]) -> ServiceAnswer:
    """The answer for one service from its verdicts in all orders."""
    if len(verdicts) > 1:
        open_why = reason("spacing_order_decides")
        return replace(plain, why=open_why) if plain.verdict is Verdict.UNDEFINED else plain
    if verdicts == {plain.verdict}:
        return plain
    return replace(plain, verdict=next(iter(verdicts)), why=reason("spacing_every_order"))


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
    return None if its.verdict is Verdict.BROKEN else _maybe(near, why)


def _maybe(near: Neighbour, why: Reason) -> Neighbour:
    """An applicant that may stand, for a reason."""
    effects = tuple((service, Effect.UNSURE) for service, _ in near.effects)
    return replace(near, effects=effects, why=why)
