"""Evaluate a plan: the census of a city held against its policy, for one year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from dingdian.core.census import Census
from dingdian.core.errors import CensusError, Fault, Severity, ShelfError, fault
from dingdian.core.faults import KINDS
from dingdian.core.period import first_day
from dingdian.core.plan import Plan, make_plan
from dingdian.core.policy import Policy, PolicyBook
from dingdian.core.rules.decisions import decisions_of_no_line


def evaluate_plan(
    census: Census,
    book: PolicyBook,
    *,
    place: str,
    year: int,
    day: dt.date | None = None,
    faults: Sequence[Fault] = (),
    as_if: bool = False,
    progress: Callable[[str], None] = lambda _stage: None,
) -> Plan:
    """The plan of ``place`` for ``year``.

    The stock is that of 31 December of the year before; the rules are those of ``day``, by
    default 1 January of the year. ``faults`` are what the check of the census found.
    ``as_if`` lets the census of another place be planned, as a what-if.

    Raises:
        RequestError: no such place on the shelf.
        ShelfError: a reading is chosen in a way that the engines do not carry out.
        NotInForceError: ``day`` lies outside the validity of the plan.
        CensusError: blocking faults, or a census of another place without ``as_if``.
    """
    policy = book.on(place, day or first_day(year))
    if beyond := [*_not_carried_out(policy)]:
        raise ShelfError(tuple(beyond))
    blocking = [each for each in faults if KINDS[each.kind].severity is Severity.BLOCKING]
    if blocking:
        raise CensusError(tuple(blocking))
    if census.tree.root != policy.place.region_code and not as_if:
        found, wanted = census.tree.root, policy.place.region_code
        raise CensusError((fault("another_place", found=found, wanted=wanted),))
    return make_plan(
        census,
        policy,
        year=year,
        shelf=book.fingerprint,
        as_if=as_if,
        faults=(*faults, *decisions_of_no_line(census, policy)),
        progress=progress,
    )


def _not_carried_out(policy: Policy) -> Iterator[Fault]:
    """Readings that are only stated, chosen in a way that nothing would be done about."""
    for name, reading in policy.readings.items():
        if reading.effect == "stated" and reading.chosen not in (None, reading.carried_out):
            yield fault(
                "shelf_option_not_carried_out",
                reading=name,
                option=reading.chosen,
                carried_out=reading.carried_out,
            )
