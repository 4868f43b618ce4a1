"""The sheet that every figure is drawn on: matplotlib without a screen, in the open fonts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from dingdian.reports.assets import asset_path
from dingdian.reports.glyphs import SANS, shown

#: Dots an inch of a picture, and how wide the text of a page is in inches (156 mm).
DPI, WIDTH = 220, 156 / 25.4
_TALLEST = 4000  # dots, of a picture of very many rows
_LIGHT = 4  # of nine levels: a third of the time, little more to store


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


def png(figure: Any, *, grey: bool = False) -> bytes:
    """The picture: the same figure, the same bytes (no day and no program name within).

    ``grey``: nothing in it has a colour, so that it is stored in a quarter of the room.
    """
    figure.set_dpi(min(DPI, _TALLEST / figure.get_figheight()))
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    dots = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
    content = io.BytesIO()
    dots.convert("L" if grey else "RGB").save(content, "PNG", compress_level=_LIGHT)
    return content.getvalue()
