"""What is due as a workbook: one row a limit, by who must act."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from dingdian.core.lifecycle.due import Due
from dingdian.reports.lives.words import Speech

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_HEADS = {
    "zh": ("状态", "期限", "剩余天数", "件号", "事项", "由谁办理", "阶段", "条款", "起算", "说明"),
    "en": ("state", "last day", "days left", "case", "what", "who", "stage", "clause", "from", "note"),
}  # fmt: skip
_WIDTHS = (10, 12, 10, 18, 28, 14, 18, 10, 12, 30)


def due_workbook(found: Sequence[Due], day: dt.date, speech: Speech) -> bytes:
    """The workbook; the same limits give the same bytes."""
    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, _OPTIONS)
    book.set_properties({"created": dt.datetime.combine(day, dt.time())})
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7"})
    looks = {"day": book.add_format({"num_format": "yyyy-mm-dd"})}
    sheet = book.add_worksheet(f"{speech.pick('期限', 'limits')} {day}")
    sheet.freeze_panes(1, 0)
    for column, (head, width) in enumerate(zip(_HEADS[speech.lang], _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, bold)
    for row, each in enumerate(found, 1):
        _write(sheet, row, each, day=day, speech=speech, looks=looks)
    sheet.autofilter(0, 0, max(len(found), 1), len(_WIDTHS) - 1)
    book.close()
    return memory.getvalue()


def _write(
    sheet: Any, row: int, due: Due, *, day: dt.date, speech: Speech, looks: dict[str, Any]
) -> None:
    texts = {
        0: speech.urgency(due.urgency),
        3: due.case,
        4: speech.rule(due.rule),
        5: speech.role(due.who),
        6: speech.stage(due.stage),
        7: due.clause,
        9: speech.note(due),
    }
    for column, text in texts.items():
        sheet.write_string(row, column, text)
    if due.last is not None:
        sheet.write_datetime(row, 1, dt.datetime.combine(due.last, dt.time()), looks["day"])
        sheet.write_number(row, 2, (due.last - day).days)
    if due.began is not None:
        sheet.write_datetime(row, 8, dt.datetime.combine(due.began, dt.time()), looks["day"])
