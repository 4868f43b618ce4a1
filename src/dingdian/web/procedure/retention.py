"""What is blanked of this area when its time is over."""

from __future__ import annotations

import datetime as dt

from dingdian.web.persons import blank_after
from dingdian.web.procedure.models import Comment


@blank_after("comment_contacts")
def comment_contacts(before: dt.datetime) -> int:
    """Names and contacts of people who commented; what they wrote and its answer stay."""
    old = Comment.objects.filter(received_at__lt=before)
    return old.exclude(contact="", name="").update(contact="", name="")
