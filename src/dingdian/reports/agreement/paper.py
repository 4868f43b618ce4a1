"""Papers against plan.json, and the PDF of a paper against its Word file.

In Word every number stands between bookmarks that numbers.json lists, and every table is the one
that the record gives again. The PDF must print the words of the Word file, in their order.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pypdf

from dingdian.reports.agreement.difference import Compared, Difference
from dingdian.reports.grid import Table
from dingdian.reports.papers.binding import printed
from dingdian.reports.papers.blocks import Grid, Paper, Paragraph, read_blocks
from dingdian.reports.papers.ooxml import cell_text, head_text
from dingdian.reports.papers.split import parts
from dingdian.reports.papers.typeset import page_text
from dingdian.reports.wording import Words

_SPACE = re.compile(r"\s+")
#: So many letters of what stands in a PDF instead are shown.
_SHOWN = 80


def entries(content: bytes) -> tuple[str, list[dict[str, Any]]]:
    """The fingerprint and the entries of numbers.json."""
    found = json.loads(content)
    return found["result"], found["printed"]


def compare_word(
    words: Mapping[str, Words],
    tables: Mapping[str, Table],
    file: str,
    *,
    docx: bytes,
    printed_by: list[dict[str, Any]],
) -> Compared:
    """Compare a Word file; ``words`` are those of this plan ("") and of the year before."""
    blocks = read_blocks(docx)
    marks = {
        name: text
        for each in blocks.blocks
        if isinstance(each, Paragraph)
        for name, text in each.marks
    }
    after = _tables_by_mark(blocks)
    differences: list[Difference] = []
    count = 0
    for entry in printed_by:
        if "table" in entry:
            grid = after.get(entry["bookmark"])
            table = tables.get(entry["table"])
            differences += _table(words[""], table, entry, grid=grid, file=file)
            count += _size(grid)
            continue
        count += 1
        own = words.get(entry["of"])
        figure = own.record.figures.get(entry["key"]) if own else None
        wanted = printed(own, figure, entry["form"], entry["key"]) if own and figure else ""
        text = marks.get(entry["bookmark"], "")
        if text != wanted:
            key = entry["key"]
            differences.append(Difference(file, entry["place"], key, text, wanted))
    return Compared(file, count, tuple(differences))


def _tables_by_mark(paper: Paper) -> dict[str, Grid]:
    """Bookmark of a title -> the table that follows it."""
    found: dict[str, Grid] = {}
    last: tuple[str, ...] = ()
    for each in paper.blocks:
        if isinstance(each, Paragraph):
            last = tuple(name for name, _ in each.marks)
        elif isinstance(each, Grid):
            found |= dict.fromkeys(last, each)
            last = ()
    return found


def _size(grid: Grid | None) -> int:
    return sum(map(len, grid.rows)) if grid else 0


def _table(
    words: Words, table: Table | None, entry: dict[str, Any], *, grid: Grid | None, file: str
) -> Iterator[Difference]:
    if grid is None or table is None:
        yield Difference(file, entry["table"], "", "", table.title if table else entry["table"])
        return
    part = parts(table, entry["millimetres"])[entry["part"]]
    wanted = [[(head_text(each, words), "") for each in part.columns]]
    wanted += [[(cell_text(words, cell), cell.key) for cell in row.cells] for row in part.rows]
    for at, row in enumerate(wanted):
        cells = [each.text for each in grid.rows[at]] if at < len(grid.rows) else []
        for across, (text, key) in enumerate(row):
            found = cells[across] if across < len(cells) else ""
            if found != text:
                place = f"{table.title} · {row[0][0]} · {wanted[0][across][0]}"
                yield Difference(file, place, key, found, text)


def compare_pdf(file: str, docx: bytes, content: bytes) -> Compared:
    """Compare a PDF with the Word file it was typeset from."""
    paper = read_blocks(docx)
    text = _pdf_text(content, _bare(paper.head))
    at, count = 0, 0
    differences: list[Difference] = []
    for piece in _pieces(paper):
        own = _bare(page_text(piece))
        if not own:
            continue
        count += 1
        found = text.find(own, at)
        if found < 0:
            here = text[at : at + max(len(own), _SHOWN)][:_SHOWN]
            differences.append(Difference(file, own[:_SHOWN], "", here, own[:_SHOWN]))
        else:
            at = found + len(own)
    return Compared(file, count, tuple(differences))


def _pieces(paper: Paper) -> Iterator[str]:
    """The words of a paper in order: its paragraphs, and its tables row by row."""
    for each in paper.blocks:
        if isinstance(each, Paragraph):
            yield each.text
        elif isinstance(each, Grid):
            yield from ("".join(cell.text for cell in row) for row in each.rows)


def _pdf_text(content: bytes, head: str) -> str:
    """The words of a PDF without what stands at the head and foot of every page."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "".join(
        _bare(page.extract_text()).removeprefix(head).removesuffix(f"—{number}—")
        for number, page in enumerate(pages, 1)
    )


def _bare(text: str) -> str:
    return _SPACE.sub("", text)
