"""Who is assessed: the institutions of a census with an agreement in the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import get_args

from dingdian.core.census import Census
from dingdian.core.census.designation import designated_then
from dingdian.core.census.table import Column
from dingdian.core.census.vocabulary import DESIGNATED, SERVICES
from dingdian.core.period import first_day, last_day
from dingdian.core.rules.bottom_rank import Attribute

MEDICAL, PHARMACIES = "medical_institutions", "pharmacies"
#: The standings that count as having an agreement.
AGREED = (*DESIGNATED, "suspended")
_TRIAL = frozenset({"guidance", "trial"})
_PHARMACY = "retail_pharmacy"


class Agreement(StrEnum):
    """Whether an agreement held: at the year's end, earlier in the year, not, or not known."""

    HELD = "held"
    LEFT = "left"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Subject:
    """One institution.

    ``attributes``: column that may part groups -> its word, absent where it is not known.
    ``services``: service -> whether it is open, absent where nobody knows. ``side`` is empty
    where the kind is unknown. ``trial``: on trial or in guidance.
    """

    code: str
    name: str
    side: str
    kind: str
    district: str
    attributes: Mapping[str, str]
    services: Mapping[str, bool]
    agreement: Agreement
    trial: bool


def subjects_of(census: Census, year: int) -> tuple[Subject, ...]:
    """Every institution of the census, in its order, with its agreement in ``year``."""
    table = census.tables["institutions"]
    agreements = _agreements(census, year)
    names = ("code", "name", "kind", "region", "standing", *get_args(Attribute))
    cells = {name: table[name].cells() for name in dict.fromkeys((*names, *SERVICES))}
    county_of = census.tree.county_of
    found = []
    for at in range(len(table)):
        row = {name: values[at] for name, values in cells.items()}
        kind = str(row["kind"] or "")
        pharmacy = PHARMACIES if kind == _PHARMACY else MEDICAL
        found.append(
            Subject(
                code=str(row["code"] or ""),
                name=str(row["name"] or ""),
                side=pharmacy if kind else "",
                kind=kind,
                district=county_of(str(row["region"] or "")) or "",
                attributes=MappingProxyType(
                    {n: str(row[n]) for n in get_args(Attribute) if row[n] is not None}
                ),
                services=MappingProxyType(
                    {s: row[s] is True for s in SERVICES if row[s] is not None}
                ),
                agreement=agreements[at],
                trial=row["standing"] in _TRIAL,
            )
        )
    return tuple(found)


def _agreements(census: Census, year: int) -> list[Agreement]:
    def column(name: str) -> Column:
        return census.tables["institutions"][name]

    held, unsure = designated_then(column, last_day(year), AGREED)
    began, _ = designated_then(column, first_day(year), AGREED)
    until = column("designated_until").cells()
    return list(_each(zip(held, unsure, began, until, strict=True), year))


def _each(rows: Iterable[tuple[bool, bool, bool, object]], year: int) -> Iterator[Agreement]:
    for held, unsure, began, until in rows:
        ended = isinstance(until, dt.date) and first_day(year) < until <= last_day(year)
        if held:
            yield Agreement.HELD
        elif unsure:
            yield Agreement.UNKNOWN
        else:
            yield Agreement.LEFT if began or ended else Agreement.NONE
