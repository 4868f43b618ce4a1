"""May an institution stand here: asked of the edition that the site shows.

The desk is made once in a process for an edition; its rules are those of the edition's day.
"""

from __future__ import annotations

import logging
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import connections

from dingdian.core.errors import CensusError
from dingdian.web.public import where

if TYPE_CHECKING:
    import datetime as dt

    from dingdian.actions.check_site import Desk
    from dingdian.web.public.models import Installed

#: How far other places are looked for, in millimetres, and how many are shown.
REACH_MM, MOST = 5_000_000, 5
_making = threading.Lock()
_log = logging.getLogger("dingdian.web")


def desk_of(installed: Installed) -> Desk:
    """The desk of an edition.

    Raises:
        DingdianError: its day lies outside the validity of the plan, or its files are gone.
    """
    with _making:
        return _desk(installed.folder, installed.day)


@lru_cache(maxsize=2)
def _desk(folder: str, day: dt.date) -> Desk:
    from dingdian.actions.check_site import open_desk
    from dingdian.storage.census_files import read_census
    from dingdian.web.public.installing import CENSUS, SHELF
    from dingdian.wiring import shelf

    root = where.editions() / folder
    reading = read_census(root / CENSUS)
    if reading.census is None:
        raise CensusError(reading.faults)
    book, place = shelf.opened(str(root / SHELF))
    return open_desk(reading.census, book, place=place, day=day)


def warm() -> None:
    """Have the desk of the edition shown made in the background, so that nobody waits for it."""

    def work() -> None:
        from dingdian.web.public.pages import shown

        try:
            if (edition := shown()) is not None:
                desk_of(edition)
        except Exception as error:  # noqa: BLE001 -- whoever asks first will be told
            _log.info("the desk of the pre-check is not warm: %s", error)
        finally:
            connections.close_all()

    threading.Thread(target=work, name="desk-of-the-edition", daemon=True).start()
