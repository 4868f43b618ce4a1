"""Who could give: each in turn as much as any division allows."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dingdian.core.transfer import Cell, First, Gift, Holder, gifts, in_turn
from tests.core.transfer.test_transfer import NORTH, SOUTH, TOP, beds, gives

stocks = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 5)), min_size=1, max_size=3
)


def every_division(
    asked: dict[str, int], holders: list[Holder]
) -> list[list[int]]:  # totals of each institution
    found = []
    for chosen in itertools.product(*map(gives, holders)):
        sums = {pool: sum(each.get(pool, 0) for each in chosen) for pool in asked}
        if sums == asked:
            found.append([sum(each.values()) for each in chosen])
    return found


@given(stocks, st.integers(0, 6), st.integers(0, 6))
def test_the_first_gives_most_then_the_second(
    stock: list[tuple[int, int, int]], general: int, tcm: int
) -> None:
    holders = [
        beds(f"h{n}", NORTH, TOP, least, general=some, tcm=more)
        for n, (some, more, least) in enumerate(stock)
    ]
    asked = {"general": general, "tcm": tcm}
    wanted = {Cell(NORTH, TOP, pool): n for pool, n in asked.items()}
    ways = every_division(asked, holders)
    if not ways:
        with pytest.raises(ValueError, match="cannot give"):
            gifts(wanted, holders)
        return
    assume(general or tcm)
    found = gifts(wanted, holders)
    totals = [sum(gift.beds for gift in found if gift.code == each.code) for each in holders]
    assert totals == max(ways)
    for pool, n in asked.items():
        assert sum(gift.beds for gift in found if gift.pool == pool) == n
    for gift in found:
        held = next(each for each in holders if each.code == gift.code)
        assert 0 < gift.beds <= held.beds[gift.pool]


def test_one_that_gave_a_pool_gives_another_when_a_later_one_has_only_that_pool() -> None:
    both = beds("both", NORTH, TOP, 1, general=1, tcm=1)
    single = beds("single", NORTH, TOP, 0, general=1)
    wanted = {Cell(NORTH, TOP, "general"): 1, Cell(NORTH, TOP, "tcm"): 1}
    assert gifts(wanted, [both, single]) == (Gift("both", "tcm", 1), Gift("single", "general", 1))


def test_only_institutions_of_the_cell_give() -> None:
    here, there = beds("here", NORTH, TOP, general=2), beds("there", SOUTH, TOP, general=2)
    assert gifts({Cell(SOUTH, TOP, "general"): 2}, [here, there]) == (Gift("there", "general", 2),)


def test_the_turn_is_what_is_asked_for() -> None:
    holders = [
        beds("a", NORTH, TOP, 5, general=6),
        beds("b", NORTH, TOP, 1, general=4),
        beds("c", NORTH, TOP, 1, general=5),
    ]
    use = {"a": Fraction(9, 10), "c": Fraction(1, 2)}
    codes = {
        keys: [each.code for each in in_turn(holders, keys, use)]
        for keys in ((First.USE,), (First.ROOM,), (First.SIZE,), ())
    }
    assert codes == {
        (First.USE,): ["c", "a", "b"],
        (First.ROOM,): ["c", "b", "a"],
        (First.SIZE,): ["a", "c", "b"],
        (): ["a", "b", "c"],
    }
