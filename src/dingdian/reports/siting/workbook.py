"""siting.xlsx: the tables of a choice of sites as a workbook."""

from __future__ import annotations

from dingdian.actions.choose_sites import SitingReport
from dingdian.reports.book import Cover, write_book
from dingdian.reports.frame import basis
from dingdian.reports.siting.frame import FrameWords, frame_of
from dingdian.reports.siting.headings import SHEETS
from dingdian.reports.siting.tables import all_tables
from dingdian.reports.siting.text import title
from dingdian.reports.siting.words import speech_of
from dingdian.reports.wording import Lang

FILE = "siting.xlsx"


def siting_workbook(
    report: SitingReport, lang: Lang, *, result: str, engine: str, seconds: float | None
) -> bytes:
    """The workbook; the same answer gives the same bytes."""
    speech, words = speech_of(report, lang), FrameWords(frame_of(report), lang)
    cover = Cover(
        title=title(report, speech),
        basis=basis(words),
        result=result,
        engine=engine,
        day=report.desk.basis.day,
    )
    tables = all_tables(report, speech, words, result=result, seconds=seconds)
    return write_book(words, cover, tables, SHEETS)
