"""Files of imports that nobody needs any more are removed; the rows stay."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from django.conf import settings

from dingdian.web import clock
from dingdian.web.imports.models import Import, State

#: For how many days the files of a discarded import are kept.
KEPT_DAYS = 30
#: What is no import's and older than this was left by a process that died while it was uploaded.
LEFT = dt.timedelta(days=1)


def workbook() -> Path:
    """Where the ledger lies as a workbook to edit."""
    return Path(settings.MEDIA_ROOT) / "ledger" / "ledger.xlsx"


def tidy() -> int:
    """Remove the files of imports discarded long ago, and of none; returns how many folders."""
    then = clock.now() - dt.timedelta(days=KEPT_DAYS)
    old = Import.objects.filter(state=State.DISCARDED, closed_at__lt=then)
    gone = [each.place for each in old if each.place.is_dir()]
    known = set(Import.objects.values_list("folder", flat=True))
    root = Path(settings.MEDIA_ROOT)
    before = (clock.now() - LEFT).timestamp()
    gone += [
        each
        for each in root.iterdir()
        if len(each.name) == 32 and each.name not in known and each.stat().st_mtime < before
    ]
    for each in gone:
        shutil.rmtree(each, ignore_errors=True)
    return len(gone)
