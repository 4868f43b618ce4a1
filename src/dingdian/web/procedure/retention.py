"""What is blanked of this area when its time is over."""

from __future__ import annotations

import datetime as dt

from dingdian.web.persons import blank_after
from dingdian.web.procedure.models import Comment


@blank_after("comment_contacts")
def comment_contacts(before: dt.datetime) -> int:
    """Contacts of people who commented; what they wrote and what was answered stays."""
    return Comment.objects.filter(received_at__lt=before).exclude(contact="").update(contact="")
