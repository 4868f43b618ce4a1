"""Odd names, long tables, wrong templates: the right paper or a clear fault, no empty box."""

import io
import re
from pathlib import Path

import pypdf
import pytest

from dingdian.core.errors import RequestError
from dingdian.core.faults import KINDS
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.papers.blocks import Grid, Image, Paragraph, read_blocks
from dingdian.reports.papers.contents import Contents
from dingdian.reports.papers.fill import Picture, fill
from dingdian.reports.papers.letterhead import Letterhead, read_letterhead
from dingdian.reports.papers.template import FORMS, PAPERS, built
from dingdian.reports.papers.typeset import lacking, pdf
from dingdian.reports.papers.write import read_forms
from dingdian.reports.wording import Words
from tests.reports.plans import small

ODD = [
    "=cmd|' /C calc'!A0",
    "<b>东区</b>&amp;",
    "#set page(fill: red)",
    "{{ 7 * 7 }}",
    "{% endfor %}",
    "{_{ x }_}",
    "$x^2$ *星* _线_ `码` \\ @引 ~",
    '"引"号\'与“弯引号”',
    "-- 横 — 线 … 点",
]


def contents(record=None, tables=()):
    words = Words(record or small())
    return Contents(words, Letterhead(), {each.id: each for each in tables}, ("a",))


def filled(text, asked=None):
    asked = asked or contents()
    return fill(built(text), "mine.docx", asked, {})


def words_of(docx):
    return [each.text for each in read_blocks(docx).blocks if isinstance(each, Paragraph)]


def pdf_text(content):
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("name", ODD)
def test_a_name_like_markup_is_printed_as_it_is(name):
    table = Table("t", "t", name, (Column("区"), Column(name)), (Row((Cell(name), Cell("1"))),))
    made = filled("{{ districts[0] }}\n{{ table('t') }}", contents(small(east=name), [table]))

    paper = read_blocks(made.docx)
    assert words_of(made.docx)[:2] == [name, f"表1　{name}"]
    (grid,) = (each for each in paper.blocks if isinstance(each, Grid))
    assert [[cell.text for cell in row] for row in grid.rows] == [["区", name], [name, "1"]]
    text = pdf_text(pdf(paper, small().stock_day))
    assert text.count("".join(name.split())) >= 4


def test_control_characters_are_taken_out_of_names_and_our_own_marks_are_coded():
    odd = "甲\x00\x0b\ue0000\ue001乙\n丙\uffff"
    made = filled("{{ districts[0] }}", contents(small(east=odd)))

    assert words_of(made.docx) == ["甲 〔U+E000〕0〔U+E001〕乙 丙"]


@pytest.mark.parametrize(("rare", "code"), [("\U000323af", "323AF"), ("\ue863", "E863")])
def test_a_character_that_no_font_has_is_printed_by_its_code_and_named(rare, code):
    made = filled("{{ districts[0] }}", contents(small(east=f"{rare}区")))

    paper = read_blocks(made.docx)
    assert words_of(made.docx) == [f"{rare}区"]
    assert lacking(paper) == (rare,)
    assert f"〔U+{code}〕区" in pdf_text(pdf(paper, small().stock_day))


# ---------------------------------------------------------------- long and wide tables


def test_three_hundred_rows_are_all_there_with_their_head_on_every_page():
    columns = (Column("名称", width=20), Column("数量", numeric=True))
    rows = tuple(Row((Cell(f"第{n}家机构"), Cell(str(n)))) for n in range(300))
    made = filled("{{ table('t') }}", contents(tables=[Table("t", "t", "长表", columns, rows)]))

    paper = read_blocks(made.docx)
    (grid,) = (each for each in paper.blocks if isinstance(each, Grid))
    assert (len(grid.rows), grid.heads) == (301, 1)
    content = pdf(paper, small().stock_day)
    text = pdf_text(content)
    assert all(f"第{n}家机构{n}" in text for n in range(300))
    assert text.count("名称数量") == len(pypdf.PdfReader(io.BytesIO(content)).pages) > 3


def test_a_wide_table_is_parted_and_every_part_is_headed():
    columns = (
        Column("地区", width=14),
        *(Column(f"数{n}", width=14, numeric=True) for n in range(20)),
    )
    rows = (Row((Cell("东区"), *(Cell(str(n)) for n in range(20)))),)
    made = filled("{{ table('t') }}", contents(tables=[Table("t", "t", "宽表", columns, rows)]))

    grids = [each for each in read_blocks(made.docx).blocks if isinstance(each, Grid)]
    assert len(grids) > 1
    assert {grid.rows[1][0].text for grid in grids} == {"东区"}
    assert [c.text for grid in grids for c in grid.rows[1][1:]] == [str(n) for n in range(20)]


