"""Whether who asked for work may still have it done: a worker looks again when it begins."""

from __future__ import annotations

from dingdian.core.errors import RequestError, fault
from dingdian.web.accounts.models import User
from dingdian.web.rights import Right


def entitled(username: str, right: Right) -> User:
    """The user who asked, if he is active and has the right in the whole place now.

    Raises:
        RequestError: he is not, or has it no longer.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or user.districts(right) is not None:
        raise RequestError((fault("job_not_entitled", name=username),))
    return user


__all__ = ["entitled"]
