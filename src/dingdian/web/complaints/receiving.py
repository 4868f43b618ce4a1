"""A complaint that came from the public site: kept whatever it is, for whoever supervises there."""

from __future__ import annotations

from django.urls import reverse

from dingdian.web import bureau, clock
from dingdian.web.accounts.lists import holders
from dingdian.web.complaints.models import Complaint, Source
from dingdian.web.inbox.sending import send
from dingdian.web.ledger.models import Institution, Region
from dingdian.web.public.speaking import Told
from dingdian.web.rights import Right


def receive(told: Told) -> None:
    """Keep a complaint; the institution is the one of its code, where the ledger has it."""
    found = Institution.objects.filter(code=told.about).first() if told.about else None
    given, today = told.content, clock.today()
    made = Complaint.objects.create(
        public_id=told.public_id,
        source=Source.SITE,
        told=given["institution"],
        institution=found.code if found else "",
        district=found.district if found else _district(given["district"]),
        happened=given["happened"],
        text=given["text"],
        name=told.private["name"],
        contact=told.private["contact"],
        sent_at=told.received_at,
        received_on=today,
        since=today,
    )
    tell(made)
    bureau.note(None, f"complaint:{made.pk}", "complaint.receive", region=made.district)


def tell(made: Complaint) -> None:
    """Tell whoever handles complaints of its district that it is there."""
    told = holders(Right.HANDLE_COMPLAINTS, made.district)
    address = reverse("complaints:one", args=[made.pk])
    send(told, "complaint", address, receipt=made.receipt)


def _district(code: str) -> str:
    """A county-level region that the ledger knows; empty for any other."""
    known = Region.objects.filter(code=code, level="county")
    return code if code and known.exists() else ""
