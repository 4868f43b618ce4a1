"""Systems that rows do not state, state differently, or state against the evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

import numpy as np

from dingdian.core.census.census import Census
from dingdian.core.census.checks.coordinates import PLACED, held, own_outline
from dingdian.core.census.checks.groups import repeated
from dingdian.core.census.checks.mixtures import (
    NAMES,
    Name,
    column,
    mixed,
    parts,
    untold,
    whole_of,
    wrong_parts,
)
from dingdian.core.census.places import place_of
from dingdian.core.census.positions import Positions
from dingdian.core.census.table import Rows, Table
from dingdian.core.coordinates import find_system, to_wgs84
from dingdian.core.coordinates.detect import (
    FEWEST,
    HYPOTHESES,
    Verdict,
    detect,
    inside_own,
    verdict,
)
from dingdian.core.coordinates.mixture import Stated
from dingdian.core.coordinates.outlines import metres_per_degree, outline_to_wgs84
from dingdian.core.errors import Fault, Place, fault

#: Systems that agree within metres.
_ALIKE = {"cgcs2000": "wgs84"}
#: Metres between which two of one name may be one place in two systems, and metres that may be
#: left when both are read right. The offsets run from 200 m to 1,500 m.
APART, LEFT = (150.0, 2_000.0), 100.0
#: A name that more rows bear is a chain's, and not compared.
MOST_OF_A_NAME = 20
_MARKS = re.compile(r"[\s()（）·.．\-—_、,，]+")


def system_faults(census: Census) -> Iterator[Fault]:
    """What is odd about the systems of coordinates, table by table."""
    for name in PLACED:
        table = census.tables[name]
        if not len(table):
            continue
        found = census.positions(name)
        yield from _stated(table, found)
        if census.outlines.shapes:
            yield from _held_against_outlines(census, table, found)
    institutions = census.tables["institutions"]
    yield from _twins(institutions, census.positions("institutions"))


def _stated(table: Table, found: Positions) -> Iterator[Fault]:
    given = ~np.isnan(found.x) & ~np.isnan(found.y)
    for row in np.flatnonzero(given & found.stating("")).tolist():
        yield fault("crs_unknown", place_of(table, row, "crs"))
    used = found.used(given)
    if len({_ALIKE.get(each, each) for each in used}) > 1:
        names = [each.zh for each in map(find_system, used) if each]
        yield fault("mixed_crs", column(table), value="、".join(names))


def _held_against_outlines(census: Census, table: Table, found: Positions) -> Iterator[Fault]:
    """The detector's verdict where it contradicts what is stated, or nothing is stated."""
    codes = [*census.outlines.shapes, None]
    own = own_outline(census, table)
    shapes, inside = list(census.outlines.shapes.values()), held(census, table)[1]

    def ask(rows: Rows) -> Verdict:
        districts = [codes[at] for at in own[rows].tolist()]
        return detect(found.x[rows], found.y[rows], districts, census.outlines.shapes)

    for stated, group in _degree_groups(found):
        rows = group[own[group] >= 0]
        points = Stated(found.x, found.y, own, shapes, stated)
        yield from untold(table, points.take(rows))
        if (~inside[rows]).sum() < FEWEST:
            continue
        told = ask(rows)
        if likely := whole_of(points.take(rows), told):
            yield _contradicted(table, told, stated, likely)
            continue
        wrong = wrong_parts(table, points, rows, parts(census, table, rows, own), ask=ask)
        for of, part, likely in wrong:
            yield _contradicted(table, ask(part), stated, likely, of=of)
        blend = [] if wrong else list(mixed(table, points, rows))
        yield from blend
        if told.contradicts(stated) and not wrong and not blend:  # too few to say more
            yield _contradicted(table, told, stated, [s for s in HYPOTHESES if s != stated])
    yield from _likely(table, found, ask)
    yield from _outlines_elsewhere(census, table, found)


def _degree_groups(found: Positions) -> Iterator[tuple[str, Rows]]:
    """Each hypothesis with the rows that state it and have a position."""
    for name in HYPOTHESES:
        alike = (each for each in found.systems if _ALIKE.get(each, each) == name)
        rows = np.flatnonzero(found.known & found.stating(*alike))
        if len(rows):
            yield name, rows


def _figures(told: Verdict) -> dict[str, object]:
    """The shares under every reading in words: what a verdict rests on."""
    shares = [f"{NAMES[s]} {_percent(told, s)} %" for s in HYPOTHESES]
    return {"n": told.n, "figures_zh": "，".join(shares), "figures_en": ", ".join(shares)}


def _named(systems: Iterable[str]) -> str:
    """Some systems in words."""
    return " / ".join(NAMES[each] for each in systems)


def _percent(told: Verdict, system: str) -> str:
    return f"{float(100 * (told.share(system) or 0)):.1f}"


