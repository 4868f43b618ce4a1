"""The charts of the page as pictures: greys, hatches and printed values, no colour needed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Affine2D

from dingdian.reports.charts import Chart, Label
from dingdian.reports.figures.canvas import WIDTH, lettered, png, sheet

#: Class of the style sheet -> how a bar is filled and hatched.
FILLS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "dark": {"facecolor": "0.25"},
        "middle": {"facecolor": "0.68"},
        "light": {"facecolor": "1", "edgecolor": "0.35", "hatch": "////", "linewidth": 0.6},
        "light edge": {"facecolor": "1", "edgecolor": "0.35", "hatch": "////", "linewidth": 0.6},
    }
)
#: Class of the style sheet -> how a line is drawn.
LINES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "tick": {"color": "0", "linewidth": 1.6},
        "axis": {"color": "0", "linewidth": 0.8},
        "target t0": {"color": "0", "linewidth": 1.1},
        "target t1": {"color": "0", "linewidth": 1.1, "dashes": (5, 2.5)},
        "target t2": {"color": "0", "linewidth": 1.3, "dashes": (1.2, 1.8)},
    }
)
_ALIGNED = MappingProxyType({"start": "left", "middle": "center", "end": "right"})
_SIZE = 8.6


def picture(chart: Chart) -> bytes:
    """A chart as PNG: the same chart, the same bytes."""
    with sheet(WIDTH * chart.height / chart.width) as figure:
        page = Affine2D().scale(1 / chart.width, -1 / chart.height).translate(0, 1)
        place = {"transform": page + figure.transFigure}
        for bar in chart.bars:
            corner = (bar.x, bar.y)
            figure.add_artist(Rectangle(corner, bar.width, bar.height, **place, **FILLS[bar.fill]))
        for mark in chart.marks:
            line = Line2D([mark.x, mark.x], [mark.top, mark.bottom], **LINES[mark.kind])
            line.set_transform(place["transform"])
            figure.add_artist(line)
        for label in chart.labels:
            _label(figure, label, place)
        return png(figure, grey=True)


def _label(figure: Any, label: Label, place: Mapping[str, Any]) -> None:
    kinds = label.kind.split()
    text = figure.text(
        label.x,
        label.y,
        lettered(label.text),
        ha=next((_ALIGNED[kind] for kind in kinds if kind in _ALIGNED), "left"),
        color="1" if "on-dark" in kinds else "0",
        fontsize=_SIZE,
        fontweight="bold" if "strong" in kinds else "normal",
        parse_math=False,
        **place,
    )
    if "on-dark" not in kinds and label.key:
        text.set_path_effects([withStroke(linewidth=2.4, foreground="1")])
