"""The frame of a choice of sites: what its workbook says on every sheet, and what it cites."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dingdian.actions.choose_sites import SitingReport
from dingdian.actions.record_shelf import shelf_parts
from dingdian.core.record import (
    BenchmarkRecord,
    ClauseRecord,
    DocumentRecord,
    Marks,
    Part,
    PlaceRecord,
    ReadingRecord,
    RuleRecord,
    StreetsRecord,
)
from dingdian.reports.wording import Lang, Words


class Frame(Part):
    """The place, the days, the marks, and everything of the shelf that may be cited."""

    place: PlaceRecord
    year: int
    stock_day: dt.date
    policy_day: dt.date
    marks: Marks
    rules: dict[str, RuleRecord]
    readings: dict[str, ReadingRecord]
    benchmarks: dict[str, BenchmarkRecord]
    clauses: dict[str, ClauseRecord]
    documents: dict[str, DocumentRecord]
    streets: StreetsRecord | None = None


@dataclass(frozen=True)
class FrameWords(Words):
    """The words of a frame."""

    record: Frame  # type: ignore[assignment]
    lang: Lang = "zh"


def frame_of(report: SitingReport) -> Frame:
    """The frame of a report."""
    basis, census = report.desk.basis, report.desk.census
    card = basis.policy.place
    return Frame.model_validate(
        {
            "place": {
                "id": card.place,
                "zh": card.title,
                "en": card.title_en,
                "region_code": card.region_code,
                "plan": card.plan or "",
                "city": census.about.get("city") or census.tree.names[census.tree.root],
            },
            "year": basis.day.year,
            "stock_day": report.demand.circle.day,
            "policy_day": basis.day,
            "marks": {
                "simulation": basis.simulation,
                "as_if": basis.as_if,
                "invented": basis.invented,
                "overlaid": bool(census.overlay),
            },
            **shelf_parts(basis.policy),
            "streets": report.streets,
        }
    )
