"""Patients' hand-over at an exit: which cases ask for one, and recording it with its note."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from dingdian.core.errors import RequestError
from dingdian.core.lifecycle import handover as core
from dingdian.core.lifecycle.naming import told
from dingdian.web import bureau, clock
from dingdian.web.cases.models import HandOver
from dingdian.web.ledger import listing
from dingdian.web.national.gathering import gather
from dingdian.web.national.models import Change, Standing
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: The item of the platform by which an agreement that ended is known.
_ENDED = "designated_until"
Task = tuple[str, str, "dt.date | None"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A case whose agreement ended, and what was recorded of its patients (``None``: nothing)."""

    ended: Change
    row: HandOver | None

    @property
    def closed(self) -> bool:
        """Whether nothing is left to be done."""
        return self.row is not None and self.row.closed

    @property
    def patients(self) -> int | None:
        """How many patients there are; ``None``: nobody said yet."""
        return sum(self.row.numbers.values()) if self.row else None


def _ended() -> QuerySet[Change]:
    """The ends of agreements that hold: neither annulled nor followed by another change."""
    gather()
    rows = Change.objects.filter(item=_ENDED).exclude(standing=Standing.DROPPED)
    later = rows.filter(case=OuterRef("case"), first__gt=OuterRef("first"))
    return rows.exclude(new="").filter(~Exists(later))


def asked(user: User, right: Right) -> list[Asked]:
    """The hand-overs of one's districts that are not closed, the oldest end first."""
    closed = HandOver.objects.filter(case=OuterRef("case"), entry=OuterRef("first"), closed=True)
    found = _ended().filter(~Exists(closed))
    return _joined(listing.within(found, user.districts(right)))


def of_case(case: str) -> Asked | None:
    """The hand-over that a case asks for; ``None`` where its agreement did not end."""
    return next(iter(_joined(_ended().filter(case=case))), None)


def _joined(ended: Iterable[Change]) -> list[Asked]:
    changes = list(ended)
    rows = HandOver.objects.filter(case__in=[each.case for each in changes])
    known = {(each.case, each.entry): each for each in rows}
    return [Asked(each, known.get((each.case, each.first))) for each in changes]


def record(user: User, ended: Change, said: core.HandOver, *, seen: int) -> HandOver:
    """Record a hand-over, or what changed of it. ``seen``: the last note that the page showed, 0.

    Raises:
        RequestError: it is refused, or somebody recorded it since.
    """
    if faults := tuple(core.refused(said, clock.today())):
        raise RequestError(faults)
    with transaction.atomic(), bureau.journal().writing():
        row = HandOver.objects.filter(case=ended.case, entry=ended.first).first()
        if (row.last if row else 0) != seen:
            raise RequestError((told("handover_moved_on"),))
        note = bureau.note(
            user,
            f"handover:{ended.case}",
            "handover.record",
            region=ended.district,
            entry=ended.first,
            patients=";".join(f"{kind}={n}" for kind, n in said.numbers.items()),
            receiver=said.receiver,
            through=said.by,
            day=said.done_on,
        )
        made, _new = HandOver.objects.update_or_create(
            case=ended.case,
            entry=ended.first,
            defaults={
                "district": ended.district,
                "numbers": dict(said.numbers),
                "receiver": said.receiver,
                "by": said.by,
                "done_on": said.done_on,
                "closed": said.closed,
                "last": note.seq,
            },
        )
    return made


def tasks(user: User) -> Iterator[Task]:
    """Hand-overs that are open, for who sees them through; due by the earliest of their days."""
    if not user.may(Right.MOVE_CASES):
        return
    found = asked(user, Right.MOVE_CASES)
    if found:
        n = len(found)
        days = [each.row.by for each in found if each.row is not None and each.row.by]
        title = ngettext(
            "%(n)d hand-over of patients is open", "%(n)d hand-overs of patients are open", n
        )
        yield title % {"n": n}, reverse("cases:handovers"), min(days, default=None)
