"""Who a program is: the token that it shows, and what the token's user may do."""

from __future__ import annotations

import datetime as dt
import hmac
from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja.errors import AuthorizationError
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from dingdian.web import clock
from dingdian.web.accounts.models import Token
from dingdian.web.rights import NOWHERE, Districts, Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: When a token was last used is written down at most once in so long.
_WRITTEN = dt.timedelta(minutes=1)
#: How many requests a token may make to one process of the server.
RATE = "600/min"


class TokenAuth(HttpBearer):
    """``Authorization: Bearer dd_…``: a token of an active user who may use this interface."""

    openapi_name = "token"
    openapi_description = (
        "A token of the bureau, shown once when its user collects it: `Bearer dd_…`."
    )

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token shown; ``None`` where it is not known, is over, or its user is not active.

        Raises:
            AuthorizationError: its user may not use the interface.
        """
        digest = Token.digest_of(token)
        found = Token.objects.select_related("user").filter(digest=digest).first()
        if found is None or not hmac.compare_digest(found.digest or "", digest):
            return None
        if found.through < clock.today() or not found.user.is_active:
            return None
        if not found.user.may(Right.USE_API):
            raise AuthorizationError(message="the user of this token may not use the interface")
        _used(found)
        request.user = found.user
        return found


def _used(token: Token) -> None:
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at >= _WRITTEN:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)


class PerToken(SimpleRateThrottle):
    """So many requests a minute for each token."""

    scope = "token"

    def get_cache_key(self, request: HttpRequest) -> str:
        """One count a token."""
        token: Token = request.auth
        return self.cache_format % {"scope": self.scope, "ident": token.pk}


THROTTLE = PerToken(RATE)


def user_with(request: HttpRequest, right: Right) -> User:
    """The user of the token.

    Raises:
        AuthorizationError: they have not that right anywhere.
    """
    user: User = request.user
    if not user.may(right):
        raise AuthorizationError(message=f"the user of this token has no right {right.value}")
    return user


def districts_with(request: HttpRequest, right: Right) -> Districts:
    """Where a right of the token's user holds: ``None`` everywhere.

    Raises:
        AuthorizationError: nowhere.
    """
    found = user_with(request, right).districts(right)
    return NOWHERE if found is not None and not found else found
