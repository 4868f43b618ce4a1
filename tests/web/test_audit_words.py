"""The journal in words: every act that the code can write, and every fact beside it."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

import dingdian.web
from dingdian.core.dossier.state import PREFIX
from dingdian.core.dossier.steps import STEPS
from dingdian.web.audit.acts import ACTS, FACTS, act_words, acts, fact_words
from dingdian.web.persons import BLANKS

WEB = Path(dingdian.web.__file__).parent
#: Texts of the shape of an act that name a file, a log or a column.
NO_ACT = re.compile(
    r"regions\.code|dingdian\..*|.*\.(json|jsonl|xlsx|csv|zip|txt|toml|dat|bin|html)"
)
ACT = re.compile(r"[a-z]+\.[a-z_]+")
CHINESE = re.compile(r"[一-鿿]")


def _called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _modules_that_note():
    for path in sorted(WEB.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
        notes = [each for each in calls if _called(each) in {"note", "_note"}]
        if notes:
            yield tree, notes


def _written():
    """Every act that a module can write: the texts of its shape in modules that write notes."""
    for tree, _ in _modules_that_note():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if ACT.fullmatch(text) and not NO_ACT.fullmatch(text):
                    yield text


def _facts():
    for _, notes in _modules_that_note():
        for call in notes:
            yield from (each.arg for each in call.keywords if each.arg not in {None, "region"})


def test_every_act_of_the_code_has_words_and_no_words_are_of_none():
    written = set(_written())
    assert len(written) > 50
    assert sorted(written - set(ACTS)) == []
    assert sorted(set(ACTS) - written) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_act_and_every_fact_is_said_in_the_language_of_the_page(language):
    with translation.override(language):
        said = acts() | {name: str(words) for name, words in FACTS.items()}
        assert {PREFIX + step for step in STEPS} <= set(acts())
        assert all(act_words(act) == words for act, words in acts().items())
    chinese = {code for code, words in said.items() if CHINESE.search(words)}
    assert chinese == (set(said) if language == "zh-hans" else set())


def test_every_fact_of_a_note_has_words():
    from django.utils.module_loading import autodiscover_modules

    autodiscover_modules("retention")
    facts = {*_facts(), *BLANKS}
    assert len(facts) > 30
    assert sorted(facts - set(FACTS)) == []


def test_what_a_step_states_is_said_as_its_form_says_it():
    with translation.override("zh-hans"):
        assert fact_words("dossier.deliberate", "consent", "agreed") == ("审议结果", "审议通过")
        assert fact_words("dossier.issue", "census", "ab") == ("台账快照", "ab")
        assert fact_words("audit.export", "filter_by", "li")[0] == "筛选：操作人"
        assert fact_words("odd.act", "odd_fact", "值") == ("odd_fact", "值")
        assert act_words("odd.act") == "odd.act"
