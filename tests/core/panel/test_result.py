"""One result of all sheets: exact, open while an answer is missing, and what a round carries."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from dingdian.core.admission.decision import Met
from dingdian.core.admission.evaluation import evaluated, merit_of
from dingdian.core.panel.result import Verdict, result_of, scores_of
from dingdian.core.panel.sheets import answer_faults, sheet_of
from dingdian.core.spacing.terms import Side
from tests.hearings import case, policy, sound
from tests.panels import DAY, TERMS, answers, terms

MEMBERS = ("E1", "E2", "E3", "E4", "E5")
#: By name: ruff takes them for passwords.
UNANIMOUS = {"panel_must_pass": "unanimous"}
NO_MARK = {"evaluation_pass_mark": "no_mark"}
TRIMMED = terms(panel_points="trimmed")


def sheet(one, given, found=TERMS):
    return sheet_of(one, given, found.items, day=DAY, opinion="见记录")


def sheets(*shares, found=TERMS, **changed):
    """A sheet for each member: a share of the full points; ``E2={...}`` changes answers."""
    return {
        one: sheet(one, answers(share, found) | changed.get(one, {}), found)
        for one, share in zip(MEMBERS, shares, strict=True)
    }


def result(*shares, found=TERMS, **changed):
    return result_of(found, MEMBERS, sheets(*shares, found=found, **changed))


@pytest.mark.clause("O2-09")
@pytest.mark.parametrize(
    ("capacity", "verdict", "shortfall"),
    [
        ("30", "passed", None),
        ("29.995", "failed", Fraction(1, 1000)),
        ("12", "failed", Fraction(18, 5)),
    ],
)
def test_the_mark_of_sixty_is_reached_or_missed_by_the_thousandth(capacity, verdict, shortfall):
    """Five sheets of 60; on one, 18 of capacity become another number: a fifth of it shows."""
    share = Fraction(6, 10)
    found = result(
        *[share] * 5, E1={"capacity": "18"}, E2={"capacity": "6"}, E3={"capacity": capacity}
    )
    assert found.merit == 60 + Fraction(6 - 18 + Fraction(capacity) - 18, 5)
    assert (found.verdict.value, found.shortfall) == (verdict, shortfall)
    assert found.clauses == ("O2-09",)


def test_without_a_mark_the_points_only_order():
    found = result(*[Fraction(1, 10)] * 5, found=terms(**NO_MARK))
    assert (found.verdict, found.merit, found.shortfall) == (Verdict.PASSED, 10, None)


@pytest.mark.parametrize(
    ("against", "majority", "unanimous"),
    [
        (0, "passed", "passed"),
        (1, "passed", "failed"),
        (2, "passed", "failed"),
        (3, "failed", "failed"),
    ],
)
def test_an_item_to_be_passed_goes_by_more_than_half_or_by_all(against, majority, unanimous):
    votes = {one: {"licence": "no"} for one in MEMBERS[:against]}
    for found, verdict in ((TERMS, majority), (terms(**UNANIMOUS), unanimous)):
        made = result(*[1] * 5, found=found, **votes)
        assert made.verdict.value == verdict
        assert made.failed == (("licence",) if verdict == "failed" else ())
        assert (made.items[0].yes, made.items[0].no) == (5 - against, against)


def test_half_is_not_more_than_half():
    four = terms(numbers={"panel_members": Fraction(4)})
    own = sheets(1, 1, 1, 1, 1, E1={"licence": "no"}, E2={"licence": "no"})
    assert result_of(four, MEMBERS[:4], own).failed == ("licence",)


def test_full_points_do_not_outweigh_an_item_that_is_not_passed():
    found = result(*[1] * 5, **{one: {"facilities": "no"} for one in MEMBERS})
    assert (found.verdict, found.merit, found.failed) == (Verdict.FAILED, 100, ("facilities",))


def test_the_highest_and_the_lowest_total_are_left_out_where_the_reading_says_so():
    shares = [Fraction(n, 10) for n in (9, 5, 6, 1, 7)]
    assert result(*shares).merit == 56
    found = result(*shares, found=TRIMMED)
    assert (found.merit, found.left_out) == (60, ("E1", "E4"))


def test_among_equals_the_first_of_the_lot_is_left_out_and_the_points_stay_the_same():
    found = result(*[Fraction(7, 10)] * 5, found=TRIMMED)
    assert (found.merit, found.left_out) == (70, ("E1", "E2"))


def test_a_missing_answer_leaves_it_open_and_is_not_zero():
    own = sheets(1, 1, 1, 1, 1)
    own["E3"] = sheet("E3", answers() | {"capacity": "", "licence": ""})
    found = result_of(TERMS, MEMBERS, own)
    assert (found.verdict, found.merit) == (Verdict.OPEN, None)
    assert found.missing == {"E3": ("licence", "capacity")}
    assert scores_of(found.items, DAY)[0].passed is None

    own["E3"] = sheet("E3", answers() | {"capacity": "0"})
    assert result_of(TERMS, MEMBERS, own).merit == 94


def test_who_has_no_sheet_is_listed_with_every_item():
    own = sheets(1, 1, 1, 1, 1)
    del own["E5"]
    assert result_of(TERMS, MEMBERS, own).missing == {"E5": tuple(i.item for i in TERMS.items)}


def test_a_free_seat_leaves_it_open_though_nothing_else_is_missing():
    found = result_of(TERMS, MEMBERS[:4], sheets(1, 1, 1, 1, 1))
    assert (found.missing, found.verdict, found.merit) == ({}, Verdict.OPEN, None)


def test_the_sheet_of_who_does_not_sit_there_does_not_count():
    own = {**sheets(1, 1, 1, 1, 1), "E9": sheet("E9", answers(0))}
    assert result_of(TERMS, MEMBERS, own).merit == 100


def test_thirds_are_carried_without_rounding():
    """Of three sheets no mean of three decimals is exact; sums over the sheets are."""
    found = result(*[Fraction(n, 100) for n in (90, 61, 60, 20, 59)], found=TRIMMED)
    rows = scores_of(found.items, DAY, "panel:SQ1")
    assert found.merit == merit_of(rows, DAY) == 60
    off = result(*[Fraction(n, 100) for n in (90, 61, 60, 20, 58)], found=TRIMMED)
    assert off.merit == Fraction(179, 3)
    assert (off.verdict, off.shortfall) == (Verdict.FAILED, Fraction(1, 3))
    for row in scores_of(off.items, DAY):
        for number in (row.score, row.full):
            assert number is None or (number * 1000).denominator == 1


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize(("share", "against"), [(1, 0), (Fraction(59, 100), 0), (1, 3)])
def test_an_applicant_is_decided_by_what_its_panel_found(side, share, against):
    """The rows of the panel are what admission holds against the rules of evaluation."""
    own, book = terms(side), policy()
    item = own.items[0].item
    votes = {one: {item: "no"} for one in MEMBERS[:against]}
    found = result(*[share] * 5, found=own, **votes)
    application = replace(sound(book, side=side), scores=scores_of(found.items, DAY, "panel:A1"))
    made = evaluated(case(application, book, decided_on=DAY + dt.timedelta(1)))

    assert made.merit == found.merit
    # A refusal on a clause that nobody has checked against its text is unclear (a reading).
    bad = {each.item for each in made.conditions if each.met in (Met.FAILED, Met.UNCLEAR)}
    assert bad == {*found.failed, *(["quantitative"] if found.shortfall else [])}
    assert (not bad) is (found.verdict is Verdict.PASSED)
    assert not [each for each in made.conditions if each.met is Met.UNKNOWN]


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({}, []),
        ({"capacity": "30"}, []),
        ({"capacity": "30.001"}, ["sheet_over_full"]),
        ({"capacity": "12.5"}, []),
        ({"capacity": "12.3456"}, ["sheet_points_wrong"]),
        ({"capacity": "-1"}, ["sheet_points_wrong"]),
        ({"capacity": "1/3"}, ["sheet_points_wrong"]),
        ({"capacity": "十"}, ["sheet_points_wrong"]),
        ({"capacity": "1e1"}, ["sheet_points_wrong"]),
        ({"capacity": ""}, []),
        ({"licence": "maybe"}, ["sheet_vote_wrong"]),
        ({"licence": "no"}, ["sheet_without_opinion"]),
        ({"beauty": "5"}, ["sheet_item_unknown"]),
        (
            {"licence": "1", "capacity": "31", "x": ""},
            ["sheet_vote_wrong", "sheet_over_full", "sheet_item_unknown"],
        ),
    ],
)  # fmt: skip
def test_every_fault_of_a_sheet_is_told(changed, kinds):
    given = answers() | changed
    assert [each.kind for each in answer_faults(given, TERMS.items, "")] == kinds


def test_an_item_that_is_not_passed_needs_its_reason():
    given = answers(licence="no")
    assert list(answer_faults(given, TERMS.items, "许可证已过期")) == []
