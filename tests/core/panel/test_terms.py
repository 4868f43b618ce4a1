"""What the shelf asks of a panel: fields of the order, numbers by readings, kept as they were."""

from fractions import Fraction

import pytest

from dingdian.core.admission.evaluation import QUALITATIVE
from dingdian.core.panel.terms import OPTIONS, terms_read, terms_text
from dingdian.core.spacing.terms import Side
from dingdian.core.workings import Reason
from tests.panels import FIELDS, TERMS, register, terms

PLACES = ("shenyang", "daxinganling")


@pytest.mark.clause("O2-09", "O3-08")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("side", "clause"), [(Side.MEDICAL, "O2-09"), (Side.PHARMACY, "O3-08")])
def test_one_of_each_of_the_four_fields_and_one_more(place, side, clause):
    found = terms(side, place)

    assert tuple(found.fields.items()) == tuple((field, 1) for field in FIELDS)
    assert (found.members, found.seats, found.mark) == (5, 5, 60)
    assert found.clauses == (clause,)
    assert found.name("finance").zh == "财务管理"


@pytest.mark.parametrize("side", Side)
def test_the_sheet_has_two_parts_and_a_hundred_points(side):
    items = terms(side).items
    passed = [each for each in items if each.full is None]

    assert len(passed) == {Side.MEDICAL: 5, Side.PHARMACY: 6}[side]
    assert {each.part for each in passed} == {QUALITATIVE}
    assert sum(each.full for each in items if each.full is not None) == 100


def test_the_proposed_points_go_where_the_reading_takes_none():
    assert all(each.full is None for each in terms(panel_sheet_use="none").items)


@pytest.mark.parametrize("name", [*OPTIONS, "evaluation_pass_mark"])
def test_an_open_reading_draws_nobody_and_is_named(name):
    found = terms(**{name: None})
    assert isinstance(found, Reason)
    assert (found.code, dict(found.details)) == ("reading_open", {"reading": name})


def test_a_reading_that_lacks_its_number_is_named():
    found = terms(panel_yearly_limit="limit")
    assert found.code == "reading_without_number"


def test_of_two_sheets_none_can_be_left_out():
    small = {"numbers": {"panel_members": Fraction(2)}, "panel_fields": "any"}
    assert terms(panel_points="trimmed", **small).code == "panel_too_small_to_trim"
    small["numbers"] = {"panel_members": Fraction(3)}
    assert terms(panel_points="trimmed", **small).seats == 3


#: Option -> what of the terms it changes.
MOVED = {
    "panel_members": {"numbers": {"panel_members": Fraction(7)}},
    "panel_fields": {"panel_fields": "any"},
    "panel_relations": {"panel_relations": "present"},
    "panel_yearly_limit": {
        "panel_yearly_limit": "limit",
        "numbers": {"panel_yearly_limit": Fraction(20)},
    },
    "panel_must_pass": {"panel_must_pass": "unanimous"},
    "panel_points": {"panel_points": "trimmed"},
    "panel_sheet_use": {"panel_sheet_use": "none"},
}


@pytest.mark.parametrize("name", OPTIONS)
def test_every_other_option_changes_the_terms(name):
    assert terms(**MOVED[name]) != TERMS


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("name", [None, *OPTIONS])
def test_terms_are_kept_in_a_note_and_read_again(side, name):
    found = terms(side, **(MOVED[name] if name else {}))
    assert terms_read(terms_text(found)) == found
    assert terms_text(terms_read(terms_text(found))) == terms_text(found)


def test_the_register_of_these_tests_is_of_the_fields_of_the_shelf():
    assert {each.field for each in register()} == set(TERMS.fields)
