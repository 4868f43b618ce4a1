"""The page of the data contract is what the schema says."""

import importlib.util
from pathlib import Path

import pytest

from dingdian.core.census.faults import KINDS
from dingdian.core.census.schema import TABLES
from dingdian.core.census.vocabulary import CHOICES

ROOT = Path(__file__).parents[1]


def load():
    path = ROOT / "tools" / "reference_data_contract.py"
    spec = importlib.util.spec_from_file_location("reference_data_contract", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_column_and_fault_stands_on_the_page(lang):
    page = load().build(lang)
    for schema in TABLES.values():
        assert all(f"`{field.name}`" in page for field in schema)
    assert all(f"`{kind}`" in page for kind in KINDS)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_committed_pages_are_fresh(lang):
    module = load()
    assert module.TARGETS[lang].read_text("utf-8") == module.build(lang)


def test_every_link_of_a_page_leads_to_a_heading():
    page = load().build("zh")
    headings = {line.removeprefix("### ").replace(" ", "-") for line in page.splitlines()}
    assert {f"可选项-{name.replace('_', '-')}" for name in CHOICES} <= headings
