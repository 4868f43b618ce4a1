"""Liftings of red lines that cannot be matched with the decision they lift."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dingdian.core.census.census import Census
from dingdian.core.census.places import place_of
from dingdian.core.errors import Fault, fault


def decision_faults(census: Census) -> Iterator[Fault]:
    """Every lifting that names what is no earlier setting of its trigger, or none of several."""
    table = census.tables["red_line_decisions"]
    rows = [table.row(row) for row in range(len(table))]
    started = [
        (row["number"], row["trigger"], row["decided_on"])
        for row in rows
        if row["decision"] == "set" and isinstance(row["decided_on"], dt.date)
    ]
    for at, row in enumerate(rows):
        on = row["decided_on"]
        if row["decision"] != "lift" or not isinstance(on, dt.date):
            continue
        before = [n for n, trigger, day in started if trigger == row["trigger"] and day <= on]
        if row["lifts"] is None:
            unmatched = row["trigger"] == "other" and len(before) > 1
        else:
            unmatched = row["lifts"] not in before
        if unmatched:
            yield fault("lift_unmatched", place_of(table, at, "lifts"), value=row["number"])
