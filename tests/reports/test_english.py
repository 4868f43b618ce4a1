"""All that is written in English: no Chinese but what the user's own ledger says."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import openpyxl
import pytest

from dingdian.actions.explain_figure import CensusLedger, explain_figure
from dingdian.actions.show_policy import show_calendar, show_policy
from dingdian.reports.explain_text import explain_text
from dingdian.reports.figure_list import figure_lines
from dingdian.reports.plan_html import write_html
from dingdian.reports.plan_xlsx import write_xlsx
from dingdian.reports.policy_text import calendar_lines, policy_lines
from dingdian.storage.policy_yaml import shelf_for
from tests.chinese import html_lines, strange_lines
from tests.reports.plans import CITIES, sample_census, sample_record


def written_html(city: str) -> Iterator[str]:
    return html_lines(write_html(sample_record(city), "en").decode())


def written_xlsx(city: str) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(sample_record(city), "en")))
    for sheet in book:
        yield sheet.title
        yield from (str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def written_explanations(city: str) -> Iterator[str]:
    """The list of figures, and the derivation of one figure of each name."""
    record, ledger = sample_record(city), CensusLedger(sample_census(city))
    yield from figure_lines(record, tuple(record.figures), "en")
    for key in {figure.measure: key for key, figure in record.figures.items()}.values():
        text = explain_text(record, explain_figure(record, key, ledger=ledger, first=1), "en")
        yield from text.splitlines()


def written_policy(city: str) -> Iterator[str]:
    book, place = shelf_for(city)
    yield from policy_lines(show_policy(book, place, dt.date(2026, 3, 1)), "en")
    yield from calendar_lines(show_calendar(book, place), "en")


@pytest.mark.parametrize(
    "written", [written_html, written_xlsx, written_explanations, written_policy]
)
@pytest.mark.parametrize("city", CITIES)
def test_nothing_is_chinese_but_what_the_ledger_says(city: str, written) -> None:
    assert strange_lines(city, written(city)) == []
