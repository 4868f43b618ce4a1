"""An objection that came from the public site: kept whatever it is, and the clerks are told."""

from __future__ import annotations

from django.urls import reverse

from dingdian.web import bureau, clock
from dingdian.web.accounts.lists import holders
from dingdian.web.inbox.sending import send
from dingdian.web.objections import noticed
from dingdian.web.objections.models import Objection
from dingdian.web.public.speaking import Told
from dingdian.web.rights import Right


def receive(told: Told) -> None:
    """Keep an objection; nothing is recorded in the ledger."""
    found = noticed.find(told.about)
    about = {}
    if found is not None:
        about = {
            "case": found.entry.case,
            "published": found.entry.seq,
            "institution": found.state.about.get("name", ""),
            "district": found.district,
            "through": found.through,
        }
    made = Objection.objects.create(
        public_id=told.public_id,
        notice=told.about,
        reason=told.content["reason"],
        name=told.private["name"],
        contact=told.private["contact"],
        received_at=told.received_at,
        taken_at=clock.now(),
        **about,
    )
    bureau.note(
        None, f"objection:{made.pk}", "objection.receive", region=made.district, case=made.case
    )
    address = reverse("objections:one", args=[made.pk])
    clerks = holders(Right.MOVE_CASES, made.district)
    send(clerks, "objection", address, name=made.institution or made.notice)
