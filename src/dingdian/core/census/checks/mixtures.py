"""One column of coordinates that mixes systems under one name: which rows, or that some are.

Parts of a table that may come from one source are asked each for itself: a district, a kind of
institution or place, a file or sheet, a stretch of rows. What is left is asked as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import numpy as np
import numpy.typing as npt

from dingdian.core.census.census import Census
from dingdian.core.census.places import place_of
from dingdian.core.census.table import Rows, Table
from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.coordinates.detect import FEWEST, Verdict
from dingdian.core.coordinates.mixture import (
    SHOWN,
    Stated,
    least_share,
    mixture,
    stretches,
    telling,
    whole,
)
from dingdian.core.errors import Fault, Place, fault

#: Systems of degrees, as faults name them.
NAMES = {"wgs84": "WGS84/CGCS2000", "gcj02": "GCJ-02", "bd09": "BD-09"}
#: How many rows of another system a fault names, and points below which none is missed.
NAMED, FEW = 5, 30

#: A part of a table in words, Chinese and English.
Name = tuple[str, str]
Part = tuple[Name, Rows]


def column(table: Table) -> Place:
    """The column of a table that states the systems."""
    return Place(sheet=table.schema.zh, column=table.schema["crs"].zh)


def parts(census: Census, table: Table, rows: Rows, own: npt.NDArray[np.int64]) -> Iterator[Part]:
    """The rows of each district, of each kind, of each file or sheet; never all of them."""
    codes = [*census.outlines.shapes, ""]
    districts = [census.tree.names.get(code, code) for code in codes]
    yield from _split(rows, own[rows], [(f"（{each}）", f" in {each}") for each in districts])
    kind = table["kind"]
    terms = [CHOICES[kind.field.choice][each] for each in kind.labels]
    words = [(f"（{each.zh}）", f" of kind {each.en}") for each in terms]
    known = rows[kind.known[rows]]
    yield from _split(known, kind.values[known], words)
    files, at = np.unique([table.origin[row].rpartition(" ")[0] for row in rows.tolist()], return_inverse=True)  # noqa: E501  # fmt: skip
    yield from _split(rows, at, [(f"（{each}）", f" in {each}") for each in files.tolist()])


def _split(rows: Rows, group: npt.NDArray[np.int64], names: list[Name]) -> Iterator[Part]:
    for at in np.unique(group).tolist():
        its = rows[group == at]
        if len(its) < len(rows):
            yield names[at], its


def whole_of(points: Stated, told: Verdict) -> tuple[str, ...]:
    """The systems that all of the points seem to be in instead of the stated one; often none."""
    return whole(points, told.candidates) if told.contradicts(points.system) else ()


def wrong_parts(
    table: Table,
    points: Stated,
    rows: Rows,
    named: Iterable[Part],
    *,
    ask: Callable[[Rows], Verdict],
) -> list[tuple[Name, Rows, tuple[str, ...]]]:
    """The parts that are in another system, and which; none where that does not explain it all.

    A part is believed where its system is one that the whole shows, and where what is left
    shows no mixture any more: else wrong rows stand in every part.
    """
    blend = mixture(points.take(rows))
    found, left = [], rows
    for name, part in chain(named, _row_stretches(table, points, rows)):
        here = np.intersect1d(part, left)
        likely = whole_of(points.take(here), ask(here)) if len(here) >= FEWEST else ()
        if likely and (blend is None or set(likely) & set(blend.candidates)):
            found.append((name, here, likely))
            left = np.setdiff1d(left, here)
    return found if mixture(points.take(left)) is None else []


def _row_stretches(table: Table, points: Stated, rows: Rows) -> Iterator[Part]:
    """The stretches of rows that another system fits, where it is not one district that says so."""
    for first, last in stretches(points.take(rows)):
        its = rows[first : last + 1]
        if len(its) < len(rows) and mixture(points.take(its)) is not None:
            start, end = (place_of(table, int(row)).row for row in (its[0], its[-1]))
            yield (f"（第 {start}—{end} 行）", f" in rows {start} to {end}"), its


def mixed(table: Table, points: Stated, rows: Rows) -> Iterator[Fault]:
    """That rows of another system are among these, with some of them."""
    found = mixture(points.take(rows))
    if found is None:
        return
    some = [str(place_of(table, int(row)).row) for row in rows[found.rows[:NAMED]]]
    more = " …" if len(found.rows) > NAMED else ""
    yield fault(
        "crs_mixed",
        column(table),
        n=len(rows),
        stated=NAMES[points.system],
        likely=" / ".join(NAMES[each] for each in found.candidates),
        best=NAMES[found.candidates[0]],
        outside=found.outside,
        back=found.back,
        opposite=found.opposite,
        percent=round(100 * found.share),
        rows=", ".join(some) + more,
    )


def untold(table: Table, points: Stated) -> Iterator[Fault]:
    """That so few points stand near a rim that many in another system would not show."""
    if len(points.own) < FEW:
        return
    near = telling(points)
    system = min(near, key=lambda name: near[name])
    least = least_share(near[system])
    if least > SHOWN:
        said = {"n": len(points.own), "stated": NAMES[points.system], "other": NAMES[system]}
        numbers = {"near": round(near[system]), "percent": round(100 * least)}
        yield fault("crs_untold", column(table), **said, **numbers)
