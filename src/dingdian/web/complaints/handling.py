"""What is done with a complaint: entered, given to somebody, led on, linked with the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction

from dingdian.core.errors import RequestError, fault
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.supervision.complaints import STATUSES, Status, may_follow
from dingdian.storage.db.cases import cases_of
from dingdian.web import bureau, clock
from dingdian.web.complaints import receiving
from dingdian.web.complaints.models import FINDINGS, Complaint, Paper
from dingdian.web.papers import Handed

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: Moves that may follow on a complaint.
FOLLOW = (
    "interview",
    "order_rectification",
    "close_service",
    "suspend_imposed",
    "terminate",
    "do_not_renew",
    "assess",
)


def enter(user: User, given: Mapping[str, Any], papers: Sequence[Handed]) -> Complaint:
    """Type in what came by telephone, letter or visit, or a finding with its paper.

    Raises:
        RequestError: a finding comes without a paper.
    """
    if given["source"] in FINDINGS and not papers:
        raise RequestError((fault("finding_without_paper"),))
    with transaction.atomic():
        made = Complaint.objects.create(
            **given, entered_by=user.username, since=given["received_on"]
        )
        for each in papers:
            each.store()
        Paper.objects.bulk_create(
            Paper(of=made, by=user.username, at=clock.now(), **asdict(each.kept)) for each in papers
        )
        _note(user, made, "complaint.enter", kind=made.source, institution=made.institution)
        receiving.tell(made)
    return made


def assign(user: User, complaint: Complaint, handler: str) -> None:
    """Give it to somebody who handles complaints there; empty: to nobody."""
    with transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(handler=handler)
        _note(user, complaint, "complaint.assign", about=handler)


def step(user: User, complaint: Complaint, wanted: Status, **said: str) -> None:
    """Lead it on to a stage with what is found or answered.

    Raises:
        RequestError: the stage does not follow on the one where it stands, also by now.
    """
    status = Status(complaint.status)
    if not may_follow(status, wanted):
        name = STATUSES[status].name
        raise RequestError((fault("complaint_step", stage_zh=name.zh, stage_en=name.en),))
    with transaction.atomic():
        waiting = Complaint.objects.filter(pk=complaint.pk, status=status)
        if not waiting.update(status=wanted, since=clock.today(), **said):
            raise RequestError((fault("complaint_moved"),))
        facts = {"outcome": said["outcome"]} if said.get("outcome") else {}
        _note(user, complaint, "complaint.step", old=status, new=wanted, **facts)


def link(
    user: User,
    complaint: Complaint,
    *,
    institution: str,
    entry: Entry | None = None,
    year: int | None = None,
) -> None:
    """Name its institution, the move of the ledger that followed on it, and the assessed year."""
    with transaction.atomic():
        about = {"case": entry.case if entry else "", "entry": entry.seq if entry else None}
        Complaint.objects.filter(pk=complaint.pk).update(
            institution=institution, year=year, **about
        )
        _note(user, complaint, "complaint.link", institution=institution, year=year, **about)


def moves_of(institution: str) -> list[Entry]:
    """The moves in the ledger that may have followed, of all cases of an institution."""
    if not institution:
        return []
    ledger = bureau.desk().ledger
    cases = cases_of(ledger.alias, institution)
    found = [each for case in cases for each in ledger.entries(case) if each.move in FOLLOW]
    return sorted(found, key=lambda each: each.seq, reverse=True)


def _note(user: User, complaint: Complaint, act: str, **facts: object) -> None:
    region, subject = complaint.district, f"complaint:{complaint.pk}"
    bureau.note(user, subject, act, region=region, **facts)
