"""Confirm that changes were made on the national platform, and take a confirmation back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.naming import told
from dingdian.web import bureau, clock
from dingdian.web.ledger import listing
from dingdian.web.national.models import Change, Standing
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.core.errors import Fault
    from dingdian.web.accounts.models import User


def confirm(
    user: User, seen: Collection[str], day: dt.date, reference: str
) -> tuple[list[Change], list[tuple[Change, Fault]]]:
    """Confirm that changes were made on a day, each by itself; ``seen``: as the page showed them.

    Gives back those that are confirmed, and the others with what speaks against each: somebody
    confirmed it, the ledger took it back, or it is another since.

    Raises:
        RequestError: none was chosen of the user's districts, or the day has not come.
    """
    if day > clock.today():
        raise RequestError((told("platform_in_future", day=day, today=clock.today()),))
    keys = {int(each.partition(".")[0]): each for each in seen}
    with transaction.atomic(), bureau.journal().writing():
        rows = Change.objects.filter(pk__in=keys)
        chosen = list(listing.within(rows, user.districts(Right.MOVE_CASES)))
        if not chosen:
            raise RequestError((told("platform_none_chosen"),))
        refused = [(e, why) for e in chosen if (why := _against(e, keys[e.pk])) is not None]
        found = [each for each in chosen if _against(each, keys[each.pk]) is None]
        for case, changes in _by_case(found).items():
            bureau.note(
                user,
                f"platform:{case}",
                "platform.confirm",
                region=changes[0].district,
                items=";".join(each.item for each in changes),
                entry=max(each.last for each in changes),
                day=day,
                reference=reference,
            )
        for each in found:
            each.standing, each.made_on = Standing.DONE, day
            each.made_by, each.reference = user.username, reference
        Change.objects.bulk_update(found, ["standing", "made_on", "made_by", "reference"])
    return found, refused


def _against(change: Change, seen: str) -> Fault | None:
    """What speaks against confirming a change as it was seen; ``None``: nothing."""
    if change.standing == Standing.DONE:
        return told("platform_made", day=change.made_on)
    if change.standing == Standing.DROPPED:
        return told("platform_dropped")
    return None if change.seen == seen else told("platform_moved_on")


def _by_case(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for each in changes:
        found.setdefault(each.case, []).append(each)
    return found


def reopen(user: User, pk: int, reason: str) -> Change:
    """Take a confirmation back: the change is to be made again.

    Raises:
        RequestError: no reason is given, it is not confirmed, or a later change of the same item
            rests on it.
    """
    with transaction.atomic(), bureau.journal().writing():
        change = Change.objects.get(pk=pk)
        later = Change.objects.filter(case=change.case, item=change.item, first__gt=change.first)
        if change.standing != Standing.DONE or later.exclude(standing=Standing.DROPPED).exists():
            raise RequestError((told("platform_not_last"),))
        if not reason.strip():
            raise RequestError((told("platform_without_reason"),))
        bureau.note(
            user,
            f"platform:{change.case}",
            "platform.reopen",
            region=change.district,
            items=change.item,
            entry=change.last,
            reason=reason,
        )
        change.standing, change.made_on = Standing.OPEN, None
        change.made_by = change.reference = ""
        change.save()
    return change
