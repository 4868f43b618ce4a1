"""What is odd about one row of a round, read by itself; it is used all the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from dingdian.core.admission.application import WHOLE
from dingdian.core.admission.contract import TABLES
from dingdian.core.admission.rows import Row
from dingdian.core.errors import Fault, fault

#: Days that cannot lie after the decision, by table.
_PAST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "applications": ("applied_on", "accepted_on", "opened_on"),
        "materials": ("dated", "received_on"),
        "facts": ("found_on",),
        "scores": ("evaluated_on",),
        "exceptions": ("decided_on",),
    }
)
#: Any one of these says whom a record is about.
_NAMED = ("uscc", "institution", "id_number", "name", "other_names")


def doubts(row: Row, decided_on: dt.date | None) -> Iterator[Fault]:
    """What is odd about a row; ``decided_on`` is the day of the decision, if it is known."""
    for column in _PAST.get(row.table, ()):
        day = row.day(column)
        if day is not None and decided_on is not None and day > decided_on:
            yield _said("day_after_decision", row, column, value=day, day=decided_on)
    if row.table in _OWN:
        yield from _OWN[row.table](row)


def out_of_time(row: Row, first: dt.date | None, last: dt.date | None) -> Iterator[Fault]:
    """An application made on a day on which the round was not open, where both are known."""
    day = row.day("applied_on")
    if day and (day < (first or dt.date.min) or day > (last or dt.date.max)):
        details = {"value": day, "first": first or "—", "last": last or "—"}
        yield _said("applied_out_of_time", row, "applied_on", **details)


def _said(kind: str, row: Row, column: str, **details: object) -> Fault:
    return fault(kind, row.at(TABLES[row.table][column].zh), **details)


def _application(row: Row) -> Iterator[Fault]:
    applied, accepted = row.day("applied_on"), row.day("accepted_on")
    if applied and accepted and accepted < applied:
        details = {"value": accepted, "applied": applied}
        yield _said("accepted_before_applied", row, "accepted_on", **details)


def _beds(row: Row) -> Iterator[Fault]:
    if row.number("beds") is None:
        yield _said("beds_without_number", row, "beds", value=row.text("bed_class"))


def _person(row: Row) -> Iterator[Fault]:
    if not row.text("id_number"):
        yield _said("person_without_number", row, "id_number", value=row.text("name"))


def _fact(row: Row) -> Iterator[Fault]:
    if row.flag("yes") is None and row.number("amount") is None:
        yield _said("fact_without_answer", row, "yes", value=row.text("item"))


def _score(row: Row) -> Iterator[Fault]:
    score, full = row.number("score"), row.number("full")
    if score is not None and full is not None and score > full:
        yield _said("score_over_full", row, "score", value=score, full=full)
    if row.text("part") == "qualitative":
        if row.flag("passed") is None:
            yield _said("score_incomplete", row, "passed", value=row.text("item"))
    elif score is None or full is None:
        yield _said("score_incomplete", row, "score", value=row.text("item"))


def _record(row: Row) -> Iterator[Fault]:
    if not any(row.text(each) for each in _NAMED):
        yield _said("record_of_nobody", row, "name", value=row.text("number"))


def _exception(row: Row) -> Iterator[Fault]:
    lacking = [TABLES["exceptions"][each] for each in WHOLE if row.cells[each] is None]
    if lacking:
        zh, en = "、".join(f.zh for f in lacking), ", ".join(f.en for f in lacking)
        yield _said("exception_incomplete", row, "rule", missing_zh=zh, missing_en=en)


_OWN: Mapping[str, Callable[[Row], Iterator[Fault]]] = MappingProxyType(
    {
        "applications": _application,
        "bed_requests": _beds,
        "people": _person,
        "facts": _fact,
        "scores": _score,
        "records": _record,
        "exceptions": _exception,
    }
)
