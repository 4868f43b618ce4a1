"""What was asked for and waits: measures to confirm, appeals to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import ngettext

from dingdian.web.assessments import access
from dingdian.web.assessments.models import Campaign, Measure, Stand
from dingdian.web.ledger import listing
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User


def visible(user: User) -> Any:
    """What was asked for in the districts that somebody sees; an entry is of the whole place."""
    return listing.within(Measure.objects.select_related("version"), access.seen(user))


Task = tuple[str, str, dt.date | None]


def tasks(user: User) -> Iterator[Task]:
    """What waits for somebody: measures to confirm, appeals to decide."""
    for campaign in Campaign.objects.all():
        address = reverse("assessments:measures", args=[campaign.year])
        if user.may(Right.CONFIRM_ASSESSMENT):
            mine = listing.within(campaign.measures.all(), user.districts(Right.CONFIRM_ASSESSMENT))
            n = mine.filter(state=Stand.WAITING).exclude(by=user.username).count()
            if n:
                title = ngettext(
                    "Assessment of %(year)d: confirm %(n)d measure",
                    "Assessment of %(year)d: confirm %(n)d measures",
                    n,
                )
                yield title % {"n": n, "year": campaign.year}, address, None
        if user.may(Right.RUN_ASSESSMENT):
            mine = listing.within(campaign.appeals.all(), user.districts(Right.RUN_ASSESSMENT))
            n = mine.filter(decided_on=None).count()
            if n:
                title = ngettext(
                    "Assessment of %(year)d: decide %(n)d appeal against scores",
                    "Assessment of %(year)d: decide %(n)d appeals against scores",
                    n,
                )
                yield title % {"n": n, "year": campaign.year}, address, None
