"""Move beds: which beds of a city could go where, by its policy, with none added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dingdian.core.census import Census
from dingdian.core.errors import CensusError, Fault, RequestError, Severity, fault
from dingdian.core.faults import KINDS
from dingdian.core.indicators import measures_of
from dingdian.core.period import first_day, last_day
from dingdian.core.policy import Policy, PolicyBook
from dingdian.core.rules import Facts
from dingdian.core.solving import Limits
from dingdian.core.transfer import (
    Gift,
    Holder,
    Measure,
    Step,
    Transfer,
    gifts,
    in_turn,
    steps,
    transfer,
)
from dingdian.core.transfer.ground import Ground, ground_of
from dingdian.core.transfer.wish import Wish
from dingdian.core.workings import Workings


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: whose rules, for which year, how.

    The beds are those of the last day of the year before, the rules those of ``day``, by default
    1 January of the year. ``as_if`` lets the census of another place be tried, as a what-if.
    """

    place: str
    year: int
    wish: Wish = field(default_factory=Wish)
    limits: Limits = field(default_factory=Limits)
    day: dt.date | None = None
    as_if: bool = False

    @property
    def stock_day(self) -> dt.date:
        """The day whose beds are moved."""
        return last_day(self.year - 1)


@dataclass(frozen=True, slots=True)
class BedMoves:
    """A transfer with what it was made from.

    ``steps``: how far one comes with fewer moves. ``gifts``: which institutions could give the
    beds, in their turn. ``turn``: all institutions that may be touched, in the order of giving.
    ``shelf`` is the fingerprint of the shelf; ``faults`` are what the check of the census found.
    """

    asked: Asked
    census: Census
    policy: Policy
    ground: Ground
    transfer: Transfer
    steps: tuple[Step, ...]
    gifts: tuple[Gift, ...]
    turn: tuple[Holder, ...]
    shelf: str
    faults: tuple[Fault, ...]


def move_beds(
    census: Census,
    book: PolicyBook,
    asked: Asked,
    *,
    faults: Sequence[Fault] = (),
    progress: Callable[[str], None] = lambda _stage: None,
) -> BedMoves:
    """The best transfer of beds there is. It moves nothing: what comes out is advice.

    ``faults`` are what the check of the census found; ``progress`` is told the stages
    ``measures``, ``transfer`` and ``steps``.

    Raises:
        RequestError: no such place on the shelf, or a measure is to be held that means nothing
            here, for want of a rule, a target or known beds.
        NotInForceError: the day lies outside the validity of the plan.
        CensusError: blocking faults, or a census of another place without ``as_if``.
    """
    policy = book.on(asked.place, asked.day or first_day(asked.year))
    _check(census, faults, policy.place.region_code, as_if=asked.as_if)
    progress("measures")
    workings = Workings(
        census=census,
        policy=policy,
        measures=measures_of(census),
        stock_day=asked.stock_day,
    )
    ground, wish = ground_of(Facts(workings, asked.year), asked.wish), asked.wish
    question = ground.question
    _hold(ground, wish)
    progress("transfer")
    found = transfer(question, wish.order, ground.zones, asked.limits)
    change = found.answer.solution or {}
    wanted = {cell: -n for cell, n in change.items() if n < 0}
    progress("steps")
    fewer = steps(question, wish.order, sum(wanted.values()), asked.limits) if wanted else ()
    turn = in_turn((e for e in question.holders if e.least is not None), wish.first, ground.use)
    return BedMoves(
        asked=asked,
        census=census,
        policy=policy,
        ground=ground,
        transfer=found,
        steps=fewer,
        gifts=gifts(wanted, turn),
        turn=turn,
        shelf=book.fingerprint,
        faults=tuple(faults),
    )


def _hold(ground: Ground, wish: Wish) -> None:
    """Refuse to drop what was to be held."""
    told = []
    for measure in wish.held:
        if ground.question.has(measure):
            continue
        kind = "hold_no_targets"
        if measure is Measure.STRUCTURE:
            kind = "hold_beds_unknown" if ground.left_out else "hold_no_structure"
        told.append(fault(kind, measure=measure.value, n=str(len(ground.left_out))))
    if told:
        raise RequestError(tuple(told))


def year_of(census: Census) -> int:
    """The year after that of the census.

    Raises:
        RequestError: the census does not say which day it describes.
    """
    if census.taken_on is None:
        raise RequestError((fault("taken_on_missing"),))
    return census.taken_on.year + 1


def _check(census: Census, faults: Sequence[Fault], wanted: str, *, as_if: bool) -> None:
    blocking = [each for each in faults if KINDS[each.kind].severity is Severity.BLOCKING]
    if blocking:
        raise CensusError(tuple(blocking))
    if census.tree.root != wanted and not as_if:
        raise CensusError((fault("another_place", found=census.tree.root, wanted=wanted),))
