"""Letters: one text a kind of outcome, what they cite, and what they never say."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from syrupy.assertion import SnapshotAssertion

from dingdian.core.admission.decision import Outcome
from dingdian.core.admission.record import DecisionRecord, DecisionsRecord
from dingdian.core.errors import RequestError
from dingdian.core.record import Marks
from dingdian.reports.admission.letter import Letter
from dingdian.reports.admission.letters import LetterForms, letter_forms, write_letters
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.papers.blocks import Paragraph, read_blocks
from dingdian.reports.papers.letterhead import Letterhead
from dingdian.reports.papers.template import built
from tests.reports.decided import sample_decisions

FORMS = letter_forms(None)
#: An applicant of each kind of letter in the round of Shenyang's sample.
KINDS = {
    "proposed": "SY2026-1-001",
    "waiting": "SY2026-1-024",
    "not_admitted": "SY2026-1-030",
    "not_admitted_spacing": "SY2026-1-036",
    "needs_materials": "SY2026-1-045",
    "needs_facts_asked": "SY2026-1-041",
    "needs_survey": "SY2026-1-038",
    "needs_reading": "SY2026-1-056",
}


def decision(id: str) -> DecisionRecord:
    found = sample_decisions("shenyang").of(id)
    assert found is not None
    return found


def letter(record: DecisionsRecord, id: str) -> Letter:
    return Letter(CaseWords(record), next(d for d in record.decisions if d.application == id), HEAD)


HEAD = Letterhead()


def written(record: DecisionsRecord, id: str, forms: LetterForms = FORMS) -> dict[str, bytes]:
    one = next(each for each in record.decisions if each.application == id)
    return dict(write_letters(record, forms, (one,)))


def text(docx: bytes) -> str:
    paper = read_blocks(docx)
    lines = [each.text for each in paper.blocks if isinstance(each, Paragraph)]
    return "\n".join((f"[{paper.head}]", *(line for line in lines if line.strip())))


def issued(record: DecisionsRecord) -> DecisionsRecord:
    """The record as it were if the plan were issued and every clause checked."""
    return record.model_copy(
        update={
            "marks": Marks(simulation=False, as_if=False, invented=False),
            "documents": {
                name: each.model_copy(update={"standing": "issued"})
                for name, each in record.documents.items()
            },
            "clauses": {
                name: each.model_copy(update={"mark": "verified"})
                for name, each in record.clauses.items()
            },
        }
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_letter_of_each_outcome(kind: str, snapshot: SnapshotAssertion) -> None:
    record, id = sample_decisions("shenyang"), KINDS[kind]
    assert kind.startswith(decision(id).final.value)
    said = text(written(record, id)[f"{id}.docx"])
    assert said.replace(record.fingerprints.result[:16], "…") == snapshot


def test_every_outcome_has_a_text() -> None:
    assert {kind.removesuffix("_spacing").removesuffix("_asked") for kind in KINDS} == set(Outcome)


def test_the_page_says_what_the_word_file_says() -> None:
    record, id = sample_decisions("shenyang"), KINDS["waiting"]
    files = written(record, id)
    page = files[f"{id}.html"].decode()
    for line in text(files[f"{id}.docx"]).splitlines()[1:]:
        assert line in page
    assert "<script" not in page


def test_the_nearest_change_is_in_no_letter() -> None:
    """What staff may advise is never among the fields that a template can print."""
    record = sample_decisions("shenyang")
    words, seen = CaseWords(record), 0
    for each in record.decisions:
        said = repr(Letter(words, each, HEAD).names())
        for condition in each.conditions:
            if condition.change is not None:
                seen += 1
                assert words.why(condition.change) not in said
    assert seen > 40


@pytest.mark.parametrize("mark", ["simulation", "as_if", "invented"])
def test_a_letter_of_an_unissued_plan_is_a_specimen(mark: str) -> None:
    record = issued(sample_decisions("shenyang"))
    id = KINDS["not_admitted"]
    assert not letter(record, id).specimen
    assert "样张" not in text(written(record, id)[f"{id}.docx"])
    marked = record.model_copy(update={"marks": record.marks.model_copy(update={mark: True})})
    assert letter(marked, id).specimen
    assert "不具有效力，不得送达" in text(written(marked, id)[f"{id}.docx"]).splitlines()[0]


@pytest.mark.clause("SY-09")
def test_a_clause_that_is_not_issued_or_not_checked_is_no_legal_basis() -> None:
    record, id = sample_decisions("shenyang"), KINDS["not_admitted_spacing"]
    found = letter(record, id).names()
    assert found["basis"] == []
    assert "政策解读" in found["computed"][0]
    whole = letter(issued(record), id).names()
    assert whole["computed"] == []
    assert "半径800米" in whole["basis"][0]
    unmarked = record.model_copy(update={"marks": issued(record).marks})
    assert letter(unmarked, id).specimen  # nothing to cite: no letter of effect


def test_another_applicant_is_not_named_in_a_letter() -> None:
    record, id = sample_decisions("shenyang"), KINDS["needs_survey"]
    near = [n for c in decision(id).conditions for n in c.near if n.applicant]
    assert near
    said = text(written(record, id)[f"{id}.docx"])
    assert all(n.name not in said and n.code not in said for n in near)


def test_the_same_record_and_template_give_the_same_bytes() -> None:
    record, id = sample_decisions("shenyang"), KINDS["proposed"]
    assert written(record, id) == written(record, id)


def test_odd_names_and_ids_stay_text() -> None:
    record = sample_decisions("shenyang")
    odd = decision(KINDS["waiting"]).model_copy(
        update={"name": "{{ 7*7 }}<b>甲&乙</b>\x07", "application": "../2026/一 号"}
    )
    one = record.model_copy(update={"decisions": (odd,)})
    files = dict(write_letters(one, FORMS, (odd,)))
    assert sorted(files) == ["0001.docx", "0001.html"]
    assert "{{ 7*7 }}<b>甲&乙</b>：" in text(files["0001.docx"])
    assert "<b>" not in files["0001.html"].decode()


def test_a_bureau_words_its_own_letter() -> None:
    record, id = sample_decisions("shenyang"), KINDS["waiting"]
    own = LetterForms(built("# {{ applicant }}：{{ outcome }}"), HEAD)
    assert "示例综合医院（示例24）：waiting" in text(written(record, id, own)[f"{id}.docx"])
    wrong = LetterForms(built("# {{ change }}"), HEAD)
    with pytest.raises(RequestError) as raised:
        written(record, id, wrong)
    assert raised.value.faults[0].kind == "template_unknown_name"


def test_the_template_holds_its_styles_and_remedies() -> None:
    styles = {each.name for each in Document(io.BytesIO(FORMS.template)).styles}
    assert {"样张标记", "公文标题", "发文机关标志"} <= styles
    said = "\n".join(p.text for p in Document(io.BytesIO(FORMS.template)).paragraphs)
    assert all(
        word in said for word in ("行政复议", "六十日内", "行政诉讼", "六个月内", "送达回证")
    )
    assert "法制机构核对" in said


@pytest.mark.parametrize("guide", ["admission.md", "admission.zh-CN.md"])
def test_the_guide_names_all_that_a_letter_may_ask_for(guide: str) -> None:
    told = (Path(__file__).parents[3] / "docs" / "guide" / guide).read_text("utf-8")
    names = letter(sample_decisions("shenyang"), KINDS["proposed"]).names()
    assert [name for name in names if f"`{name}`" not in told] == []
