"""A letter after it was made: how it may be served, and what stops that or its voiding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dingdian.core.errors import Fault, Text
from dingdian.core.lifecycle.naming import told


class Way(StrEnum):
    """How a letter reaches whom it is for (送达方式)."""

    DIRECT = "direct"
    LEFT = "left"
    POST = "post"
    ELECTRONIC = "electronic"
    ENTRUSTED = "entrusted"
    ANNOUNCED = "announced"


WAYS: Mapping[Way, Text] = MappingProxyType(
    {
        Way.DIRECT: Text("直接送达", "handed over"),
        Way.LEFT: Text("留置送达", "left with the addressee"),
        Way.POST: Text("邮寄送达", "by post"),
        Way.ELECTRONIC: Text("电子送达", "electronic"),
        Way.ENTRUSTED: Text("委托送达", "by another office"),
        Way.ANNOUNCED: Text("公告送达", "by announcement"),
    }
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter under its number.

    ``day`` is the day that it bears. ``served_on``: the day on which it counts as served, ``None``
    while it was not; ``void``: its number stays used, and nothing more can be done with it.
    """

    number: str
    day: dt.date
    served_on: dt.date | None = None
    void: bool = False

    @property
    def runs_from(self) -> dt.date | None:
        """The first day of what the letter counts from its receipt; that day itself is not counted.

        >>> Letter("示例〔2026〕1号", dt.date(2026, 3, 2), dt.date(2026, 3, 4)).runs_from
        datetime.date(2026, 3, 5)
        """
        return None if self.served_on is None else self.served_on + dt.timedelta(1)


def not_served(letter: Letter, day: dt.date, today: dt.date, reason: str) -> Iterator[Fault]:
    """Why a letter cannot be recorded as served on a day; nothing where it can.

    A service that was recorded is corrected by recording it again, with the reason.

    >>> letter = Letter("示例〔2026〕1号", dt.date(2026, 3, 2))
    >>> [each.kind for each in not_served(letter, dt.date(2026, 3, 1), dt.date(2026, 3, 9), "")]
    ['served_before_made']
    """
    if letter.void:
        yield told("letter_void", number=letter.number)
    if day < letter.day:
        yield told("served_before_made", day=day, made=letter.day)
    if day > today:
        yield told("served_in_future", day=day, today=today)
    if letter.served_on is not None and not reason.strip():
        yield told("served_already", day=letter.served_on)


def not_voided(letter: Letter, reason: str) -> Iterator[Fault]:
    """Why a letter cannot be made void; nothing where it can."""
    if letter.void:
        yield told("letter_void", number=letter.number)
    if not reason.strip():
        yield told("void_without_reason", number=letter.number)
