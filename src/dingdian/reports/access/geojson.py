"""access.geojson: localities with their scores, and providers, as points."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dingdian.core.access_record import AccessRecord

FILE = "access.geojson"
_COLUMNS = (
    *("code", "district", "people", "nearest_mm", "reached"),
    *("two_step", "enhanced", "three_step", "balanced"),
)
_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def write_map(record: AccessRecord) -> bytes:
    """Every locality and provider with a position, one line a feature; ``role`` says which it is.

    Positions are WGS84 longitude and latitude (RFC 7946). Null: not known, or undefined.
    ``no_way``: no way along the streets leads from there to any provider, however long.
    """
    marks = record.marks
    about = {
        "name": "access",
        "stock": record.stock.stock,
        "unit": record.stock.unit,
        "per": record.stock.per,
        "reach_mm": record.catchment.reach_mm,
        "measured": record.catchment.measured,
        "streets": record.streets.fingerprint if record.streets else None,
        "stock_day": record.stock_day.isoformat(),
        "policy_day": record.policy_day.isoformat(),
        "simulation": marks.simulation,
        "as_if": marks.as_if,
        "invented": marks.invented,
        "result": record.fingerprints.result,
    }
    head = _text({"type": "FeatureCollection", **about})[:-1]
    features = ",\n".join(map(_text, (*_places(record), *_providers(record))))
    return f'{head},"features":[\n{features}\n]}}\n'.encode()


def _places(record: AccessRecord) -> Iterator[dict[str, Any]]:
    own = record.places
    columns = [getattr(own, name) for name in _COLUMNS]
    cut_off = set(own.no_way)
    for at, (lon, lat, *cells) in enumerate(zip(own.lon, own.lat, *columns, strict=True)):
        told = dict(zip(_COLUMNS, cells, strict=True))
        yield _feature(lon, lat, {"role": "locality", **told, "no_way": at in cut_off})


def _providers(record: AccessRecord) -> Iterator[dict[str, Any]]:
    for each in record.providers:
        told = each.model_dump(exclude={"lon", "lat"})
        yield _feature(each.lon, each.lat, {"role": "provider", **told})


def _feature(lon: float, lat: float, told: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": point, "properties": told}
