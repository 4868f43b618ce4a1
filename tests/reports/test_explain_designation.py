"""A stock told by dates is explained as such."""

import pytest

from dingdian.core.census import Test
from dingdian.core.record import ConditionRecord
from dingdian.reports.explain_text import condition_text
from dingdian.reports.wording import Words
from tests.reports.plans import small


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "2025-12-31当日为定点"), ("en", "designated on")]
)
@pytest.mark.parametrize("column", ["", "institution."])
def test_a_stock_told_by_dates_names_the_day_and_the_standings(lang, words, column):
    condition = ConditionRecord(
        column=column, test=Test.DESIGNATED, words=("2025-12-31", "trial", "in_force")
    )
    text = condition_text(Words(small(), lang), "beds" if column else "institutions", condition)

    assert words in text
    assert Words(small(), lang).term("standing", "trial") in text
