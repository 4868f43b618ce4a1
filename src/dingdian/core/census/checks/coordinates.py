"""Coordinates that cannot be: half, swapped, outside China, outside their own district."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape

from dingdian.core.census.census import Census
from dingdian.core.census.checks.groups import keys, repeated
from dingdian.core.census.places import place_of
from dingdian.core.census.table import Mask, Table
from dingdian.core.census.vocabulary import CRS
from dingdian.core.errors import Fault, Place, fault

#: Longitudes and latitudes of China in degrees.
LONGITUDES, LATITUDES = (73.0, 136.0), (3.0, 54.0)
#: How many institutions on one point are odd; two may share an address.
CROWD = 3
#: Systems that agree within metres.
ALIKE = {"wgs84": "geodetic", "cgcs2000": "geodetic"}

Degrees = npt.NDArray[np.float64]


def coordinate_faults(census: Census) -> Iterator[Fault]:
    """What is odd about coordinates and boundaries."""
    codes = {str(code) for code in census.tables["regions"]["code"].cells()}
    for code in sorted(set(census.boundaries) - codes):
        yield fault("boundary_of_nothing", value=code)
    shapes, malformed = _shapes(census.boundaries)
    yield from malformed
    for name in ("institutions", "localities"):
        table = census.tables[name]
        if not len(table):
            continue
        yield from _gaps(table)
        yield from _systems(table)
        sound = _sound(table)
        yield from _ranges(table, ~sound)
        yield from _districts(census, table, sound, shapes)
    yield from _crowds(census.tables["institutions"])


def _shapes(
    boundaries: Mapping[str, Mapping[str, Any]],
) -> tuple[dict[str, shapely.Geometry], list[Fault]]:
    """The usable boundaries by region code, prepared, and what is wrong with the others."""
    shapes: dict[str, shapely.Geometry] = {}
    faults = []
    for code, geometry in boundaries.items():
        try:
            found = shapely.make_valid(shape(geometry))
        except (
            ValueError,
            TypeError,
            IndexError,
            AttributeError,
            shapely.errors.ShapelyError,
        ) as e:
            faults.append(fault("boundary_malformed", value=code, reason=str(e)))
            continue
        if found.is_empty:
            faults.append(fault("boundary_malformed", value=code, reason="empty"))
            continue
        shapely.prepare(found)
        shapes[code] = found
    return shapes, faults


def _gaps(table: Table) -> Iterator[Fault]:
    lon, lat = table["lon"].known, table["lat"].known
    for kind, odd in (("coordinate_missing", ~lon & ~lat), ("coordinate_half", lon ^ lat)):
        for row in np.flatnonzero(odd).tolist():
            yield fault(kind, place_of(table, row, "lon"))


def _systems(table: Table) -> Iterator[Fault]:
    crs = table["crs"]
    given = table["lon"].known & table["lat"].known
    for row in np.flatnonzero(given & ~crs.known).tolist():
        yield fault("crs_unknown", place_of(table, row, "crs"))
    used = sorted({crs.labels[int(v)] for v in crs.values[given & crs.known]})
    if len({ALIKE.get(each, each) for each in used}) > 1:
        value = "、".join(CRS[each].zh for each in used)
        yield fault("mixed_crs", Place(sheet=table.schema.zh, column=crs.field.zh), value=value)


def _degrees(table: Table) -> tuple[Degrees, Degrees]:
    return table["lon"].values.astype(np.float64), table["lat"].values.astype(np.float64)


def _within(values: Degrees, limits: tuple[float, float]) -> Mask:
    return (values >= limits[0]) & (values <= limits[1])


def _sound(table: Table) -> Mask:
    """The rows whose coordinates lie within China."""
    lon, lat = _degrees(table)
    given = table["lon"].known & table["lat"].known
    return given & _within(lon, LONGITUDES) & _within(lat, LATITUDES)


def _ranges(table: Table, odd: Mask) -> Iterator[Fault]:
    lon, lat = _degrees(table)
    given = table["lon"].known & table["lat"].known
    swapped = _within(lat, LONGITUDES) & _within(lon, LATITUDES)
    for row in np.flatnonzero(given & odd).tolist():
        zero = lon[row] == 0 or lat[row] == 0
        kind = "coordinate_swapped" if swapped[row] else "coordinate_outside_china"
        place = place_of(table, row, "lon")
        yield fault("coordinate_zero" if zero else kind, place, value=_point(lon[row], lat[row]))


def _point(lon: float, lat: float) -> str:
    return f"{lon:.6f}, {lat:.6f}"


def _districts(
    census: Census, table: Table, sound: Mask, shapes: Mapping[str, shapely.Geometry]
) -> Iterator[Fault]:
    """Points outside the boundary of the district that their region lies in."""
    region = table["region"]
    own = np.array([_bounded(census, label, shapes) for label in region.labels], object)
    if not shapes or not len(own):
        return
    district = np.where(region.known, own[region.values], "")
    lon, lat = _degrees(table)
    for code, boundary in shapes.items():
        system = ALIKE.get(census.boundaries[code]["crs"], census.boundaries[code]["crs"])
        here = sound & (district == code) & table["crs"].known
        alike = here & _same_system(table, system)
        yield from _incomparable(table, here & ~alike, str(census.boundaries[code]["crs"]))
        rows = np.flatnonzero(alike)
        outside = rows[~shapely.intersects_xy(boundary, lon[rows], lat[rows])]
        for row in outside.tolist():
            point = (lon[row], lat[row])
            yield _outside(census, table, row, code=code, point=point, shapes=shapes)


def _bounded(census: Census, code: str, shapes: Mapping[str, shapely.Geometry]) -> str:
    """The nearest region from ``code`` upwards that has a boundary; empty text when none."""
    parents = census.tree.parents
    at: str | None = code
    for _ in range(len(parents) + 1):
        if at is None or at in shapes:
            break
        at = parents.get(at)
    return at or ""


def _same_system(table: Table, system: str) -> Mask:
    crs = table["crs"]
    hits = crs.label_mask(each for each in crs.labels if ALIKE.get(each, each) == system)
    return hits[crs.values] if len(hits) else np.zeros_like(crs.known)


def _incomparable(table: Table, odd: Mask, other: str) -> Iterator[Fault]:
    crs = table["crs"]
    rows = np.flatnonzero(odd)
    if len(rows):
        used = "、".join(sorted({CRS[crs.labels[int(v)]].zh for v in crs.values[rows]}))
        place = Place(sheet=table.schema.zh, column=crs.field.zh)
        said = {"n": len(rows), "crs": used, "other": CRS[other].zh}
        yield fault("boundary_crs_differs", place, **said)


def _outside(
    census: Census,
    table: Table,
    row: int,
    *,
    code: str,
    point: tuple[float, float],
    shapes: Mapping[str, shapely.Geometry],
) -> Fault:
    names = census.tree.names
    lies_in = [
        names.get(other, other)
        for other, boundary in shapes.items()
        if census.boundaries[other]["crs"] == census.boundaries[code]["crs"]
        and shapely.intersects_xy(boundary, *point)
    ]
    return fault(
        "coordinate_outside_district",
        place_of(table, row, "lon"),
        value=_point(*point),
        district=names.get(code, code),
        found_zh=f"，落在{'、'.join(lies_in)}" if lies_in else "",
        found_en=f" but in {', '.join(lies_in)}" if lies_in else "",
    )


def _crowds(table: Table) -> Iterator[Fault]:
    given = table["lon"].known & table["lat"].known
    lon, lat = _degrees(table)
    for rows in repeated(keys(table, ["lon", "lat"]), given):
        kind = "crowded_point" if len(rows) >= CROWD else "shared_point"
        for row in rows.tolist():
            value = _point(lon[row], lat[row])
            yield fault(kind, place_of(table, row, "lon"), value=value, n=len(rows))
