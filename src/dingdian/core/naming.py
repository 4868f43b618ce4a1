"""What a word means: the identifier, the Chinese and the English name of one thing are one word.

Every option, cell and question that names one of several things asks here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from dingdian.core.errors import Fault, RequestError, fault


class Said(Protocol):
    """What has a Chinese and an English name; further spellings may stand in ``also``."""

    @property
    def zh(self) -> str:
        """The Chinese name."""

    @property
    def en(self) -> str:
        """The English name."""


def meant(word: str, choices: Mapping[str, Said]) -> str | None:
    """The identifier that a word means; ``None`` where it means none, or several.

    Case and spaces around the word do not count. An identifier is taken before any name.

    >>> from dingdian.core.errors import Text
    >>> levels = {"tertiary": Text("三级", "tertiary"), "primary": Text("一级", "primary care")}
    >>> meant("三级", levels), meant(" Primary Care", levels), meant("primary", levels)
    ('tertiary', 'primary', 'primary')
    >>> meant("四级", levels) is None
    True
    """
    bare = word.strip().casefold()
    if bare in choices:
        return bare
    found = [id for id, each in choices.items() if bare in _spelled(id, each)]
    return found[0] if len(found) == 1 else None


def resolve(word: str, choices: Mapping[str, Said], *, option: str) -> str:
    """The identifier that the word of an option means.

    Raises:
        RequestError: ``unknown_name``: none, or several; all that is possible is listed.
    """
    found = meant(word, choices)
    if found is None:
        raise RequestError((unknown(word, choices, option=option),))
    return found


def unknown(word: str, choices: Mapping[str, Said], *, option: str) -> Fault:
    """The fault of a word that means none, or several; where several words are told at once."""
    return fault("unknown_name", option=option, word=word, known=listed(choices))


def listed(choices: Mapping[str, Said]) -> str:
    """All that is possible, as one may write it: identifier and Chinese name; — for nothing.

    >>> from dingdian.core.errors import Text
    >>> listed({"tertiary": Text("三级", "tertiary"), "primary": Text("一级", "primary")})
    'tertiary 三级 | primary 一级'
    """
    return " | ".join(f"{id} {each.zh}".strip() for id, each in choices.items()) or "—"


def _spelled(id: str, each: Said) -> frozenset[str]:
    """Every spelling of one, in lower case."""
    words = (id, each.zh, each.en, *getattr(each, "also", ()))
    return frozenset(word.strip().casefold() for word in words if word.strip())
