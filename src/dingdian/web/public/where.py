"""Where the files of the exchange lie, and on which side this installation stands."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from dingdian.core.errors import RequestError, fault
from dingdian.web.config import BUREAU, PUBLIC

_SIDES = {BUREAU: ("医保局系统", "the bureau"), PUBLIC: ("公众网站", "the public site")}


def exchange() -> Path:
    """The folder of the exchange: keys, and the files that go out."""
    found: Path = settings.CONFIG.data / "exchange"
    return found


def outgoing() -> Path:
    """The files that go out."""
    return exchange() / "out"


def editions() -> Path:
    """The editions that the public site has unpacked."""
    return exchange() / "editions"


def only_at(kind: str) -> None:
    """Hold that this installation is of a kind.

    Raises:
        RequestError: it is the other.
    """
    if settings.CONFIG.kind != kind:
        zh, en = _SIDES[kind]
        raise RequestError((fault("exchange_side", side_zh=zh, side_en=en),))
