"""assessment.xlsx: the tables of an assessment as a workbook."""

from __future__ import annotations

from dingdian.core.assessment.record import AssessmentRecord
from dingdian.reports.assessment.speech import AssessmentWords
from dingdian.reports.assessment.tables import all_tables
from dingdian.reports.book import Cover, write_book
from dingdian.reports.wording import Lang
from dingdian.reports.words.assessment import SHEETS

FILE = "assessment.xlsx"


def write_workbook(record: AssessmentRecord, lang: Lang = "zh") -> bytes:
    """The workbook as bytes: the same record, the same bytes."""
    words = AssessmentWords(record, lang)
    cover = Cover(
        title=words.title(),
        basis=words.basis(),
        result=record.fingerprints.result,
        engine=record.engine,
        day=record.assessed_on,
    )
    return write_book(words, cover, all_tables(words), SHEETS)
