"""The fast columns against a slow reader that looks at every cell by itself."""
# ruff: noqa: E501, DTZ001 -- words stand in one line; a cell of a sheet has no zone

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.census import TABLES, Column, Kind
from dingdian.core.census.table import TEXTUAL
from dingdian.storage.cells import read
from dingdian.storage.columns import column_of

FIELDS = [
    TABLES["institutions"][name]
    for name in ("code", "name", "uscc", "kind", "level", "type", "region", "address", "lon")
] + [
    TABLES["institutions"]["opened_on"],
    TABLES["institutions"]["inpatient"],
    TABLES["beds"]["approved"],
    TABLES["localities"]["persons"],
    TABLES["fund"]["balance"],
    TABLES["regions"]["area_km2"],
]
WORDS = ["", " ", "[]", "-", "是", "否", "三级", "三级甲等医院", "综合医院", "医院", "综合医院|口腔", "210102", "210102.0", "２１０", "1,234", "1,23", "85%", "33.56万", "=A1", "'x", "2025-01-05", "2025年1月5日", "45662", "20250105", "20250231", "9.12E+17", "甲\r\n乙", "true", "-5", "+5", "0.1234567", "1e-7", "\u3000中", "nan"]  # fmt: skip
NUMBERS = st.one_of(
    st.integers(-5, 10**16).map(float),
    st.floats(-1e4, 1e4).map(lambda x: round(x, 3)),
    st.floats(-1e15, 1e15),
    st.sampled_from([0.1 + 0.2, 33.560000000000002, 2.0**53, 2.0**63, 1e300, -0.0, 850.5]),
    st.integers(-(10**18), 10**18),
)
CELLS = st.one_of(
    st.sampled_from(WORDS),
    st.text(max_size=4),
    NUMBERS,
    st.booleans(),
    st.none(),
    st.dates(dt.date(1900, 1, 1)),
    st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1)),
)


def slow_column(field, raw):
    """Every cell by itself: the stored values and the remarks of each row."""
    return [read(field, cell) for cell in raw]


def stored(column: Column, row: int):
    if not column.known[row]:
        return None
    value = column.values[row].item()
    return column.labels[value] if column.field.kind in TEXTUAL else value


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@settings(deadline=None, max_examples=80)
@given(raw=st.one_of(st.lists(CELLS, max_size=12), st.lists(NUMBERS, max_size=12), st.lists(st.sampled_from(WORDS), max_size=12), st.lists(st.one_of(NUMBERS, st.just("")), max_size=12)))  # fmt: skip
def test_fast_columns_say_what_the_slow_reader_says(field, raw):
    told: dict[int, list] = {}
    column = column_of(field, raw, lambda row, remark: told.setdefault(row, []).append(remark[0]))
    for row, (value, remarks) in enumerate(slow_column(field, raw)):
        mixed = any(type(cell) is bool for cell in raw)
        got = stored(column, row)
        assert got == value or (mixed and str(got) == str(value)), (raw[row], got, value)
        assert told.get(row, []) == [kind for kind, _ in remarks], raw[row]


@pytest.mark.parametrize(
    ("raw", "scale_field", "mantissa"),
    [
        (0.1 + 0.2, TABLES["fund"]["balance"], 30),
        (33.560000000000002, TABLES["fund"]["balance"], 3356),
        (59.2, TABLES["regions"]["area_km2"], 59_200_000),
        (12345678901234.56, TABLES["fund"]["balance"], 1234567890123456),
        ("12345678901234567.89", TABLES["fund"]["balance"], None),
        ("123456789012345.67", TABLES["fund"]["balance"], 12345678901234567),
        ("1,234.50", TABLES["fund"]["balance"], 123450),
        ("８５％", TABLES["benchmarks"]["value"], 850_000),
        (float("nan"), TABLES["beds"]["approved"], None),
    ],
)
def test_numbers_are_exact(raw, scale_field, mantissa):
    column = column_of(scale_field, [raw], lambda row, remark: None)
    assert (int(column.values[0]) if column.known[0] else None) == mantissa


def test_every_kind_of_field_is_tried():
    assert {field.kind for field in FIELDS} == set(Kind)
