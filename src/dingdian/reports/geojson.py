"""Maps as GeoJSON (RFC 7946): localities with their coverage, the unserved ones, institutions.

Positions are WGS84 longitude and latitude with seven decimals (a centimetre). What has no usable
position keeps its feature with no geometry, so that nothing is lost on the way. What other
properties say already is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from dingdian.core.census import (
    Census,
    Circle,
    Column,
    Kind,
    Selection,
    Test,
    Where,
    circle_counts,
    members_of,
    tally,
)
from dingdian.core.census.near import ANY
from dingdian.core.census.vocabulary import DESIGNATED, SERVICES
from dingdian.core.digits import natural
from dingdian.core.indicators.circles import SERVED, Drawn, drawn, standard
from dingdian.core.indicators.coverage import CLASSED, CLASSES
from dingdian.core.indicators.covered import TABLE, UNSERVED, class_conditions
from dingdian.core.indicators.gaps import Rows, nearest_members, unserved_rows
from dingdian.core.plan import Plan
from dingdian.core.workings import Reason, Workings

#: Degrees are written with so many decimals.
DECIMALS = 7
#: The class of a locality that somebody serves where no rule says how many are enough, and of
#: one for which nothing can be said.
SERVED_CLASS, UNDECIDED = "served", "undecided"

_text: Callable[[Any], str] = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
).encode


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of a map: for each of ``n`` features its place and its properties.

    ``places`` are pairs of longitude and latitude, ``None`` where there is no position;
    ``properties`` are by name the values of all features as JSON, empty where unknown.
    ``repeated``: properties that only repeat what others of the maps say; GeoJSON, which writes
    every name at every feature, leaves them out.
    """

    name: str
    places: Sequence[tuple[float, float] | None]
    properties: Mapping[str, Sequence[str]]
    repeated: frozenset[str] = frozenset()


