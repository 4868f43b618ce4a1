"""What is blanked of this area when its time is over."""

from __future__ import annotations

import datetime as dt

from dingdian.web.objections.models import Objection
from dingdian.web.persons import blank_after


@blank_after("objection_contacts")
def objection_contacts(before: dt.datetime) -> int:
    """Names and contacts of people who objected; the reason and its answer stay."""
    old = Objection.objects.filter(received_at__lt=before)
    return old.exclude(contact="", name="").update(contact="", name="")
