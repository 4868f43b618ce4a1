"""The round of the sample system: uploaded by its clerk and decided under the issued plan."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Collection
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dingdian.web import clock

if TYPE_CHECKING:
    from dingdian.core.census.table import Table
    from dingdian.web.rounds.models import Round

#: The days of the sample's round in its year are brought nearer to the first of it.
_FIRST = dt.date(2026, 1, 1)
_NAME = "示例批次.xlsx"


def make_round(census: Path, district: str) -> Round:
    """Upload the applicants of a district of the sample's round, and decide them today."""
    from django.core.files.base import ContentFile

    from dingdian.core.admission.contract import TABLES
    from dingdian.core.admission.rounds import round_of
    from dingdian.storage.round_read import read_round
    from dingdian.storage.workbook_write import write_workbook
    from dingdian.web.accounts.models import User
    from dingdian.web.jobs import running
    from dingdian.web.rounds import views, working

    tables = read_round(census / "round").tables
    found = round_of(tables, working.census_of(clock.today()))
    kept = {each.id for each in found.applications if each.district == district}
    days = Days(found.decided_on or clock.today(), clock.today())
    rows = {name: list(_rows(table, kept, days)) for name, table in tables.items()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "round.xlsx"
        write_workbook(rows, path, TABLES)
        upload = ContentFile(path.read_bytes(), name=_NAME)
    row = views.take(User.objects.get(username="clerk"), [upload], None)
    while (taken := running.take("sample")) is not None:
        running.run(taken)
    row.refresh_from_db()
    return row


class Days:
    """Brings the days from the first of the year to a decision nearer, so that it is today."""

    def __init__(self, decided_on: dt.date, today: dt.date) -> None:
        self.long = max((decided_on - _FIRST).days, 1)
        self.short = max((today - _FIRST).days, 0)

    def moved(self, day: dt.date) -> dt.date:
        """The day that stands for one of the round; one of an earlier year stays.

        >>> days = Days(dt.date(2026, 3, 21), dt.date(2026, 1, 15))
        >>> str(days.moved(dt.date(2026, 3, 21))), str(days.moved(dt.date(2025, 3, 1)))
        ('2026-01-15', '2025-03-01')
        """
        if day < _FIRST or self.long <= self.short:
            return day
        return _FIRST + dt.timedelta((day - _FIRST).days * self.short // self.long)


def _rows(table: Table, kept: Collection[str], days: Days) -> Any:
    columns = {name: column.cells() for name, column in table.columns.items()}
    key = "code" if table.schema.name == "applications" else "application"
    for cells in zip(*columns.values(), strict=True):
        row = dict(zip(columns, cells, strict=True))
        if key not in row or row[key] in kept:
            yield {name: _cell(cell, days) for name, cell in row.items() if cell is not None}


def _cell(cell: Any, days: Days) -> Any:
    """A cell as a workbook takes it, its day moved."""
    if isinstance(cell, dt.date):
        return days.moved(cell)
    if isinstance(cell, Fraction):
        return int(cell) if cell.denominator == 1 else float(cell)
    try:
        return days.moved(dt.date.fromisoformat(cell)).isoformat()
    except (TypeError, ValueError):
        return cell
