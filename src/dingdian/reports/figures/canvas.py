"""The sheet that every figure is drawn on: matplotlib without a screen, in the open fonts.

A ``Figure`` that no window manager made is drawn by Agg, whatever the machine has.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.figure import Figure

from dingdian.reports.assets import asset_path
from dingdian.reports.glyphs import SANS, shown

#: Dots an inch of a picture, and how wide the text of a page is in inches (156 mm).
DPI, WIDTH = 220, 156 / 25.4
_TALLEST = 4000  # dots, of a picture of very many rows


@contextmanager
def sheet(height: float, *, width: float = WIDTH) -> Iterator[Any]:
    """A blank sheet of so many inches; every figure is drawn within it.

    Raises:
        RequestError: ``missing_asset``: the fonts were never fetched.
    """
    with matplotlib.rc_context(
        {
            "font.family": [_family("NotoSansSC-Regular.ttf")],
            "axes.unicode_minus": False,
            "hatch.linewidth": 0.5,
            "hatch.color": "0.35",
            "path.simplify": True,
        }
    ):
        _family("NotoSansSC-Bold.ttf")
        yield Figure(figsize=(width, height), dpi=DPI)


@cache
def _family(name: str) -> str:
    """Make a font known; its family name."""
    path = asset_path(name)
    font_manager.fontManager.addfont(path)
    return str(font_manager.FontProperties(fname=path).get_name())


def lettered(text: str) -> str:
    """A text as a figure can show it: what the font lacks stands by its code."""
    return shown(text, SANS)


def png(figure: Any) -> bytes:
    """The picture: the same figure, the same bytes (no day and no program name within)."""
    content = io.BytesIO()
    dots = min(DPI, _TALLEST / figure.get_figheight())
    light = {"compress_level": 4}  # a third of the time, little more to store
    figure.savefig(content, format="png", metadata={"Software": None}, dpi=dots, pil_kwargs=light)
    return content.getvalue()
