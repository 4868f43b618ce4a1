"""How often one visitor may do something, so that the site stays there for all others.

A visitor is known by the session and by the address, each as a digest under the key of the
installation. What is counted is forgotten after a day.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from dingdian.web import clock
from dingdian.web.public.models import Knock
from dingdian.web.visitors import address_of

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in so many seconds, for a session and for an address, which many may share."""

    act: str
    seconds: int
    of_session: int
    of_address: int


COMMENTS = Limit("comment", 3600, of_session=5, of_address=30)
SAID = Limit("said", 3600, of_session=5, of_address=30)
LOOKS = Limit("look", 60, of_session=10, of_address=30)
CHECKS = Limit("check", 60, of_session=30, of_address=120)


def allowed(request: HttpRequest, limit: Limit) -> bool:
    """Whether a visitor may do it once more; it is then counted."""
    slot = int(clock.now().timestamp()) // limit.seconds * limit.seconds
    who = [(f"address {address_of(request)}", limit.of_address)]
    if request.session.session_key:
        who.append((f"session {request.session.session_key}", limit.of_session))
    with transaction.atomic():
        counted = [_count(_digest(name), limit.act, slot) <= most for name, most in who]
    return all(counted)


def _count(who: str, act: str, slot: int) -> int:
    """One more time of somebody in a slot; how many these are."""
    row, made = Knock.objects.get_or_create(who=who, act=act, slot=slot)
    if made:
        Knock.objects.filter(slot__lt=slot - _DAY).delete()
    Knock.objects.filter(pk=row.pk).update(times=F("times") + 1)
    return row.times + 1


def _digest(name: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), name.encode(), hashlib.sha256).hexdigest()
