"""Gather what the entries of the ledger change on the national platform; again does no harm."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.platform import Change as Changed
from dingdian.core.lifecycle.platform import changes
from dingdian.core.lifecycle.state import State, state_of
from dingdian.storage.db import models as kept
from dingdian.web import bureau
from dingdian.web.cases.finding import district_of
from dingdian.web.national.models import Change, Gathered, Standing

_ROW = 1


def gather() -> None:
    """Take up the entries since the last time; nothing where there are none."""
    head = bureau.desk().ledger.head().entries
    if _upto() >= head:
        return
    with transaction.atomic(), bureau.journal().writing():
        since, ledger = _upto(), bureau.desk().ledger
        head = ledger.head().entries
        fresh = kept.Entry.objects.filter(seq__gt=since)
        for case in fresh.values_list("case", flat=True).distinct():
            _take_up(tuple(ledger.entries(case)), since)
        Gathered.objects.update_or_create(row=_ROW, defaults={"entries": head})


def _upto() -> int:
    found = Gathered.objects.filter(row=_ROW).values_list("entries", flat=True).first()
    return found or 0


def _take_up(entries: tuple[Entry, ...], since: int) -> None:
    """The entries of a case after number ``since``, one after the other."""
    for n, entry in enumerate(entries, 1):
        if entry.seq > since and (made := changes(entries[:n])):
            state = state_of(entries[:n]) or state_of(entries[: n - 1])
            assert state is not None  # noqa: S101 -- an entry that changes something has a case
            _keep(entry, state, made)


def _keep(entry: Entry, state: State, made: Iterable[Changed]) -> None:
    about = {
        "name": state.about.get("name", ""),
        "institution": state.institution,
        "district": district_of(state.about.get("region", "")),
    }
    now = {"last": entry.seq, "held_on": entry.held_on, **about}
    for each in made:
        waiting = Change.objects.filter(
            case=entry.case, item=each.item, standing=Standing.OPEN
        ).first()
        if waiting is None:
            said = {"item": each.item, "old": each.old, "new": each.new}
            Change.objects.create(case=entry.case, first=entry.seq, **said, **now)
            continue
        for name, value in now.items():
            setattr(waiting, name, value)
        waiting.new = each.new
        waiting.standing = Standing.DROPPED if waiting.old == each.new else Standing.OPEN
        waiting.save()
