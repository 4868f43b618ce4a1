"""Papers as a user gets them: templates out, edited, a plan with last year's beside it, checked."""

import json

import pytest
from docx import Document

from dingdian.reports.papers.blocks import read_blocks

pytestmark = pytest.mark.slow

CITY = ("--policy", "daxinganling", "--year", 2026)


@pytest.fixture(scope="module")
def templates(dingdian, tmp_path_factory):
    """The shipped templates, one of them with the wording of a bureau."""
    folder = tmp_path_factory.mktemp("templates") / "mine"
    ended = dingdian("template", "papers", "--out", folder)
    assert ended.code == 0, ended.err
    short = Document(folder / "short.docx")
    short.add_paragraph("本局补充：药店{{ n('pharmacies') }}。", style="公文正文")
    short.save(folder / "short.docx")
    text = (folder / "letterhead.yaml").read_text("utf-8")
    (folder / "letterhead.yaml").write_text(text.replace("×医保", "兴医保"), "utf-8")
    return folder


@pytest.fixture(scope="module")
def plan(dingdian, dx_ledger, dx_plan, templates, tmp_path_factory):
    """A plan with papers in the bureau's wording, against the plan of the year before."""
    below = tmp_path_factory.mktemp("papers")
    before = below / "before"
    before.mkdir()
    earlier = json.loads((dx_plan / "plan.json").read_text("utf-8"))
    earlier["year"] = 2025
    earlier["figures"]["insured.232700"] |= {"value": "330000", "decimal": "330000"}
    (before / "plan.json").write_text(json.dumps(earlier, ensure_ascii=False), "utf-8")
    words = ("--papers", "--papers-template", templates, "--last-year", before)
    ended = dingdian("plan", dx_ledger, *CITY, *words, "--out", below / "plan")
    assert ended.code == 0, ended.err
    return below / "plan"


def text(plan, paper):
    blocks = read_blocks((plan / "papers" / f"{paper}.docx").read_bytes()).blocks
    return "\n".join(getattr(each, "text", "") for each in blocks)


def test_the_bureaus_wording_and_letterhead_are_in_the_papers(plan):
    assert "本局补充：药店274家。" in text(plan, "short")
    assert "兴医保〔2026〕×号" in text(plan, "work_plan")


def test_the_plan_of_the_year_before_is_compared_and_kept(plan):
    said = text(plan, "work_plan")

    assert "与2025年度规划相比" in said
    assert "由33.00万人变为33.56万人" in said
    assert (plan / "last_year" / "plan.json").is_file()


def test_all_outputs_of_the_folder_agree_until_one_is_changed(dingdian, plan):
    agreed = dingdian("verify", plan)
    assert agreed.code == 0, agreed.out
    assert "全部一致" in agreed.out

    word = plan / "papers" / "short.docx"
    changed = Document(word)
    for paragraph in changed.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("274家", "279家")
    changed.save(word)
    differing = dingdian("verify", plan, "--lang", "en")
    assert differing.code == 8
    assert "[pharmacies.232700]: “279家”, should be “274家”" in differing.out


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_plan_that_is_not_earlier_is_refused(dingdian, dx_ledger, dx_plan, tmp_path, year):
    later = json.loads((dx_plan / "plan.json").read_text("utf-8")) | {"year": year}
    (tmp_path / "plan.json").write_text(json.dumps(later, ensure_ascii=False), "utf-8")
    words = ("--last-year", tmp_path, "--out", tmp_path / "plan")
    ended = dingdian("plan", dx_ledger, *CITY, *words)

    assert ended.code == 3
    assert f"{year}" in ended.err
    assert not (tmp_path / "plan").exists()


def test_a_template_with_an_unknown_field_stops_the_plan_and_says_where(
    dingdian, dx_ledger, tmp_path
):
    mine = tmp_path / "mine"
    mine.mkdir()
    document = Document()
    document.add_paragraph("共{{ n('pharmaciez') }}家")
    document.save(mine / "work_plan.docx")
    words = ("--papers-template", mine, "--out", tmp_path / "plan")
    ended = dingdian("plan", dx_ledger, *CITY, *words)

    assert ended.code == 3
    assert "work_plan.docx" in ended.err
    assert "pharmaciez" in ended.err
    assert "pharmacies" in ended.err
    assert not (tmp_path / "plan").exists()
