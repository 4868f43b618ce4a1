"""The way to the cap: even over the years, no agreement ending before its term."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dingdian.core.retention.path import path

YEARS = (2026, 2027, 2028)


@given(st.dictionaries(st.integers(0, 30), st.sampled_from(YEARS)), st.integers(0, 30))
def test_everyone_goes_by_the_last_year_and_nobody_before_the_term(
    earliest: dict[int, int], more: int
) -> None:
    order = [*dict.fromkeys([*earliest, more])]
    going = path(order, earliest, YEARS)
    assert sorted(going) == sorted(order)
    assert all(going[row] >= earliest.get(row, YEARS[-1]) for row in order)


def test_free_ends_are_spread_evenly() -> None:
    going = path(range(7), dict.fromkeys(range(7), 2026), YEARS)
    assert [list(going.values()).count(year) for year in YEARS] == [3, 2, 2]


def test_nobody_to_go_goes_never() -> None:
    assert path((), {}, YEARS) == {}
