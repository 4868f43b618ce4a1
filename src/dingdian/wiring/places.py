"""The plans whose places a command holds its moves against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.core.errors import RequestError
from dingdian.wiring import plans

if TYPE_CHECKING:
    from dingdian.core.lifecycle.places import Plans, Taken
    from dingdian.core.lifecycle.takings import Taking
    from dingdian.wiring.lives import Desk


def read_places(desk: Desk, folders: Iterable[Path]) -> Plans | None:
    """What the plans of some folders give, by year; ``None`` without any: nothing is held to it.

    Raises:
        RequestError: a folder is no plan, of another place, or two are of one year.
    """
    from dingdian.actions.offer_places import offer_places
    from dingdian.core.lifecycle.naming import told

    records = [plans.read_plan(each) for each in folders]
    if not records:
        return None
    census = desk.ledger.census(dt.date.max)
    codes = map(str, census.tables["regions"]["code"].cells()) if census else ()
    districts = {code: census.tree.county_of(code) or "" for code in codes} if census else {}
    found = {}
    for record in records:
        if record.place.id != desk.terms.place:
            wanted = {"found": desk.terms.place, "wanted": record.place.id}
            raise RequestError((told("ledger_place", **wanted),))
        if record.year in found:
            raise RequestError((told("plan_of_year_twice", year=record.year),))
        name = f"{record.place.zh} {record.year} {record.fingerprints.result[:16]}"
        found[record.year] = offer_places(record, name, districts)
    return found


def taken(desk: Desk) -> Taken:
    """What cases have taken of a resource in a year, each resource and year asked for once.

    Raises:
        RequestError: the database cannot be read, when it is asked.
    """
    from functools import cache

    from dingdian.storage.db import takings
    from dingdian.storage.db.told import told

    ledger = desk.ledger

    @cache
    def found(resource: str, year: int) -> tuple[Taking, ...]:
        with told(ledger.shown, ledger.wait):
            return tuple(takings.of_year(ledger.alias, resource, year))

    return found
