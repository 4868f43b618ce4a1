"""Boundaries that cannot be: crossing themselves, holed, overlapping, missing, wrongly coded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import shapely

from dingdian.core.census.census import Census
from dingdian.core.census.checks.coordinates import PLACED
from dingdian.core.census.counties import counties_of
from dingdian.core.coordinates.outlines import area_m2, metres_per_degree
from dingdian.core.errors import Fault, Place, fault

Floats = npt.NDArray[np.float64]

#: An overlap of more than this, in m², is named. Digits cut off make slivers below it.
OVERLAP_M2 = 100_000
#: How many points of a district say where it lies.
FEWEST = 5
#: Kilometres from the nearest other boundary beyond which one is of another place.
FAR_KM = 50
#: Shares by which areas agree, and by which an area is clearly another.
AGREES, DIFFERS = 0.10, 0.25
_MARKS = re.compile(r"[;；,，、/|\s]+")


def boundary_faults(census: Census) -> Iterator[Fault]:
    """What is odd about the boundaries of a census; nothing when there are none."""
    if not census.boundaries:
        return
    outlines = census.outlines
    yield from _codes(census)
    for code, reason in outlines.broken.items():
        yield fault("boundary_malformed", value=code, reason=reason)
    for code, reason in outlines.crossing.items():
        yield fault("boundary_self_crossing", value=_named(census, code), reason=reason)
    for kind, codes in {
        "boundary_empty": outlines.empty,
        "boundary_swapped": outlines.swapped,
        "boundary_outside_china": outlines.abroad,
    }.items():
        for code in codes:
            yield fault(kind, value=_named(census, code))
    if not outlines.shapes:
        return
    yield from _holes(census)
    yield from _overlaps(census)
    yield from _far(census)
    yield from _missing(census)
    yield from _wrong_codes(census)


def _named(census: Census, code: str) -> str:
    name = census.tree.names.get(code)
    return f"{code}（{name}）" if name else code


def _codes(census: Census) -> Iterator[Fault]:
    """Codes of no region: several in one, wrong by the points or by elimination, or a neighbour's.

    By elimination: no more of them than districts without a boundary.
    """
    known = set(census.tree.parents)
    strange = sorted(set(census.boundaries) - known)
    without = [each for each in census.tree.districts if each not in census.boundaries]
    for code in strange:
        parts = [each for each in _MARKS.split(code) if each]
        if len(parts) > 1 and known.issuperset(parts):
            yield fault("boundary_of_several", value=code)
            continue
        own = next((each for each in without if _most_lie_in(census, each, code)), None)
        if own is None and not len(strange) <= len(without):
            yield fault("boundary_of_nothing", value=code)
            continue
        others = [own] if own else without
        zh, en = _counted(census, own, code) if own else ("", "")
        names = "、".join(_named(census, each) for each in others)
        yield fault("boundary_code_unknown", value=code, other=names, held_zh=zh, held_en=en)


def _most_lie_in(census: Census, district: str, code: str) -> bool:
    """Whether more than half of a district's points, and enough of them, lie in an outline."""
    n, inside = _inside(census, district, code)
    return n >= FEWEST and 2 * inside > n


def _inside(census: Census, district: str, code: str) -> tuple[int, int]:
    """How many points a district has, and how many of them lie in the outline of a code."""
    codes = list(census.outlines.shapes)
    n, counts = _held(census, district)
    return n, counts[codes.index(code)] if code in codes else 0


def _counted(census: Census, district: str, code: str) -> tuple[str, str]:
    n, inside = _inside(census, district, code)
    return f"，其 {n} 个坐标有 {inside} 个在其中", f", {inside} of whose {n} points lie in it"


def _holes(census: Census) -> Iterator[Fault]:
    """Holes by boundary: those that other boundaries fill, and those that are nobody's."""
    outlines = census.outlines.shapes
    for code, outline in outlines.items():
        parts = shapely.get_parts(outline)
        cut_out = [shapely.Polygon(ring) for part in parts for ring in part.interiors]
        others = [each for other, each in outlines.items() if not _related(census, code, other)]
        found: dict[str, list[tuple[float, shapely.Geometry]]] = {}
        for hole in cut_out:
            left = hole
            for each in others:
                left = shapely.difference(left, each)
            whole, rest = area_m2(hole), area_m2(left)
            filled = rest <= OVERLAP_M2 and 2 * rest <= whole
            its = (whole, hole) if filled else (rest, left)
            found.setdefault("boundary_enclave" if filled else "boundary_hole", []).append(its)
        for kind, holes in found.items():
            at = shapely.point_on_surface(max(holes, key=lambda each: each[0])[1])
            km2 = f"{sum(area for area, _ in holes) / 1e6:.2f}"
            place = {"km2": km2, "at": f"{at.x:.4f}, {at.y:.4f}"}
            yield fault(kind, Place(), value=_named(census, code), n=len(holes), **place)


