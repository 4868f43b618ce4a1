"""Points that cannot be: half, swapped, abroad, far from all others, outside their district."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely

from dingdian.core.census.census import Census
from dingdian.core.census.checks.groups import keys, repeated
from dingdian.core.census.places import place_of
from dingdian.core.census.positions import Positions, Why
from dingdian.core.census.table import Mask, Table
from dingdian.core.coordinates import find_system
from dingdian.core.coordinates.convert import to_wgs84
from dingdian.core.coordinates.detect import HYPOTHESES, inside_own
from dingdian.core.errors import Fault, fault

#: Tables with coordinates.
PLACED = ("institutions", "localities")
#: How many institutions on one point are odd; two may share an address.
CROWD = 3
#: Kilometres from the middle of a table's points beyond which a point is in another place, and
#: how many points have a middle. The longest way across a prefecture in the north is shorter.
FAR_KM, FEWEST = 500, 5

_KINDS = {
    Why.MISSING: "coordinate_missing",
    Why.HALF: "coordinate_half",
    Why.ZERO: "coordinate_zero",
    Why.SWAPPED: "coordinate_swapped",
    Why.UNFIT: "coordinate_unfit",
    Why.OUTSIDE: "coordinate_outside_china",
}


def coordinate_faults(census: Census) -> Iterator[Fault]:
    """What is odd about the coordinates of single rows."""
    for name in PLACED:
        table = census.tables[name]
        if not len(table):
            continue
        found = census.positions(name)
        yield from _without(table, found)
        yield from _far(table, found)
        yield from _outside(census, table, found)
    yield from _crowds(census.tables["institutions"])


def shown(x: float, y: float) -> str:
    """A stated point as a person sees it: degrees to 6 decimals, metres to 2."""
    places = 6 if abs(x) <= 180 and abs(y) <= 180 else 2
    return f"{x:.{places}f}, {y:.{places}f}"


def _without(table: Table, found: Positions) -> Iterator[Fault]:
    for why, kind in _KINDS.items():
        for row in np.flatnonzero(found.why == why).tolist():
            system = find_system(found.stated(row))
            said = {"value": shown(found.x[row], found.y[row]), "crs": system.zh if system else ""}
            yield fault(kind, place_of(table, row, "lon"), **said)


def _far(table: Table, found: Positions) -> Iterator[Fault]:
    """Points far from the middle of all: another city, another country."""
    rows = np.flatnonzero(found.known)
    if len(rows) < FEWEST:
        return
    lon, lat = np.radians(found.lon[rows]), np.radians(found.lat[rows])
    middle_lon, middle_lat = _middle(lon), _middle(lat)
    half = np.sin((lat - middle_lat) / 2) ** 2
    half += np.cos(lat) * np.cos(middle_lat) * np.sin((lon - middle_lon) / 2) ** 2
    away = 2 * 6371.0 * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    for at in np.flatnonzero(away > FAR_KM).tolist():
        row = int(rows[at])
        said = {"value": shown(found.x[row], found.y[row]), "km": round(float(away[at]))}
        yield fault("coordinate_far", place_of(table, row, "lon"), **said)


def _middle(values: npt.NDArray[np.float64]) -> float:
    """The median, of an even number the higher of the two in the middle."""
    at = len(values) // 2
    return float(np.partition(values, at)[at])


def own_outline(census: Census, table: Table) -> npt.NDArray[np.int64]:
    """For each row the index of its outline in ``census.outlines.shapes``; -1 for none.

    It is the outline of the row's region, or of the nearest region above it that has one.
    """
    names = {code: at for at, code in enumerate(census.outlines.shapes)}
    region = table["region"]
    own = [_nearest(census, label, names) for label in region.labels]
    return np.array([*own, -1], np.int64)[np.where(region.known, region.values, -1)]


def held(census: Census, table: Table) -> tuple[npt.NDArray[np.int64], Mask]:
    """For each row with a position its outline (-1 for none), and whether it lies in it."""

    def found() -> tuple[npt.NDArray[np.int64], Mask]:
        at = census.positions(table.schema.name)
        own = np.where(at.known, own_outline(census, table), -1)
        return own, inside_own(at.lon, at.lat, own, list(census.outlines.shapes.values()))

    return census.cached((table.schema.name, "held"), found)


def _nearest(census: Census, code: str, names: dict[str, int]) -> int:
    parents = census.tree.parents
    at: str | None = code
    for _ in range(len(parents) + 1):
        if at is None or at in names:
            break
        at = parents.get(at)
    return names.get(at or "", -1)


def _outside(census: Census, table: Table, found: Positions) -> Iterator[Fault]:
    """Points outside the outline of the district that their region lies in."""
    codes, shapes = list(census.outlines.shapes), list(census.outlines.shapes.values())
    if not shapes:
        return
    own, inside = held(census, table)
    rows = np.flatnonzero((own >= 0) & ~inside)
    points = shapely.points(found.lon[rows], found.lat[rows])
    hits = shapely.STRtree(shapes).query(points, predicate="intersects")
    names = census.tree.names
    at = np.searchsorted(hits[0], np.arange(len(rows) + 1)).tolist()
    for row, (start, end) in zip(rows.tolist(), pairwise(at), strict=True):
        lies_in = [names.get(codes[each], codes[each]) for each in sorted(hits[1][start:end])]
        other = fits_as(found, row, shapes[own[row]])
        zh, en = _hints(lies_in, other)
        yield fault(
            "coordinate_outside_district",
            place_of(table, row, "lon"),
            value=shown(found.x[row], found.y[row]),
            district=names.get(codes[own[row]], codes[own[row]]),
            found_zh=zh,
            found_en=en,
        )


def _hints(lies_in: list[str], other: str) -> tuple[str, str]:
    """Where the point lies instead, and the system in which it would lie inside."""
    zh = f"，落在{'、'.join(lies_in)}" if lies_in else ""
    en = f" but in {', '.join(lies_in)}" if lies_in else ""
    if other:
        zh, en = f"{zh}，按 {other} 读则在区划内", f"{en}; inside if read as {other}"
    return zh, en


def fits_as(found: Positions, row: int, outline: shapely.Geometry | None) -> str:
    """Another system of degrees in which a point lies inside its outline; empty for none."""
    stated = find_system(found.stated(row))
    if outline is None or stated is None or stated.grid is not None:
        return ""
    for name in HYPOTHESES:
        system = find_system(name)
        if system is None or name == ("wgs84" if stated.id == "cgcs2000" else stated.id):
            continue
        if shapely.intersects_xy(outline, *map(float, to_wgs84(found.x[row], found.y[row], name))):
            return system.zh
    return ""


def _crowds(table: Table) -> Iterator[Fault]:
    given = table["lon"].known & table["lat"].known
    lon, lat = table["lon"].values, table["lat"].values
    for rows in repeated(keys(table, ["lon", "lat"]), given):
        kind = "crowded_point" if len(rows) >= CROWD else "shared_point"
        for row in rows.tolist():
            value = shown(float(lon[row]), float(lat[row]))
            yield fault(kind, place_of(table, row, "lon"), value=value, n=len(rows))
