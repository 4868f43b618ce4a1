"""The opening load: the designations that stand in a census become the first entries of a ledger.

Former terminations, barred people and scores of past years come with the same census, in its
tables ``records`` and ``past_scores``; they are kept with it and bar nobody by themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.census import Census
from dingdian.core.census.canonical import spelling
from dingdian.core.census.table import Cell
from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.errors import Fault
from dingdian.core.lifecycle.facts import beds_text
from dingdian.core.lifecycle.moving import Asked
from dingdian.core.lifecycle.naming import told
from dingdian.core.lifecycle.stages import LIVE, Stage
from dingdian.core.lifecycle.state import SCHEDULED

#: Standing of a census -> the stage of the case; a suspended one asks for more.
STAGE_OF: Mapping[str, Stage] = MappingProxyType(
    {
        "guidance": Stage.GUIDANCE,
        "trial": Stage.TRIAL,
        "in_force": Stage.IN_FORCE,
        "suspended": Stage.SUSPENDED_IMPOSED,
        "expired": Stage.EXPIRED,
        "terminated": Stage.TERMINATED,
    }
)
#: Columns of an institution that become facts of its opening entry.
_ABOUT = (
    "name",
    "uscc",
    "kind",
    "level",
    "type",
    "ownership",
    "region",
    "address",
    "lon",
    "lat",
    "crs",
    "opened_on",
    "pharmacy_grade",
    "designated_since",
)
_OF_AGREEMENT = ("chain", "person", *(name for name in SCHEDULED))


def opening(
    census: Census, *, known_at: dt.datetime, by: str, reason: str
) -> tuple[tuple[Asked, ...], tuple[Fault, ...]]:
    """The opening entries of a census, one for each institution with a designation or a former one.

    They hold from the day since which the standing holds, where it is known and not later than the
    census; else from the day of the census. The case bears the code of the institution. What
    keeps an institution out is in the faults: no name, kind or region.

    Raises:
        ValueError: the census does not say which day it describes.
    """
    if census.taken_on is None:
        raise ValueError("a census without its day")
    made, faults = [], []
    beds, agreements = _beds(census), _agreements(census)
    for cells in _institutions(census):
        standing = cells["standing"]
        stage = STAGE_OF.get(str(standing))
        if stage is None:
            continue
        lacking = [name for name in ("name", "kind", "region") if cells[name] is None]
        if lacking:
            faults.append(told("opening_lacks", value=cells["code"], lacking="、".join(lacking)))
            continue
        code = str(cells["code"])
        agreement = agreements.get(code, {})
        facts = _facts(cells, beds.get(code, {}), agreement)
        if stage is Stage.SUSPENDED_IMPOSED and agreement.get("suspended_on_request"):
            stage = Stage.SUSPENDED_ON_REQUEST
        if stage in LIVE and "agreement_through" not in facts:
            faults.append(told("opening_without_end", value=code))
        since = cells["standing_since"]
        held = since if isinstance(since, dt.date) and since <= census.taken_on else census.taken_on
        made.append(
            Asked(
                case=code,
                move="open",
                held_on=held,
                known_at=known_at,
                by=by,
                role="agency",
                reason=reason,
                facts={**facts, "stage": stage},
            )
        )
    return tuple(made), tuple(faults)


def _institutions(census: Census) -> Iterator[dict[str, Cell]]:
    table = census.tables["institutions"]
    names = ("code", "standing", "standing_since", *_ABOUT, *SERVICES)
    columns = {name: table[name].cells() for name in names}
    for row in range(len(table)):
        yield {name: cells[row] for name, cells in columns.items()}


def _facts(
    cells: Mapping[str, Cell], beds: Mapping[str, int], agreement: Mapping[str, Cell]
) -> dict[str, str]:
    """The facts of an opening entry; what the census does not know is left out."""
    facts = {name: spelling(cells[name]) for name in _ABOUT if cells[name] is not None}
    facts["institution"] = str(cells["code"])
    services = [name for name in SERVICES if cells[name] is True]
    if services:
        facts["services"] = ";".join(services)
    if beds:
        facts["beds"] = beds_text(beds)
    for name in _OF_AGREEMENT:
        cell = agreement.get(name.removeprefix("agreement_"), agreement.get(name))
        if cell is not None:
            facts[name] = spelling(cell)
    if agreement.get("number"):
        facts["agreement"] = str(agreement["number"])
        if agreement.get("since") is not None:
            facts["agreement_since"] = spelling(agreement["since"])
    return {name: text for name, text in facts.items() if text}


def _beds(census: Census) -> Mapping[str, Mapping[str, int]]:
    table, found = census.tables["beds"], dict[str, dict[str, int]]()
    columns = (table[name].cells() for name in ("institution", "bed_class", "contracted"))
    for code, bed_class, beds in zip(*columns, strict=True):
        if isinstance(beds, Fraction):
            found.setdefault(str(code), {})[str(bed_class)] = int(beds)
    return found


def _agreements(census: Census) -> Mapping[str, Mapping[str, Cell]]:
    table = census.tables["agreements"]
    rows = (table.row(at) for at in range(len(table)))
    return {str(row["institution"]): row for row in rows}
