"""The yearly assessment of the sample system: the scores of the sample, as far as today has them.

Hearings, appeals and confirmations of the sample's workbook lie on later days: they are left to
whoever tries the pages. A worker assesses it as soon as the system runs.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.core.assessment.reading import about_of
from dingdian.core.census.schema import Kind
from dingdian.core.census.table import Table
from dingdian.web import clock
from dingdian.web.accounts.models import User
from dingdian.web.assessments import effective, making
from dingdian.wiring import assessments

#: Who runs it: a supervisor of the whole place.
ASSESSOR = "assessor"
#: How long institutions may appeal, in days.
_OPEN = 20


def make_assessment(ledger: Path) -> None:
    """Open the year of the sample's workbook and hand its scores in."""
    tables, _ = assessments.read_tables(ledger / "assessment" / "assessment.xlsx")
    year, today = about_of(tables).year, clock.today()
    if year is None:
        return
    known = effective.on_day({name: _until(each, today) for name, each in tables.items()}, today)
    user = User.objects.get(username=ASSESSOR)
    campaign = making.open_campaign(user, year, today + dt.timedelta(_OPEN))
    making.upload(user, campaign, list(_files(known)), "示例数据")


def _until(table: Table, today: dt.date) -> Table:
    """The rows of a table that name no day after today."""
    days = [table[each.name].cells() for each in table.schema if each.kind is Kind.DAY]
    later = [
        any(isinstance(day, dt.date) and day > today for day in row)
        for row in zip(*days, strict=True)
    ] or [False] * len(table)
    rows = np.array([at for at, is_later in enumerate(later) if not is_later], np.int64)
    columns = {name: each.take(rows) for name, each in table.columns.items()}
    return Table(table.schema, columns, tuple(table.origin[at] for at in rows))


def _files(tables: effective.Tables) -> Iterator[SimpleUploadedFile]:
    with tempfile.TemporaryDirectory() as folder:
        assessments.keep_tables(tables, Path(folder) / "tables")
        for each in sorted((Path(folder) / "tables").iterdir()):
            yield SimpleUploadedFile(each.name, each.read_bytes())
