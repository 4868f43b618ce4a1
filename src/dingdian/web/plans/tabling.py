"""Tables of a plan as rows of a page: every number leads to its derivation."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from dingdian.reports.grid import Cell, Column, Table
from dingdian.web.plans.models import Version
from dingdian.web.plans.reading import Shown

#: Tones of cells that are shown as tags -> the class of the tag.
TAGS = {
    "broken": "bad",
    "kept": "good",
    "undefined": "warn",
    "unclear": "warn",
    "not_in_force": "",
    "not_implemented": "",
}


class Rows:
    """Makes the rows of tables of one version."""

    def __init__(self, version: Version, shown: Shown) -> None:
        self.shown = shown
        self.here = reverse("plans:version", args=[version.pk])
        self.figures = self.here + "/figures/"

    def number(self, key: str, text: str) -> SafeString:
        """A number that leads to its derivation."""
        return format_html('<a class="num" href="{}{}">{}</a>', self.figures, quote(key), text)

    def rows(self, table: Table) -> SafeString:
        """The rows of a table."""
        return mark_safe("".join(self._rows(table)))  # noqa: S308 -- made of escaped parts

    def _rows(self, table: Table) -> Iterator[str]:
        for row in table.rows:
            id = f' id="{escape(row.anchor)}"' if row.anchor else ""
            kind = f' class="{escape(row.kind)}"' if row.kind else ""
            cells = (
                self._cell(cell, column, head=at < table.heads)
                for at, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True))
            )
            yield f"<tr{id}{kind}>{''.join(cells)}</tr>"

    def _cell(self, cell: Cell, column: Column, *, head: bool) -> str:
        numeric = ' class="n"' if column.numeric else ""
        inside = self._inside(cell)
        if head:
            return f'<th scope="row"{numeric}>{inside}</th>'
        return f"<td{numeric}>{inside}</td>"

    def _inside(self, cell: Cell) -> str:
        if cell.parts:
            return "".join(map(self._part, cell.parts))
        if cell.key:
            mark = f"<sup>{escape(cell.mark)}</sup>" if cell.mark else ""
            return self.number(cell.key, cell.text) + mark
        if cell.tone in TAGS and cell.text:
            return f'<span class="tag {TAGS[cell.tone]}">{escape(cell.text)}</span>'
        if cell.to in self.shown.anchors:
            sheet = self.shown.anchors[cell.to]
            to = f"{self.here}?sheet={quote(sheet)}#{quote(cell.to)}"
            return format_html('<a href="{}">{}</a>', to, cell.text)
        return escape(cell.text)

    def _part(self, part: tuple[str, str]) -> str:
        label, key = part
        words = self.shown.words
        number = self.number(key, words.number(words.record.figures[key]))
        return f'<span class="part">{escape(label)}{words.pick("：", ": ")}{number}</span>'


__all__ = ["TAGS", "Rows"]
