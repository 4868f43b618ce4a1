"""Notices: basis and marks, last days, numbers, templates of a bureau, odd words."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from dingdian.core.errors import RequestError
from dingdian.core.faults import KINDS as FAULTS
from dingdian.core.lifecycle.entry import SHANGHAI, Entry
from dingdian.core.lifecycle.terms import Terms
from dingdian.core.policy import Standing
from dingdian.reports.notices.deadlines import NAMES
from dingdian.reports.notices.kinds import KINDS
from dingdian.reports.notices.notice import Notice, notice_of
from dingdian.reports.notices.numbers import number_of, sequences_of
from dingdian.reports.notices.write import notice_forms, write_notices
from dingdian.reports.papers.blocks import read_blocks
from dingdian.reports.papers.letterhead import Letterhead, Numbers, read_letterhead
from dingdian.reports.papers.own import Forms
from dingdian.reports.papers.template import FORMS as TEXTS
from dingdian.reports.papers.template import built, template, text_of
from dingdian.reports.papers.typeset import lacking, pdf
from tests.core.lifecycle.lives import Life, changed, terms
from tests.reports.notices.noted import (
    FORMS,
    NOTED,
    RESULT,
    Walk,
    files,
    office,
    renumbered,
    text,
    word,
)

ROOT = Path(__file__).parents[3]


def noted(name: str, side: str = "hospital") -> Life:
    return NOTED[name](side).life


def notice(life: Life, **more: object) -> Notice:
    at = len(life.entries) - 1
    return notice_of(life.entries, at, office(life), n=1, **more)  # type: ignore[arg-type]


def names(life: Life) -> dict[str, object]:
    return notice(life).names()


def with_shelf(life: Life, its: Terms) -> Life:
    life.terms = its
    return life


def issued(its: Terms, *clauses: str) -> Terms:
    """A shelf whose plan is issued and some of whose clauses are checked."""
    book = its.book
    documents = {
        id: each.model_copy(update={"standing": Standing.ISSUED})
        for id, each in book.documents.items()
    }
    layers = {}
    for name, layer in book.layers.items():
        read = tuple(
            each.model_copy(update={"mark": "verified"}) if each.id in clauses else each
            for each in layer.clauses
        )
        layers[name] = replace(layer, clauses=read)
    return Terms(replace(book, documents=documents, layers=layers), its.place)


# ---------------------------------------------------------------- basis and marks


def test_only_an_issued_and_checked_clause_is_a_legal_basis() -> None:
    life = noted("acceptance")
    found = names(life)
    assert found["basis"] == []
    assert "第八条（条号待核）" in str(found["computed"])
    assert found["mark_title"] == "（样张）"
    whole = names(with_shelf(life, issued(life.terms, "O2-08", "O2-09")))
    assert whole["computed"] == []
    assert "第八条：材料不全的" in str(whole["basis"])
    assert whole["mark_line"] == whole["mark_title"] == ""
    assert whole["marks"] == []


@pytest.mark.clause("SY-18", "SY-19", "SY-21")
def test_what_rests_on_a_plan_that_is_not_issued_is_a_specimen() -> None:
    life = noted("agreement")
    found = notice(life)
    assert {"SY-18", "SY-19", "SY-21"} <= set(found.clauses)
    assert found.frame.basis  # something can be cited, and yet
    assert found.frame.specimen
    assert "政策解读" in "".join(found.names()["marks"])
    whole = with_shelf(life, issued(life.terms))
    assert not notice(whole).frame.specimen


@pytest.mark.clause("O2-43", "N14-02")
def test_a_cause_is_cited_by_the_list_that_holds_it() -> None:
    """Proven fraud is no one-vote exit."""
    found = notice(noted("termination"))
    assert found.names()["cause"] == "查实有欺诈骗保行为"
    assert found.clauses == ("O2-43",)
    exit = Walk("hospital").in_force().then(("terminate", "2027-03-26"), cause="invented_records")
    assert notice(exit.life).clauses == ("N14-02",)


@pytest.mark.parametrize("subject", ["hospital", "pharmacy"])
def test_an_own_request_is_granted_and_nothing_was_found(subject: str) -> None:
    said = word(noted("termination_on_request", subject), "termination")
    assert "你单位于2027年3月28日申请解除医疗保障服务协议" in said
    assert "予以同意" in said
    for never in ("经查", "应当解除", "再次申请定点的限制", "主动提出解除且经同意"):
        assert never not in said.split("三、依据")[0]
    ended = word(noted("termination", subject), "termination")
    assert "经查，你单位存在应当解除医疗保障服务协议" in ended
    elsewhere = word(noted("termination_elsewhere", subject), "termination")
    assert "邻市已解除" in elsewhere
    assert "经查" not in elsewhere


@pytest.mark.clause("O3-40")
def test_a_pharmacy_is_told_by_its_own_order() -> None:
    life = noted("termination", "pharmacy")
    assert notice(life).clauses == ("O3-40",)
    assert "第3号" in word(life, "termination")


def test_marks_of_the_office_make_a_specimen() -> None:
    life = noted("expiry")
    assert "样张" not in word(life, "expiry")
    marked = replace(office(life), marks=("示例数据：机构是虚构的。",))
    said = word(life, "expiry", office=marked)
    assert "示例数据：机构是虚构的。" in said
    assert said.startswith("[样　张")


def test_a_result_that_is_a_simulation_makes_a_specimen() -> None:
    life = noted("assessment", "pharmacy")
    last = life.entries[-1].seq
    assert "样张" not in word(life, "assessment", results={last: replace(RESULT, clauses=())})
    marked = replace(RESULT, clauses=(), marks=("测算：评分表是建议。",))
    said = word(life, "assessment", results={last: marked})
    assert "测算：评分表是建议。" in said
    assert said.startswith("[样　张")


def test_the_bureau_s_own_measures_go_out_in_its_name() -> None:
    life = Walk("hospital").in_force().life
    life.do("suspend_imposed", "2027-03-26", role="bureau", cause="data_not_given_or_false")
    assert "\n示例市医疗保障局\n" in word(life, "suspension")
    assert "\n示例市医疗保障经办机构\n" in word(noted("suspension_imposed"), "suspension")


# ---------------------------------------------------------------- last days


@pytest.mark.parametrize(
    ("name", "day", "said"),
    [
        ("acceptance", "evaluate_by", "2026年5月6日"),  # three months: 3 May is in a holiday
        ("public_notice", "object_by", "2026年3月10日"),  # five working days
        ("refusal_failed_twice", "apply_again_from", "2027年7月2日"),
        ("agreement", "agreement_through", "2027年3月31日"),
        ("agreement", "guidance_through", "2026年9月30日"),
        ("agreement", "trial_through", "2027年3月31日"),
        ("agreement", "renew_by", "2026年12月31日"),
        ("agreement", "review_by", "2027年2月28日"),
        ("trial_failed", "review_again_from", "2028年3月26日"),
        ("suspension_on_request", "suspended_through", "2027年9月22日"),
        ("suspension_on_request", "resume_by", "2027年9月22日"),
        ("suspension_imposed", "resume_by", ""),
        ("expiry", "agreement_through", "2028年3月19日"),
        ("expiry", "ended_on", "2028年3月20日"),
        ("expiry_lapsed", "suspended_through", "2027年9月22日"),
        ("supplement", "supplement_by", ""),
    ],
)
@pytest.mark.clause("O2-09", "O2-10", "O2-11", "O2-41", "O2-42", "SY-18", "SY-21")
def test_the_days_that_follow(name: str, day: str, said: str) -> None:
    assert names(noted(name))[day] == said


@pytest.mark.clause("O2-11")
def test_a_day_of_a_year_without_a_calendar_is_provisional() -> None:
    life = Life(terms("daxinganling"))
    life.do("apply", "2026-12-01")
    life.do("accept", "2026-12-02")
    life.do("pass_evaluation", "2026-12-28")
    life.do("publish", "2026-12-29")
    assert str(names(life)["object_by"]).startswith("2027年1月5日（暂定")
    assert "暂定" in word(life, "public_notice")


def test_a_place_s_own_day_to_supplement_is_named(tmp_path: Path) -> None:
    """No national text gives one; where the shelf does, the notice says it."""
    shelf = tmp_path / "place"
    shutil.copytree(ROOT / "src" / "dingdian" / "policies" / "daxinganling", shelf / "daxinganling")
    rule = """
  - rule: dx_supplement
    family: clock
    title: 补正期限
    title_en: Supplement
    clauses: [DX-35]
    means: within
    who: institution
    begins: materials_awaited
    ends: materials_supplemented
    unit: working_day
    values:
      - {since: 2026-01-01, value: 10, clause: DX-35, checked_on: 2026-11-28}
