"""Maps as figures: districts by indicator, institutions and unserved areas, circles.

They are read in grey: shades and hatches with the number of each district printed on it, marks
of different shape for different kinds. What has no outline or no position is told beside.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from matplotlib.collections import EllipseCollection, PathCollection
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from shapely import contains_xy

from dingdian.core.indicators.coverage import CLASSED
from dingdian.core.indicators.covered import UNSERVED
from dingdian.reports.figures.atlas import DEGREE, Atlas, Points
from dingdian.reports.figures.canvas import WIDTH, lettered, png, sheet
from dingdian.reports.shading import UNKNOWN, Shade, Shading, shading
from dingdian.reports.wording import Words
from dingdian.reports.words.maps import INDICATORS, PHRASES, SERVING

_HIGH = 5.4  # inches of a map, at most
_EDGE = 0.04  # of the width and height of the land, around it
_SIZE = 8.0
#: The part of the width that the whole land takes where the dense middle stands beside it, and
#: how small against the mean a district of that middle is.
_MAIN, _SMALL = 0.6, 0.35
#: From so many institutions on, their marks are small.
_CROWD = 400
#: What a name with its number takes, in points, so that no two cover each other; and by what parts
#: of that a name moves within its outline, the nearest first.
_ROOM = (34.0, 20.0)
_STEPS = (
    np.array(
        sorted(
            itertools.product(range(-8, 9), repeat=2), key=lambda at: (at[0] ** 2 + at[1] ** 2, at)
        )
    ).T
    / 4
)
_HATCH = "////"
_NUMBER = re.compile(r"[−0-9.,%]+")
_MARKS = MappingProxyType({"retail_pharmacy": ("^", 9.0), "medical": ("o", 9.0)})


Fill = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class _Panel:
    """A part of a sheet that land is drawn on, and the districts whose names stand there."""

    axes: Any
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """A map to draw: its name, title and note, and how it is drawn."""

    id: str
    title: str
    note: str
    draw: Callable[[], bytes]


def maps(words: Words, atlas: Atlas) -> Iterator[Map]:
    """The maps of a plan."""
    frame = _Frame(words, atlas)
    for measure in INDICATORS:
        found = shading(words, measure)
        if found:
            yield frame.indicator(found)
    for of in CLASSED:
        yield frame.unserved(of)
    for of in CLASSED:
        if of in atlas.circles:
            yield frame.circles(of)


@dataclass(frozen=True)
class _Frame:
    """Draws maps of one plan on the same piece of land."""

    words: Words
    atlas: Atlas

    # -- the maps -------------------------------------------------------------

    def indicator(self, found: Shading) -> Map:
        """Districts shaded by a measure, each with its number."""
        note = self._note(PHRASES["shades"], unit=found.unit)
        title = self.words.label(PHRASES, "by_district", of=found.title)
        return Map(f"map_{found.measure}", title, note, lambda: self._indicator(found))

    def unserved(self, of: str) -> Map:
        """Institutions of a stock, and the localities that surely have none near."""
        words = self.words
        note = self._note(PHRASES["marks"])
        title = words.label(PHRASES, "unserved", of=words.label(SERVING, of))
        return Map(f"map_unserved_{of}", title, note, lambda: self._unserved(of))

    def circles(self, of: str) -> Map:
        """The circles around the institutions of a stock."""
        words, metres = self.words, self.atlas.circles[of]
        title = words.label(PHRASES, "circles", of=words.label(SERVING, of))
        note = self._note(PHRASES["rings"], n=f"{metres:,.0f}")
        return Map(f"map_circles_{of}", title, note, lambda: self._circles(of))

    # -- how they are drawn ---------------------------------------------------

    def _indicator(self, found: Shading) -> bytes:
        fills = {at: _fill(found, shade) for at, shade in found.shades.items()}
        names = {
            at: f"{self.words.scope(at)}\n{_plain(shade)}" for at, shade in found.shades.items()
        }
        with sheet(self._height()) as figure:
            for panel in self._panels(figure, fills):
                self._names(panel, names)
            handles = [
                Patch(
                    facecolor=each.fill,
                    edgecolor="0.15",
                    hatch=_HATCH if each.hatched else None,
                    label=lettered(each.label),
                )
                for each in found.classes
            ]
            _legend(figure, handles)
            return png(figure)

    def _unserved(self, of: str) -> bytes:
        localities = self.atlas.points("coverage")
        classes = self.atlas.property("coverage", f"class_{of}")
        bare = localities[np.array([each == UNSERVED for each in classes], bool)]
        with sheet(self._height()) as figure:
            handles: list[Any] = []
            for panel in self._panels(figure, {}):
                size = 4.0 if len(bare) < _CROWD else 0.8
                dots = _dots(
                    panel.axes, bare, "s", size=size, colour="0.72", name=self._say("bare")
                )
                handles = [dots, self._institutions(panel.axes, of)]
                self._names(panel)
            _legend(figure, handles)
            return png(figure, grey=True)

    def _circles(self, of: str) -> bytes:
        places = self._members(of)
        across = 2 * self.atlas.circles[of] / DEGREE
        with sheet(self._height()) as figure:
            handles: list[Any] = []
            for panel in self._panels(figure, {}):
                rings = EllipseCollection(
                    np.full(len(places), across * self.atlas.aspect),
                    np.full(len(places), across),
                    np.zeros(len(places)),
                    units="xy",
                    offsets=places,
                    transOffset=panel.axes.transData,
                    facecolor="0.8",
                    edgecolor="0.35",
                    linewidth=0.3,
                )
                panel.axes.add_collection(rings)
                handles = [self._institutions(panel.axes, of, small=True)]
                self._names(panel)
            _legend(figure, handles)
            return png(figure, grey=True)

    def _institutions(self, axes: Any, of: str, *, small: bool = False) -> Any:
        mark, size = _MARKS["retail_pharmacy" if of == "pharmacies" else "medical"]
        places = self._members(of)
        few = 1.2 if len(places) > _CROWD else 3.0 if small else size
        name = self.words.label(SERVING, of)
        return _dots(axes, places, mark, size=few, colour="0", name=name)

    def _members(self, of: str) -> Points:
        kinds = self.atlas.property("institutions", "kind")
        wanted = [(kind == "retail_pharmacy") is (of == "pharmacies") for kind in kinds]
        places: Points = self.atlas.points("institutions")[np.array(wanted, bool)]
        return places[~np.isnan(places[:, 0])]

    # -- the sheet ------------------------------------------------------------

    def _box(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north of all that is drawn; ``None`` where nothing has a place."""
        parts = [np.array(each.bounds).reshape(2, 2) for each in self.atlas.outlines.values()]
        places = np.vstack([np.zeros((0, 2)), *parts]) if parts else self._loose()
        if not len(places):
            return None
        (west, south), (east, north) = places.min(axis=0), places.max(axis=0)
        wide, high = max(east - west, 0.02) * _EDGE, max(north - south, 0.02) * _EDGE
        return west - wide, south - high, east + wide, north + high

    def _loose(self) -> Points:
        found = np.vstack([self.atlas.points(name) for name in ("coverage", "institutions")])
        return found[~np.isnan(found[:, 0])]

    def _height(self) -> float:
        box = self._box()
        if box is None:
            return 0.9
        wide = WIDTH * (_MAIN if self._dense() else 1.0)
        west, south, east, north = box
        return min(_HIGH, wide * (north - south) * self.atlas.aspect / (east - west))

    def _dense(self) -> list[str]:
        """The small districts in the middle, which a second panel shows larger."""
        outlines = self.atlas.outlines
        sizes = {s: outlines[s].area for s in self._drawn()}
        if not sizes:
            return []
        mean = sum(sizes.values()) / len(sizes)
        small = [scope for scope, size in sizes.items() if size < _SMALL * mean]
        return small if len(small) > 1 else []

    def _drawn(self) -> list[str]:
        return [s for s in self.words.record.shown("county") if s in self.atlas.outlines]

    def _panels(self, figure: Any, fills: Mapping[str, Fill]) -> Iterator[_Panel]:
        """The whole land, and beside it the dense middle where there is one."""
        box, dense = self._box(), self._dense()
        if box is None:
            figure.text(0.5, 0.5, lettered(self._say("nothing")), ha="center", va="center")
            return
        main = figure.add_axes((0, 0, _MAIN if dense else 1, 1))
        self._land(main, box, fills)
        others = [scope for scope in self._drawn() if scope not in dense]
        yield _Panel(main, tuple(others))
        if dense:
            near = _around([self.atlas.outlines[scope].bounds for scope in dense])
            side = figure.add_axes((_MAIN + 0.01, 0.12, 1 - _MAIN - 0.02, 0.6))
            self._land(side, near, fills)
            side.set(xticks=[], yticks=[])
            side.set_axis_on()
            side.set_title(lettered(self._say("middle")), fontsize=_SIZE, pad=3)
            main.indicate_inset_zoom(side, edgecolor="0", alpha=1, linewidth=0.6)
            yield _Panel(side, tuple(dense))
        self._furniture(main, box)

    def _land(
        self, axes: Any, box: tuple[float, float, float, float], fills: Mapping[str, Fill]
    ) -> None:
        """The outlines of the districts on a sheet, filled."""
        west, south, east, north = box
        axes.set_axis_off()
        axes.set(xlim=(west, east), ylim=(south, north))
        axes.set_aspect(self.atlas.aspect)
        for code in self._drawn():
            outline = self.atlas.outlines[code]
            paths = [
                Path(np.asarray(ring.coords)[:, :2])
                for part in getattr(outline, "geoms", [outline])
                for ring in (part.exterior, *part.interiors)
            ]
            colour, hatch = fills.get(code, ("1", None))
            made = Path.make_compound_path(*paths)
            style: dict[str, Any] = {"edgecolor": "0.35", "linewidth": 0, "hatch": hatch}
            axes.add_collection(PathCollection([made], facecolor=colour, **style))
            lines: dict[str, Any] = {
                "edgecolor": "0.1",
                "linewidth": 0.7,
                "facecolor": "none",
                "zorder": 2.5,
            }
            axes.add_collection(PathCollection([made], **lines))

    def _furniture(self, axes: Any, box: tuple[float, float, float, float]) -> None:
        """Scale and north in the corners, 示意图 and 审图号 below."""
        west, south, east, north = box
        metres = _round_length((east - west) * DEGREE / self.atlas.aspect / 5)
        long = metres / DEGREE * self.atlas.aspect
        x, y = west + (east - west) * 0.03, south + (north - south) * 0.035
        axes.plot([x, x + long], [y, y], color="0", linewidth=2, solid_capstyle="butt")
        said = self._say("scale", n=f"{metres / 1000:g}")
        axes.text(x + long / 2, y + (north - south) * 0.012, said, ha="center", fontsize=_SIZE)
        at = (west + (east - west) * 0.03, north - (north - south) * 0.02)
        foot = (at[0], at[1] - (north - south) * 0.09)
        axes.annotate("", at, foot, arrowprops={"arrowstyle": "-|>", "color": "0"})
        axes.text(*foot, self._say("north"), ha="center", va="top", fontsize=_SIZE)
        below = [self._say("schematic")] if self.atlas.schematic else []
        number = self.atlas.approval
        below += [self._say("approval", n=number)] if number else []
        axes.text(
            west + (east - west) * 0.985,
            y,
            lettered("\n".join(below)),
            ha="right",
            fontsize=_SIZE,
            parse_math=False,
        )

    def _names(self, panel: _Panel, names: Mapping[str, str] | None = None) -> None:
        """The name of each district of a panel on it, or what ``names`` says of it."""
        (west, east), (south, north) = panel.axes.get_xlim(), panel.axes.get_ylim()
        panel.axes.apply_aspect()
        inches = panel.axes.bbox.transformed(panel.axes.figure.dpi_scale_trans.inverted())
        room = (
            (east - west) * _ROOM[0] / 72 / inches.width,
            (north - south) * _ROOM[1] / 72 / inches.height,
        )
        taken: list[tuple[float, float]] = []
        for scope in panel.named:
            taken.append(_free(self.atlas.outlines[scope], taken, room))
            _written(panel.axes, taken[-1], (names or {}).get(scope, self.words.scope(scope)))

    def _note(self, told: Any, **details: object) -> str:
        """What the marks mean, and what is missing from the sheet."""
        words = self.words
        bare = [s for s in words.record.shown("county") if s not in self.atlas.outlines]
        said = [words.say(told, **details)]
        if bare:
            said.append(self._say("no_outline", areas=words.join([words.scope(s) for s in bare])))
        places = self.atlas.points("institutions")
        lost = int(np.isnan(places[:, 0]).sum()) if len(places) else 0
        if lost:
            said.append(self._say("no_place", n=lost))
        if self.atlas.schematic:
            said.append(self._say("schematic_note"))
        return words.pick("", " ").join(said)

    def _say(self, code: str, **details: object) -> str:
        return self.words.label(PHRASES, code, **details)


