"""A Word file read back as blocks: what a PDF is typeset from, and what a check compares.

The words of a paper are taken from Word alone, so that wording changed there reaches the PDF.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from dingdian.reports.papers.form import BY_NAME

_EMU_A_MM = 36_000
_ALIGN = {"center": "center", "right": "right", "left": "left", "both": "both"}
#: Word's own headings, as a bureau may use them.
_OWN = {"Title": "title", "heading 1": "level1", "heading 2": "level2", "heading 3": "level3"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its style, its runs of text and whether they are bold, its bookmarks.

    ``marks``: bookmark -> the text between its ends.
    """

    style: str
    runs: tuple[tuple[str, bool], ...]
    align: str = ""
    marks: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The words."""
        return "".join(text for text, _ in self.runs)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: widths of its columns, rows of cells; ``heads`` rows are repeated on each page."""

    widths: tuple[int, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    heads: int


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its text, how it is aligned, its shade, whether it is bold, columns it spans."""

    text: str
    align: str = "left"
    shade: str = ""
    bold: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its bytes, its width in millimetres, what it shows in words."""

    content: bytes
    width: float
    alt: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A new page; of a section on a sheet that lies (``flat``) or stands where ``section``."""

    flat: bool
    section: bool = False


Block = Paragraph | Grid | Image | Turn


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as blocks, with its title, the line at the head of every page, its first sheet."""

    title: str
    head: str
    blocks: tuple[Block, ...]
    flat: bool = False


def read_blocks(docx: bytes) -> Paper:
    """The blocks of a Word file, in order; text in frames and text boxes is not read."""
    document = Document(io.BytesIO(docx))
    names = {each.style_id: each.name for each in document.styles}
    ends = _section_ends(document.element.body)
    flats = [_flat(each) for each in ends]
    found: list[Block] = []
    at = 0
    for element in document.element.body:
        if element.tag == qn("w:tbl"):
            found.append(_grid(element))
        elif element.tag == qn("w:p"):
            found += _paragraph(element, names, document.part)
            if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
                at += 1
                found.append(Turn(flats[at], section=True))
    head = "".join(each.text for each in document.sections[0].header.paragraphs)
    return Paper(_title(found, document), head, tuple(found), flats[0])


def _title(found: list[Block], document: Any) -> str:
    titles = (each.text for each in found if isinstance(each, Paragraph) and each.style == "title")
    return next(titles, document.core_properties.title or "")


def _section_ends(body: Any) -> list[Any]:
    return list(body.iter(qn("w:sectPr")))


def _flat(section: Any) -> bool:
    size = section.find(qn("w:pgSz"))
    return size is not None and int(size.get(qn("w:w"))) > int(size.get(qn("w:h")))


def _paragraph(element: Any, names: dict[str, str], part: Any) -> Iterator[Block]:
    own = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    name = names.get(own.get(qn("w:val")), "") if own is not None else "Normal"
    style = BY_NAME[name].id if name in BY_NAME else _OWN.get(name, "body")
    side = element.find(f"{qn('w:pPr')}/{qn('w:jc')}")
    align = _ALIGN.get(side.get(qn("w:val")), "") if side is not None else ""
    runs: list[tuple[str, bool]] = []
    for run in element.iter(qn("w:r")):
        yield from _images(run, part)
        text = _text(run)
        if text:
            runs.append((text, run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None))
    if runs:
        yield Paragraph(style, tuple(runs), align, tuple(_marks(element)))
    if any(each.get(qn("w:type")) == "page" for each in element.iter(qn("w:br"))):
        yield Turn(flat=False)


def _text(run: Any) -> str:
    parts = {qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
    return "".join(
        (each.text or "") if each.tag == qn("w:t") else parts.get(each.tag, "") for each in run
    )


def _marks(element: Any) -> Iterator[tuple[str, str]]:
    """The bookmarks that begin and end within a paragraph, with the text between."""
    inside: dict[str, tuple[str, list[str]]] = {}
    for each in element.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:r")):
        if each.tag == qn("w:bookmarkStart"):
            inside[each.get(qn("w:id"))] = (each.get(qn("w:name")), [])
        elif each.tag == qn("w:r"):
            for _, texts in inside.values():
                texts.append(_text(each))
        elif each.get(qn("w:id")) in inside:
            name, texts = inside.pop(each.get(qn("w:id")))
            yield name, "".join(texts)


def _images(run: Any, part: Any) -> Iterator[Image]:
    for inline in run.iter(qn("wp:inline")):
        blip = next(inline.iter(qn("a:blip")), None)
        extent = inline.find(qn("wp:extent"))
        if blip is None or extent is None:
            continue
        content = part.related_parts[blip.get(qn("r:embed"))].blob
        alt = inline.find(qn("wp:docPr")).get("descr", "")
        yield Image(content, int(extent.get("cx")) / _EMU_A_MM, alt)


def _grid(element: Any) -> Grid:
    widths = tuple(int(each.get(qn("w:w"), "0")) for each in element.iter(qn("w:gridCol")))
    rows, heads = [], 0
    for row in element.iter(qn("w:tr")):
        rows.append(tuple(map(_cell, row.findall(qn("w:tc")))))
        heads += row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    return Grid(widths, tuple(rows), heads)


def _cell(element: Any) -> GridCell:
    shade = element.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    span = element.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    side = next(element.iter(qn("w:jc")), None)
    fill = shade.get(qn("w:fill")) if shade is not None else ""
    return GridCell(
        " ".join("".join(map(_text, each.iter(qn("w:r")))) for each in element.iter(qn("w:p"))),
        _ALIGN.get(side.get(qn("w:val")), "left") if side is not None else "left",
        "" if fill in ("", "auto", None) else str(fill),
        next(element.iter(qn("w:b")), None) is not None,
        int(span.get(qn("w:val"))) if span is not None else 1,
    )
