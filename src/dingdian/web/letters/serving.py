"""Record that a letter was served, or make it void: row, note and receipts together, or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.letters import Way, not_served, not_voided
from dingdian.core.lifecycle.naming import told
from dingdian.web import bureau, clock
from dingdian.web.accounts.lists import of_institution
from dingdian.web.cases.finding import find
from dingdian.web.inbox.sending import send
from dingdian.web.letters.models import Letter, Receipt

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User
    from dingdian.web.papers import Kept


@dataclass(frozen=True, slots=True)
class Service:
    """How a letter was served: the day, the way, who brought it, and why where it corrects."""

    day: dt.date
    way: Way
    by: str
    reason: str = ""


def serve(user: User, pk: int, service: Service, receipts: Sequence[Kept], *, seen: int) -> Letter:
    """Record that a letter was served; recorded again it is corrected, with a reason.

    Raises:
        RequestError: it cannot be, or somebody worked on the letter since it was ``seen``.
    """
    with transaction.atomic(), bureau.journal().writing():
        letter = _held(pk, seen)
        refused = not_served(letter.core, service.day, clock.today(), service.reason)
        if faults := tuple(refused):
            raise RequestError(faults)
        note = bureau.note(
            user,
            letter.subject,
            "letter.serve",
            region=letter.district,
            day=service.day,
            way=service.way,
            bearer=service.by,
            reason=service.reason,
            papers=";".join(f"{each.sha256} {each.name}" for each in receipts),
        )
        letter.served_on, letter.served_way = service.day, str(service.way)
        letter.served_by, letter.last = service.by, note.seq
        letter.save()
        Receipt.objects.bulk_create(
            Receipt(
                letter=letter,
                note=note.seq,
                sha256=each.sha256,
                name=each.name,
                kind=each.kind,
                size=each.size,
                by=user.username,
                at=note.at,
            )
            for each in receipts
        )
        _tell(letter)
        return letter


def _tell(letter: Letter) -> None:
    """Tell the institution that a letter was served, and where it can be saved."""
    found = find(letter.case)
    if found is not None:
        address = reverse("portal:one", args=[letter.case])
        receivers = of_institution(*found.codes)
        send(receivers, "letter", address, name=found.name, number=letter.number)


def void(user: User, pk: int, reason: str, *, seen: int) -> Letter:
    """Make a letter void: its number stays used, and another may be made of its entry.

    Raises:
        RequestError: it is void, no reason is given, or somebody worked on it since.
    """
    with transaction.atomic(), bureau.journal().writing():
        letter = _held(pk, seen)
        if faults := tuple(not_voided(letter.core, reason)):
            raise RequestError(faults)
        note = bureau.note(
            user, letter.subject, "letter.void", region=letter.district, reason=reason
        )
        letter.void_at, letter.void_by = note.at, user.username
        letter.void_reason, letter.last = reason, note.seq
        letter.save()
        return letter


def _held(pk: int, seen: int) -> Letter:
    """The letter as it stands while nobody else writes."""
    letter = Letter.objects.get(pk=pk)
    if letter.last != seen:
        raise RequestError((told("letter_moved_on", number=letter.number),))
    return letter
