"""Lists of users and districts, as pages of administrators show them."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from dingdian.web.accounts.models import Leave, User
from dingdian.web.bureau import desk
from dingdian.web.ledger.models import Region
from dingdian.web.rights import RIGHTS, Right, Role


def users(words: str = "", state: str = "", role: str = "") -> QuerySet[User]:
    """The users that filters leave, with their roles in one query more."""
    found = User.objects.prefetch_related("grants")
    if words:
        found = found.filter(
            Q(username__icontains=words) | Q(name__icontains=words) | Q(office__icontains=words)
        )
    if state in ("active", "inactive"):
        found = found.filter(is_active=state == "active")
    if role == "none":
        found = found.filter(grants__isnull=True)
    elif role in set(Role):
        found = found.filter(grants__role=role).distinct()
    return found


def holders(right: Right, district: str) -> QuerySet[User]:
    """Who is in use and has a right in a district: by a role of their own, or as a deputy today."""
    roles = [str(role) for role, rights in RIGHTS.items() if right in rights]
    there = ("", district)
    own = User.objects.filter(grants__role__in=roles, grants__region__in=there)
    away = Leave.running().filter(user__in=own)
    either = Q(pk__in=own.values("pk")) | Q(pk__in=away.values("deputy"))
    return User.objects.filter(either, is_active=True)


def of_institution(*codes: str) -> QuerySet[User]:
    """Who is in use and holds a role of an institution: by its code, or its credit code."""
    known = [each for each in codes if each]
    return User.objects.filter(is_active=True, grants__holder__in=known).distinct()


def district_names() -> dict[str, str]:
    """Code -> name of every county-level region: of the picture, else of the last census kept."""
    found = dict(Region.objects.filter(level="county").values_list("code", "name"))
    if found:
        return found
    census = desk().ledger.census(dt.date.max)
    if census is None:
        return {}
    table = census.tables["regions"]
    names = dict(zip(table["code"].cells(), table["name"].cells(), strict=True))
    return {code: str(names[code]) for code in census.tree.districts}