def _fill(found: Shading, shade: Shade) -> Fill:
    if shade.at is None:
        return UNKNOWN, _HATCH
    return found.classes[shade.at].fill, _HATCH if found.classes[shade.at].hatched else None


def _plain(shade: Shade) -> str:
    """The number of a district as it stands on the map, without its unit."""
    return shade.text if shade.at is None else _NUMBER.match(shade.text)[0]  # type: ignore[index]


def _free(
    outline: Any, taken: Sequence[tuple[float, float]], room: tuple[float, float]
) -> tuple[float, float]:
    """Where a name stands, clear of others: within its outline, as near its middle as can be.

    Where no such place is, beside the middle, never further than its own size; and in the middle
    where that is taken too: a name over another still says whose land it is.
    """
    middle = outline.representative_point()
    x, y = np.array([middle.x, middle.y])[:, None] + _STEPS * np.array(room)[:, None]
    clear = np.ones(len(x), bool)
    for a, b in taken:
        clear &= (np.abs(x - a) >= room[0]) | (np.abs(y - b) >= room[1])
    within = clear & contains_xy(outline, x, y)
    beside = clear & (np.abs(_STEPS).max(axis=0) <= 1)
    at = int(np.argmax(within if within.any() else beside))  # the first, else the middle
    return float(x[at]), float(y[at])


