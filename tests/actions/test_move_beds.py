"""Moving beds: whose, by which year and rules, and what stops it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dingdian.actions.move_beds import Asked, move_beds, year_of
from dingdian.core.errors import CensusError, NotInForceError, RequestError, fault
from dingdian.core.solving import Limits
from dingdian.core.transfer import First, Measure
from dingdian.core.transfer.wish import TargetKind, Wish
from tests.city import Rows, census, rows
from tests.reports.transfers import SIZES, YEAR, shelf, small


def asked(**more: object) -> Asked:
    return replace(Asked("shenyang", YEAR, as_if=True), **more)  # type: ignore[arg-type]


def test_the_year_is_the_one_after_the_census_unless_named() -> None:
    assert year_of(census()) == YEAR
    its = rows()
    its["about"] = [each for each in its["about"] if each["item"] != "taken_on"]
    with pytest.raises(RequestError) as told:
        year_of(census(its))
    assert [each.kind for each in told.value.faults] == ["taken_on_missing"]


def test_the_rules_are_those_of_the_first_of_january_unless_a_day_is_named() -> None:
    book, _ = shelf("shenyang")
    assert asked().stock_day == dt.date(2025, 12, 31)
    for day in (None, dt.date(2026, 7, 1)):
        made = move_beds(census(), book, asked(day=day))
        assert made.policy.day == (day or dt.date(2026, 1, 1))


def test_what_stops_it() -> None:
    book, _ = shelf("shenyang")
    with pytest.raises(CensusError):  # another place, and no what-if
        move_beds(census(), book, asked(as_if=False))
    with pytest.raises(CensusError):
        move_beds(census(), book, asked(), faults=(fault("taken_on_not_a_day", value="?"),))
    with pytest.raises(NotInForceError):
        move_beds(census(), book, asked(day=dt.date(2031, 1, 1)))


def test_it_tells_how_far_it_is() -> None:
    book, _ = shelf("shenyang")
    told: list[str] = []
    move_beds(census(), book, asked(), progress=told.append)
    assert told == ["measures", "transfer", "steps"]


@pytest.mark.clause("SY-06")
def test_institutions_give_what_leaves_their_cells_and_keep_their_minimum() -> None:
    made = small()
    change = made.transfer.answer.solution or {}
    leaving = sum(-n for n in change.values() if n < 0)
    holders = {each.code: each for each in made.turn}
    assert sum(gift.beds for gift in made.gifts) == leaving > 0
    for code in {gift.code for gift in made.gifts}:
        given = sum(gift.beds for gift in made.gifts if gift.code == code)
        least = holders[code].least
        assert least is not None
        assert holders[code].total - given >= least


def test_fewer_moves_come_less_far() -> None:
    made = small()
    values = [each.after[Measure.STRUCTURE] for each in made.steps]
    assert values == sorted(values, reverse=True)
    assert all(each.after[Measure.MOVED] <= each.most for each in made.steps)
    assert values[-1] >= made.transfer.after[Measure.STRUCTURE]


def test_where_nothing_moves_no_fewer_moves_are_asked_for() -> None:
    made = small(Wish(minimum=dict.fromkeys(SIZES)))
    assert (made.turn, made.gifts, made.steps) == ((), (), ())


def without_beds(its: Rows) -> None:
    its["beds"][0]["contracted"] = None


@pytest.mark.parametrize(
    ("wish", "change", "kinds"),
    [
        (Wish(held={Measure.STRUCTURE: 0}), without_beds, ["hold_beds_unknown"]),
        (
            Wish(held={Measure.TARGETS: 0, Measure.UNEVEN: 0}, target=TargetKind.NONE),
            lambda _its: None,
            ["hold_no_targets", "hold_no_targets"],
        ),
    ],
)
def test_what_is_to_be_held_and_means_nothing_here_is_refused(wish, change, kinds) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RequestError) as told:
        small(wish, change=change)
    assert [each.kind for each in told.value.faults] == kinds


def test_structure_cannot_be_held_where_no_rule_says_it() -> None:
    book, _ = shelf("daxinganling")
    held = replace(asked(wish=Wish(held={Measure.STRUCTURE: 0})), place="daxinganling")
    with pytest.raises(RequestError) as told:
        move_beds(census(), book, held)
    assert [each.kind for each in told.value.faults] == ["hold_no_structure"]


def test_the_turn_is_by_use_then_room() -> None:
    made = small(Wish(minimum=SIZES, first=(First.USE, First.ROOM)), limits=Limits())
    assert made.turn[0].code == "H9103001"
