"""Today and now, in Asia/Shanghai: asked here, passed on from here."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from dingdian.core.lifecycle.entry import SHANGHAI


def now() -> dt.datetime:
    """This moment to the second."""
    return dt.datetime.now(SHANGHAI).replace(microsecond=0)


def today() -> dt.date:
    """The day of China, or the day that a rehearsal takes for it."""
    rehearsed: dt.date | None = settings.CONFIG.rehearsal_day
    return rehearsed or now().date()


def day_of(moment: dt.datetime) -> dt.date:
    """The day on which something was done: at the latest today, also where that is rehearsed."""
    return min(moment.astimezone(SHANGHAI).date(), today())
