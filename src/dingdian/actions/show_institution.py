"""One institution as it stood on a day: its rows of the census, and all its cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dingdian.actions.show_case import ShownCase, case_on
from dingdian.core.census import Census
from dingdian.core.census.table import Cell
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.picture import Since, picture
from dingdian.core.lifecycle.reading import cases_by_id
from dingdian.core.lifecycle.stages import LIVE
from dingdian.core.lifecycle.terms import Terms

#: Releases are no part of this picture: no year is to be stated for them.
_NO_YEAR = dt.date.max


@dataclass(frozen=True, slots=True)
class Base:
    """What was kept of an institution: its part of the last census taken by a day.

    ``taken_on`` is the day of that census, ``saved_at`` the moment at which it was kept.
    """

    part: Census
    taken_on: dt.date
    saved_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ShownInstitution:
    """An institution on a day.

    ``facts`` are the cells of its row, ``kept`` those of the row as it was kept, without the moves
    since; both are empty where the census does not have it. ``origin`` is where the row came from.
    """

    facts: Mapping[str, Cell]
    kept: Mapping[str, Cell]
    origin: str
    beds: tuple[Mapping[str, Cell], ...]
    agreement: Mapping[str, Cell]
    cases: tuple[ShownCase, ...]


def show_institution(
    code: str,
    base: Base | None,
    entries: Sequence[Entry],
    terms: Terms,
    *,
    day: dt.date,
    known_at: dt.datetime | None = None,
    horizon: int,
) -> ShownInstitution:
    """The institution at the end of ``day``, as known at a moment (now, where none is given).

    ``entries`` are those of all its cases. Its live case comes first, then the others, the last
    one first.
    """
    by_case = cases_by_id(entries, known_at)
    found = (
        case_on(its, terms, day, horizon=horizon, census=lambda: base.part if base else None)
        for its in by_case.values()
    )
    cases = [each for each in found if each is not None]
    cases.sort(key=lambda e: (e.state.stage in LIVE, e.state.last_seq), reverse=True)
    if base is None:
        return ShownInstitution({}, {}, "", (), {}, tuple(cases))
    since = Since(day, base.taken_on, base.saved_at, _NO_YEAR)
    now = picture(base.part, by_case.values(), since, terms)
    facts, origin = _row(now, code)
    beds = now.tables["beds"]
    rows = tuple(beds.row(at) for at, of in enumerate(beds["institution"].cells()) if of == code)
    agreements = now.tables["agreements"]
    agreed = [at for at, of in enumerate(agreements["institution"].cells()) if of == code]
    return ShownInstitution(
        facts=facts,
        kept=_row(base.part, code)[0],
        origin=origin,
        beds=rows,
        agreement=agreements.row(agreed[0]) if agreed else {},
        cases=tuple(cases),
    )


def _row(census: Census, code: str) -> tuple[Mapping[str, Cell], str]:
    table = census.tables["institutions"]
    codes = table["code"].cells()
    if code not in codes:
        return {}, ""
    at = codes.index(code)
    return table.row(at), table.origin[at]
