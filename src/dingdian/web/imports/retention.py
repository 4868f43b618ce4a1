"""What is removed of this area when its time is over: what was uploaded; rows and prints stay."""

from __future__ import annotations

import datetime as dt
import shutil

from dingdian.web.imports.models import Import
from dingdian.web.persons import blank_after


@blank_after("import_files")
def import_files(before: dt.datetime) -> int:
    """Uploaded files, the copy of what was read and the marked workbook, of whatever came of it."""
    return sum(_removed(each) for each in Import.objects.filter(uploaded_at__lt=before))


def _removed(row: Import) -> bool:
    """Remove what a row has beside the database that may name persons; whether there was any."""
    folders = [each for each in (row.files_place, row.copy_place) if each.is_dir()]
    there = bool(folders) or row.marked.is_file()
    for each in folders:
        shutil.rmtree(each)
    row.marked.unlink(missing_ok=True)
    return there
