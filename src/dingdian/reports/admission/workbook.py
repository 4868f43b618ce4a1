"""decisions.xlsx: the tables of a round as a workbook."""

from __future__ import annotations

from dingdian.core.admission.record import DecisionsRecord
from dingdian.reports.admission.frame import round_basis, round_title
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.admission.tables import round_tables
from dingdian.reports.book import Cover, write_book
from dingdian.reports.wording import Lang
from dingdian.reports.words.decisions import SHEETS

FILE = "decisions.xlsx"


def write_workbook(record: DecisionsRecord, lang: Lang = "zh") -> bytes:
    """The workbook as bytes: the same record, the same bytes."""
    words = CaseWords(record, lang)
    cover = Cover(
        title=round_title(words),
        basis=round_basis(words),
        result=record.fingerprints.result,
        engine=record.engine,
        day=record.decided_on,
    )
    return write_book(words, cover, round_tables(words), SHEETS)
