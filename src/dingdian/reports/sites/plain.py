"""Answers as plain data: what ``--json`` prints, and GeoJSON for a map."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from dingdian.actions.check_round import RoundReport
from dingdian.actions.check_site import Basis, Bound, SiteReport
from dingdian.actions.record_shelf import plain_reason
from dingdian.core.circles import distance_mm
from dingdian.core.errors import Fault
from dingdian.core.spacing.alternatives import Spot
from dingdian.core.spacing.places import Faulty, Site, Stated
from dingdian.core.spacing.verdict import Answer, Effect, Neighbour

#: Corners of the polygon that stands for a circle.
CORNERS = 64
#: Degrees of latitude in a metre, near enough to start from.
_DEGREES = 1 / 111_000

Plain = dict[str, Any]


def site_json(report: SiteReport) -> Plain:
    """The answer to one question. Distances in millimetres; codes, never words."""
    return {
        "version": "1",
        "binding": False,
        **_basis(report.basis),
        "site": _site(report.site),
        "verdict": report.verdict.value,
        "why": plain_reason(report.why),
        "rules": [_rule(b, a) for b, a in zip(report.rules, report.answers, strict=True)],
        "reach_mm": report.reach_mm,
        "places": [_spot(each) for each in report.spots],
    }


def round_json(report: RoundReport) -> Plain:
    """The answers to a round: each applicant, the pairs, the largest admissible set."""
    return {
        "version": "1",
        "binding": False,
        **_basis(report.basis),
        "applicants": [
            {
                "site": _site(each.site),
                "verdict": each.verdict.value,
                "rules": [_rule(b, a) for b, a in zip(report.rules, each.answers, strict=True)],
            }
            for each in report.applicants
        ],
        "faulty": [_faulty(each) for each in report.faulty],
        "faults": [_fault(each) for each in report.faults],
        "rounds": [
            {
                "rule": found.rule,
                "pairs": [
                    {
                        "first": pair.first,
                        "second": pair.second,
                        "distance_mm": pair.distance_mm,
                        "services": pair.services,
                        "effect": pair.effect.value,
                        "blocked": pair.blocked,
                    }
                    for pair in found.pairs
                ],
                "largest": {
                    "members": found.largest.ids,
                    "size": len(found.largest.members),
                    "bound": found.largest.bound,
                    "proved": found.largest.proved,
                },
            }
            for found in report.rounds
            if found is not None
        ],
    }


def written(content: Plain) -> str:
    """Plain data as text, the same for the same answer."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _basis(basis: Basis) -> Plain:
    return {
        "day": basis.day.isoformat(),
        "policy": basis.policy.place.place,
        "taken_on": basis.taken_on.isoformat() if basis.taken_on else None,
        "fingerprints": {"census": basis.census, "shelf": basis.shelf},
        "estimated": basis.estimated,
        "marks": {
            "simulation": basis.simulation,
            "as_if": basis.as_if,
            "invented": basis.invented,
        },
    }


def _site(site: Site) -> Plain:
    return {
        "id": site.id,
        "name": site.name,
        "lon": site.lon,
        "lat": site.lat,
        "crs": "cgcs2000",
        "stated": _stated(site.stated),
        "district": site.district or None,
        "zone": site.zone or None,
        "kind": site.kind or None,
        "services": site.services,
        "error_mm": site.error_mm,
        "institution": site.institution or None,
        "moved": site.moved,
        "rank": site.rank,
    }


def _stated(stated: Stated | None) -> Plain | None:
    """The point as it was given, before any conversion."""
    return None if stated is None else {"x": stated.x, "y": stated.y, "crs": stated.crs}


def _rule(bound: Bound, answer: Answer) -> Plain:
    return {
        "rule": answer.rule,
        "clauses": bound.rule.clauses,
        "readings": bound.rule.readings,
        "verdict": answer.verdict.value,
        "why": plain_reason(answer.why),
        "radius_mm": answer.radius_mm,
        "rim_inside": bound.terms.rim if bound.terms else None,
        "allowed": bound.rule.allowed,
        "services": [
            {
                "service": each.service,
                "verdict": each.verdict.value,
                "blocking": each.blocking,
                "doubtful": each.doubtful,
                "unsure": each.unsure,
                "why": plain_reason(each.why),
            }
            for each in answer.services
        ],
        "near": [_near(each) for each in answer.near],
        "unplaced": answer.unplaced,
        "faulty": [_faulty(each) for each in answer.faulty],
    }


