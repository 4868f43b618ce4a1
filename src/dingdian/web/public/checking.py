"""May an institution stand here: asked of the edition that the site shows.

The desk is made once in a process for an edition; its rules are those of the edition's day.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from dingdian.core.errors import CensusError
from dingdian.web.public import where

if TYPE_CHECKING:
    import datetime as dt

    from dingdian.actions.check_site import Desk
    from dingdian.web.public.models import Installed

#: How far other places are looked for, in millimetres, and how many are shown.
REACH_MM, MOST = 5_000_000, 5
_making = threading.Lock()


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