def _overlaps(census: Census) -> Iterator[Fault]:
    codes, shapes = list(census.outlines.shapes), list(census.outlines.shapes.values())
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for one, other in sorted(zip(*pairs.tolist(), strict=True)):
        if one >= other or _related(census, codes[one], codes[other]):
            continue
        area = area_m2(shapely.intersection(shapes[one], shapes[other]))
        if area > OVERLAP_M2:
            names = {"value": _named(census, codes[one]), "other": _named(census, codes[other])}
            yield fault("boundary_overlap", Place(), **names, km2=f"{area / 1e6:.2f}")


def _related(census: Census, one: str, other: str) -> bool:
    """Whether one region lies in the other by the tree, so that they are meant to overlap."""
    return one in _above(census, other) or other in _above(census, one)


def _above(census: Census, code: str) -> list[str]:
    found, at = [code], census.tree.parents.get(code)
    while at is not None and at not in found:
        found.append(at)
        at = census.tree.parents.get(at)
    return found


def _far(census: Census) -> Iterator[Fault]:
    """Boundaries of the census's regions that lie far from every other."""
    own = {c: o for c, o in census.outlines.shapes.items() if c in census.tree.parents}
    shapes = list(own.values())
    nearest = dict(shapely.STRtree(shapes).query_nearest(shapes, exclusive=True).T.tolist())
    for one, other in nearest.items():
        line = shapely.shortest_line(shapes[one], shapes[other])
        (x, y), (u, v) = shapely.get_coordinates(line)
        east, north = metres_per_degree((y + v) / 2)
        km = float(np.hypot((u - x) * east, (v - y) * north)) / 1000
        if km > FAR_KM:
            yield fault("boundary_far", value=_named(census, list(own)[one]), km=round(km))


def _points(census: Census, county: str) -> tuple[Floats, Floats]:
    """Longitude and latitude of what has a position and lies in a county by its region."""
    found = []
    for name in PLACED:
        positions, (own, counties) = census.positions(name), counties_of(census, name)
        rows = positions.known & (own == counties.index(county))
        found.append((positions.lon[rows], positions.lat[rows]))
    lon, lat = map(np.concatenate, zip(*found, strict=True))
    return lon, lat


def _held(census: Census, county: str) -> tuple[int, list[int]]:
    """How many points of a county are placed, and how many of them lie in each outline."""

    def found() -> tuple[int, list[int]]:
        points, shapes = _points(census, county), census.outlines.shapes.values()
        held = [int(shapely.intersects_xy(each, *points).sum()) for each in shapes]
        return len(points[0]), held

    return census.cached((county, "held"), found)


def _missing(census: Census) -> Iterator[Fault]:
    """Counties without an outline, and the outline that may hold them as well."""
    counties = census.tree.districts
    codes = list(census.outlines.shapes)
    if not set(counties) & set(codes):  # only the outline of the whole, or none that is usable
        return
    for code in counties:
        if code in census.boundaries:
            continue
        yield fault("boundary_missing", value=_named(census, code))
        n, counts = _held(census, code)
        for at, other in enumerate(codes):
            if other not in counties:
                continue
            by_points = n >= FEWEST and 2 * counts[at] > n
            if by_points or _areas_add_up(census, code, other):
                said = {"value": _named(census, other), "other": _named(census, code)}
                yield fault("boundary_of_two", Place(), **said)


def _areas_add_up(census: Census, code: str, other: str) -> bool:
    """Whether an outline is as large as its own region and ``code`` together, by the ledger."""
    if census.boundaries[other].get("schematic"):
        return False
    regions = census.tables["regions"]
    areas = dict(zip(regions["code"].cells(), regions["area_km2"].cells(), strict=True))
    first, second = areas.get(other), areas.get(code)
    if not isinstance(first, Fraction) or not isinstance(second, Fraction):
        return False
    alone, both = float(first), float(first + second)
    drawn = area_m2(census.outlines.shapes[other]) / 1e6
    return abs(drawn - both) <= AGREES * both and abs(drawn - alone) > DIFFERS * alone


def _wrong_codes(census: Census) -> Iterator[Fault]:
    """Outlines that hold fewer than half of their county's points; another may hold more."""
    codes, counties = list(census.outlines.shapes), census.tree.districts
    for at, code in enumerate(codes):
        if code not in counties:
            continue
        points = _points(census, code)
        n = len(points[0])
        inside = int(shapely.intersects_xy(census.outlines.shapes[code], *points).sum())
        if n < FEWEST or 2 * inside >= n:
            continue
        _, counts = _held(census, code)
        others = [each for each in range(len(codes)) if codes[each] in counties and each != at]
        most = max(others, key=counts.__getitem__, default=at)
        numbers = {"value": _named(census, code), "n": n, "inside": inside}
        if 2 * counts[most] > n:
            said = {"other": _named(census, codes[most]), "elsewhere": counts[most]}
            yield fault("boundary_wrong_code", Place(), **numbers, **said)
        else:
            yield fault("boundary_unfit", Place(), **numbers)
