"""The tables that a version is assessed by: those of its upload, with what was recorded here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from dingdian.core.assessment.contract import OF_PERSONS, TABLES
from dingdian.core.assessment.reading import about_of
from dingdian.core.census.table import Cell, Table, joined, table_from_rows
from dingdian.core.errors import RequestError, fault
from dingdian.web.assessments.models import Kind, Stand

if TYPE_CHECKING:
    from dingdian.web.assessments.models import Appeal, Campaign, Hearing, Measure

Tables = Mapping[str, Table]


def without_persons(tables: Tables) -> dict[str, Table]:
    """The tables without points against persons: those have a register of their own."""
    return {name: each for name, each in tables.items() if name not in OF_PERSONS}


def assessed_by(campaign: Campaign, tables: Tables, today: dt.date) -> tuple[Tables, dt.date]:
    """The tables that are assessed, and the day.

    The day is that of the workbook, today where it has none; where something was recorded on a
    later day, that of the last such thing.

    Raises:
        RequestError: the day is still to come.
    """
    stated = about_of(tables).assessed_on or today
    if stated > today:
        raise RequestError((fault("assessed_ahead", day=stated.isoformat()),))
    recorded = {name: list(rows) for name, rows in _recorded(campaign).items()}
    days = [cell for rows in recorded.values() for row in rows for cell in row.values()]
    day = max([stated, *(each for each in days if isinstance(each, dt.date))])
    found = dict(on_day(tables, day))
    for name, rows in recorded.items():
        if rows:
            origin = [f"{TABLES[name].zh}登记" for _ in rows]
            own = table_from_rows(TABLES[name], rows, origin)
            found[name] = joined([own, found[name]] if name in found else [own])
    return found, day


def _recorded(campaign: Campaign) -> dict[str, Iterator[Mapping[str, Cell]]]:
    """What was recorded on the pages, as rows of the workbook's tables."""
    return {
        "hearings": map(_hearing, campaign.hearings.all()),
        "appeals": map(_appeal, campaign.appeals.all()),
        "confirmations": map(
            _confirmation, campaign.measures.filter(kind=Kind.STEP, state=Stand.CONFIRMED)
        ),
    }


def _hearing(each: Hearing) -> Mapping[str, Cell]:
    return {
        "institution": each.code,
        "notified_on": each.notified_on,
        "heard_on": each.heard_on,
        "waived": each.waived if each.heard_on else None,
        "record": each.record or None,
    }


def _appeal(each: Appeal) -> Mapping[str, Cell]:
    return {
        "institution": each.code,
        "item": each.item,
        "filed_on": each.filed_on,
        "decided_on": each.decided_on,
        "new_points": Fraction(each.new_points) if each.new_points else None,
        "by": each.decided_by or None,
        "reason": each.reason,
    }


def _confirmation(each: Measure) -> Mapping[str, Cell]:
    return {
        "institution": each.code,
        "step": each.step,
        "confirmed_by": f"{each.by}+{each.decided_by}",
        "confirmed_on": each.decided_on,
        "minute": each.facts.get("minute") or None,
    }


def on_day(tables: Tables, day: dt.date) -> Tables:
    """The tables with another day of assessment."""
    about = tables.get("assessment")
    rows = [] if about is None else [about.row(at) for at in range(len(about))]
    if about is None or not any(each["item"] == "assessed_on" for each in rows):
        return tables
    for each in rows:
        if each["item"] == "assessed_on":
            each["value"] = day.isoformat()
    return {**tables, "assessment": table_from_rows(TABLES["assessment"], rows, about.origin)}
