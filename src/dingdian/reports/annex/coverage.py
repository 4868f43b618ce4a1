"""Service circles: areas by class, coverage by kind of locality, the largest unserved localities.

The covered people by area stand in the indicator tables of the same sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from dingdian.core.census.vocabulary import REGION_LEVELS
from dingdian.core.digits import natural, rounded
from dingdian.core.indicators.circles import SERVED
from dingdian.core.indicators.coverage import CLASSED, CLASSES, PLACES
from dingdian.core.record import GapRecord
from dingdian.core.workings import key_of
from dingdian.reports.annex.indicators import measure_column
from dingdian.reports.annex.verdicts import of_family
from dingdian.reports.grid import Cell, Cells, Column, Row, Table
from dingdian.reports.wording import Words, grouped
from dingdian.reports.words.headings import COLUMNS, NOTES, TITLES

SHEET = "circles"


def tables(words: Words) -> Iterator[Table]:
    """The tables of service circles that the record has numbers for."""
    areas = [at for at in words.record.shown() if _known(words, ["localities"], [at])]
    if not areas:
        return
    kinds = [kind for kind in PLACES if _known(words, [f"circle_persons_{kind}"], areas)]
    if kinds:
        yield _by_kind(words, kinds)
    for of in CLASSED:
        measures = [f"{each}_{counted}_{of}" for each in CLASSES for counted in _COUNTED]
        if _set(words, measures, areas):
            yield _classes(words, of, measures, areas)
    for of in CLASSED:
        found = [gap for gap in words.record.gaps if gap.of == of]
        if found:
            yield _gaps(words, of, found)


def _stock(words: Words, of: str) -> str:
    return words.pick(SERVED[of].zh, SERVED[of].en)


_COUNTED = ("persons", "localities")


def _known(words: Words, measures: Sequence[str], areas: Sequence[str]) -> bool:
    """Whether any of the measures has a number in any of the areas."""
    figures = words.record.figures
    keys = [key_of(measure, at) for measure in measures for at in areas]
    return any(key in figures and figures[key].value is not None for key in keys)


def _set(words: Words, measures: Sequence[str], areas: Sequence[str]) -> bool:
    """Whether a rule sets a standard, so that areas can be classed."""
    figures = words.record.figures
    reasons = [figures[key_of(measure, at)].why for measure in measures for at in areas]
    return all(each is None or each.code != "no_standard" for each in reasons)


def circle_notes(words: Words) -> tuple[str, ...]:
    """The circles that the rules draw, in words."""
    said = (
        words.label(NOTES, "circle", rule=words.rule(each.rule), note=words.why(each.note))
        for each in of_family(words, "coverage")
        if each.note is not None and each.note.code.startswith("circle_")
    )
    return tuple(dict.fromkeys(said))


def _classes(words: Words, of: str, measures: Sequence[str], areas: Sequence[str]) -> Table:
    cells = Cells(words)
    rows = [cells.row(at, [cells.number(key_of(m, at)) for m in measures]) for at in areas]
    return Table(
        f"area_classes-{of}",
        SHEET,
        words.label(TITLES, "area_classes", of=_stock(words, of)),
        (
            Column(words.label(COLUMNS, "area"), "", 14),
            *(measure_column(words, measure) for measure in measures),
        ),
        tuple(rows),
        cells.notes(*circle_notes(words)),
    )


def _by_kind(words: Words, kinds: Sequence[str]) -> Table:
    """The whole area by kind of locality: people, and those covered."""
    (whole, *_) = words.record.shown("whole")
    cells = Cells(words)
    rows = []
    for kind in kinds:
        measures = [f"circle_persons_{kind}"]
        measures += [f"{s}covered_1_{of}_{kind}" for of in CLASSED for s in ("", "share_")]
        term = REGION_LEVELS[kind]
        numbers = [cells.number(key_of(measure, whole)) for measure in measures]
        rows.append(Row((Cell(words.pick(term.zh, term.en)), *numbers)))
    heads = ["circle_persons", *(f"{s}covered_1_{of}" for of in CLASSED for s in ("", "share_"))]
    return Table(
        "circle_kinds",
        SHEET,
        words.label(TITLES, "circle_kinds"),
        (
            Column(words.label(COLUMNS, "area"), "", 14),
            *(measure_column(words, measure) for measure in heads),
        ),
        tuple(rows),
        cells.notes(*circle_notes(words)),
    )


def _gaps(words: Words, of: str, found: Sequence[GapRecord]) -> Table:
    names = ("code", "title", "district", "region", "persons", "nearest", "distance")
    widths = (14, 24, 12, 24, 10, 34, 12)
    columns = tuple(
        Column(words.label(COLUMNS, name), "", width)
        for name, width in zip(names, widths, strict=True)
    )
    n = words.record.gap_totals.get(of, len(found))
    note = words.label(NOTES, "gaps", n=grouped(str(n)), shown=len(found))
    return Table(
        f"gaps-{of}",
        SHEET,
        words.label(TITLES, "gaps", of=_stock(words, of)),
        columns,
        tuple(_gap(words, each) for each in found),
        (note,),
    )


def _gap(words: Words, gap: GapRecord) -> Row:
    nearest = f"{gap.nearest_name} {gap.nearest}" if gap.nearest else "—"
    persons = words.undefined
    if gap.persons is not None:
        persons = grouped(natural(Fraction(gap.persons)))
    distance = "—"
    if gap.distance_mm is not None:
        metres = grouped(rounded(Fraction(gap.distance_mm, 1000), 0))
        distance = words.label(NOTES, "metres", n=metres)
    return Row(
        (
            Cell(gap.code),
            Cell(gap.name or "—"),
            Cell(words.scope(gap.district)),
            Cell(gap.region_name),
            Cell(persons),
            Cell(nearest),
            Cell(distance),
        )
    )
