"""The charts of the page as pictures: greys, hatches and printed values, no colour needed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from dingdian.reports.charts import Bar, Chart, Label, Mark
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
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, chart.width), ylim=(chart.height, 0))
        axes.set_axis_off()
        for bar in chart.bars:
            _bar(axes, bar)
        for mark in chart.marks:
            _mark(axes, mark)
        for label in chart.labels:
            _label(axes, label)
        return png(figure)


def _bar(axes: Any, bar: Bar) -> None:
    axes.add_patch(Rectangle((bar.x, bar.y), bar.width, bar.height, **FILLS[bar.fill]))


def _mark(axes: Any, mark: Mark) -> None:
    axes.plot([mark.x, mark.x], [mark.top, mark.bottom], **LINES[mark.kind])


def _label(axes: Any, label: Label) -> None:
    kinds = label.kind.split()
    text = axes.text(
        label.x,
        label.y,
        lettered(label.text),
        ha=next((_ALIGNED[kind] for kind in kinds if kind in _ALIGNED), "left"),
        color="1" if "on-dark" in kinds else "0",
        fontsize=_SIZE,
        fontweight="bold" if "strong" in kinds else "normal",
        parse_math=False,
    )
    if "on-dark" not in kinds and label.key:
        text.set_path_effects([withStroke(linewidth=2.4, foreground="1")])
