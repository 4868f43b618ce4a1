"""Every fault that the code can raise has its sentence and its cure, in both languages."""

import ast
import string
from pathlib import Path

import pytest

from dingdian.core.errors import Severity
from dingdian.core.faults import KINDS

SOURCE = Path(__file__).parents[2] / "src" / "dingdian"


def raised():
    """Every literal kind given to ``fault`` or ``self._say`` in the source."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "fault"
            if called and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value, path.name


@pytest.mark.parametrize(("kind", "where"), sorted(set(raised())))
def test_a_fault_that_is_raised_has_its_words(kind, where):
    assert kind in KINDS, where


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_both_languages_use_the_same_details(kind):
    def fields(text):
        return {name.removesuffix("_zh").removesuffix("_en")
                for _, name, _, _ in string.Formatter().parse(text) if name}  # fmt: skip

    told = KINDS[kind]

    assert told.severity in Severity
    for text in (told.what, told.cure):
        assert text.zh
        assert text.en
        assert fields(text.zh) == fields(text.en)
