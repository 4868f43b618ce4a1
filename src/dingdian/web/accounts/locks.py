"""Names and addresses that wrong passwords have locked: what django-axes has written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Count, Sum
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Guesses:
    """Wrong passwords from one address within the window, and the names that they were for."""

    passwords: int
    names: int

    @property
    def too_many(self) -> bool:
        """Whether the address waits."""
        return self.passwords >= settings.ADDRESS_FAILURE_LIMIT


def window() -> dt.timedelta:
    """So long a wrong password counts."""
    return get_cool_off() or dt.timedelta()


def locked_names(names: Iterable[str]) -> frozenset[str]:
    """Which of these names are locked just now, from whatever address; one query."""
    since = timezone.now() - window()
    failed = (
        AccessAttempt.objects.filter(username__in=list(names), attempt_time__gt=since)
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    )
    return frozenset(each["username"] for each in failed)


def guesses_from(address: str) -> Guesses:
    """The wrong passwords from an address, of whatever names; one query."""
    since = timezone.now() - window()
    found = AccessAttempt.objects.filter(ip_address=address, attempt_time__gt=since).aggregate(
        passwords=Sum("failures_since_start", default=0),
        names=Count("username", distinct=True),
    )
    return Guesses(**found)


def unlock(name: str) -> None:
    """Forget the wrong passwords of a name."""
    reset(username=name)
