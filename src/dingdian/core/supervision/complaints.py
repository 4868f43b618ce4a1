"""The way of a complaint: its stages, what follows on which, and by which reading it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dingdian.core.calendar import WorkCalendar
from dingdian.core.errors import Text
from dingdian.core.policy import Policy


class Status(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    INVESTIGATED = "investigated"
    ANSWERED = "answered"
    NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True, slots=True)
class Row:
    """A stage: its words, the stages that may follow, and the reading of the term to leave it.

    ``reading`` is empty where nothing more is due.
    """

    name: Text
    next: tuple[Status, ...] = ()
    reading: str = ""


STATUSES: Mapping[Status, Row] = MappingProxyType(
    {
        Status.RECEIVED: Row(
            Text("待受理", "received"), (Status.ACCEPTED, Status.NOT_ACCEPTED), "complaint_accept"
        ),
        Status.ACCEPTED: Row(
            Text("已受理", "accepted"), (Status.INVESTIGATED,), "complaint_answer"
        ),
        Status.INVESTIGATED: Row(
            Text("已核查", "investigated"), (Status.ANSWERED,), "complaint_answer"
        ),
        Status.ANSWERED: Row(Text("已答复", "answered")),
        Status.NOT_ACCEPTED: Row(Text("不予受理", "not accepted")),
    }
)
#: How the number of a reading is counted.
UNITS = ("working_days", "calendar_days")
#: Reading -> the options that are acted on.
OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"complaint_accept": UNITS, "complaint_answer": UNITS}
)


@dataclass(frozen=True, slots=True)
class Term:
    """The last day for what is due; ``provisional``: a year's official calendar is not known.

    ``day`` is ``None`` where nothing is due, or where the reading named is open.
    """

    day: dt.date | None
    provisional: bool = False
    reading: str = ""


def may_follow(status: Status, wanted: Status) -> bool:
    """Whether a stage may follow on another.

    >>> may_follow(Status.RECEIVED, Status.ACCEPTED), may_follow(Status.RECEIVED, Status.ANSWERED)
    (True, False)
    """
    return wanted in STATUSES[status].next


def term_of(status: Status, received_on: dt.date, policy: Policy, calendar: WorkCalendar) -> Term:
    """The last day for leaving a stage, reckoned from the day after the complaint was received.

    Both terms run from the receipt. One in calendar days that ends on a day off ends on the next
    working day.
    """
    name = STATUSES[status].reading
    reading = policy.readings.get(name)
    if reading is None or reading.chosen not in UNITS or reading.number is None:
        return Term(None, reading=name)
    days = int(reading.number)
    if reading.chosen == "working_days":
        found = calendar.after(received_on, days)
    else:
        found = calendar.next_working(received_on + dt.timedelta(days))
    return Term(found.day, found.provisional, name)
