"""Rounds of applications for tests: tables from a few words, over a small census."""

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

from dingdian.core.admission.application import Round
from dingdian.core.admission.contract import TABLES
from dingdian.core.admission.rounds import round_of
from dingdian.core.census import Census
from dingdian.core.census.table import Table, table_from_rows
from tests.spots import LAT, LON, ground

#: An application that nothing is wrong with.
SOUND: Mapping[str, object] = {
    "code": "A1",
    "name": "示例诊所",
    "kind": "clinic",
    "lon": LON,
    "lat": LAT,
    "crs": "wgs84",
    "services": "门诊统筹",
    "applied_on": dt.date(2026, 1, 5),
}


def tables(
    *applications: Mapping[str, object], **others: Sequence[Mapping[str, object]]
) -> dict[str, Table]:
    """The tables of a round: applications (the sound one with these cells), and others."""
    rows = {"applications": [{**SOUND, **each} for each in applications], **others}
    return {
        name: table_from_rows(TABLES[name], [_exact(row) for row in its])
        for name, its in rows.items()
    }


def _exact(row: Mapping[str, object]) -> dict[str, object]:
    """Whole numbers as the fractions that a table keeps."""
    exact = {int: Fraction}
    return {key: exact[type(c)](c) if type(c) in exact else c for key, c in row.items()}


def a_round(
    *applications: Mapping[str, object],
    census: Census | None = None,
    words: object = None,
    **others: Sequence[Mapping[str, object]],
) -> Round:
    """A round made of rows."""
    made = tables(*(applications or ({},)), **others)
    return round_of(made, census or ground(), words=words)  # type: ignore[arg-type]
