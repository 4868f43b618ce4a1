"""The desk at which sites are asked about: one a process, made from the ledger as it stands.

To make it takes seconds, to ask it milliseconds. When the ledger or the day has moved on, a newer
one is made in the background; until it is there the old one answers and says what it is of.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import connections

from dingdian.actions.check_site import open_desk
from dingdian.actions.rebuild_census import rebuild_census
from dingdian.web import bureau, clock
from dingdian.web.maps.sheets import Sheet

if TYPE_CHECKING:
    from dingdian.actions.check_site import Desk

_log = logging.getLogger("dingdian.web")
#: After a desk was made none is made in the background for so many times as long as it took, so
#: that a day of many moves does not keep the pages waiting; never for less than so many seconds.
_RESTS, _LEAST = 10, 2.0


@dataclass(frozen=True, slots=True)
class Key:
    """What a desk is made from: the day, the entries of the ledger, and its census."""

    day: dt.date
    entries: int
    census_known_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Made:
    """A desk, the map of it, and what it was made from.

    ``behind``: the ledger or the day has moved on since.
    """

    key: Key
    desk: Desk
    made_at: dt.datetime
    sheet: Sheet = field(compare=False)
    behind: bool = False


class Keeper:
    """Holds one desk, and has newer ones made one at a time."""

    def __init__(self, make: Callable[[Key], Made]) -> None:
        self._make = make
        self._held: Made | None = None
        self._making = threading.Lock()
        self._rested_at = 0.0

    def get(self, wanted: Key, *, fresh: bool = False) -> Made:
        """The desk of ``wanted``, or an older one while that is made (never where ``fresh``).

        Raises:
            DingdianError: it cannot be made, and there is none that may answer instead.
        """
        held = self._held
        if held is not None and held.key == wanted:
            return held
        if held is None or fresh:
            with self._making:
                return self._renewed(wanted)
        self._begin(wanted)
        return replace(held, behind=True)

    def forget(self) -> None:
        """Drop what is held."""
        with self._making:
            self._held, self._rested_at = None, 0.0

    def settle(self) -> None:
        """Wait until nothing is being made."""
        with self._making:
            pass

    def _renewed(self, wanted: Key) -> Made:
        held = self._held
        if held is not None and held.key == wanted:  # made while this one waited
            return held
        began = time.monotonic()
        made = self._make(wanted)
        if held is not None:  # its map answers until the whole of this one is there
            made.sheet.ready()
        self._held = made
        took = time.monotonic() - began
        self._rested_at = time.monotonic() + max(_LEAST, _RESTS * took)
        return made

    def _begin(self, wanted: Key) -> None:
        """Have it made in a thread of its own, where none is at it and none was just made."""
        if time.monotonic() < self._rested_at or not self._making.acquire(blocking=False):
            return

        def work() -> None:
            try:
                self._renewed(wanted)
            except Exception as error:  # noqa: BLE001 -- the old desk goes on; the next call tries
                self._rested_at = time.monotonic() + 60
                _log.warning("desk of sites: %s", error, exc_info=error)
            finally:
                connections.close_all()
                self._making.release()

        threading.Thread(target=work, name="desk-of-sites", daemon=True).start()


def _made(key: Key) -> Made:
    office = bureau.desk()
    census = rebuild_census(office.ledger, office.terms, key.day)
    terms = office.terms
    desk = open_desk(census, terms.book, place=terms.place, day=key.day)
    return Made(key, desk, clock.now(), Sheet(desk))


KEEPER = Keeper(_made)


def wanted() -> Key:
    """What a desk of this moment is made from.

    Raises:
        RequestError: the database cannot be read.
    """
    ledger, day = bureau.desk().ledger, clock.today()
    return Key(day, ledger.head().entries, ledger.census_known_at(day))


def site_desk(*, fresh: bool = False) -> Made:
    """The desk of today; ``fresh``: none that is behind, however long that takes.

    Raises:
        DingdianError: there is no census yet, or today lies outside the validity of the plan.
    """
    return KEEPER.get(wanted(), fresh=fresh)


def warm() -> None:
    """Have the desk and its map made in the background, so that nobody waits for the first."""

    def work() -> None:
        try:
            site_desk().sheet.ready()
        except Exception as error:  # noqa: BLE001 -- whoever asks first will be told
            _log.info("desk of sites is not warm: %s", error)
        finally:
            connections.close_all()

    threading.Thread(target=work, name="desk-of-sites", daemon=True).start()
