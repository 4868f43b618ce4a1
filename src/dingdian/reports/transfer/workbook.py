"""transfer.xlsx: the tables of a transfer of beds as a workbook."""

from __future__ import annotations

from dingdian.core.transfer_record import TransferRecord
from dingdian.reports.book import Cover, write_book
from dingdian.reports.transfer.speech import TransferWords
from dingdian.reports.transfer.tables import all_tables
from dingdian.reports.transfer.words import SHEETS
from dingdian.reports.wording import Lang

FILE = "transfer.xlsx"


def write_workbook(record: TransferRecord, lang: Lang = "zh") -> bytes:
    """The workbook as bytes: the same record, the same bytes."""
    words = TransferWords(record, lang)
    cover = Cover(
        title=words.title(),
        basis=words.basis(),
        result=record.fingerprints.result,
        engine=record.engine,
        day=record.policy_day,
    )
    return write_book(words, cover, all_tables(words), SHEETS)
