"""Every table and column is explained in Chinese, and every unit is written in Chinese."""

import re

import pytest

from dingdian.core.census.headings import UNITS
from dingdian.core.census.meanings import _FIELDS, TABLES_ZH, UNITS_ZH, meaning, unit
from dingdian.core.census.schema import TABLES

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("schema", TABLES.values(), ids=TABLES)
def test_every_column_has_a_chinese_and_an_english_meaning(schema):
    for field in (None, *schema):
        assert CHINESE.search(meaning(schema, field))
        assert meaning(schema, field, "en") == (field or schema).meaning


def test_no_meaning_is_written_for_what_does_not_exist():
    beside = {name for name, table in TABLES.items() if table.meaning_zh}  # the schema says it
    assert set(TABLES_ZH) == set(_FIELDS) == set(TABLES) - beside
    for name, its in _FIELDS.items():
        assert set(its) <= {field.name for field in TABLES[name]}


def test_every_unit_of_a_heading_is_understood_when_it_is_read():
    assert set(UNITS_ZH) == set(UNITS)
    assert all(UNITS_ZH[name] in UNITS[name] for name in UNITS if name)
    assert unit(TABLES["regions"]["area_km2"], "en") == "km²"
