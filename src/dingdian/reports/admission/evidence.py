"""The evidence of one case as files: what a reviewer or a court is given, in one bundle."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dingdian.actions.explain_figure import Ledger, explain_figure
from dingdian.actions.gather_evidence import Evidence, Spot
from dingdian.core.admission.record import DecisionsRecord
from dingdian.core.record import Part, Record
from dingdian.reports.admission.frame import round_basis, round_title
from dingdian.reports.admission.lines import case_lines
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.explain_text import explain_text
from dingdian.reports.frame import mark_words
from dingdian.reports.record_json import write_record
from dingdian.reports.wording import LANGUAGES, Lang
from dingdian.reports.words.decisions import BUNDLE

#: Degrees in the map, to about a decimetre.
_DECIMALS = 6
#: So many rows of the ledger stand under each selection of a derivation.
_ROWS = 20


def evidence_files(
    record: DecisionsRecord, plan: Record, evidence: Evidence, *, ledger: Ledger
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file but the letter; the same case, the same bytes."""
    decision = evidence.decision
    yield "decision.json", write_record(decision)
    for lang in LANGUAGES:
        told = "\n".join((*case_lines(record, decision.application, lang), ""))
        yield f"decision.{lang}.txt", told.encode()
    yield "rows.json", _json({"round": _some(evidence.round), "census": _some(evidence.census)})
    cited = {name for c in decision.conditions for name in c.clauses}
    clauses = {name: each for name, each in record.clauses.items() if name in cited}
    documents = {each.document for each in clauses.values()}
    yield "clauses.json", _plain(clauses)
    yield "documents.json", _plain({n: d for n, d in record.documents.items() if n in documents})
    readings = {name for c in decision.conditions for name in c.readings}
    yield "readings.json", _plain({n: r for n, r in record.readings.items() if n in readings})
    yield "figures.txt", "\n".join(_figures(plan, evidence, ledger)).encode()
    yield "site.geojson", _map(evidence.spots)
    yield (
        "fingerprints.json",
        _json(
            {
                "engine": record.engine,
                "year": record.year,
                "decided_on": record.decided_on.isoformat(),
                "round": record.round.model_dump(mode="json"),
                "marks": record.marks.model_dump(),
                "fingerprints": record.fingerprints.model_dump(),
            }
        ),
    )


def readme(record: DecisionsRecord, evidence: Evidence, names: Iterable[str]) -> bytes:
    """What the bundle holds, in both languages, with the marks of the round first."""
    there = sorted(names)
    lines = (line for lang in LANGUAGES for line in _said(record, evidence, there, lang))
    return "\n".join(lines).encode()


def _said(
    record: DecisionsRecord, evidence: Evidence, names: list[str], lang: Lang
) -> Iterator[str]:
    words, decision = CaseWords(record, lang), evidence.decision
    yield round_title(words)
    yield f"{decision.application} {decision.name}: {words.outcome(decision.final)}"
    yield round_basis(words)
    yield from mark_words(words)
    yield ""
    for name in names:
        kind = "letter" if name.startswith("letter") else name.partition(".")[0]
        yield f"  {name}: {words.label(BUNDLE, kind)}"
    yield ""


def _figures(plan: Record, evidence: Evidence, ledger: Ledger) -> Iterator[str]:
    """The derivation of every figure of the plan that a condition rests on."""
    sources = (name for c in evidence.decision.conditions for name in c.sources)
    for key in dict.fromkeys(name for name in sources if name in plan.figures):
        yield explain_text(plan, explain_figure(plan, key, ledger=ledger, first=_ROWS), "zh")


def _some(tables: Mapping[str, tuple[Any, ...]]) -> dict[str, Any]:
    return {name: rows for name, rows in sorted(tables.items()) if rows}


def _plain(parts: Mapping[str, Part]) -> bytes:
    return _json({name: each.model_dump(mode="json") for name, each in parts.items()})


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _map(spots: tuple[Spot, ...]) -> bytes:
    """The places as GeoJSON in longitude and latitude (CGCS2000, as WGS84)."""
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [round(each.lon, _DECIMALS), round(each.lat, _DECIMALS)],
            },
            "properties": {"code": each.code, "name": each.name, "part": each.part},
        }
        for each in spots
    ]
    return _json({"type": "FeatureCollection", "features": features})
