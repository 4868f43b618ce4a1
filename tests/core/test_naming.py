"""One resolver of words: identifiers, Chinese and English names mean the same."""

import pytest

from dingdian.core.census.vocabulary import LEVELS
from dingdian.core.errors import RequestError, Text
from dingdian.core.faults import KINDS
from dingdian.core.naming import listed, meant, resolve

TWICE = {"a": Text("市辖区", "city"), "b": Text("市辖区", "town"), "c": Text("", "")}


@pytest.mark.parametrize("word", ["tertiary", " Tertiary ", "三级", "三甲", "3"])
def test_an_identifier_a_name_and_a_spelling_mean_the_same(word):
    assert meant(word, LEVELS) == "tertiary"


def test_an_identifier_is_taken_before_a_name():
    assert meant("b", {"a": Text("甲", "b"), "b": Text("乙", "c")}) == "b"


@pytest.mark.parametrize("word", ["市辖区", "", "d"])
def test_a_word_for_several_or_for_none_means_nothing(word):
    assert meant(word, TWICE) is None


def test_what_means_nothing_is_told_with_everything_that_is_possible():
    with pytest.raises(RequestError) as refused:
        resolve("四级", LEVELS, option="--minimum")

    (found,) = refused.value.faults
    kind = KINDS[found.kind]
    assert kind.what.say("zh", **found.fields) == "--minimum 没有“四级”这一项，或不止一项"
    assert listed(LEVELS) in kind.cure.say("en", **found.fields)
    assert listed({}) == "—"
