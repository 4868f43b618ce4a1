"""The words that bureaus write, read as the terms of the contract."""
# ruff: noqa: E501 -- the words of a choice stand in one line

import pytest

from dingdian.core.census import TABLES
from dingdian.core.census.headings import plain
from dingdian.core.census.vocabulary import CHOICES
from dingdian.storage.cells import read as read_cell
from tests.ledgers import kinds, read

WORDS = {
    ("institutions", "kind"): {"卫生室": "village_clinic", "连锁药店": "retail_pharmacy", "单体药店": "retail_pharmacy", "药房": "retail_pharmacy"},
    ("institutions", "standing"): {"协议中止": "suspended", "已签约": "in_force", "有效": "in_force", "试运营": "trial", "已关闭": "closed", "已解除": "terminated", "协议到期": "expired"},
    ("regions", "level"): {"地级市": "prefecture", "市辖区": "county", "乡镇（街道）": "township", "村委会": "village"},
    ("beds", "bed_class"): {"普通床": "general", "透析床位": "dialysis", "牙科椅": "dental_chair"},
    ("institutions", "level"): {"三级医院": "tertiary", "未定等级": "ungraded"},
    ("fund", "fund"): {"城乡居民医保": "resident_pool", "个人账户": "employee_account"},
    ("releases", "cause"): {"协议解除": "termination", "到期": "expiry", "床位核减": "bed_reduction"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "column", "word", "meant"),
    [(*where, word, meant) for where, its in WORDS.items() for word, meant in its.items()],
)
def test_an_everyday_word_is_read_without_a_remark(table, column, word, meant):
    assert read_cell(TABLES[table][column], word) == (meant, ())


@pytest.mark.parametrize("word", ["开通", "已开通", "未开通", "没有"])
def test_a_service_is_open_or_not(word):
    opened = 1 if word in ("开通", "已开通") else 0
    assert read_cell(TABLES["institutions"]["inpatient"], word) == (opened, ())


@pytest.mark.parametrize(
    ("word", "kind", "its"),
    [("综合医院", "hospital", "综合"), ("中医医院", "hospital", "中医"), ("专科医院", "hospital", "其他专科"), ("口腔诊所", "clinic", "口腔"), ("中医门诊部", "outpatient_department", "中医"), ("精神病医院", "hospital", "精神")],
)  # fmt: skip
def test_a_type_inside_the_kind_is_told(word, kind, its):
    value, ((fault, details),) = read_cell(TABLES["institutions"]["kind"], word)
    assert (value, fault, details["type"]) == (kind, "type_inside_kind", its)


@pytest.mark.parametrize("word", ["社区医院", "三级医院", "诊疗所"])
def test_a_kind_is_not_guessed(word):
    assert read_cell(TABLES["institutions"]["kind"], word)[0] is None


def test_the_type_is_told_only_where_its_own_column_is_empty(tmp_path):
    head = "code,name,kind,type,region,standing\n"
    rows = "a,甲,综合医院,综合,210102,正常\nb,乙,综合医院,,210102,正常\n"
    faults = read(tmp_path, institutions=head + rows, beds=None).faults
    assert kinds(faults) == {"type_inside_kind": 1}
    assert faults[0].place.row == 3


@pytest.mark.parametrize("choice", CHOICES)
def test_no_word_stands_for_two_terms_of_one_choice(choice):
    owner = {}
    for term in CHOICES[choice].values():
        for word in {plain(each) for each in (term.id, term.zh, term.en, *term.also)}:
            assert owner.setdefault(word, term.id) == term.id, word
