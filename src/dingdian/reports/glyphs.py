"""Which characters the open fonts can show; what they lack is shown by its code, never empty."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from fontTools.ttLib import TTFont

from dingdian.reports.assets import asset_path

#: The faces that pictures and pages are set in.
SANS, SERIF = "NotoSansSC-Regular.ttf", "NotoSerifSC-Regular.ttf"


@cache
def letters(face: str) -> frozenset[int]:
    """The code points that a face has a glyph for.

    Raises:
        RequestError: ``missing_asset``: the fonts were never fetched.
    """
    with TTFont(asset_path(face), lazy=True) as font:
        return frozenset(font.getBestCmap())


def shown(text: str, face: str) -> str:
    """The text with every character that the face lacks written by its code, as 〔U+2CB4A〕."""
    known = letters(face)
    if all(ord(c) in known or c.isspace() for c in text):
        return text
    return "".join(c if ord(c) in known or c.isspace() else coded(c) for c in text)


def coded(character: str) -> str:
    r"""A character by its code.

    >>> coded("\U0002CB4A")
    '〔U+2CB4A〕'
    """
    return f"〔U+{ord(character):04X}〕"


def told(characters: Iterable[str]) -> str:
    """Characters with their codes in a list, for a message."""
    return "、".join(f"{each}（U+{ord(each):04X}）" for each in characters)
