"""Tables of texts, written by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text


def texts(**pairs: tuple[str, str]) -> Mapping[str, Text]:
    """A table of texts from pairs of Chinese and English.

    >>> texts(yes=("是", "yes"))["yes"].say("zh")
    '是'
    """
    return MappingProxyType({name: Text(zh, en) for name, (zh, en) in pairs.items()})
