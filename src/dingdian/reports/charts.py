"""Charts: small inline SVG figures, readable in grey print and by a screen reader.

Every number printed in a chart keeps its figure key (``data-key``), as in the tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.workings import key_of
from dingdian.reports.annex.verdicts import of_family
from dingdian.reports.causes import causes
from dingdian.reports.grid import display_width
from dingdian.reports.wording import Words
from dingdian.reports.words.charts import CHARTS, GROWN, MISSING, NO_LINES, STROKES

_WIDTH, _ROW, _RIGHT, _HEAD = 620, 21, 56, 30
_BASE = 14.0  # of a text below the top of its row
_ROOM = 46.0  # what a number takes beside or in a bar
_LETTER = 7.0  # a narrow character of a bold label, at most
_GAP = 8  # between a label and its bar
_LEVELS = ("tertiary", "secondary", "primary")
_FILLS = ("dark", "middle", "light")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, ``fill`` its class in the style sheet."""

    x: float
    y: float
    width: float
    fill: str
    height: float = 15


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line."""

    x: float
    top: float
    bottom: float
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text; ``key`` stands on a number."""

    x: float
    y: float
    text: str
    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, what it shows in words, its size and its shapes."""

    id: str
    title: str
    description: str
    height: float
    shapes: tuple[Bar | Mark | Label, ...]
    width: float = 620

    @property
    def bars(self) -> list[Bar]:
        """The bars, drawn first."""
        return [each for each in self.shapes if isinstance(each, Bar)]

    @property
    def marks(self) -> list[Mark]:
        """The lines, drawn over the bars."""
        return [each for each in self.shapes if isinstance(each, Mark)]

    @property
    def labels(self) -> list[Label]:
        """The texts, drawn last."""
        return [each for each in self.shapes if isinstance(each, Label)]


def charts(words: Words, *, paper: bool = False) -> tuple[Chart, ...]:
    """The charts that the record has numbers for; the page leaves out those of ``paper``."""
    made = (
        structure(words),
        against(words, "beds_per_1000"),
        agglomeration(words),
        against(words, "pharmacies_per_10k_insured"),
        against(words, "share_covered_1_pharmacies"),
        against(words, "share_covered_1_medical_institutions"),
        *((growth(words), against(words, "share_aged_60")) if paper else ()),
    )
    return tuple(each for each in made if each is not None)


def structure(words: Words) -> Chart | None:
    """Shares of tertiary, secondary and primary beds, one bar an area, targets as ticks."""
    scopes = _with(words, "share_beds_tertiary", words.record.shown())
    if not scopes:
        return None
    targets = _targets(words)
    body: list[Bar | Mark | Label] = list(_legend(words))
    for at, scope in enumerate(scopes):
        y = _HEAD + at * _ROW
        body += [_name(words, scope, y), *_stack(words, scope, y)]
        body += [
            Mark(_left(words) + float(edge) * _span(words), y, y + 19, "tick") for edge in targets
        ]
    return _chart(words, "structure", body, len(scopes))


def _targets(words: Words) -> list[Fraction]:
    """Where the target shares end along a bar, by the structure rule of the place."""
    for finding in of_family(words, "structure"):
        figures = words.record.figures
        shares = [
            figures[key].number for role, key in finding.numbers if role.startswith("target:")
        ]
        if len(shares) == len(_LEVELS) and all(isinstance(each, Fraction) for each in shares):
            exact = [Fraction(each) for each in shares if each is not None]
            return [exact[0], exact[0] + exact[1]]
    return []


def _stack(words: Words, scope: str, y: float) -> Iterator[Bar | Label]:
    x = _left(words)
    for level, fill in zip(_LEVELS, _FILLS, strict=True):
        key = key_of(f"share_beds_{level}", scope)
        figure = words.record.figures[key]
        if figure.number is None:
            yield Label(_left(words) + 4, y + _BASE, words.undefined, "start", key)
            return
        width = float(figure.number) * _span(words)
        yield Bar(x, y + 2, width, fill)
        if width > _ROOM:
            yield Label(x + width / 2, y + _BASE, words.number(figure), f"middle on-{fill}", key)
        x += width


def _legend(words: Words) -> Iterator[Bar | Label]:
    for at, (level, fill) in enumerate(zip(_LEVELS, _FILLS, strict=True)):
        x = _left(words) + at * 110.0
        yield Bar(x, 4, 12, fill, 12)
        yield Label(x + 17, 14, words.term("level", level), "start")


def against(words: Words, measure: str) -> Chart | None:
    """A measure by area, with its benchmarks for the whole area as lines."""
    scopes = _with(words, measure, words.record.shown())
    if not scopes:
        return None
    lines = _benchmarks(words, measure)
    values = [_number(words, measure, scope) for scope in scopes]
    top = max([*(v for v in values if v is not None), *(v for _, v in lines), 0.001]) * 1.05
    body: list[Bar | Mark | Label] = []
    for at, (scope, value) in enumerate(zip(scopes, values, strict=True)):
        y = _HEAD + at * _ROW
        key = key_of(measure, scope)
        width = (value or 0.0) / top * _span(words)
        said = words.number(words.record.figures[key])
        body += [_name(words, scope, y), Bar(_left(words), y + 2, width, "middle")]
        body.append(Label(_left(words) + width + 5, y + _BASE, said, "start halo", key))
    bottom = _HEAD + len(scopes) * _ROW
    for at, (_, value) in enumerate(lines):
        x = _left(words) + value / top * _span(words)
        body.append(Mark(x, 18, bottom, f"target t{at % 3}"))
    return _chart(words, measure, body, len(scopes), names=_benchmark_names(words, lines))


def _benchmarks(words: Words, measure: str) -> list[tuple[str, float]]:
    """The benchmarks of a measure for the whole area: key and value, each value once."""
    found: dict[float, str] = {}
    for finding in of_family(words, "benchmark"):
        numbers = dict(finding.numbers)
        if not numbers or words.record.scopes[finding.scope].level != "whole":
            continue
        if words.record.figures[numbers["measure"]].measure != measure:
            continue
        value = words.record.figures[numbers["benchmark"]].number
        if value is not None:
            found.setdefault(float(value), numbers["benchmark"])
    return [(key, value) for value, key in found.items()]


def _benchmark_names(words: Words, lines: Sequence[tuple[str, float]]) -> str:
    figures = words.record.figures
    names = [
        f"{words.say(STROKES[at % 3])}"
        f"{words.benchmark(figures[key].measure.removeprefix('benchmark.'))}"
        f"{words.pick('', ' ')}{words.number(figures[key])}"
        for at, (key, _) in enumerate(lines)
    ]
    return words.pick("；", "; ").join(names) or words.say(NO_LINES)


def agglomeration(words: Words) -> Chart | None:
    """HRAD minus PAD by district: bars to the right where institutions exceed people."""
    scopes = _with(words, "hrad_minus_pad", words.record.shown("county"))
    rows = [(words.scope(scope), key_of("hrad_minus_pad", scope)) for scope in scopes]
    return _deviations(words, "agglomeration", rows)


def growth(words: Words) -> Chart | None:
    """How institutions, people and beds grew since the first year of the history."""
    (whole, *_) = words.record.shown("whole") or ("",)
    measures = [m for m in GROWN if key_of(m, whole) in words.record.figures]
    rows = [(words.label(GROWN, measure), key_of(measure, whole)) for measure in measures]
    return _deviations(words, "growth", rows)


def _deviations(words: Words, id: str, rows: Sequence[tuple[str, str]]) -> Chart | None:
    """Bars to both sides of nothing, one a row of name and key; none where all are nothing."""
    numbers = [words.record.figures[key].number for _, key in rows]
    values = [None if each is None else float(each) for each in numbers]
    most = max((abs(v) for v in values if v is not None), default=0.0)
    if not most:
        return None
    centre, reach = _left(words) + _span(words) / 2, (_span(words) / 2 - _ROOM) / most
    body: list[Bar | Mark | Label] = []
    for at, ((name, key), value) in enumerate(zip(rows, values, strict=True)):
        y = _HEAD + at * _ROW
        body.append(Label(_left(words) - _GAP, y + _BASE, name, "end"))
        body += _deviation(words, key, (value or 0.0) * reach, y)
    bottom = _HEAD + len(rows) * _ROW
    return _chart(words, id, [*body, Mark(centre, 20, bottom, "axis")], len(rows))


def _deviation(words: Words, key: str, length: float, y: float) -> Iterator[Bar | Label]:
    centre = _left(words) + _span(words) / 2
    said = words.number(words.record.figures[key])
    if length >= 0:
        yield Bar(centre, y + 2, length, "dark")
        yield Label(centre + length + 5, y + _BASE, said, "start", key)
    else:
        yield Bar(centre + length, y + 2, -length, "light edge")
        yield Label(centre + length - 5, y + _BASE, said, "end", key)


# -- parts ------------------------------------------------------------------------


def _with(words: Words, measure: str, scopes: Sequence[str]) -> list[str]:
    return [at for at in scopes if key_of(measure, at) in words.record.figures]


def _left(words: Words) -> float:
    """Where the bars begin: right of the longest name of an area."""
    names = [words.scope(scope) for scope in words.record.shown()]
    return max(map(display_width, names), default=0) * _LETTER + 2 * _GAP


def _span(words: Words) -> float:
    """How long a bar can be."""
    return _WIDTH - _left(words) - _RIGHT


def _number(words: Words, measure: str, scope: str) -> float | None:
    value = words.record.figures[key_of(measure, scope)].number
    return None if value is None else float(value)


def _name(words: Words, scope: str, y: float) -> Label:
    strong = words.record.scopes[scope].level in ("whole", "zone")
    return Label(
        _left(words) - _GAP, y + _BASE, words.scope(scope), "end strong" if strong else "end"
    )


def _chart(
    words: Words, id: str, shapes: Sequence[Bar | Mark | Label], rows: int, *, names: str = ""
) -> Chart:
    title, description = CHARTS[id]
    said = words.say(description, names=names) + _missing(words, shapes)
    return Chart(id, words.say(title), said, _HEAD + rows * _ROW + 6, tuple(shapes))


def _missing(words: Words, shapes: Sequence[Bar | Mark | Label]) -> str:
    """Why some of the numbers of a chart cannot be had; empty where all can."""
    keys = dict.fromkeys(each.key for each in shapes if isinstance(each, Label) and each.key)
    undefined = [key for key in keys if words.record.figures[key].value is None]
    why = dict.fromkeys(said for key in undefined for said in causes(words, key, short=True))
    joined = words.pick("；", "; ").join(why)
    return words.pick("", " ") + words.say(MISSING, why=joined) if why else ""
