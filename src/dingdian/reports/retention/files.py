"""retention.json, retention.xlsx and retention.geojson: the same record, the same bytes."""

from __future__ import annotations

import datetime as dt
import json

from dingdian.core.retention_record import VERSION, RetentionRecord
from dingdian.reports import record_json
from dingdian.reports.book import Cover, write_book
from dingdian.reports.retention.fates import Fate, fates, years
from dingdian.reports.retention.speech import RetentionWords
from dingdian.reports.retention.tables import all_tables
from dingdian.reports.wording import Lang
from dingdian.reports.words.retention import SHEETS

JSON, WORKBOOK, MAP = "retention.json", "retention.xlsx", "retention.geojson"


def write_workbook(record: RetentionRecord, lang: Lang = "zh") -> bytes:
    """The workbook as bytes."""
    words = RetentionWords(record, lang)
    cover = Cover(
        title=words.title(),
        basis=words.basis(),
        result=record.fingerprints.result,
        engine=record.engine,
        day=max(record.stock_day, dt.date(1980, 1, 1)),
    )
    return write_book(words, cover, all_tables(words), SHEETS)


def read_retention(content: bytes, *, file: str = JSON) -> RetentionRecord:
    """Read a record back; ``file`` is named when it cannot be.

    Raises:
        RequestError: it is not JSON, of another version, or not in the published shape.
    """
    return record_json.read_record(RetentionRecord, content, version=VERSION, file=file)


def write_map(record: RetentionRecord) -> bytes:
    """Every institution with a position and its fate under each cap, as GeoJSON (CGCS2000)."""
    told: dict[str, dict[str, str]] = {}
    for cap in record.caps:
        when, moving = years(record, cap), (Fate.GOES, Fate.FIRST, Fate.EARLIER)
        for code, fate in fates(cap).items():
            known = fate in moving and code in when
            told.setdefault(code, {})[cap.resource] = f"{fate} {when[code]}" if known else fate
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [float(place.lon), float(place.lat)]},
            "properties": {"code": code, "name": place.name, **told[code]},
        }
        for code, place in record.institutions.items()
        if code in told and place.lon is not None and place.lat is not None
    ]
    about = {
        "result": record.fingerprints.result,
        "simulation": record.marks.simulation,
        "invented": record.marks.invented,
        "advice": True,
    }
    shown = {"type": "FeatureCollection", "about": about, "features": features}
    return (json.dumps(shown, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
