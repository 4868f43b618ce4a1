"""The page of the data contract is what the schema says."""

import importlib.util
from pathlib import Path

from dingdian.core.census.faults import KINDS
from dingdian.core.census.schema import TABLES

ROOT = Path(__file__).parents[1]


def load():
    path = ROOT / "tools" / "reference_data_contract.py"
    spec = importlib.util.spec_from_file_location("reference_data_contract", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_column_and_fault_stands_on_the_page():
    page = load().build()
    for schema in TABLES.values():
        assert all(f"`{field.name}`" in page for field in schema)
    assert all(f"`{kind}`" in page for kind in KINDS)


def test_the_committed_page_is_fresh():
    module = load()
    assert module.TARGET.read_text("utf-8") == module.build()
