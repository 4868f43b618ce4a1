"""Tables and captions as the XML of a Word file; every text is escaped by the builder."""

from __future__ import annotations

from typing import Any, Protocol
from xml.sax.saxutils import escape

from docx.oxml import parse_xml

from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.papers import form
from dingdian.reports.papers.binding import clean
from dingdian.reports.papers.split import millimetres_of

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TWIPS = 1440 / 25.4  # a millimetre
#: How the rows of a table are set off: the whole area and groups darker than a zone.
_SHADES = {"whole": "E7E7E7", "group": "E7E7E7", "zone": "F3F3F3"}
_HEAD = "DADADA"
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="666666"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


class TableWords(Protocol):
    """What a table needs of a language."""

    def pick(self, zh: str, en: str) -> str: ...  # noqa: D102

    def labelled(self, parts: tuple[tuple[str, str], ...]) -> str: ...  # noqa: D102


class Chinese:
    """Chinese, for tables that print no number of a plan."""

    def pick(self, zh: str, en: str) -> str:
        """The Chinese of two words."""
        del en
        return zh

    def labelled(self, parts: tuple[tuple[str, str], ...]) -> str:
        """Nothing: there are no numbers."""
        return "".join(label for label, _ in parts)


ZH = Chinese()


def cell_text(words: TableWords, cell: Cell) -> str:
    """A cell as it is printed: its text with the mark of its note, or its labelled numbers."""
    return clean(words.labelled(cell.parts) if cell.parts else cell.text + cell.mark)


def head_text(column: Column, words: TableWords) -> str:
    """A heading with its unit."""
    unit = words.pick(f"（{column.unit}）", f" ({column.unit})") if column.unit else ""
    return clean(column.title + unit)


def table_xml(
    words: TableWords, table: Table, millimetres: float, *, size: float = form.CELL
) -> Any:
    """A table as wide as the text; its heading is repeated on every page, no row is cut.

    ``size`` of its letters in points.
    """
    widths = _widths(table, millimetres)
    head = [
        _cell(head_text(c, words), w, "center", _HEAD, bold=True, size=size)
        for c, w in _zip(table, widths)
    ]
    rows = "".join(_row(words, table, row, widths, size=size) for row in table.rows)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return parse_xml(
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        "</w:tblCellMar>"
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(head)}</w:tr>{rows}</w:tbl>"
    )


def _zip(table: Table, widths: list[int]) -> Any:
    return zip(table.columns, widths, strict=True)


def _widths(table: Table, millimetres: float) -> list[int]:
    """Columns in twips."""
    return [int(each * _TWIPS) for each in millimetres_of(table, millimetres)]


def _row(words: TableWords, table: Table, row: Row, widths: list[int], *, size: float) -> str:
    shade, bold = _SHADES.get(row.kind, ""), row.kind in ("whole", "group")
    cells = (
        _cell(
            cell_text(words, cell),
            width,
            "right" if c.numeric else "left",
            shade,
            bold=bold,
            size=size,
        )
        for cell, (c, width) in zip(row.cells, _zip(table, widths), strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, side: str, shade: str, *, bold: bool, size: float) -> str:
    line = round(size * 1.4 * 20)  # whatever face the reader's computer has
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}<w:vAlign w:val="center"/>'
        "</w:tcPr>"
        '<w:p><w:pPr><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>'
        f'<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="{side}"/></w:pPr><w:r><w:rPr>'
        f'<w:rFonts w:eastAsia="{form.FACES["song"]}" w:ascii="{form.FACES["song"]}" '
        f'w:hAnsi="{form.FACES["song"]}"/>{weight}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
    )


def paragraph(style_id: str, text: str, bookmark: tuple[int, str] | None = None) -> Any:
    """A paragraph in a style of the template, by the id that Word gave the style."""
    run = f'<w:r><w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'
    if bookmark:
        run = _between(run, *bookmark)
    return parse_xml(f'<w:p {_W}><w:pPr><w:pStyle w:val="{escape(style_id)}"/></w:pPr>{run}</w:p>')


def _between(run: str, id: int, name: str) -> str:
    return f'<w:bookmarkStart w:id="{id}" w:name="{name}"/>{run}<w:bookmarkEnd w:id="{id}"/>'
