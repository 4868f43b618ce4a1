"""decisions.xlsx and decisions.html: everything of the record, in both languages, and no script."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import openpyxl
import pytest

from dingdian.core.admission.record import DecisionsRecord
from dingdian.reports.admission.page import write_page
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.admission.tables import round_tables
from dingdian.reports.admission.workbook import write_workbook
from dingdian.reports.wording import LANGUAGES, Lang
from dingdian.reports.words import admission, codes
from tests.chinese import html_lines, strange_lines
from tests.reports.decided import sample_decisions
from tests.reports.plans import CITIES

ODD = '=HYPERLINK("http://x","甲")<script>alert(1)</script>&'


def odd_name(record: DecisionsRecord) -> DecisionsRecord:
    """The record with an applicant whose name is a formula and markup."""
    first, *rest = record.decisions
    odd = first.model_copy(update={"name": ODD})
    return record.model_copy(update={"decisions": (odd, *rest)})


def cells(content: bytes) -> Iterator[openpyxl.cell.Cell]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        yield from (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


class _Structure(HTMLParser):
    """Ids, links within the page, tags, and headings in order."""

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


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_every_condition_of_every_applicant_is_in_the_workbook(city: str, lang: Lang) -> None:
    record = sample_decisions(city)
    words = CaseWords(record, lang)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(record, lang)))
    for table in round_tables(words):
        assert len({len(row.cells) for row in table.rows} | {len(table.columns)}) == 1, table.id
    sheet = book[words.pick("逐项条件", "Conditions")]
    told = [tuple(row[:6]) for row in sheet.iter_rows(min_row=6, values_only=True)]
    wanted = [
        (d.application, d.name or None, words.stage(c.stage), words.rule(c.rule), words.item(c))
        for d in record.decisions
        for c in d.conditions
    ]
    assert [row[:5] for row in told] == wanted


def test_names_are_text_in_the_workbook_and_escaped_on_the_page() -> None:
    record = odd_name(sample_decisions("shenyang"))
    found = [cell for cell in cells(write_workbook(record)) if cell.value == ODD]
    assert {cell.data_type for cell in found} == {"s"}
    page = write_page(record).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_the_page_holds_together_and_asks_for_nothing(city: str, lang: Lang) -> None:
    record = sample_decisions(city)
    page = write_page(record, lang).decode()
    found = _Structure()
    found.feed(page)
    assert len(found.ids) == len(set(found.ids))
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
    assert not found.tags & {"script", "img", "link", "iframe", "form"}
    assert not re.search(r"https?://", page)
    for each in record.decisions:
        assert html.escape(each.application) in page


def test_the_same_record_gives_the_same_bytes() -> None:
    record = sample_decisions("daxinganling")
    assert write_page(record) == write_page(record)
    assert write_workbook(record) == write_workbook(record)


def test_advice_is_marked_as_such_and_a_full_quota_as_no_refusal() -> None:
    page = write_page(sample_decisions("shenyang")).decode()
    parts = page.split('<div class="advice">')[1:]
    assert parts
    assert all("供工作人员参考，不具约束力，不写入告知书" in part[:80] for part in parts)
    assert "数量已满不是不予受理的理由" in page


@pytest.mark.parametrize("city", CITIES)
def test_nothing_of_them_is_chinese_in_english_but_the_words_of_the_ledger(city: str) -> None:
    record = sample_decisions(city)
    said = [str(cell.value) for cell in cells(write_workbook(record, "en"))]
    page = write_page(record, "en").decode()
    strange = strange_lines(city, [*said, *html_lines(page)])
    # a cure names the words that the ledger takes, which are Chinese
    assert [
        line for line in strange if "service" not in line and "住院、门诊统筹" not in line
    ] == []


def test_no_sentence_of_admission_is_hidden_by_one_of_a_plan() -> None:
    hidden = [name for name, said in admission.SENTENCES.items() if codes.SENTENCES[name] != said]
    assert hidden == []
