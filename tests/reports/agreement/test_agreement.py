"""All outputs print what plan.json says; a number that somebody changed is found and named."""

import dataclasses
import io
import zipfile

import pytest

from dingdian.reports.agreement.folder import compare_folder
from dingdian.reports.figures.atlas import Atlas
from dingdian.reports.papers.blocks import Grid, Paragraph, read_blocks
from dingdian.reports.papers.typeset import pdf
from dingdian.reports.papers.write import papers, shipped
from dingdian.reports.plan_html import write_html
from dingdian.reports.plan_xlsx import write_xlsx
from tests.reports.plans import sample_record

CITY = "daxinganling"


def outputs(record, lang="zh", last_year=None):
    made = papers(record, Atlas(), shipped(), last_year=last_year)
    files = {f"papers/{name}": content for name, content in made.files.items()}
    return files | {"plan.html": write_html(record, lang), "plan.xlsx": write_xlsx(record, lang)}


def altered(record, key, **fields):
    figures = dict(record.figures)
    figures[key] = figures[key].model_copy(update=fields)
    return record.model_copy(update={"figures": figures})


@pytest.fixture(scope="module")
def record():
    return sample_record(CITY)


@pytest.fixture(scope="module")
def earlier(record):
    """The plan of the year before: fewer insured."""
    changed = altered(record, "insured.232700", value="330000", decimal="330000")
    return changed.model_copy(update={"year": 2025})


@pytest.fixture(scope="module")
def files(record, earlier):
    return outputs(record, last_year=earlier)


def found(record, files, last_year=None):
    compared = list(compare_folder(record, files, last_year=last_year))
    return [each for one in compared for each in one.differences]


def only(files, *names):
    """Some of the files, with the list of numbers."""
    return {name: files[name] for name in ("papers/numbers.json", *names)}


def rewritten(docx, old, new):
    """A Word file with a text of its body replaced where it stands first."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                assert old.encode() in part
                part = part.replace(old.encode(), new.encode(), 1)
            target.writestr(name, part)
    return content.getvalue()


def test_all_outputs_agree(record, files, earlier):
    compared = list(compare_folder(record, files, last_year=earlier))

    assert [each for one in compared for each in one.differences] == []
    assert len(compared) == 10
    assert all(each.count > 0 for each in compared)
    assert sum(each.count for each in compared) > 10_000


def test_english_outputs_agree(record):
    files = {"plan.html": write_html(record, "en"), "plan.xlsx": write_xlsx(record, "en")}

    assert found(record, files) == []


def test_a_number_changed_in_the_text_is_named(record, files, earlier):
    changed = rewritten(files["papers/work_plan.docx"], ">33.56万人<", ">33.65万人<")

    own = only(files, "papers/work_plan.pdf") | {"papers/work_plan.docx": changed}
    (word, *pages) = found(record, own, earlier)
    assert (word.key, word.found, word.wanted) == ("insured.232700", "33.65万人", "33.56万人")
    assert "参保人数33.56万人" in word.place
    assert [each.file for each in pages] == ["papers/work_plan.pdf"]


def test_a_number_taken_out_of_the_text_is_named(record, files, earlier):
    changed = rewritten(files["papers/short.docx"], ">33.56万人<", "><")

    own = only(files) | {"papers/short.docx": changed}
    assert [each.key for each in found(record, own, earlier)] == ["insured.232700"]


def test_a_number_changed_in_an_annex_is_named_with_its_place(record, files, earlier):
    paper = read_blocks(files["papers/work_plan.docx"])
    row = next(r for each in paper.blocks if isinstance(each, Grid) for r in each.rows[1:])
    assert row[0].text == "大兴安岭地区"
    changed = rewritten(
        files["papers/work_plan.docx"],
        f">{row[2].text}</w:t></w:r></w:p></w:tc>",
        ">77</w:t></w:r></w:p></w:tc>",
    )

    (first, *_) = found(record, only(files) | {"papers/work_plan.docx": changed}, earlier)
    assert first.found == "77"
    assert first.key == "quota_pharmacies.232700"
    assert "大兴安岭地区" in first.place


def test_a_pdf_with_another_number_is_named(record, files, earlier):
    paper = read_blocks(files["papers/short.docx"])
    blocks = [
        dataclasses.replace(
            each, runs=tuple((t.replace("33.56", "33.65"), b) for t, b in each.runs)
        )
        if isinstance(each, Paragraph)
        else each
        for each in paper.blocks
    ]
    changed = pdf(dataclasses.replace(paper, blocks=tuple(blocks)), record.stock_day)

    own = only(files, "papers/short.docx") | {"papers/short.pdf": changed}
    (first, *_) = found(record, own, earlier)
    assert first.file == "papers/short.pdf"
    assert "33.65万人" in first.found
    assert "33.56万人" in first.wanted


@pytest.mark.parametrize("name", ["plan.html", "plan.xlsx"])
def test_a_page_or_workbook_of_another_number_is_named(record, name):
    other = altered(record, "pharmacies.232700", value="275", decimal="275")
    changed = {"plan.html": write_html, "plan.xlsx": write_xlsx}[name](other, "zh")

    keys = {each.key for each in found(record, {name: changed})}
    assert keys == {"pharmacies.232700"}


def test_a_changed_plan_is_named_by_its_own_formulas_and_fingerprint(record):
    changed = altered(record, "institutions.232700", value="422", decimal="422")

    differing = found(changed, {})
    assert "institutions.232700" in {each.key for each in differing}
    assert "fingerprints.result" in {each.place for each in differing}


def test_papers_of_another_plan_are_named(record, files):
    result = record.fingerprints.result.encode()
    listed = files["papers/numbers.json"].replace(result, b"0" * 64)

    (first,) = found(record, {"papers/numbers.json": listed})
    assert (first.file, first.found) == ("papers/numbers.json", "0" * 64)


def test_last_years_numbers_are_held_to_last_years_plan(record, files, earlier):
    other = altered(earlier, "insured.232700", value="300000", decimal="300000")

    differing = found(record, only(files, "papers/work_plan.docx"), other)
    assert {each.wanted for each in differing if each.key == "insured.232700"} >= {"30.00万人"}
