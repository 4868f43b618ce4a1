"""What the map draws, packed once for a desk and sent to whoever asks: the same for everybody.

Institutions that are designated or suspended are public. What only an office may see of them is
no part of this.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dingdian.actions.check_site import Desk
    from dingdian.core.record import Record
    from dingdian.core.workings import Workings
    from dingdian.reports.wording import Lang


@dataclass(frozen=True, slots=True)
class Packed:
    """A body as it is sent, plain and with gzip, and what it is known by."""

    plain: bytes
    zipped: bytes
    tag: str


def packed(body: bytes) -> Packed:
    """A body ready to be sent.

    >>> len(packed(b"abc").tag)
    32
    """
    return Packed(body, gzip.compress(body, 6, mtime=0), hashlib.sha256(body).hexdigest()[:32])


class Sheet:
    """The map of a desk; each part is made when it is first asked for, by one thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.RLock()
        self._made: dict[object, Any] = {}

    def points(self) -> Packed:
        """Districts and institutions."""
        from dingdian.reports.map import live

        return self._once("points", lambda: packed(_json(live.points(self.workings()))))

    def localities(self) -> Packed:
        """Localities, and who serves them."""
        from dingdian.reports.map import live

        return self._once("localities", lambda: packed(_json(live.localities(self.workings()))))

    def words(self, lang: Lang, version: int = 0, record: Record | None = None) -> dict[str, Any]:
        """What the scripts say; ``version`` is what the record is of, 0 without one."""
        from dingdian.reports.map import live

        def made() -> dict[str, Any]:
            workings = self.workings()
            return live.words(workings, lang, record) | live.no_localities(workings)

        return self._once(("words", lang, version), made)

    def ready(self) -> None:
        """Make the large parts now."""
        self.points()
        self.localities()

    def workings(self) -> Workings:
        """The register with which circles are drawn."""
        from dingdian.reports.map import live

        basis = self._desk.basis
        made = lambda: live.workings_on(self._desk.census, basis.policy, basis.day)  # noqa: E731
        return self._once("workings", made)

    def _once(self, name: object, make: Callable[[], Any]) -> Any:
        if name not in self._made:
            with self._lock:
                if name not in self._made:
                    self._made[name] = make()
        return self._made[name]


@cache
def script() -> Packed:
    """The scripts of the map of a plan, which draw this one too."""
    from dingdian.reports.map.page import own_script

    return packed(f'"use strict";\n{own_script()}'.encode())


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
