"""What is blanked of this area when its time is over."""

from __future__ import annotations

import datetime as dt

from dingdian.web.complaints.models import Complaint
from dingdian.web.persons import blank_after


@blank_after("complaint_contacts")
def complaint_contacts(before: dt.datetime) -> int:
    """Names and contacts of people who complained; what they said and its answer stay."""
    old = Complaint.objects.filter(received_on__lt=before.date())
    return old.exclude(contact="", name="").update(contact="", name="")