def _faulty(each: Faulty) -> Plain:
    return {"id": each.id or None, "place": str(each.place)}


def _fault(each: Fault) -> Plain:
    details = {name: str(value) for name, value in each.details}
    return {"kind": each.kind, "place": str(each.place), "details": details}


def _near(near: Neighbour) -> Plain:
    return {
        "code": near.code,
        "name": near.name,
        "applicant": near.applicant,
        "kind": near.kind or None,
        "standing": near.standing or None,
        "district": near.district or None,
        "distance_mm": near.distance_mm,
        "computed_mm": near.computed_mm,
        "error_mm": near.error_mm,
        "effects": {service: effect.value for service, effect in near.effects},
        "why": plain_reason(near.why),
        "surveys": [
            {
                "number": each.number,
                "distance_mm": each.distance_mm,
                "measured_on": each.measured_on.isoformat(),
                "by": each.by,
                "document": each.document,
                "service": each.service or None,
            }
            for each in near.surveys
        ],
    }


def _spot(spot: Spot) -> Plain:
    return {
        "locality": spot.locality,
        "name": spot.name,
        "region": spot.region,
        "lon": spot.lon,
        "lat": spot.lat,
        "distance_mm": spot.distance_mm,
        "persons": spot.persons,
    }


# ---------------------------------------------------------------- a map


def site_geojson(report: SiteReport) -> Plain:
    """The site, the circle of each distance, who stands near, and where else it may stand.

    In CGCS2000 (GeoJSON's WGS84); the answer's day and fingerprints stand beside the features.
    """
    site = report.site
    radii = sorted({each.radius_mm for each in report.answers if each.radius_mm is not None})
    near = {each.code: each for answer in report.answers for each in answer.near}
    features = [
        _feature(
            _point(site.lon, site.lat),
            {"role": "site", "verdict": report.verdict.value, "stated": _stated(site.stated)},
        ),
        *(
            _feature(circle(site.lon, site.lat, radius), {"role": "circle", "radius_mm": radius})
            for radius in radii
        ),
        *(
            _feature(_point(each.lon, each.lat), {"role": _role(each), **_near(each)})
            for each in near.values()
            if each.lon is not None and each.lat is not None
        ),
        *(
            _feature(_point(each.lon, each.lat), {"role": "place", **_spot(each)})
            for each in report.spots
        ),
    ]
    return {
        "type": "FeatureCollection",
        "crs_name": "cgcs2000",
        "binding": False,
        **_basis(report.basis),
        "features": features,
    }


def _role(near: Neighbour) -> str:
    return "blocker" if near.does(Effect.BLOCKS) else "neighbour"


def _feature(geometry: Plain, properties: Mapping[str, Any]) -> Plain:
    return {"type": "Feature", "geometry": geometry, "properties": dict(properties)}


def _point(lon: float, lat: float) -> Plain:
    return {"type": "Point", "coordinates": [round(lon, 9), round(lat, 9)]}


def circle(lon: float, lat: float, radius_mm: int) -> Plain:
    """A polygon of 64 corners, each at the distance from the point to a few millimetres.

    >>> shape = circle(123.43, 41.8, 800_000)
    >>> len(shape["coordinates"][0]), shape["coordinates"][0][0] == shape["coordinates"][0][-1]
    (65, True)
    """
    turn = 2 * np.pi * np.arange(CORNERS) / CORNERS
    north = np.sin(turn) * _DEGREES * radius_mm / 1000
    east = np.cos(turn) * _DEGREES * radius_mm / 1000 / math.cos(math.radians(lat))
    for _ in range(3):
        here = np.full(CORNERS, lon), np.full(CORNERS, lat)
        factor = radius_mm / np.maximum(distance_mm(*here, lon + east, lat + north), 1)
        north, east = north * factor, east * factor
    corners = zip((lon + east).tolist(), (lat + north).tolist(), strict=True)
    ring = [[round(x, 9), round(y, 9)] for x, y in corners]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
