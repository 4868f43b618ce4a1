"""What is blanked of this area when its time is over."""

from __future__ import annotations

import datetime as dt

from dingdian.web.persons import blank_after
from dingdian.web.public import sending
from dingdian.web.public.models import TakenComment


@blank_after("held_comments")
def held_comments(before: dt.datetime) -> int:
    """Names and contacts of comments that no consultation has taken yet."""
    blanked = 0
    old = TakenComment.objects.filter(held__isnull=False, received__at__lt=before)
    for each in old:
        if each.held["name"] or each.held["contact"]:
            each.held |= {"name": "", "contact": ""}
            each.save(update_fields=["held"])
            blanked += 1
    return blanked


@blank_after("comments")
def comments(before: dt.datetime) -> int:
    """Names and contacts of comments at the public site."""
    return sending.forget(before)
