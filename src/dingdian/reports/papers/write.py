"""All papers of a plan: Word, PDF, their figures, and the list of numbers they print."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from pypdf import PdfReader

from dingdian.core.errors import Text
from dingdian.core.record import Record
from dingdian.reports.charts import charts
from dingdian.reports.figures.atlas import Atlas
from dingdian.reports.figures.chart import picture
from dingdian.reports.figures.maps import maps
from dingdian.reports.glyphs import told
from dingdian.reports.grid import Table
from dingdian.reports.papers.blocks import read_blocks
from dingdian.reports.papers.comparison import Comparison, comparison
from dingdian.reports.papers.contents import Contents
from dingdian.reports.papers.fill import Filled, Picture, fill
from dingdian.reports.papers.own import Forms, forms_of
from dingdian.reports.papers.summary import summary
from dingdian.reports.papers.template import PAPERS
from dingdian.reports.papers.typeset import lacking, pdf
from dingdian.reports.tables import plan_tables
from dingdian.reports.wording import Words

NUMBERS = "numbers.json"
#: The short version has so many pages at most.
SHORT = 2
LONG = Text(
    "领导阅件有{n}页，多于两页：请在模板中删减。",
    "The short version has {n} pages, more than two: shorten its template.",
)
NO_GLYPH = Text(
    "字体中没有、公文中以编码显示的字：{shown}",
    "Characters that the fonts lack, shown by their codes in the papers: {shown}",
)
#: How wide pictures stand on the page, in millimetres.
_CHART, _MAP = 150.0, 106.0
_HIGH = 200.0  # no picture is higher


def shipped() -> Forms:
    """The templates that come with the program."""
    return forms_of(None, PAPERS)


def read_forms(folder: Path) -> Forms:
    """A bureau's own templates; what its folder does not hold is taken as shipped.

    Raises:
        RequestError: there is no such folder, none of the files is there, or the letterhead is
            wrong.
    """
    return forms_of(folder, PAPERS)


@dataclass(frozen=True, slots=True)
class Papers:
    """The files of the papers by name, and what a reader must be told of them."""

    files: Mapping[str, bytes]
    notes: tuple[Text, ...] = ()


def papers(
    record: Record, atlas: Atlas, forms: Forms, *, last_year: Record | None = None
) -> Papers:
    """The papers of a plan: the same inputs, the same bytes.

    Raises:
        RequestError: a template is wrong, or the fonts were never fetched.
    """
    words = Words(record)
    pictures = _pictures(words, atlas)
    against = comparison(words, Words(last_year)) if last_year else None
    tables = {each.id: each for each in _tables(words, against)}
    files: dict[str, bytes] = {}
    lists: dict[str, Filled] = {}
    missing: dict[str, None] = {}
    set_aside: dict[str, Future[bytes]] = {}
    with ThreadPoolExecutor(1) as aside:  # a PDF is set while the next paper is filled
        for paper, content in forms.templates.items():
            contents = Contents(words, forms.letterhead, tables, tuple(pictures), against)
            lists[paper] = made = fill(content, f"{paper}.docx", contents, pictures)
            blocks = read_blocks(made.docx)
            set_aside[paper] = aside.submit(pdf, blocks, record.stock_day)
            missing |= dict.fromkeys(lacking(blocks))
    for paper, made in lists.items():
        files |= {f"{paper}.docx": made.docx, f"{paper}.pdf": set_aside[paper].result()}
    files[NUMBERS] = _numbers(record, lists)
    notes: list[Text] = []
    pages = len(PdfReader(io.BytesIO(files["short.pdf"])).pages)
    if pages > SHORT:
        notes.append(Text(LONG.zh.format(n=pages), LONG.en.format(n=pages)))
    if missing:
        shown = told(missing)
        notes.append(Text(NO_GLYPH.zh.format(shown=shown), NO_GLYPH.en.format(shown=shown)))
    return Papers(files, tuple(notes))


def _tables(words: Words, against: Comparison | None) -> Iterator[Table]:
    yield from plan_tables(words.record, words.lang)
    yield summary(words)
    yield from against.tables if against else ()


def paper_tables(record: Record, last_year: Record | None) -> dict[str, Table]:
    """Every table that a paper may hold, by its id."""
    words = Words(record)
    against = comparison(words, Words(last_year)) if last_year else None
    return {each.id: each for each in _tables(words, against)}


def _pictures(words: Words, atlas: Atlas) -> dict[str, Picture]:
    """The figures by id; each is drawn once, when a paper first asks for it."""
    drawn = {
        chart.id: Picture(
            chart.title,
            chart.description,
            partial(picture, chart),
            min(_CHART, _HIGH * chart.width / chart.height),
        )
        for chart in charts(words, paper=True)
    }
    drawn |= {
        each.id: Picture(each.title, each.note, each.draw, _MAP) for each in maps(words, atlas)
    }
    return {id: replace(each, draw=cache(each.draw)) for id, each in drawn.items()}


def _numbers(record: Record, lists: Mapping[str, Filled]) -> bytes:
    """The list of numbers and tables by paper and bookmark, one a line."""
    lines: list[dict[str, str | float]] = []
    for paper, made in lists.items():
        for each in made.numbers:
            own: dict[str, str | float] = {"paper": paper, "bookmark": each.bookmark}
            bound = each.bound
            own |= {"key": bound.key, "text": bound.text, "form": bound.form, "of": bound.of}
            lines.append(own | {"place": each.place})
        for table in made.tables:
            own = {"paper": paper, "bookmark": table.bookmark, "table": table.id}
            lines.append(own | {"part": table.part, "millimetres": table.millimetres})
    told = ",\n".join(json.dumps(each, ensure_ascii=False) for each in lines)
    result = json.dumps(record.fingerprints.result)
    return f'{{"result": {result}, "printed": [\n{told}\n]}}\n'.encode()
