"""Days, and services open on a day, in three-valued selections."""

import datetime as dt

import pytest

from dingdian.core.census import TABLES, Selection, Test, Where, make_census, table_from_rows, tally

DAY = "2025-12-31"
BEFORE, AFTER = dt.date(2025, 1, 1), dt.date(2026, 6, 1)


def institutions(*rows):
    named = [{"code": str(i), "name": "x", "region": "1", **row} for i, row in enumerate(rows)]
    return make_census({"institutions": table_from_rows(TABLES["institutions"], named)})


def counted(census, where):
    found = tally(census, Selection("institutions", (where,)))
    return int(found.value), found.unsure


def test_a_day_column_is_compared_as_a_day():
    census = institutions({"opened_on": BEFORE}, {"opened_on": AFTER}, {})
    where = Where("opened_on", Test.IS, ("2025-01-01",))
    assert counted(census, where) == (1, 1)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"inpatient": True}, (1, 0)),
        ({"inpatient": False}, (0, 0)),
        ({}, (0, 1)),
        ({"inpatient": True, "inpatient_since": AFTER}, (0, 0)),
        ({"inpatient_since": AFTER}, (0, 0)),
        ({"inpatient_until": BEFORE}, (0, 0)),
    ],
)
def test_an_unknown_service_that_cannot_be_open_on_the_day_is_surely_out(row, expected):
    assert counted(institutions(row), Where("inpatient", Test.OPEN, (DAY,))) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"outpatient_mutual_aid": True}, (1, 0)),
        ({"outpatient_pooling": True, "outpatient_mutual_aid": False}, (1, 0)),
        ({"outpatient_mutual_aid": False}, (0, 1)),
        ({"outpatient_pooling": False, "outpatient_mutual_aid": False}, (0, 0)),
        ({}, (0, 1)),
    ],
)
def test_any_open_is_sure_with_one_open_flag_and_out_only_when_all_are_closed(row, expected):
    where = Where("", Test.ANY_OPEN, (DAY, "outpatient_pooling", "outpatient_mutual_aid"))
    assert counted(institutions(row), where) == expected
