"""Why an expert is passed over is said in the words of the shelf."""

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
