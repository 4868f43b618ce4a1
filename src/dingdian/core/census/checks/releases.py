"""Releases that may be counted in the wrong year, or twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dingdian.core.census.census import Census
from dingdian.core.census.checks.groups import keys, known_in, repeated
from dingdian.core.census.places import place_of
from dingdian.core.errors import Fault, fault

#: What an institution releases but once on a day.
_ONCE = ("institution", "year", "released_on", "resource", "bed_class")


def release_faults(census: Census) -> Iterator[Fault]:
    """Days outside their year of release, and rows that tell the same release again."""
    table = census.tables["releases"]
    for row in np.flatnonzero(known_in(table, ("year", "released_on"))).tolist():
        day, year = table["released_on"].cell(row), table["year"].cell(row)
        if f"{day:%Y}" != str(year):
            place = place_of(table, row, "released_on")
            yield fault("release_another_year", place, day=day, year=str(year))
    for rows in repeated(keys(table, _ONCE), known_in(table, ("institution",))):
        for row in rows.tolist():
            code = table["institution"].cell(row)
            yield fault("release_repeated", place_of(table, row, "number"), n=len(rows), value=code)