def _around(bounds: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    wests, souths, easts, norths = zip(*bounds, strict=True)
    west, south, east, north = min(wests), min(souths), max(easts), max(norths)
    wide, high = (east - west) * _EDGE, (north - south) * _EDGE
    return west - wide, south - high, east + wide, north + high


def _round_length(metres: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is no longer.

    >>> _round_length(7300)
    5000.0
    """
    power = 10.0 ** math.floor(math.log10(metres))
    return max(n * power for n in (1, 2, 5) if n * power <= metres)


def _dots(axes: Any, places: Points, mark: str, *, size: float, colour: str, name: str) -> Any:
    return axes.scatter(
        places[:, 0],
        places[:, 1],
        marker=mark,
        s=size,
        color=colour,
        linewidths=0,
        label=lettered(name),
    )


def _legend(figure: Any, handles: Sequence[Any]) -> None:
    if handles:
        figure.legend(
            handles=handles, loc="upper right", fontsize=_SIZE, framealpha=0.9, markerscale=3
        )


def _written(axes: Any, at: tuple[float, float], text: str) -> None:
    written = axes.text(
        *at,
        lettered(text),
        ha="center",
        va="center",
        fontsize=_SIZE,
        linespacing=1.15,
        parse_math=False,
    )
    written.set_path_effects([withStroke(linewidth=2, foreground="1")])
