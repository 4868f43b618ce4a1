"""Reading the journal: the notes that filters of the address leave, as rows of a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from dingdian.core.journal import note_of
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.storage.db.models import Note as Stored
from dingdian.web.audit.acts import act_words, fact_words
from dingdian.web.rights import ROLE_NAMES, Role

_TEXTS = ("act", "by", "subject", "district")


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the journal is asked for; empty text and ``None`` ask for everything.

    ``since`` and ``through`` are days of China, both inclusive.
    """

    act: str = ""
    by: str = ""
    subject: str = ""
    district: str = ""
    since: dt.date | None = None
    through: dt.date | None = None

    @classmethod
    def of(cls, asked: QueryDict) -> Filters:
        """The filters of an address; a day that is none asks for nothing."""
        texts = {name: asked.get(name, "").strip() for name in _TEXTS}
        return cls(**texts, since=_day(asked.get("since")), through=_day(asked.get("through")))


@dataclass(frozen=True, slots=True)
class Row:
    """A note as a page shows it."""

    seq: int
    at: dt.datetime
    by: str
    roles: str
    act: str
    act_words: str
    subject: str
    region: str
    facts: tuple[tuple[str, str], ...]


def notes(filters: Filters) -> QuerySet[Stored]:
    """The stored notes that the filters leave, the newest first."""
    found = Stored.objects.order_by("-seq")
    if filters.act:
        found = found.filter(act=filters.act)
    if filters.by:
        found = found.filter(by="" if filters.by == "-" else filters.by)
    if filters.subject:
        found = found.filter(subject__icontains=filters.subject)
    if filters.district:
        found = found.filter(region=filters.district)
    if filters.since:
        found = found.filter(at__gte=_midnight(filters.since))
    if filters.through:
        found = found.filter(at__lt=_midnight(filters.through + dt.timedelta(days=1)))
    return found


def rows(stored: Iterable[Stored]) -> Iterator[Row]:
    """Notes as rows: what is shown is what the text of the note says, not the columns beside."""
    for each in stored:
        note = note_of(each.body)
        yield Row(
            seq=note.seq,
            at=note.at,
            by=note.by,
            roles="、".join(_role(name) for name in note.role.split("+") if name),
            act=note.act,
            act_words=act_words(note.act),
            subject=note.subject,
            region=note.region,
            facts=tuple(fact_words(note.act, *fact) for fact in note.facts.items()),
        )


def _role(name: str) -> str:
    return str(ROLE_NAMES[Role(name)]) if name in set(Role) else name


def _day(text: str | None) -> dt.date | None:
    try:
        found = dt.date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if dt.date.min < found < dt.date.max else None


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), SHANGHAI)
