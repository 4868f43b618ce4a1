"""The rows about persons as values: events, pauses and repairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from dingdian.core.admission.rows import Row
from dingdian.core.assessment.contract import TABLES
from dingdian.core.assessment.workbook import Event, Pause, Repair
from dingdian.core.errors import Fault, fault
from dingdian.core.rules.person_points import PersonPoints


def events_of(
    rows: Iterable[Row], value: PersonPoints | None, faults: list[Fault]
) -> Iterator[Event]:
    """Events; points that no band has are not known, and a number that stands twice counts once."""
    seen: dict[str, str] = {}
    for row in rows:
        number, person = row.text("number"), row.text("person")
        if not person:
            continue
        if number and number in seen:
            _say(faults, "event_twice", row, "number", value=number, first=seen[number])
            continue
        seen[number] = row.origin
        points = row.number("points")
        if points is not None and value is not None and value.band_of(points) is None:
            most = value.bands[-1].most
            _say(faults, "event_out_of_range", row, "points", value=points, most=most)
            points = None
        if row.day("decided_on") is None:
            _say(faults, "event_without_day", row, "decided_on", value=number)
        yield Event(
            number=number,
            person=person,
            name=row.text("name"),
            institution=row.text("institution"),
            decided_on=row.day("decided_on"),
            points=_whole(points),
            responsibility=row.text("responsibility"),
            withdrawn_on=row.day("withdrawn_on"),
            origin=row.origin,
        )


def pauses_of(
    rows: Iterable[Row], value: PersonPoints | None, known: frozenset[str], faults: list[Fault]
) -> Iterator[Pause]:
    """Pauses; months outside what the rule allows are not known."""
    for row in rows:
        person, months = row.text("person"), row.number("months")
        if not person:
            continue
        if person not in known:
            _say(faults, "person_without_points", row, "person", value=person)
        if months is not None and value and not value.pause_least <= months <= value.pause_most:
            details = {"least": value.pause_least, "most": value.pause_most}
            _say(faults, "pause_out_of_range", row, "months", value=months, **details)
            months = None
        decided = row.day("decided_on")
        yield Pause(person, decided, _whole(months), row.text("document"), row.origin)


def repairs_of(rows: Iterable[Row], known: frozenset[str], faults: list[Fault]) -> Iterator[Repair]:
    """Repairs; one without a day takes nothing off."""
    for row in rows:
        person = row.text("person")
        if not person:
            continue
        if person not in known:
            _say(faults, "person_without_points", row, "person", value=person)
        if row.day("repaired_on") is None:
            _say(faults, "repair_without_day", row, "repaired_on", value=person)
        yield Repair(person, row.day("repaired_on"), row.text("activity"), row.origin)


def _whole(number: Fraction | None) -> int | None:
    return None if number is None else int(number)


def _say(faults: list[Fault], kind: str, row: Row, column: str, **details: object) -> None:
    faults.append(fault(kind, row.at(TABLES[row.table][column].zh), **details))
