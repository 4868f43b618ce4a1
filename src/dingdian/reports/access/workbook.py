"""access.xlsx: the tables of access as a workbook."""

from __future__ import annotations

from dingdian.core.access_record import AccessRecord
from dingdian.reports.access.speech import AccessWords
from dingdian.reports.access.tables import all_tables
from dingdian.reports.access.words import SHEETS
from dingdian.reports.book import Cover, write_book
from dingdian.reports.wording import Lang

FILE = "access.xlsx"


def write_workbook(record: AccessRecord, lang: Lang = "zh") -> bytes:
    """The workbook as bytes: the same record, the same bytes."""
    words = AccessWords(record, lang)
    cover = Cover(
        title=words.title(),
        basis=words.basis(),
        result=record.fingerprints.result,
        engine=record.engine,
        day=record.policy_day,
    )
    return write_book(words, cover, all_tables(words), SHEETS)
