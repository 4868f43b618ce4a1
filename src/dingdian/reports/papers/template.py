"""The Word templates of the papers, made from texts that can be read and reviewed.

A line of a text is a paragraph: a mark for its style (``#`` the title, ``##`` 一、 …), then the
words. A line ``{% … %}`` alone steers and leaves no paragraph. ``--- flat`` and ``--- upright``
begin a section on a sheet that lies or stands, ``---`` a new page. Lines ``| … | … |`` are a table:
the first heads it and may give widths as ``| 名称:20 |``; a row of one cell ``{%tr … %}`` steers. A
line that begins with ``%%`` is a remark to whoever reads the text; ``%+ name`` stands for all
lines of ``name.txt``.
"""

from __future__ import annotations

import io
import itertools
import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from dingdian.reports.grid import Cell, Column, Row, Table, display_width
from dingdian.reports.papers import form
from dingdian.reports.papers.form import BY_MARK, FACES, STYLES, Style
from dingdian.reports.papers.ooxml import ZH, table_xml
from dingdian.reports.papers.package import same_bytes

FORMS = Path(__file__).parent / "forms"
#: The papers in their order.
PAPERS = ("resource_plan", "work_plan", "short")
#: The letter to an applicant.
LETTER = "letter"
LETTERHEAD = "letterhead.yaml"

_LINE = re.compile(r"(?P<mark>[=№@~<>!^¤]|#{1,4}|\.\.) (?P<words>.*)")
_STEERING = re.compile(r"\{%(?!p)(.*)%\}")
_MM = 36_000  # English metric units
#: Text of a table of a template, in points.
_TABLE = 12.0
_SIDES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
#: What follows borders and the grid among the properties of a paragraph, in Word's order.
_AFTER = ("w:spacing", "w:ind", "w:jc", "w:outlineLvl")


@cache
def template(paper: str) -> bytes:
    """The shipped template of a paper as a Word file: the same bytes every time."""
    return built(text_of(paper))


def text_of(paper: str) -> str:
    """The text of a shipped template, with the parts that it shares with others."""
    lines = (FORMS / f"{paper}.txt").read_text("utf-8").splitlines()
    return "\n".join(text_of(each[3:]) if each.startswith("%+ ") else each for each in lines)


def built(text: str) -> bytes:
    """A Word template from the text of its paragraphs."""
    document = Document()
    _empty(document)
    _styles(document)
    section = document.sections[0]
    _page(section, flat=False)
    _margin_lines(section)
    lines = (line for line in text.splitlines() if not line.startswith("%%"))
    for tabled, group in itertools.groupby(lines, lambda line: line.startswith("|")):
        if tabled:
            _table(document, [_cells(line) for line in group])
        else:
            _lines(document, group)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    content = io.BytesIO()
    document.save(content)
    return same_bytes(content.getvalue())


def _lines(document: Any, lines: Iterator[str]) -> None:
    for line in lines:
        if line.startswith("--- "):
            _page(_section(document), flat=line == "--- flat")
        elif line == "---":
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        elif line.strip():
            _paragraph(document, line)


def _cells(line: str) -> list[str]:
    return [each.strip() for each in line.strip().strip("|").split("|")]


def _table(document: Any, rows: list[list[str]]) -> None:
    """A table of the text; its rows are filled to the width of the first."""
    heads = [each.partition(":") for each in rows[0]]
    columns = tuple(Column(n, width=int(w or display_width(n) + 4)) for n, _, w in heads)
    filled = (each + [""] * (len(columns) - len(each)) for each in rows[1:])
    body = tuple(Row(tuple(map(Cell, each))) for each in filled)
    table = Table("", "", "", columns, body)
    made = table_xml(ZH, table, form.TEXT[0], size=_TABLE)
    document.element.body.insert(len(document.element.body) - 1, made)


def _paragraph(document: Any, line: str) -> None:
    steering = _STEERING.fullmatch(line.strip())
    if steering:
        document.add_paragraph(f"{{%p{steering[1]}%}}", style=BY_MARK[""].name)
        return
    found = _LINE.fullmatch(line)
    style = BY_MARK[found["mark"]] if found else BY_MARK[""]
    document.add_paragraph(found["words"] if found else line, style=style.name)


def _empty(document: Any) -> None:
    body = document.element.body
    for each in list(body):
        if not each.tag.endswith("sectPr"):
            body.remove(each)


# -- styles -----------------------------------------------------------------------


def _styles(document: Any) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _faced(document.styles["Normal"], "fangsong", form.BODY)
    for each in STYLES:
        _style(document.styles.add_style(each.name, WD_STYLE_TYPE.PARAGRAPH), each)


