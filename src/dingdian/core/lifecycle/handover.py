"""Patients in treatment when an agreement ends: how many, to whom they are handed over, by when.

No text on the shelf lays this down: it is a practice of this program, so that nobody in a bed, on
dialysis or with a chronic prescription is left without an institution. Numbers only, never names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dingdian.core.errors import Fault, Text
from dingdian.core.lifecycle.naming import told

#: Kinds of patients who are counted, each once: the first that fits.
PATIENTS: Mapping[str, Text] = MappingProxyType(
    {
        "inpatients": Text("在院患者", "inpatients"),
        "dialysis": Text("透析患者", "patients on dialysis"),
        "chronic": Text("门诊慢特病登记患者", "patients registered for chronic outpatient care"),
        "others": Text("其他在治患者", "other patients in treatment"),
    }
)


@dataclass(frozen=True, slots=True)
class HandOver:
    """What is recorded of a hand-over.

    ``numbers`` are patients by kind, every kind stated: 0 is none. ``receiver`` names the
    institutions that take them over, ``by`` the day by which, ``done_on`` the day on which the
    last one was; ``None`` while it is not.
    """

    numbers: Mapping[str, int]
    receiver: str = ""
    by: dt.date | None = None
    done_on: dt.date | None = None

    @property
    def patients(self) -> int:
        """All patients.

        >>> HandOver({"inpatients": 3, "chronic": 20}).patients
        23
        """
        return sum(self.numbers.values())

    @property
    def closed(self) -> bool:
        """Whether nothing is left to be done: all were handed over, or there was nobody."""
        return self.done_on is not None or not self.patients


def refused(found: HandOver, today: dt.date) -> Iterator[Fault]:
    """Why a hand-over cannot be recorded so; nothing where it can.

    >>> [each.kind for each in refused(HandOver({"inpatients": 3}), dt.date(2026, 3, 2))]
    ['handover_without_receiver', 'handover_without_day']
    """
    if found.patients and not found.receiver.strip():
        yield told("handover_without_receiver", n=found.patients)
    if found.patients and found.by is None:
        yield told("handover_without_day", n=found.patients)
    if found.done_on is not None and found.done_on > today:
        yield told("handover_in_future", day=found.done_on, today=today)