"""
    path = shelf / "daxinganling" / "procedure.yaml"
    path.write_text(path.read_text("utf-8") + rule, "utf-8")
    from tests.core.lifecycle.lives import terms_of

    life = Life(terms_of(shelf / "daxinganling"))
    life.do("apply", "2026-03-02")
    life.do("request_supplement", "2026-03-03", missing="财务制度")
    assert "请最迟于2026年3月17日补正" in word(life, "supplement")


# ---------------------------------------------------------------- numbers


def at(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T10:00:00").replace(tzinfo=SHANGHAI)


def entry(seq: int, day: str, move: str = "accept", **more: object) -> Entry:
    on = dt.date.fromisoformat(day)
    facts = {"entry": str(more["entry"])} if "entry" in more else {}
    case = str(more.get("case", f"A-{seq}"))
    return Entry(seq, case, move, "applied", "evaluating", on, at(day), "李", "agency", facts=facts)


def test_numbers_begin_anew_with_the_year_of_recording() -> None:
    entries = [
        entry(1, "2026-12-30"),
        entry(2, "2026-12-31", "publish"),
        entry(3, "2026-12-31"),
        replace(entry(4, "2026-12-31"), known_at=at("2027-01-04")),  # held in the old year
        entry(5, "2027-01-05"),
    ]
    found = sequences_of(entries)
    assert found == {
        (1, "acceptance"): 1,
        (2, "public_notice"): 1,
        (3, "acceptance"): 2,
        (4, "acceptance"): 1,
        (5, "acceptance"): 2,
    }


def test_the_year_turns_in_china() -> None:
    late = dt.datetime(2026, 12, 31, 16, 30, tzinfo=dt.UTC)  # half past midnight in China
    entries = [entry(1, "2026-12-31"), replace(entry(2, "2026-12-31"), known_at=late)]
    assert sequences_of(entries) == {(1, "acceptance"): 1, (2, "acceptance"): 1}


def test_numbers_do_not_depend_on_the_order_in_which_entries_come() -> None:
    entries = [entry(seq, "2026-03-02") for seq in range(1, 8)]
    assert sequences_of(reversed(entries)) == sequences_of(entries)
    assert sorted(sequences_of(entries).values()) == list(range(1, 8))


def test_an_annulled_entry_keeps_its_number_and_says_so() -> None:
    life = Walk("hospital").then(("accept", "2026-02-03")).life
    life.do("annul", "2026-02-04", entry="2", reason="材料并不齐全")
    life.do("accept", "2026-02-05")
    first, again = (text(files(life, seq)[f"{seq:06d}-acceptance.docx"]) for seq in (2, 4))
    assert "示例市医保受理〔2026〕1号" in first
    assert first.startswith("[已撤销")
    assert "已于2026年2月4日撤销（材料并不齐全）；编号保留" in first
    assert "示例市医保受理〔2026〕2号" in again
    assert "撤销" not in again


def test_a_number_follows_the_bureau_s_pattern() -> None:
    own = Numbers(acceptance="{year}-{city}-受{n}")
    assert number_of(own, "acceptance", city="甲市", year=2026, n=3) == "2026-甲市-受3"


def test_the_same_number_goes_with_many_cases() -> None:
    one, two = noted("acceptance"), noted("acceptance", "pharmacy")
    cases = {"a": one.entries, "b": renumbered(two.entries, 3)}
    made = dict(write_notices(cases, [2, 4], office(one), FORMS))
    assert sorted(made) == [
        "000002-acceptance.docx",
        "000002-acceptance.html",
        "000004-acceptance.docx",
        "000004-acceptance.html",
    ]
    assert "〔2026〕2号" in text(made["000004-acceptance.docx"])


def test_the_same_entry_and_template_give_the_same_bytes() -> None:
    assert files(noted("agreement")) == files(noted("agreement"))


def test_an_entry_that_is_not_there_or_has_no_notice_is_told() -> None:
    life = noted("acceptance")
    with pytest.raises(RequestError) as raised:
        list(write_notices({life.case: life.entries}, [1, 99], office(life), FORMS))
    kinds = [each.kind for each in raised.value.faults]
    assert kinds == ["entry_without_notice", "entry_unknown"]
    for each in raised.value.faults:
        for said in (FAULTS[each.kind].what, FAULTS[each.kind].cure):
            assert said.zh.format(**each.fields)
            assert said.en.format(**each.fields)
    with pytest.raises(ValueError, match="has no notice"):
        notice_of(life.entries, 0, office(life), n=1)


# ---------------------------------------------------------------- the agreement


@pytest.mark.clause("SY-19")
def test_the_annex_says_what_each_stage_closes() -> None:
    said = word(noted("agreement"), "agreement")
    assert "住院 | 开通\n" in said
    assert "异地就医 | 政策辅导期内原则上不开通，期满后开通" in said
    assert "普通" in said
    assert "合计 | 80" in said
    renewed = word(noted("agreement_renewed"), "agreement")
    assert "异地就医 | 开通\n" in renewed


@pytest.mark.clause("SY-22", "DX-17")
def test_steps_for_a_rank_alone_stand_in_the_second_annex() -> None:
    assert "中止协议 | 连续3年位于同组末位" in word(noted("agreement"), "agreement")
    life = noted("agreement")
    none = changed(life.terms.book, {"bottom_rank_ladder_use": "none"})
    said = word(with_shelf(life, Terms(none, "shenyang")), "agreement")
    assert "附件1" in said
    assert "末位" not in said
    assert "附件2" not in said


def test_a_pharmacy_has_no_beds() -> None:
    assert "医保床位" not in word(noted("agreement", "pharmacy"), "agreement").split("附件1\n")[1]


# ---------------------------------------------------------------- templates


def own(kind: str, lines: str, head: Letterhead | None = None) -> Forms:
    return Forms({**FORMS.templates, kind: built(lines)}, head or Letterhead())


def test_a_bureau_words_its_own_notice(tmp_path: Path) -> None:
    """Written out, edited as a Word file, read back: the words reach Word and page."""
    document = Document(io.BytesIO(template("agreement")))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("甲乙双方经协商一致", "双方自愿")
    table = document.tables[-1]
    table.rows[0].cells[2].paragraphs[0].runs[0].text = "什么时候可以用"
    document.save(str(tmp_path / "agreement.docx"))
    (tmp_path / "letterhead.yaml").write_text(
        'agency: "{city}医保中心"\nnumbers: {agreement: "{city}协〔{year}〕第{n}号"}\n', "utf-8"
    )
    forms = notice_forms(tmp_path)
    made = files(noted("agreement"), forms=forms)
    said = text(next(v for k, v in made.items() if k.endswith("docx")))
    assert "双方自愿，就乙方提供医疗保障服务订立本协议。" in said
    assert "序号 | 措施 | 什么时候可以用" in said
    assert "示例市协〔2026〕第1号" in said
    assert "示例市医保中心" in said
    assert "双方自愿" in next(v for k, v in made.items() if k.endswith("html")).decode()
    assert forms.templates["expiry"] == FORMS.templates["expiry"]


def test_a_wrong_field_is_told_with_its_paragraph_and_what_is_nearest() -> None:
    forms = own("acceptance", "# 标题\n请于{{ evaluate_bye }}完成")
    with pytest.raises(RequestError) as raised:
        files(noted("acceptance"), forms=forms)
    (found,) = raised.value.faults
    assert found.kind == "template_unknown_name"
    assert found.place.file == "acceptance.docx"
    assert found.place.sheet == "请于{{ evaluate_bye }}完成"
    assert "evaluate_by" in str(found.fields["nearest"])


def test_a_row_that_does_not_end_is_told() -> None:
    forms = own(
        "agreement", "| 甲:10 | 乙:10 |\n| {%tr for each in services %} |\n| {{ each.name }} |"
    )
    with pytest.raises(RequestError) as raised:
        files(noted("agreement"), forms=forms)
    assert raised.value.faults[0].kind == "template_syntax"


def test_a_folder_without_a_template_and_a_wrong_pattern_are_told(tmp_path: Path) -> None:
    with pytest.raises(RequestError) as raised:
        notice_forms(tmp_path)
    assert raised.value.faults[0].kind == "no_templates"
    head = tmp_path / "letterhead.yaml"
    head.write_text('numbers: {expiry: "到期{n}号", frist: "x"}\n', "utf-8")
    with pytest.raises(RequestError) as raised:
        notice_forms(tmp_path)
    columns = sorted(each.place.column for each in raised.value.faults)
    assert columns == ["numbers.expiry", "numbers.frist"]
    assert any("{year}" in str(each.fields["why"]) for each in raised.value.faults)


def test_the_shipped_letterhead_names_every_kind() -> None:
    shipped = read_letterhead(TEXTS / "letterhead.yaml")
    assert shipped == Letterhead()
    assert set(Numbers.model_fields) == set(KINDS)
    patterns = [getattr(shipped.numbers, kind) for kind in KINDS]
    assert len(set(patterns)) == len(KINDS)  # no number stands for two documents


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_the_same_bytes_each_time_and_opens(kind: str) -> None:
    assert template(kind) == template(kind)
    styles = {each.name for each in Document(io.BytesIO(template(kind))).styles}
    assert {"样张标记", "公文标题", "发文机关标志"} <= styles
    assert "%+" not in text_of(kind)


# ---------------------------------------------------------------- odd words

ODD = [
    "{{ 7*7 }}<b>甲&乙</b>",
    "“弯”\"直\"‘单’'引号'医院",
    "=cmd|' /C calc'!A0",
    "{%tr endfor %}",
    "很长的名字" * 60,
]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_stay_text(name: str) -> None:
    life = Walk("hospital", name=name, address="甲|乙").signed().life
    made = files(life)
    (docx,) = (v for k, v in made.items() if k.endswith("docx"))
    assert f"乙方（定点医疗机构）：{name}" in text(docx)
    assert "<b>" not in next(v for k, v in made.items() if k.endswith("html")).decode()
    assert len(Document(io.BytesIO(docx)).tables) == 3


def test_a_character_outside_the_fonts_stays_in_word_and_is_coded_in_a_pdf() -> None:
    life = Walk("pharmacy", name="\U000323af氏药房").then(("accept", "2026-02-03")).life
    (docx,) = (v for k, v in files(life).items() if k.endswith("docx"))
    paper = read_blocks(docx)
    assert "\U000323af氏药房：" in text(docx)
    assert lacking(paper) == ("\U000323af",)
    assert pdf(paper, dt.date(2026, 2, 3)).startswith(b"%PDF")


def test_a_case_without_a_name_is_called_by_its_number() -> None:
    life = noted("acceptance")
    bare = [
        replace(e, facts={k: v for k, v in e.facts.items() if k != "name"}) for e in life.entries
    ]
    made = dict(write_notices({"a": bare}, [2], office(life), FORMS))
    assert "\nSQ2026-hospital：\n" in text(made["000002-acceptance.docx"])


def test_the_register_of_people_is_in_no_notice() -> None:
    """Who a legal person is, is kept as a number or digest: no template can print it."""
    life = Walk("hospital").signed(person="210102199001010011").life
    assert "210102199001010011" not in repr(names(life))


@pytest.mark.parametrize("guide", ["notices.md", "notices.zh-CN.md"])
def test_the_guide_names_all_that_a_notice_may_ask_for(guide: str) -> None:
    told = (ROOT / "docs" / "guide" / guide).read_text("utf-8")
    known = names(noted("agreement"))
    assert set(NAMES) <= set(known)
    assert [name for name in known if f"`{name}`" not in told] == []
    assert [kind for kind in KINDS if f"`{kind}.docx`" not in told] == []


# ---------------------------------------------------------------- rendered


def _writer() -> bool:
    """Whether a LibreOffice is here that reads Word files."""
    home = shutil.which("soffice")
    return bool(home) and any(Path(home).resolve().parent.glob("libswlo*"))  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.skipif(not _writer(), reason="no LibreOffice Writer here")
def test_another_program_sets_every_notice(tmp_path: Path) -> None:
    for name in NOTED:
        made = files(noted(name))
        (tmp_path / f"{name}.docx").write_bytes(next(v for k, v in made.items() if "docx" in k))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/user", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), *(f"{n}.docx" for n in NOTED)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    from pypdf import PdfReader

    for name in NOTED:
        pages = PdfReader(tmp_path / f"{name}.pdf").pages
        said = "".join("".join(page.extract_text().split()) for page in pages)
        assert "示例市" in said
        assert "{" not in said
        assert len(pages) <= (8 if "agreement" in name else 3), name