def test_a_picture_is_as_narrow_as_its_template_asks_and_never_wider_than_its_own():
    dot = (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU"
        b"\0\0\0\nIDATx\x9cc`\0\0\0\2\0\1H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"
    )
    asked = Contents(Words(small()), Letterhead(), {}, ("dot",))
    pictures = {"dot": Picture("点", "一点", lambda: dot, 150)}
    text = "\n".join(f"{{{{ figure('dot'{more}) }}}}" for more in ("", ", width=90", ", 400"))

    blocks = read_blocks(fill(built(text), "mine.docx", asked, pictures).docx).blocks
    assert [round(each.width) for each in blocks if isinstance(each, Image)] == [150, 90, 150]


# ---------------------------------------------------------------- numbers


def test_an_undefined_number_prints_its_reason():
    made = filled("床位{{ n('contracted_beds') }}。")

    (text,) = words_of(made.docx)
    assert text.startswith("床位无法计算（")
    assert text != "床位无法计算（）。"


def test_a_number_keeps_the_look_of_its_run_and_stands_between_bookmarks():
    made = filled("共{{ n('pharmacies') }}，其中{{ n('pharmacies.101', unit=False) }}。")

    (paragraph,) = (b for b in read_blocks(made.docx).blocks if isinstance(b, Paragraph))
    assert [text for _, text in paragraph.marks] == [each.bound.text for each in made.numbers]
    assert [each.bound.key for each in made.numbers] == ["pharmacies.100", "pharmacies.101"]


# ---------------------------------------------------------------- wrong templates


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("第一段\n{{ citty }}", "template_unknown_name", "city"),
        ("第一段\n{{ head.isuer }}", "template_unknown_name", "isuer"),
        ("第一段\n{{ n('pharmaces') }}", "template_unknown_key", "pharmacies"),
        ("第一段\n{{ table('quota') }}", "template_unknown_part", "quota"),
        ("第一段\n{{ figure('x') }}", "template_unknown_part", "x"),
        ("第一段\n{{ figure('a', width=-1) }}", "template_syntax", "width"),
        ("第一段\n{{ city", "template_syntax", ""),
        ("第一段\n{% for x in said('places') %}", "template_syntax", ""),
        ("第一段\n{{ n() }}", "template_syntax", "key"),
    ],
)
def test_a_wrong_template_is_told_with_its_paragraph(text, kind, told):
    with pytest.raises(RequestError) as raised:
        filled(text)

    (fault,) = raised.value.faults
    assert fault.kind == kind
    assert fault.place.file == "mine.docx"
    assert told in str(fault.fields)
    assert KINDS[kind].cure.say("zh", **fault.fields)
    if kind.startswith("template_unknown"):
        assert fault.place.row == 2
        assert fault.place.sheet.startswith("{{")


def test_a_template_that_is_no_word_file_is_told():
    with pytest.raises(RequestError) as raised:
        fill(b"no word", "mine.docx", contents(), {})

    assert raised.value.faults[0].kind == "template_unreadable"


def test_a_folder_without_templates_is_told(tmp_path):
    with pytest.raises(RequestError) as raised:
        read_forms(tmp_path)

    assert raised.value.faults[0].kind == "no_templates"


@pytest.mark.parametrize("text", ["isuer: x", "- a", "issuer: 'x", "issuer: [1]"])
def test_a_wrong_letterhead_is_told(tmp_path, text):
    path = tmp_path / "letterhead.yaml"
    path.write_text(text, "utf-8")

    with pytest.raises(RequestError) as raised:
        read_letterhead(path)

    assert raised.value.faults[0].kind == "letterhead_wrong"


def test_a_bureaus_own_template_and_letterhead_are_used(tmp_path):
    (tmp_path / "short.docx").write_bytes(built("本局自拟：{{ head.issuer }}"))
    (tmp_path / "letterhead.yaml").write_text("issuer: '{city}医保局'", "utf-8")

    forms = read_forms(tmp_path)
    made = fill(forms.templates["short"], "short.docx", contents(), {})
    assert forms.letterhead.issuer == "{city}医保局"
    assert words_of(made.docx) == ["本局自拟：小城医疗保障局"]


# ---------------------------------------------------------------- the shipped templates


@pytest.mark.parametrize("guide", ["papers.md", "papers.zh-CN.md"])
def test_the_guide_names_all_that_a_template_may_ask_for(guide):
    told = (Path(__file__).parents[3] / "docs" / "guide" / guide).read_text("utf-8")

    assert [name for name in contents().names() if not re.search(rf"\b{name}\b", told)] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_no_number_is_typed_into_a_shipped_template(paper):
    text = (FORMS / f"{paper}.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("%%", "{%"))]
    typed = re.findall(r"[0-9]+", re.sub(r"\{\{.*?\}\}", "", "\n".join(lines)))

    assert set(typed) <= {"2", "3", "60", "256"}  # 令第2号、令第3号、60岁、SHA-256
