"""Days, months and years that cannot be, an end before its beginning, a standing out of date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from dingdian.core.census.census import Census
from dingdian.core.census.places import place_of
from dingdian.core.census.schema import Kind
from dingdian.core.census.table import Column, Table
from dingdian.core.census.vocabulary import DESIGNATED, STANDINGS
from dingdian.core.errors import Fault, fault

#: No agreement, fund or region of today's kind is older; a hospital may be.
EARLIEST = dt.date(1949, 10, 1)
EARLIEST_OPENING = dt.date(1800, 1, 1)
#: How many days after the census a day may lie.
LATEST_AFTER = 50 * 366
#: How many years after the census a year may lie: targets and forecasts are for years to come.
LATEST_YEAR_AFTER = 20
MONTHS = 12

_PAIRS = (
    ("designated_since", "designated_until"),
    ("received_on", "withdrawn_on"),
    ("since", "until"),
)


def day_faults(census: Census) -> Iterator[Fault]:
    """Every odd day of the census."""
    if census.taken_on is None:
        yield fault("taken_on_missing")
    latest = census.taken_on.year + LATEST_YEAR_AFTER if census.taken_on else dt.date.max.year
    for table in census.tables.values():
        yield from _centuries(table, census.taken_on)
        yield from _outside(table, "year", EARLIEST.year, latest, kind="wrong_year")
        yield from _outside(table, "month", 1, MONTHS, kind="no_month")
        yield from _ends(table)
    if census.taken_on is not None:
        yield from _standings(census.tables["institutions"], census.taken_on)


def stock_day_faults(
    census: Census, stock_day: dt.date, *, what_if: bool = False
) -> Iterator[Fault]:
    """A census of another day than the one whose stock is counted.

    What changed after it was taken is in no column, so one taken before the day stops a plan,
    unless that is a ``what_if``; one taken later still tells by its dates who was designated
    on the day.
    """
    if census.taken_on is not None and census.taken_on != stock_day:
        before = "taken_on_before_what_if" if what_if else "taken_on_before_stock_day"
        yield fault(
            before if census.taken_on < stock_day else "taken_on_another_day",
            taken_on=census.taken_on.isoformat(),
            stock_day=stock_day.isoformat(),
        )


def _centuries(table: Table, day: dt.date | None) -> Iterator[Fault]:
    for field in table.schema:
        column = table[field.name]
        if field.kind is not Kind.DAY or not column.known.any():
            continue
        earliest = EARLIEST_OPENING if field.name == "opened_on" else EARLIEST
        latest = day.toordinal() + LATEST_AFTER if day else dt.date.max.toordinal()
        values = _ordinals(column)
        odd = column.known & ((values < earliest.toordinal()) | (values > latest))
        for row in np.flatnonzero(odd).tolist():
            place = place_of(table, row, field.name)
            yield fault("wrong_century", place, value=column.cell(row))


def _outside(table: Table, name: str, first: int, last: int, *, kind: str) -> Iterator[Fault]:
    if name not in {field.name for field in table.schema}:
        return
    column = table[name]
    odd = column.known & ((column.values < first) | (column.values > last))
    for row in np.flatnonzero(odd).tolist():
        yield fault(kind, place_of(table, row, name), value=str(column.cell(row)))


def _ordinals(column: Column) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return column.values.astype(np.int64)


def _ends(table: Table) -> Iterator[Fault]:
    names = {field.name for field in table.schema}
    pairs = {(f"{n[:-6]}_since", n) for n in names if n.endswith("_until")} | set(_PAIRS)
    for first, last in sorted(pairs):
        if not {first, last} <= names:
            continue
        since, until = table[first], table[last]
        both = since.known & until.known
        for row in np.flatnonzero(both & (_ordinals(since) >= _ordinals(until))).tolist():
            place = place_of(table, row, last)
            yield fault("since_after_until", place, since=since.cell(row), until=until.cell(row))


def _standings(table: Table, day: dt.date) -> Iterator[Fault]:
    standing = table["standing"]
    since, until = table["designated_since"], table["designated_until"]
    on = day.toordinal()
    held = standing.among(DESIGNATED)
    ended = standing.among(("expired", "terminated", "closed"))
    never = standing.among(("undesignated",))
    not_yet = since.known & (_ordinals(since) > on)
    begun = since.known & ~not_yet
    over = until.known & (_ordinals(until) <= on)
    going_on = until.known & ~over
    for column, name, odd in (
        (since, "designated_since", held & not_yet),
        (until, "designated_until", held & over),
        (until, "designated_until", ended & going_on),
        (since, "designated_since", never & begun & ~over),
    ):
        for row in np.flatnonzero(odd).tolist():
            word = STANDINGS[str(standing.cell(row))].zh
            place = place_of(table, row, name)
            value = column.cell(row)
            yield fault("standing_contradicts_dates", place, standing=word, value=value, day=day)
