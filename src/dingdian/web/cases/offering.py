"""Which moves somebody may record of a case: the table says what is possible, rights who may."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dingdian.core.lifecycle.moves import APPEALABLE, MOVES, Role
from dingdian.core.lifecycle.moving import possible
from dingdian.core.lifecycle.stages import Stage
from dingdian.core.lifecycle.state import PHARMACIES, State
from dingdian.core.lifecycle.waiting import appeal_pending
from dingdian.reports.lives.words import Speech
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: Right -> in whose name moves are recorded by it.
NAMES: Mapping[Right, Role] = MappingProxyType(
    {Right.MOVE_CASES: Role.AGENCY, Right.DECIDE_CASES: Role.BUREAU}
)
#: Moves that no page offers: the opening load is made by an import.
_NOT_HERE = frozenset({"open"})
#: Moves that are refused for all but pharmacies.
OF_PHARMACIES = frozenset({"change_grade"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that somebody may record, and in whose name."""

    move: str
    role: Role


def roles_of(user: User, district: str) -> tuple[Role, ...]:
    """In whose names somebody records moves of a district's cases."""
    return tuple(role for right, role in NAMES.items() if user.may(right, district))


def offers(roles: Collection[Role], stage: Stage | None) -> Iterator[Offer]:
    """The moves that the table has for a stage and that are recorded in one of some names."""
    for move in possible(stage):
        role = next((each for each in roles if each in MOVES[move].roles), None)
        if role is not None and move not in _NOT_HERE:
            yield Offer(move, role)


def offers_now(roles: Collection[Role], state: State) -> Iterator[Offer]:
    """The offers for a case: an answer while an appeal waits, else an appeal against a decision.

    What is of pharmacies alone is not offered for another kind.
    """
    without = {"appeal", "answer_appeal"}
    if appeal_pending(state):
        without = {"appeal"}
    elif any(each.event in APPEALABLE for each in state.happened):
        without = {"answer_appeal"}
    if state.side != PHARMACIES:
        without |= OF_PHARMACIES
    return (each for each in offers(roles, state.stage) if each.move not in without)


def offered(roles: Collection[Role], move: str, stage: Stage | None) -> Offer | None:
    """The offer of one move; ``None`` where it may not be recorded now in any of some names."""
    return next((each for each in offers(roles, stage) if each.move == move), None)


def grouped(found: Iterable[Offer], speech: Speech) -> list[tuple[str, list[tuple[str, str]]]]:
    """Moves with their words: those that lead on, those that stay, and annulling."""
    on, stay, other = [], [], []
    for each in found:
        said, move = (each.move, speech.move(each.move)), MOVES[each.move]
        if each.move == "annul":
            other.append(said)
        else:
            (stay if move.sources == move.targets else on).append(said)
    groups = ((_("Leads on"), on), (_("Stays"), stay), (_("Corrects"), other))
    return [(title, moves) for title, moves in groups if moves]
