"""The second pair of eyes: who may decide on what somebody else asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dingdian.core.errors import RequestError, fault

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User
    from dingdian.web.rights import Right


def check_second(user: User, asked_by: str, right: Right, districts: Iterable[str]) -> None:
    """Whether somebody may decide, as a second person, on what another (user name) asked for.

    Raises:
        RequestError: they asked for it themselves; or they have the right only because they stand
            in for whoever asked, who could not have confirmed it either.
    """
    if user.username == asked_by:
        raise RequestError((fault("proposal_own"),))
    if not all(user.may_without(asked_by, right, each) for each in districts):
        raise RequestError((fault("proposal_borrowed", name=asked_by),))


def may_second(user: User, asked_by: str, right: Right, districts: Iterable[str]) -> bool:
    """Whether ``check_second`` lets somebody decide: only then is it offered to them."""
    try:
        check_second(user, asked_by, right, districts)
    except RequestError:
        return False
    return True
