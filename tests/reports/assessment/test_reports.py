"""Reports of an assessment: everything of the record, in both languages, and no script."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import openpyxl
import pytest
from syrupy.assertion import SnapshotAssertion

from dingdian.core.assessment.record import AssessmentRecord
from dingdian.core.errors import RequestError
from dingdian.reports.assessment.assessment_json import read_assessment
from dingdian.reports.assessment.lines import assessment_lines, institution_lines
from dingdian.reports.assessment.page import ROWS, write_page
from dingdian.reports.assessment.speech import AssessmentWords
from dingdian.reports.assessment.tables import all_tables
from dingdian.reports.assessment.workbook import write_workbook
from dingdian.reports.record_json import write_record
from dingdian.reports.wording import LANGUAGES, Lang
from dingdian.reports.words import assessment, codes
from tests.chinese import html_lines, strange_lines
from tests.reports.assessed import sample_assessment, small_assessment

ODD = '=HYPERLINK("http://x","甲")<script>alert(1)</script>&'


class _Structure(HTMLParser):
    """Ids, links within the page, and tags."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.ids += [named["id"]] if "id" in named else []
        self.links |= {named["href"]} if "href" in named else set()


def without_prints(text: str) -> str:
    """Fingerprints move with the shelf, which a golden does not hold."""
    return re.sub(r"[0-9a-f]{64}", "…", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_terminal_is_told(lang: Lang, snapshot: SnapshotAssertion) -> None:
    record = small_assessment()
    told = [*assessment_lines(record, lang)]
    for code in ("P001", "P020", "P030", "P041"):
        told += ["", *institution_lines(record, code, lang)]

    assert "\n".join(told) == snapshot


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tables_as_text(lang: Lang, snapshot: SnapshotAssertion) -> None:
    words, lines = AssessmentWords(small_assessment(), lang), []
    for table in all_tables(words):
        if table.sheet in ("items", "institutions", "sources"):
            continue
        lines += [f"# {table.title}", " | ".join(c.title for c in table.columns)]
        lines += [" | ".join(cell.text for cell in row.cells) for row in table.rows]
        lines += [*(f"* {note}" for note in table.notes), ""]

    assert "\n".join(lines) == snapshot


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("city", ["daxinganling"])
def test_every_institution_and_item_is_in_the_workbook(city: str, lang: Lang) -> None:
    record = sample_assessment(city)
    words = AssessmentWords(record, lang)
    for table in all_tables(words):
        assert len({len(row.cells) for row in table.rows} | {len(table.columns)}) == 1, table.id
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(record, lang)))
    sheet = book[words.pick("逐家得分", "Institutions")]
    codes_ = [row[0] for row in sheet.iter_rows(min_row=6, values_only=True)]
    items = book[words.pick("逐项得分", "Items")]

    assert codes_ == [each.code for each in record.assessed]
    assert items.max_row == 5 + sum(len(e.score.lines) for e in record.assessed if e.score)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("city", ["daxinganling", "shenyang"])
def test_the_page_holds_together_and_asks_for_nothing(city: str, lang: Lang) -> None:
    page = write_page(sample_assessment(city), lang).decode()
    found = _Structure()
    found.feed(page)

    assert len(found.ids) == len(set(found.ids))
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
    assert not found.tags & {"script", "img", "link", "iframe", "form"}
    assert not re.search(r"https?://", page)
    assert ("测算" if lang == "zh" else "imulation") in page


def test_a_long_table_says_on_the_page_how_long_it_is() -> None:
    short = sample_assessment("daxinganling")
    many = short.assessed * (ROWS // len(short.assessed) + 1)
    record = short.model_copy(update={"assessed": many})
    page = write_page(record).decode()
    assert len(many) > ROWS

    assert f"此处只列前{ROWS}行，共{len(record.assessed)}行" in page


def test_names_are_text_in_the_workbook_and_escaped_on_the_page() -> None:
    record = odd_name(sample_assessment("daxinganling"))
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(record)))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value == ODD]
    page = write_page(record).decode()

    assert {cell.data_type for cell in cells} == {"s"}
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in page


def odd_name(record: AssessmentRecord) -> AssessmentRecord:
    first, *rest = record.assessed
    odd = first.model_copy(update={"name": ODD})
    return record.model_copy(update={"assessed": (odd, *rest)})


def test_the_same_record_gives_the_same_bytes_and_reads_back() -> None:
    record = sample_assessment("daxinganling")

    assert write_page(record) == write_page(record)
    assert write_workbook(record) == write_workbook(record)
    assert read_assessment(write_record(record)) == record
    with pytest.raises(RequestError):
        read_assessment(b'{"version": "9"}')


@pytest.mark.parametrize("city", ["daxinganling"])
def test_nothing_of_them_is_chinese_in_english_but_the_words_of_the_ledger(city: str) -> None:
    record = sample_assessment(city)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(record, "en")))
    said = [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    page = write_page(record, "en").decode()
    told = assessment_lines(record, "en")

    assert strange_lines(city, [*said, *html_lines(page), *told]) == []


def test_numbers_are_shown_to_two_decimals_and_kept_exactly() -> None:
    record = small_assessment()
    words = AssessmentWords(record, "zh")
    each = record.of("P001")
    assert each is not None
    assert each.score is not None
    assert words.points(each.score.total) == "55.00"
    assert words.points("100/3") == "33.33"
    assert words.points("-1/200") == "−0.01"
    assert words.share("9/10") == "90.00%"
    assert words.points(None) == "—"


def test_every_reason_of_the_engines_has_its_sentence() -> None:
    """What engines of assessments can say, by the calls of ``reason`` in their source."""
    import ast
    from pathlib import Path

    source = Path(assessment.__file__).parents[2] / "core" / "assessment"
    calls = {
        node.args[0].value
        for path in source.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "reason"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert calls <= set(codes.SENTENCES)
    dynamic = {"ended_by_sum", "ended_at_once", "reading_open", "option_unknown"}
    assert set(assessment.SENTENCES) <= calls | dynamic


@pytest.mark.parametrize("city", ["daxinganling", "shenyang"])
def test_order_of_rows_leaves_the_fingerprints_alone(city: str) -> None:
    prints = sample_assessment(city).fingerprints

    assert len({prints.census, prints.shelf, prints.workbook, prints.result}) == 4
    assert without_prints(prints.result) == "…"
