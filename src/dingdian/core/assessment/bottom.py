"""Who is in the bottom of a group by rank: surely, surely not, or not to be said yet.

An unknown score may turn out as any score. Whoever is in the bottom whatever the unknown scores
turn out to be is in; whoever is in it for none of them is out; everyone else is held.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from dingdian.core.workings import Reason, reason


class Bottom(StrEnum):
    """Whether an institution is in the bottom of its group."""

    IN = "in"
    OUT = "out"
    HELD = "held"  # it rests on what is not known
    UNCLEAR = "unclear"  # the reading of the method is open
    NOT_RANKED = "not_ranked"  # it takes no part


class Method(StrEnum):
    """How the bottom is found: by a share of the group, a count, or a score alone."""

    SHARE = "share"
    COUNT = "count"
    SCORE_FLOOR = "score_floor"


@dataclass(frozen=True, slots=True)
class Terms:
    """The readings of the bottom with their numbers.

    ``amount``: the share, or the count, of the method. ``minimum``: groups of fewer have no bottom
    by rank. ``floor``: below it everyone falls; ``ceiling``: from it on nobody does, by rank; a
    ``None`` sets no such limit. ``ties_in``: equal scores across the limit are all in, else none.
    """

    method: Method
    amount: Fraction = Fraction(0)
    rounding: str = "down"
    minimum: int = 0
    floor: Fraction | None = None
    ceiling: Fraction | None = None
    ties_in: bool = False

    def places(self, size: int) -> int:
        """How many of a group of ``size`` are the bottom by rank."""
        if self.method is Method.SCORE_FLOOR or size < self.minimum:
            return 0
        if self.method is Method.COUNT:
            return min(int(self.amount), size)
        return rounded_share(self.amount * size, self.rounding)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an institution stands: ``rank`` counts from the last (1), ``None`` while not known."""

    bottom: Bottom
    rank: int | None
    why: Reason


def rounded_share(exact: Fraction, rounding: str) -> int:
    """A share of a group in whole institutions.

    >>> [rounded_share(Fraction(19, 20), each) for each in ("down", "half_up", "up")]
    [0, 1, 1]
    """
    down = exact.numerator // exact.denominator
    if rounding == "up":
        return down + (down < exact)
    return down + (rounding == "half_up" and exact - down >= Fraction(1, 2))


def places_in(
    scores: Mapping[str, Fraction | None], terms: Terms, *, joining: int = 0
) -> dict[str, Place]:
    """Where each of a group stands.

    ``joining``: so many more may be of the group, which nobody can tell: their scores are then
    unknown too, and what differs with them is held.
    """
    known = sorted(each for each in scores.values() if each is not None)
    ranking = _Ranking(known, len(scores), terms, joining)
    return {code: ranking.place(each) for code, each in scores.items()}


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The known scores of a group from the lowest on, held against the terms."""

    known: Sequence[Fraction]
    size: int
    terms: Terms
    joining: int

    def place(self, score: Fraction | None) -> Place:
        """Where one with this score stands."""
        terms = self.terms
        if score is None:
            return _of_unknown(self.size, terms, self.joining)
        lower = bisect_left(self.known, score)
        tied = bisect_right(self.known, score) - lower
        whole = len(self.known) == self.size and not self.joining
        rank = lower + 1 if whole else None
        if terms.floor is not None and score < terms.floor:
            return Place(Bottom.IN, rank, reason("below_floor", floor=terms.floor))
        if terms.ceiling is not None and score >= terms.ceiling:
            return Place(Bottom.OUT, rank, reason("above_ceiling", ceiling=terms.ceiling))
        found = {self._by_rank(lower, tied, more) for more in range(self.joining + 1)}
        verdict = found.pop() if len(found) == 1 else Bottom.HELD
        return Place(verdict, rank, self._why(verdict, lower, tied))

    def _by_rank(self, lower: int, tied: int, more: int) -> Bottom:
        """With the unknown scores, and ``more`` of others, that may be lower, equal or higher.

        Equal scores are decided together: unless ties are in, all of them have to find place.
        """
        unknown = self.size - len(self.known) + more
        places = self.terms.places(self.size + more)
        if self.terms.ties_in:
            worst, best = lower + unknown < places, lower < places
        else:
            worst, best = lower + tied + unknown <= places, lower + tied <= places
        if worst:
            return Bottom.IN
        return Bottom.HELD if best else Bottom.OUT

    def _why(self, verdict: Bottom, lower: int, tied: int) -> Reason:
        terms, size = self.terms, self.size
        places = terms.places(size)
        details = {"size": size, "places": places, "lower": lower}
        if verdict is Bottom.HELD:
            return reason("place_unknown", **details)
        if verdict is Bottom.IN:
            return reason("in_bottom", **details)
        if terms.method is Method.SCORE_FLOOR:
            return reason("not_below_floor")
        if size < terms.minimum and not self.joining:
            return reason("group_small", size=size, minimum=terms.minimum)
        if lower < places < lower + tied and not terms.ties_in:
            return reason("tied_across", tied=tied, **details)
        return reason("not_in_bottom", **details)


def _of_unknown(size: int, terms: Terms, joining: int) -> Place:
    """Whoever has no score is in, or out, only where every score at all would be."""
    sizes = range(size, size + joining + 1)
    if terms.floor is None and not any(map(terms.places, sizes)):
        if size < terms.minimum:
            return Place(Bottom.OUT, None, reason("group_small", size=size, minimum=terms.minimum))
        return Place(Bottom.OUT, None, reason("no_places", size=size))
    if terms.ceiling is None and all(terms.places(each) >= each for each in sizes):
        places = terms.places(size)
        return Place(Bottom.IN, None, reason("all_in_bottom", size=size, places=places))
    return Place(Bottom.HELD, None, reason("score_unknown"))
