"""The points of a map: institutions with their services, localities with who serves them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dingdian.core.census import TABLES, Census, Circle, circle_counts, members_of
from dingdian.core.census.counties import counties_of
from dingdian.core.census.vocabulary import CHOICES, DESIGNATED, SERVICES
from dingdian.core.circles import Points, Sites
from dingdian.core.indicators.circles import SERVED, Drawn, drawn
from dingdian.core.indicators.covered import INSURED_COLUMN, RESIDENT, TABLE, gives_insured
from dingdian.core.indicators.gaps import nearest_members, unserved_rows
from dingdian.core.record import ReasonRecord
from dingdian.core.workings import Reason, Workings, key_of
from dingdian.reports.geojson import (
    UNDECIDED,
    area_classes,
    circles_of,
    open_rows,
    shown_institutions,
)
from dingdian.reports.map.packing import STEPS, Plain, fronted, packed
from dingdian.reports.wording import Words, grouped
from dingdian.reports.words.map import AREA_CLASSES, HEAD

Rows = npt.NDArray[np.int64]

#: The classes of areas in the order in which the page counts them.
ORDER = (UNDECIDED, *(each for each in AREA_CLASSES if each != UNDECIDED))
#: Persons are sent whole, or in thousandths where one of them is not.
_THOUSAND = 1000


def stocks(workings: Workings, words: Words) -> list[Plain]:
    """The stocks that circles are drawn around: figures by district, radius, circle in words.

    Where no circle is drawn ``metres`` is ``None`` and ``circle`` says why.
    """
    return [_stock(of, drawn(workings, of), words) for of in SERVED]


def _stock(of: str, found: Drawn | Reason, words: Words) -> Plain:
    own: Plain = {
        "id": of,
        "name": words.pick(SERVED[of].zh, SERVED[of].en),
        "figures": _figures(of, words),
        "unserved": _figures(f"unserved_persons_{of}", words),
    }
    if isinstance(found, Reason):
        why = ReasonRecord(code=found.code, details=dict(found.details))
        return own | {"metres": None, "circle": words.why(why)}
    metres, rule = found.circle.radius_mm / 1000, found.rule.rule.rule
    circle = words.label(
        HEAD,
        "circle",
        metres=grouped(f"{metres:g}"),
        rule=words.rule(rule),
        clauses=words.join(list(words.record.rules[rule].clauses)),
        along=words.label(HEAD, f"along_{found.aside}") if found.aside else "",
    )
    return own | {"metres": metres, "circle": circle}


def _figures(measure: str, words: Words) -> list[Plain | None]:
    """A measure in each district: its key and what is printed."""
    figures = words.record.figures
    keys = [key_of(measure, code) for code in words.record.shown("county")]
    return [
        {"key": key, "text": words.quantity(figures[key])} if key in figures else None
        for key in keys
    ]


# -- institutions ---------------------------------------------------------------------


def institutions(workings: Workings) -> Plain:
    """The designated and suspended institutions as columns; ``stocks`` and ``services`` as bits."""
    census, rows = workings.census, shown_institutions(workings)
    open_in = [open_rows(workings, service) for service in SERVICES]
    in_stock = [np.flatnonzero(_members(workings, of)) for of in SERVED]
    return {
        **_points(census, "institutions", rows),
        "code": fronted(_texts(census, "institutions", "code", rows)),
        "name": _texts(census, "institutions", "name", rows),
        **{n: _choice(census, "institutions", n, rows) for n in ("kind", "level", "standing")},
        "services": packed(_bits(open_in, rows)),
        "stocks": packed(_bits(in_stock, rows)),
    }


def _members(workings: Workings, of: str) -> npt.NDArray[np.bool_]:
    """The institutions that surely belong to a stock, as its figures count them."""
    found, served, day = drawn(workings, of), SERVED[of], workings.stock_day.isoformat()
    if isinstance(found, Reason):
        circle = Circle(served.kind, served.service, 0, rim=True, day=day, standings=DESIGNATED)
    else:
        circle = found.circle
    return members_of(workings.census, circle)[0]


def _bits(sets: Sequence[Rows], rows: Rows) -> Rows:
    """For each of ``rows`` which of some sets of rows it is in, the first as the lowest bit."""
    found = np.zeros(len(rows), np.int64)
    for bit, members in enumerate(sets):
        found |= np.isin(rows, members).astype(np.int64) << bit
    return found


# -- localities -----------------------------------------------------------------------


def localities(workings: Workings) -> Plain:
    """All localities as columns, and for each stock with a circle who serves them.

    ``persons`` are those that coverage counts: the insured where the ledger gives them.
    """
    census = workings.census
    rows = np.arange(len(census.tables[TABLE]))
    counted = INSURED_COLUMN if gives_insured(census) else RESIDENT
    persons = census.column(TABLE, counted)
    whole = not (persons.values[persons.known] % _THOUSAND).any()
    scaled = persons.values // _THOUSAND if whole else persons.values
    names = _texts(census, TABLE, "name", rows)
    shown = shown_institutions(workings)
    return {
        **_points(census, TABLE, rows),
        "code": fronted(_texts(census, TABLE, "code", rows)),
        "name": names if any(names) else [],
        "kind": _choice(census, TABLE, "kind", rows),
        "persons": packed(np.where(persons.known, scaled, -1)),
        "insured": counted == INSURED_COLUMN,
        "scale": 1 if whole else _THOUSAND,
        "spacing": spacing(census),
        "served": {
            of: _served(workings, of, each.circle, shown)
            for of, each in circles_of(workings).items()
        },
    }


def _served(workings: Workings, of: str, circle: Circle, shown: Rows) -> Plain:
    """The class of each locality, how many surely serve it, the nearest one of the unserved.

    ``at_least`` is twice the number, plus one where there may be more. ``nearest`` are places
    among the institutions of the page, -1 where there is none, for the unserved in order.
    """
    census = workings.census
    counts = circle_counts(census, TABLE, circle)
    more = counts.most > counts.least
    alone = unserved_rows(census, circle)
    nearest, distance = nearest_members(census, circle, alone)
    at = {row: place for place, row in enumerate(shown.tolist())}
    number = {name: at for at, name in enumerate(ORDER)}
    return {
        "class": packed([number[name] for name in area_classes(workings, of, circle)]),
        "at_least": packed(np.where(counts.located, 2 * counts.least + more, 0)),
        "nearest": packed([at.get(row, -1) for row in nearest.tolist()]),
        "metres": packed(np.where(distance >= 0, (distance + 500) // _THOUSAND, -1)),
    }


def spacing(census: Census) -> int:
    """How far apart localities typically stand: the median way to the nearest other, in metres.

    0 where fewer than two have a position.
    """
    at = census.positions(TABLE)
    points = Points(at.lon[at.known], at.lat[at.known])
    if len(points) < 2:
        return 0
    nearest = Sites.of(points).nearest(points, 2).distance_mm[:, 1]
    return int(np.median(nearest)) // _THOUSAND


# -- parts ----------------------------------------------------------------------------


def _points(census: Census, table: str, rows: Rows) -> Plain:
    """Positions in steps of a degree (0 and 0 where there is none) and the district's place."""
    at = census.positions(table)
    own, _ = counties_of(census, table)
    lon, lat = (np.nan_to_num(axis[rows]) * STEPS for axis in (at.lon, at.lat))
    return {
        "n": len(rows),
        "lon": packed(np.rint(lon)),
        "lat": packed(np.rint(lat)),
        "district": packed(own[rows]),
    }


def _texts(census: Census, table: str, column: str, rows: Rows) -> list[str]:
    """The cells of a text column, empty where unknown."""
    cells = census.column(table, column).cells()
    return ["" if cells[row] is None else str(cells[row]) for row in rows.tolist()]


def _choice(census: Census, table: str, column: str, rows: Rows) -> Plain:
    """A column of choices: the identifiers that occur, and for each row its place among them."""
    found = _texts(census, table, column, rows)
    choice = TABLES[table][column].choice
    used = [each for each in (*CHOICES[choice], "") if each in set(found)]
    number = {each: at for at, each in enumerate(used)}
    return {"ids": used, "at": packed([number[each] for each in found])}
