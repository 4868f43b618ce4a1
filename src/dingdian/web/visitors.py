"""From which address somebody comes: for the lock of sign-in, the journal and the public limits."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The visitor's address; the word of a proxy counts where the configuration names it."""
    found: str = request.META.get("REMOTE_ADDR", "")
    told = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    while found in settings.CONFIG.proxies and told and _is_one(told[-1]):
        found = told.pop()
    return found


def _is_one(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
