"""Why an expert is passed over is said in the words of the shelf."""

from dataclasses import replace

import pytest

from dingdian.core.panel.experts import related
from dingdian.reports.words.panel import passed_over
from tests.panels import APPLICANT, DAY, TERMS, expert


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "在申请机构任职、执业或领取报酬：某某医院"),
        ("en", "Works, practises or is paid there: 某某医院"),
    ],
)
def test_a_ground_is_said_in_the_words_of_the_shelf(lang, said):
    why = related(expert("E1", employer="某某医院"), APPLICANT, TERMS, DAY)
    assert passed_over(why, TERMS, lang) == said


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "与申请机构的法定代表人同名"),
        ("en", "has the name of the legal person of the applicant"),
    ],
)
def test_a_namesake_is_told_by_the_role_of_the_other_and_not_by_name(lang, said):
    why = related(replace(expert("E1"), name="张三"), APPLICANT, TERMS, DAY)
    assert passed_over(why, TERMS, lang).startswith(said)
    assert "张三" not in passed_over(why, TERMS, lang)
