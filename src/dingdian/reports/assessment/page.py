"""assessment.html: an assessment as one page that is read offline and printed; no script."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from itertools import groupby

from dingdian.core.assessment.record import AssessmentRecord
from dingdian.reports.assessment import sources
from dingdian.reports.assessment.speech import AssessmentWords
from dingdian.reports.assessment.tables import results
from dingdian.reports.frame import mark_words
from dingdian.reports.grid import Table
from dingdian.reports.plan_html import TEMPLATES, environment
from dingdian.reports.wording import Lang
from dingdian.reports.words import assessment as own

FILE = "assessment.html"
#: So many rows of a table stand on the page.
ROWS = 400


def write_page(record: AssessmentRecord, lang: Lang = "zh") -> bytes:
    """The page as UTF-8: the same record, the same bytes. Every name is escaped."""
    words = AssessmentWords(record, lang)
    css = (TEMPLATES / "plan.css").read_text("utf-8")
    found = (*results(words), *sources.tables(words))  # single items: in the workbook alone
    sections = [
        (sheet, words.label(own.SHEETS, sheet), [_shortened(words, each) for each in its])
        for sheet, its in groupby(found, key=lambda table: table.sheet)
    ]
    said = (
        environment()
        .get_template("assessment.html.j2")
        .render(
            words=words,
            record=record,
            sections=sections,
            say=lambda name: words.label(own.PAGE, name),
            prints_title=words.label(own.SHEETS, "prints"),
            css=css,
            css_hash=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
            title=words.title(),
            basis=words.basis(),
            marks=mark_words(words),
        )
    )
    return said.encode()


def _shortened(words: AssessmentWords, table: Table) -> Table:
    """The first rows of a long table, which says how many there are."""
    n = len(table.rows)
    if n <= ROWS:
        return table
    more = words.label(own.NOTES, "more", shown=ROWS, n=n)
    return replace(table, rows=table.rows[:ROWS], notes=(more, *table.notes))