def _style(made: Any, style: Style) -> None:
    made.quick_style = True
    _faced(made, style.face, style.size)
    if (
        style.size == form.BODY
    ):  # 28 to a line; a grid closer than the letters breaks in some programs
        closer = math.floor((form.ADVANCE - form.BODY) * 20)
        spacing = _element("w:spacing", val=str(closer))
        made.element.get_or_add_rPr().insert_element_before(spacing, "w:sz", "w:szCs")
    if style.red:
        made.font.color.rgb = RGBColor(0xC8, 0, 0)
    shape = made.paragraph_format
    shape.alignment = _SIDES[style.align]
    shape.space_before = shape.space_after = Pt(0)
    shape.keep_with_next = style.keep
    if style.id == "title":
        shape.space_before = shape.space_after = Pt(form.PITCH)
    shape.page_break_before = style.id == "annex"
    if style.id == "number":
        _rule_below(made)
    if style.size < form.BODY:
        shape.line_spacing = Pt(style.size * 1.4) if style.id != "picture" else None
        _off_grid(made)
    elif style.size > form.BODY:
        shape.line_spacing = Pt(style.size * 1.5)
        _off_grid(made)
    else:
        shape.line_spacing = Pt(form.PITCH)
    _indent(made, style)


def _faced(style: Any, face: form.Face, size: float) -> None:
    style.font.size = Pt(size)
    style.font.name = "Times New Roman"
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for side in ("eastAsia", "ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{side}"), FACES[face])


def _indent(made: Any, style: Style) -> None:
    shape = made.element.get_or_add_pPr()
    if style.indent:
        indent = shape.get_or_add_ind()
        indent.set(qn("w:firstLineChars"), str(100 * style.indent))
        indent.set(qn("w:firstLine"), str(round(20 * style.size * style.indent)))
    if style.id == "signature":
        indent = shape.get_or_add_ind()
        indent.set(qn("w:rightChars"), "400")
        indent.set(qn("w:right"), str(round(20 * style.size * 4)))
    if style.outline:
        shape.append(_element("w:outlineLvl", val=str(style.outline - 1)))


def _rule_below(made: Any) -> None:
    """The red line below the number of the document."""
    border = _element("w:pBdr")
    border.append(_element("w:bottom", val="single", sz="18", space="8", color="C80000"))
    made.element.get_or_add_pPr().insert_element_before(border, *_AFTER)


def _off_grid(made: Any) -> None:
    off = _element("w:snapToGrid", val="0")
    made.element.get_or_add_pPr().insert_element_before(off, *_AFTER)


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


# -- page -------------------------------------------------------------------------


def _section(document: Any) -> Any:
    return document.add_section(WD_SECTION.NEW_PAGE)


def _page(section: Any, *, flat: bool) -> None:
    width, height = reversed(form.SHEET) if flat else form.SHEET
    section.orientation = WD_ORIENT.LANDSCAPE if flat else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = round(width * _MM), round(height * _MM)
    upright = (form.TOP, form.LEFT, width - form.LEFT - form.TEXT[0])
    top, left, right = (form.FLAT,) * 3 if flat else upright
    bottom = form.FLAT if flat else height - form.TOP - form.TEXT[1]
    section.top_margin, section.bottom_margin = round(top * _MM), round(bottom * _MM)
    section.left_margin, section.right_margin = round(left * _MM), round(right * _MM)
    section.header_distance = round(15 * _MM)
    section.footer_distance = round((bottom - 11 if not flat else 14) * _MM)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    if flat:
        return
    pitch = str(round(form.PITCH * 20))
    grid = _element("w:docGrid", type="linesAndChars", linePitch=pitch)
    section._sectPr.append(grid)


def _margin_lines(section: Any) -> None:
    """The mark at the head of every page, and the page number at its foot: — 1 — outside."""
    settings = section.part.document.settings
    settings.odd_and_even_pages_header_footer = True
    for header in (section.header, section.even_page_header):
        paragraph = header.paragraphs[0]
        paragraph.style = section.part.document.styles[form.BY_ID["small"].name]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run("{{ mark_line }}")
    outside = (WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT)
    for footer, side in zip((section.footer, section.even_page_footer), outside, strict=True):
        paragraph = footer.paragraphs[0]
        paragraph.style = section.part.document.styles[form.BY_ID["small"].name]
        paragraph.alignment = side
        _page_number(paragraph)


def _page_number(paragraph: Any) -> None:
    for part in ("— ", "begin", " PAGE ", "end", " —"):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        if part in ("begin", "end"):
            run._r.append(_element("w:fldChar", fldCharType=part))
        elif part == " PAGE ":
            code = _element("w:instrText")
            code.text = part
            run._r.append(code)
        else:
            run.text = part
