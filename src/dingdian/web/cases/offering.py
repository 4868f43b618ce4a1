"""Which moves somebody may record of a case: the table says what is possible, rights who may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from dingdian.core.lifecycle.moves import MOVES, Role
from dingdian.core.lifecycle.moving import possible
from dingdian.core.lifecycle.stages import Stage
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: Right -> in whose name moves are recorded by it.
NAMES: Mapping[Right, Role] = MappingProxyType(
    {Right.MOVE_CASES: Role.AGENCY, Right.DECIDE_CASES: Role.BUREAU}
)
#: Moves that no page offers: the opening load is made by an import.
_NOT_HERE = frozenset({"open"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that somebody may record, and in whose name."""

    move: str
    role: Role


def roles_of(user: User, district: str) -> tuple[Role, ...]:
    """In whose names somebody records moves of a district's cases."""
    return tuple(role for right, role in NAMES.items() if user.may(right, district))


def offers(user: User, stage: Stage | None, district: str) -> Iterator[Offer]:
    """The moves that the table has for a stage and that somebody may record."""
    roles = roles_of(user, district)
    for move in possible(stage):
        role = next((each for each in roles if each in MOVES[move].roles), None)
        if role is not None and move not in _NOT_HERE:
            yield Offer(move, role)


def offered(user: User, move: str, stage: Stage | None, district: str) -> Offer | None:
    """The offer of one move; ``None`` where somebody may not record it now."""
    return next((each for each in offers(user, stage, district) if each.move == move), None)
