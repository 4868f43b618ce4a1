"""Names of sheets and columns: every field is found by every name, units are held to."""

import pytest

from dingdian.core.census.headings import field_of, is_origin, likely_table, table_of, unit_agrees
from dingdian.core.census.schema import TABLES

POPULATIONS = TABLES["populations"]


def test_every_table_is_known_by_its_three_names():
    for schema in TABLES.values():
        assert {table_of(word) for word in (schema.name, schema.zh, schema.en, *schema.also)} == {
            schema
        }


def test_identifiers_and_chinese_names_are_unique_in_their_table():
    for schema in TABLES.values():
        for field in schema:
            assert field_of(schema, field.name) is field
            assert field_of(schema, field.zh) is field


def test_further_names_never_hide_a_field():
    for schema in TABLES.values():
        for field in schema:
            for word in field.also:
                assert field_of(schema, word) is not None


@pytest.mark.parametrize(
    ("heading", "agrees"),
    [
        ("常住人口", True),
        ("常住人口（人）", True),
        ("常住人口(2024年末)", True),
        ("常住人口（万人）", False),
        ("常住人口（千人）", False),
        ("常住人口（元）", False),
    ],
)
def test_a_stated_unit_must_be_that_of_the_contract(heading, agrees):
    assert unit_agrees(POPULATIONS["resident"], heading) is agrees


def test_source_is_a_field_where_there_is_one_and_the_origin_elsewhere():
    assert not is_origin(POPULATIONS, "来源")
    assert is_origin(TABLES["beds"], "来源")
    assert is_origin(POPULATIONS, "origin")


@pytest.mark.parametrize(
    ("row", "name"), [(["机构名称", "等级", "地址"], "institutions"), (["a", "编号"], None)]
)
def test_a_table_is_guessed_by_two_headings(row, name):
    found = likely_table(row)
    assert (found and found.name) == name