def maps(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """The maps of a plan, file names with their bytes; the same plan, the same bytes."""
    workings = workings_of(plan)
    told = about(plan, workings)
    for layer in layers(workings):
        content = _text({"name": layer.name, **told})
        yield f"{layer.name}.geojson", _collection(layer, content).encode()


def workings_of(plan: Plan) -> Workings:
    """A register for the census and policy of a plan, to draw its circles again."""
    return Workings(
        census=plan.census, policy=plan.policy, measures=plan.measures, stock_day=plan.stock_day
    )


def layers(workings: Workings) -> Iterator[Layer]:
    """The layers of the maps; without localities there are only institutions."""
    if len(workings.census.tables[TABLE]):
        yield _coverage(workings)
        yield _unserved(workings)
    yield _institutions(workings)


def about(plan: Plan, workings: Workings) -> Mapping[str, Any]:
    """What every map says of itself: the days, the circles, and whether it is a simulation."""
    return {
        "stock_day": plan.stock_day.isoformat(),
        "policy_day": plan.policy.day.isoformat(),
        "simulation": plan.simulation,
        "as_if": plan.as_if,
        "invented": plan.census.invented,
        "result": plan.fingerprints.result,
        "circles": {
            of: {
                "metres": each.circle.radius_mm / 1000,
                "along": each.along,
                **({"measured": each.measured} if each.circle.by else {}),
            }
            for of, each in circles_of(workings).items()
        },
    }


def circles_of(workings: Workings) -> dict[str, Drawn]:
    """The stocks around which the policy draws circles."""
    found = {of: drawn(workings, of) for of in SERVED}
    return {of: each for of, each in found.items() if not isinstance(each, Reason)}


# -- localities -----------------------------------------------------------------------


def _coverage(workings: Workings) -> Layer:
    """All localities: how many institutions of each stock are near, and the classes of areas.

    ``<stock>`` is how many there surely are, ``<stock>_at_most`` how many there may be where
    not all are located. Where no rule sets a standard the class says no more than these two.
    """
    census, circles = workings.census, circles_of(workings)
    properties = _cells(census, TABLE, ("code", "name", "region", "kind", "persons"))
    for of, each in circles.items():
        counts = circle_counts(census, TABLE, each.circle)
        located, more = counts.located, counts.located & (counts.most > counts.least)
        properties[of] = _where(counts.least.tolist(), located.tolist())
        if more.any():
            properties[f"{of}_at_most"] = _where(counts.most.tolist(), more.tolist())
    counted = set()
    for of in CLASSED:
        if of in circles:
            classes = area_classes(workings, of, circles[of].circle)
            properties[f"class_{of}"] = list(map(_text, classes))
            if isinstance(standard(workings, of), Reason):
                counted.add(f"class_{of}")
    return Layer("coverage", _places(census, TABLE), properties, frozenset(counted))


def _where(values: list[int], known: list[bool]) -> list[str]:
    return [str(value) if yes else "" for value, yes in zip(values, known, strict=True)]


def area_classes(workings: Workings, of: str, circle: Circle) -> list[str]:
    """The class of each locality; where no rule sets a standard only unserved and served."""
    census = workings.census
    found = np.full(len(census.tables[TABLE]), UNDECIDED, dtype=object)
    near = Where(circle.column, Test.NEAR, circle.words("1"))
    found[tally(census, Selection(TABLE, (near,))).rows] = SERVED_CLASS
    found[unserved_rows(census, circle)] = UNSERVED
    for name in CLASSES:
        conditions = class_conditions(workings, of, name)
        if isinstance(conditions, Reason):
            break
        found[tally(census, Selection(TABLE, conditions[1])).rows] = name
    return list(found)


def _unserved(workings: Workings) -> Layer:
    """The localities that surely have nobody of some stock, with the nearest institution."""
    census, circles = workings.census, circles_of(workings)
    rows = {of: unserved_rows(census, circles[of].circle) for of in CLASSED if of in circles}
    every = np.unique(np.concatenate([np.zeros(0, np.int64), *rows.values()]))
    properties = _cells(census, TABLE, ("code", "name", "region", "persons"), every)
    codes = _told(census.column("institutions", "code"))
    for of, own in rows.items():
        nearest, distance = nearest_members(census, circles[of].circle, own)
        at = np.searchsorted(every, own)
        names, metres = (np.full(len(every), "", dtype=object) for _ in range(2))
        names[at] = [codes[row] if row >= 0 else "null" for row in nearest.tolist()]
        metres[at] = [
            natural(Fraction(mm, 1000)) if mm >= 0 else "null" for mm in distance.tolist()
        ]
        properties |= {f"nearest_{of}": list(names), f"metres_{of}": list(metres)}
    return Layer("unserved", _places(census, TABLE, every), properties, frozenset({"region"}))


# -- institutions ---------------------------------------------------------------------


def shown_institutions(workings: Workings) -> Rows:
    """The institutions that maps show: designated on the stock day, or suspended."""
    day = workings.stock_day.isoformat()
    every = Circle(ANY, "", 0, rim=True, day=day, standings=(*DESIGNATED, "suspended"))
    return np.flatnonzero(members_of(workings.census, every)[0])


def open_rows(workings: Workings, service: str) -> Rows:
    """The institutions that have a service open on the stock day."""
    day = workings.stock_day.isoformat()
    selection = Selection("institutions", (Where(service, Test.OPEN, (day,)),))
    return tally(workings.census, selection).rows


def _institutions(workings: Workings) -> Layer:
    """The institutions that are designated on the stock day, suspended ones among them."""
    census, rows = workings.census, shown_institutions(workings)
    names = ("code", "name", "kind", "region", "standing")
    properties = _cells(census, "institutions", names, rows)
    services: dict[int, list[str]] = {row: [] for row in rows.tolist()}
    for service in SERVICES:
        for row in open_rows(workings, service).tolist():
            services.get(row, []).append(service)
    properties["services"] = [_text(each) for each in services.values()]
    return Layer("institutions", _places(census, "institutions", rows), properties)


# -- parts ----------------------------------------------------------------------------


def _cells(
    census: Census, table: str, names: Iterable[str], rows: Rows | None = None
) -> dict[str, Sequence[str]]:
    """The named cells of some rows (all without ``rows``) as JSON; columns of nothing left out."""
    found: dict[str, Sequence[str]] = {}
    for name in names:
        column = census.tables[table][name]
        told = _told(column if rows is None else column.take(rows))
        if any(told):
            found[name] = told
    return found


def _told(column: Column) -> list[str]:
    """The cells of a text or number column as JSON; empty where unknown."""
    distinct, at = np.unique(column.values, return_inverse=True)
    if column.field.kind is Kind.NUMBER:
        scale = 10**column.field.scale
        words = [natural(Fraction(value, scale)) for value in distinct.tolist()]
    else:
        words = [_text(column.labels[value]) if column.labels else "" for value in distinct]
    said = np.array(words, dtype=object)[at] if words else np.zeros(0, dtype=object)
    return list(np.where(column.known, said, ""))


def _places(
    census: Census, table: str, rows: Rows | None = None
) -> list[tuple[float, float] | None]:
    at = census.positions(table)
    own = np.arange(len(at)) if rows is None else rows
    lon, lat = (np.round(axis[own], DECIMALS).tolist() for axis in (at.lon, at.lat))
    known = at.known[own].tolist()
    return [(x, y) if yes else None for x, y, yes in zip(lon, lat, known, strict=True)]


def _collection(layer: Layer, told: str) -> str:
    """A collection, one line a feature; ``about`` is a foreign member (RFC 7946, 6.1)."""
    kept = {name: told for name, told in layer.properties.items() if name not in layer.repeated}
    heads = [_text(name) + ":" for name in kept]
    lines = []
    for place, *cells in zip(layer.places, *kept.values(), strict=True):
        own = ",".join([head + cell for head, cell in zip(heads, cells, strict=True) if cell])
        point = f'{{"type":"Point","coordinates":[{place[0]},{place[1]}]}}' if place else "null"
        lines.append(f'{{"type":"Feature","geometry":{point},"properties":{{{own}}}}}')
    features = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","about":{told},"features":[\n{features}\n]}}\n'
