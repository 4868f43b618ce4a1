"""The papers as a reader gets them: pages, form, words; looked at as text."""

import io
import itertools
import re
import statistics

import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dingdian.reports.figures.atlas import Atlas
from dingdian.reports.papers.blocks import Grid, Image, Paragraph, read_blocks
from dingdian.reports.papers.template import PAPERS, template
from dingdian.reports.papers.write import papers, shipped
from tests.reports.plans import CITIES, sample_papers, sample_record


@pytest.fixture(scope="module", params=CITIES)
def made(request):
    return sample_papers(request.param)


def pages(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_every_paper_is_word_and_pdf(made):
    names = {f"{paper}.{end}" for paper in PAPERS for end in ("docx", "pdf")}

    assert set(made) == {*names, "numbers.json"}


def test_the_short_version_has_two_pages_at_most(made):
    assert len(pages(made["short.pdf"])) <= 2


def test_what_is_not_issued_says_so_in_the_title_and_on_every_page(made):
    for paper in ("short", "work_plan"):
        found = read_blocks(made[f"{paper}.docx"])
        assert "（测算）" in found.title
        assert found.head == "测算　示例数据"
        assert all("测算" in page for page in pages(made[f"{paper}.pdf"]))


def test_a_paper_has_the_form_of_an_official_document():
    section = Document(io.BytesIO(template("work_plan"))).sections[0]

    margins = (section.top_margin, section.left_margin, section.bottom_margin)
    assert [round(each.mm) for each in margins] == [37, 28, 35]
    assert round((section.page_width - section.left_margin - section.right_margin) / Mm(1)) == 156
    grid = section._sectPr.xpath("w:docGrid")[0]
    assert round(int(grid.get(qn("w:linePitch"))) * 22 / 1440 * 25.4) == 225


def test_pdf_pages_hold_22_lines(made):
    reader = pypdf.PdfReader(io.BytesIO(made["work_plan.pdf"]))
    lines = {}

    def visit(text, place, *_rest):
        if text.strip():
            lines.setdefault(round(place[5], 1), []).append(text)

    reader.pages[1].extract_text(visitor_text=visit)
    heights = sorted(lines, reverse=True)
    steps = [round(a - b) for a, b in itertools.pairwise(heights)]
    assert statistics.mode(steps) == round(225 / 22 * 72 / 25.4)


def test_tables_repeat_their_heads_and_pictures_have_words(made):
    found = read_blocks(made["resource_plan.docx"]).blocks

    grids = [each for each in found if isinstance(each, Grid)]
    assert len(grids) > 20
    assert all(each.heads == 1 for each in grids)
    assert all(each.alt for each in found if isinstance(each, Image))
    assert any(isinstance(each, Image) for each in found)


def test_tables_in_word_are_as_dense_as_in_pdf_whatever_faces_the_reader_has(made):
    """A cell takes nothing from the document's defaults; the title not two lines of the grid."""
    document = Document(io.BytesIO(made["short.docx"]))

    (table, *_) = document.tables
    for cell in table._cells:
        shape = cell.paragraphs[0].paragraph_format
        assert (shape.space_before, shape.space_after) == (0, 0)
        assert shape.line_spacing == Pt(9 * 1.4)
    title = document.styles["公文标题"]
    assert title.paragraph_format.line_spacing == Pt(33)
    assert title.element.xpath("w:pPr/w:snapToGrid/@w:val") == ["0"]


def test_every_annex_begins_on_a_page_of_its_own(made):
    found = read_blocks(made["work_plan.docx"]).blocks
    annexes = [each for each in found if isinstance(each, Paragraph) and each.style == "annex"]
    text = [page.replace("\n", "") for page in pages(made["work_plan.pdf"])]

    style = Document(io.BytesIO(made["work_plan.docx"])).styles["附件序号"]
    assert style.paragraph_format.page_break_before
    heads = [page for page in text if re.search(r"附件\d　", page)]
    assert len(heads) == len(annexes) > 1


def test_the_red_head_carries_the_letterhead(made):
    found = [
        each for each in read_blocks(made["work_plan.docx"]).blocks if isinstance(each, Paragraph)
    ]

    assert found[0].style == "head"
    assert found[0].text.endswith("医疗保障局")
    assert found[1].style == "number"


def test_the_same_plan_gives_the_same_bytes():
    made = papers(sample_record("daxinganling"), Atlas(), shipped()).files

    assert made == sample_papers("daxinganling")
