"""What is removed of this area when its time is over: uploads; decisions and evidence stay."""

from __future__ import annotations

import datetime as dt
import shutil

from dingdian.web.persons import blank_after
from dingdian.web.rounds.models import Round


@blank_after("round_files")
def round_files(before: dt.datetime) -> int:
    """Uploaded files and the marked workbook, of whatever came of it."""
    return sum(_removed(each) for each in Round.objects.filter(uploaded_at__lt=before))


def _removed(row: Round) -> bool:
    """Remove what a row has beside its decisions that may name persons; whether there was any."""
    there = row.files_place.is_dir() or row.marked.is_file()
    shutil.rmtree(row.files_place, ignore_errors=True)
    row.marked.unlink(missing_ok=True)
    return there