def _contradicted(
    table: Table, told: Verdict, stated: str, likely: Iterable[str], *, of: Name = ("", "")
) -> Fault:
    said = {"stated": NAMES[stated], "likely": _named(likely), **_figures(told)}
    where = {"where_zh": of[0], "where_en": of[1]}
    return fault("crs_contradicted", column(table), **where, **said)


def _likely(table: Table, found: Positions, ask: Callable[[Rows], Verdict]) -> Iterator[Fault]:
    """What points without a system look like: named, never used."""
    rows = np.flatnonzero(found.stating("") & (np.abs(found.x) <= 180) & (np.abs(found.y) <= 90))
    told = ask(rows) if len(rows) >= FEWEST else None
    if told is not None and 0 < len(told.candidates) < len(HYPOTHESES):
        yield fault("crs_likely", column(table), likely=_named(told.candidates), **_figures(told))


def _outlines_elsewhere(census: Census, table: Table, found: Positions) -> Iterator[Fault]:
    """Whether the boundaries, not the points, are in another system than they state."""
    stated = {
        _ALIKE.get(census.boundaries[code]["crs"], census.boundaries[code]["crs"])
        for code in census.outlines.shapes
    }
    own, inside = held(census, table)
    rows = np.flatnonzero(own >= 0)
    if len(stated) != 1 or not stated <= set(HYPOTHESES) or (~inside[rows]).sum() < FEWEST:
        return
    (system,) = stated
    readings = {system: inside[rows]}
    for name in (each for each in HYPOTHESES if each != system):
        shapes = [outline_to_wgs84(each, name) for each in census.outlines.stated.values()]
        readings[name] = inside_own(found.lon[rows], found.lat[rows], own[rows], shapes)
    told = verdict(readings)
    if told.contradicts(system):
        said = {"stated": NAMES[system], "likely": _named(told.candidates), **_figures(told)}
        yield fault("boundary_crs_contradicted", Place(), **said)


def _twins(table: Table, found: Positions) -> Iterator[Fault]:
    """Two rows of one name that become one place when one of them is in another system."""
    told: set[int] = set()
    for one, other in _close_pairs(table, found):
        for row, likely, metres, left in _reread(found, one, other):
            if row in told:
                continue
            told.add(row)
            yield fault(
                "crs_of_twin",
                place_of(table, row, "crs"),
                value=table["name"].cell(row),
                other=table.origin[other if row == one else one],
                likely=NAMES[likely],
                metres=round(metres),
                left=round(left),
            )


def _close_pairs(table: Table, found: Positions) -> list[tuple[int, int]]:
    """The pairs of rows in degrees of one name, marks aside, that stand ``APART``."""
    degrees = found.stating(*NAMES, *_ALIKE)
    bare: dict[str, int] = {}
    labels = table["name"].labels
    of_label = [bare.setdefault(_MARKS.sub("", each), len(bare)) for each in labels]
    known = found.known & degrees & table["name"].known
    joint = np.array([*of_label, -1], np.int64)[np.where(known, table["name"].values, -1)]
    groups = [rows for rows in repeated(joint, known) if len(rows) <= MOST_OF_A_NAME]
    if not groups:
        return []
    indices = [np.triu_indices(len(rows), 1) for rows in groups]
    ones = np.concatenate([rows[at[0]] for rows, at in zip(groups, indices, strict=True)])
    others = np.concatenate([rows[at[1]] for rows, at in zip(groups, indices, strict=True)])
    north = (found.lat[ones] - found.lat[others]) * 111_200.0
    east = (found.lon[ones] - found.lon[others]) * 111_320.0 * np.cos(np.radians(found.lat[ones]))
    metres = np.hypot(east, north)
    close = (metres > APART[0]) & (metres < APART[1])
    return list(zip(ones[close].tolist(), others[close].tolist(), strict=True))


def _reread(found: Positions, one: int, other: int) -> list[tuple[int, str, float, float]]:
    """The rows to read in another system so that two points become one; empty for none.

    Each with that system, the metres between the points as stated, and those left. The reading
    that changes the fewest rows is chosen, then the one that leaves the fewest metres.
    """
    named = (found.stated(one), found.stated(other))
    metres = _metres(found, (one, other), named)
    stated = tuple(_ALIKE.get(each, each) for each in named)
    choices = []
    for systems in product(HYPOTHESES, repeat=2):
        changed = [at for at in (0, 1) if systems[at] != stated[at]]
        left = _metres(found, (one, other), systems)
        if changed and left <= LEFT:
            choices.append((len(changed), left, systems, changed))
    if not choices:
        return []
    _, left, systems, changed = min(choices)
    return [((one, other)[at], systems[at], metres, left) for at in changed]


def _metres(found: Positions, rows: tuple[int, int], systems: tuple[str, ...]) -> float:
    at = [to_wgs84(found.x[r], found.y[r], s) for r, s in zip(rows, systems, strict=True)]
    east, north = metres_per_degree(float(at[0][1]))
    return float(np.hypot((at[0][0] - at[1][0]) * east, (at[0][1] - at[1][1]) * north))
