"""Small grounds for spacing: institutions at exact distances from one point."""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from dingdian.core.census import Census
from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.circles import distance_mm
from dingdian.core.spacing.places import Site
from dingdian.core.spacing.terms import Side, Terms, everywhere
from tests.worlds import census

DAY = dt.date(2026, 1, 1)
#: The point from which distances are counted.
LON, LAT = 123.43, 41.80
#: A signed survey that measured the way from the site to "b" anew.
SURVEY = {
    "number": "S1",
    "from_code": "site",
    "to_code": "b",
    "distance_m": Fraction("790.5"),
    "measured_on": dt.date(2026, 1, 5),
    "by": "Zhang",
    "document": "R-1",
    "signed": True,
}


def apart(one: tuple[float, float], other: tuple[float, float]) -> int:
    """The distance of two points in millimetres."""
    return int(distance_mm(*(np.array([each]) for each in (*one, *other)))[0])


def north(metres: float | str, lon: float = LON, lat: float = LAT) -> tuple[float, float]:
    """The point exactly so far north (south if negative): bisected to the whole millimetre."""
    wanted = abs(int(Fraction(metres) * 1000))
    low, high = lat, lat + (1.0 if Fraction(metres) >= 0 else -1.0)
    for _ in range(80):
        middle = (low + high) / 2
        if apart((lon, lat), (lon, middle)) < wanted:
            low = middle
        else:
            high = middle
    assert apart((lon, lat), (lon, high)) == wanted
    return lon, high


def institution(code: str, at: tuple[float, float] | None, **cells: object) -> dict[str, object]:
    """A designated clinic with outpatient pooling, its other services closed, without error."""
    closed = dict.fromkeys(SERVICES, False)
    place = {"lon": at[0], "lat": at[1], "crs": "wgs84"} if at else {}
    base = {
        "code": code,
        "name": f"机构{code}",
        "kind": "clinic",
        "region": "east",
        "standing": "in_force",
        "outpatient_pooling": True,
        "position_error_m": Fraction(0),
    }
    return {**closed, **base, **place, **cells}


def ground(*institutions: Mapping[str, object], **tables: list[dict[str, object]]) -> Census:
    """A census of these institutions."""
    return census(institutions=[dict(each) for each in institutions], **tables)


def site(**cells: object) -> Site:
    """A new clinic with outpatient pooling at the point, without error."""
    base = {
        "id": "new",
        "lon": LON,
        "lat": LAT,
        "services": ("outpatient_pooling",),
        "side": Side.MEDICAL,
        "kind": "clinic",
        "error_mm": 0,
        "district": "east",
        "zone": "main_urban",
    }
    return Site(**{**base, **cells})


def terms(metres: float = 800, **fields: object) -> Terms:
    """The terms of a rule of so many metres."""
    return Terms("spacing", **{"radii_mm": everywhere(int(metres * 1000)), **fields})
