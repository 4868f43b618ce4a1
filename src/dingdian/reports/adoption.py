"""The table of comments and what became of them (采纳情况表), as a workbook and as a Word file.

Names and contacts stay out of it: it goes to the public with the explanation of the plan.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import docx
import xlsxwriter
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from dingdian.core.errors import Text
from dingdian.core.signs import fit
from dingdian.reports.wording import Lang

_HEADINGS = (
    Text("序号", "No."),
    Text("来源", "From"),
    Text("意见内容", "Comment"),
    Text("采纳情况", "Outcome"),
    Text("答复及理由", "Answer and reason"),
)
_WIDTHS = (6, 14, 60, 12, 60)
_SUMMARY = Text(
    "共收到意见{received}条：采纳{adopted}条，部分采纳{partly}条，未采纳{not_adopted}条，待答复{open}条。",
    "{received} comments: {adopted} adopted, {partly} partly, {not_adopted} not, {open} to answer.",
)
_TITLE = Text("意见采纳情况表", "Comments and what became of them")


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """One comment: from whom (a kind, no name), what it says, what became of it and why."""

    source: str
    text: str
    outcome: str
    answer: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """A consultation with its comments; counts of what was received, adopted and so on."""

    title: str
    window: str
    rows: Sequence[AdoptionRow]
    counts: dict[str, int]

    def summary(self, lang: Lang) -> str:
        """The counts in one sentence."""
        return _SUMMARY.say(lang, **self.counts)


def adoption_xlsx(table: Adoption, lang: Lang) -> bytes:
    """The table as a workbook; what people wrote is text, whatever it begins with."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_TITLE.say(lang)[:31])
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    sheet.write_string(0, 0, fit(table.title), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, table.window)
    sheet.write_string(2, 0, table.summary(lang))
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, heading.say(lang), bold)
    for at, each in enumerate(table.rows):
        sheet.write_number(4 + at, 0, at + 1, wrap)
        for column, text in enumerate((each.source, each.text, each.outcome, each.answer), 1):
            sheet.write_string(4 + at, column, fit(text), wrap)
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.repeat_rows(3)
    book.close()
    return out.getvalue()


def adoption_docx(table: Adoption, lang: Lang) -> bytes:
    """The table as a Word file."""
    paper = docx.Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    normal = paper.styles["Normal"]
    normal.font.size, normal.font.name = Pt(10.5), "仿宋"
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    heading = paper.add_paragraph()
    run = heading.add_run(f"{fit(table.title)} · {_TITLE.say(lang)}")
    run.bold, run.font.size = True, Pt(15)
    paper.add_paragraph(table.window)
    paper.add_paragraph(table.summary(lang))
    grid = paper.add_table(rows=1, cols=len(_HEADINGS), style="Table Grid")
    for cell, words in zip(grid.rows[0].cells, _HEADINGS, strict=True):
        cell.paragraphs[0].add_run(words.say(lang)).bold = True
    for at, each in enumerate(table.rows, 1):
        cells = grid.add_row().cells
        said = (str(at), each.source, each.text, each.outcome, each.answer)
        for cell, text in zip(cells, said, strict=True):
            cell.text = fit(text)
    for row in grid.rows:
        for cell, width in zip(row.cells, (1.2, 2.8, 9.5, 2.4, 9.5), strict=True):
            cell.width = Cm(width)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
