"""Services and beds that do not go together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dingdian.core.census.census import Census
from dingdian.core.census.places import place_of
from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.errors import Fault, Place, fault


def service_faults(census: Census) -> Iterator[Fault]:
    """What is odd about services and beds."""
    yield from _only_yes(census)
    yield from _inpatient(census)
    yield from _contracted(census)


def _only_yes(census: Census) -> Iterator[Fault]:
    table = census.tables["institutions"]
    for term in SERVICES.values():
        column = table[term.id]
        yes = int((column.known & (column.values == 1)).sum())
        if yes and yes == int(column.known.sum()) and yes < len(table):
            empty = len(table) - yes
            place = Place(sheet=table.schema.zh, column=term.zh)
            said = {"column_zh": term.zh, "column": term.en}
            yield fault("service_only_yes", place, **said, yes=yes, empty=empty)


def _inpatient(census: Census) -> Iterator[Fault]:
    table = census.tables["institutions"]
    flag = table["inpatient"]
    open_ = flag.known & (flag.values == 1)
    pharmacies = table["kind"].among(["retail_pharmacy"])
    for row in np.flatnonzero(open_ & pharmacies).tolist():
        yield fault("pharmacy_inpatient", place_of(table, row, "inpatient"))
    codes = table["code"]
    listed = codes.among(census.tables["beds"]["institution"].used_labels())
    for row in np.flatnonzero(open_ & codes.known & ~listed).tolist():
        place = place_of(table, row, "code")
        yield fault("inpatient_without_beds", place, value=codes.cell(row))


def _contracted(census: Census) -> Iterator[Fault]:
    table = census.tables["beds"]
    contracted, approved = table["contracted"], table["approved"]
    over = contracted.known & approved.known
    over = over & (contracted.values.astype(np.int64) > approved.values.astype(np.int64))
    for row in np.flatnonzero(over).tolist():
        numbers = {c.field.name: int(c.values[row]) for c in (contracted, approved)}
        yield fault("contracted_over_approved", place_of(table, row, "contracted"), **numbers)
