"""Signing in and out in the journal: a failed try with the name tried, never the password.

Whoever guesses at names that nobody has can make two notes a window from an address: of the first
try, and of its lock.
"""

from __future__ import annotations

from typing import Any

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from dingdian.storage.db.models import Note
from dingdian.web import clock
from dingdian.web.accounts import locks
from dingdian.web.accounts.models import User
from dingdian.web.bureau import note


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Somebody signed in."""
    note(user, f"user:{user.username}", "user.sign_in", address=_address(request))


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    """Somebody signed out; nothing where the session had ended before."""
    if user is not None:
        note(user, f"user:{user.username}", "user.sign_out", address=_address(request))


@receiver(user_login_failed)
def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Somebody tried in vain; tries on a name that is locked already are not written down."""
    name = str(credentials.get("username") or "")[:60]
    failures = getattr(request, "axes_failures_since_start", None)
    if failures is None and getattr(request, "axes_locked_out", False):
        return
    address = _address(request)
    place = f"address:{address}"
    if User.objects.filter(username=name).exists():
        note(None, f"user:{name}", "user.sign_in_failed", tried=name, address=address)
        if failures == settings.AXES_FAILURE_LIMIT:
            note(None, f"user:{name}", "user.locked", tried=name, address=address)
    elif not _noted(place, "user.sign_in_failed"):
        note(None, place, "user.sign_in_failed", tried=name, address=address)
    found = locks.guesses_from(address)
    if found.too_many and not _noted(place, "address.locked"):
        tries, names = found.passwords, found.names
        note(None, place, "address.locked", address=address, tries=tries, names=names)


def _noted(subject: str, act: str) -> bool:
    """Whether the journal has this of a subject within the window."""
    since = clock.now() - locks.window()
    return Note.objects.filter(subject=subject, act=act, at__gt=since).exists()


def _address(request: HttpRequest | None) -> str:
    return (get_client_ip_address(request) or "") if request is not None else ""
