"""Names of sign-in that wrong passwords have locked: what django-axes has written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone


def locked_names(names: Iterable[str]) -> frozenset[str]:
    """Which of these names are locked just now, from whatever address; one query."""
    since = timezone.now() - (get_cool_off() or dt.timedelta())
    failed = (
        AccessAttempt.objects.filter(username__in=list(names), attempt_time__gt=since)
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    )
    return frozenset(each["username"] for each in failed)


def address_locked(address: str) -> bool:
    """Whether so many passwords of whatever names were wrong from an address that it waits."""
    return failures_from(address) >= settings.ADDRESS_FAILURE_LIMIT


def failures_from(address: str) -> int:
    """How many passwords, of whatever names, were wrong from an address lately."""
    since = timezone.now() - (get_cool_off() or dt.timedelta())
    found = AccessAttempt.objects.filter(ip_address=address, attempt_time__gt=since)
    return found.aggregate(all=Sum("failures_since_start"))["all"] or 0


def unlock(name: str) -> None:
    """Forget the wrong passwords of a name."""
    reset(username=name)
