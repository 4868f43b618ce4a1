"""The result of a survey: on both sides of the least number, by both readings, an oracle beside."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingdian.core.supervision.surveys import OPTIONS, fits, result_of, survey_of
from dingdian.storage.policy_yaml import shelf_for
from tests.core.supervision.test_complaints import policy

ITEMS = ("a", "b", "c")
MARKS = st.fixed_dictionaries({each: st.integers(1, 5) for each in ITEMS})


def of(answers, **other):
    said = {"scale": 5, "at_least": 1, "score": "share_of_full"} | other
    return result_of(answers, ITEMS, **said)


@pytest.mark.parametrize(("n", "known"), [(0, False), (29, False), (30, True), (31, True)])
def test_below_the_least_number_there_is_no_result_and_it_is_not_zero(n, known):
    found = of([dict.fromkeys(ITEMS, 1)] * n, at_least=30)
    assert (found.n, found.mean is not None, found.too_few) == (n, known, not known)


@pytest.mark.parametrize(("mark", "full", "spread"), [(1, 20, 0), (3, 60, 50), (5, 100, 100)])
def test_the_reading_says_what_the_worst_mark_gives(mark, full, spread):
    answers = [dict.fromkeys(ITEMS, mark)]
    assert of(answers).mean == full
    assert of(answers, score="share_of_range").mean == spread


@given(st.lists(MARKS, min_size=1, max_size=40))
def test_the_mean_is_that_of_single_marks_and_order_does_not_matter(answers):
    marks = [Fraction(each[item], 5) for each in answers for item in ITEMS]
    found = of(answers)
    assert found.mean == 100 * sum(marks) / len(marks)
    assert of(answers[::-1]) == found
    assert all(sum(found.counts[item]) == len(answers) for item in ITEMS)


def test_an_answer_must_fit_every_question():
    assert fits({"a": 1, "b": 2, "c": 5}, ITEMS, 5)
    for wrong in ({"a": 1, "b": 2}, {"a": 0, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3, "d": 4}):
        assert not fits(wrong, ITEMS, 5)


def test_the_shelf_has_a_survey_that_gives_an_item_of_the_score_sheets():
    rule, survey = survey_of(policy())
    found = [
        item
        for each in policy().rules.values()
        if each.rule.family == "score_sheet"
        for item in each.value.items
        if item.item == rule.gives
    ]
    assert found
    assert {str(each.source) for each in found} == {"survey"}
    assert {each.at_least_answers for each in found} <= {survey.at_least, None}


@pytest.mark.parametrize("reading", OPTIONS)
def test_an_open_reading_gives_no_survey(reading):
    assert survey_of(policy(**{reading: {"chosen": None}})) is None


def test_a_place_may_ask_its_own():
    book, _ = shelf_for("daxinganling")
    (rule,) = [e for e in book.layers["national"].rules if e.rule == "satisfaction_survey"]
    assert rule.local == "replace"
