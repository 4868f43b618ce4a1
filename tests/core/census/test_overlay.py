"""Overlays: assumed cells and what counties ask for, laid into a census."""

from fractions import Fraction

import pytest

from dingdian.core.census import TABLES, make_census, table_from_rows
from dingdian.core.census.canonical import fingerprint
from dingdian.core.census.overlay import (
    Asked,
    Change,
    cell_at,
    changeable,
    key_at,
    overlaid,
    row_at,
    with_submissions,
)
from dingdian.core.errors import RequestError


@pytest.fixture
def census():
    def table(name, *rows):
        return table_from_rows(
            TABLES[name], rows, [f"a.xlsx {name} {n + 2}" for n in range(9)][: len(rows)]
        )

    return make_census(
        {
            "about": table("about", {"item": "city", "value": "某市"}),
            "populations": table(
                "populations",
                {"region": "01", "year": Fraction(2024), "resident": Fraction(100)},
                {"region": "02", "year": Fraction(2024), "resident": Fraction(200)},
            ),
            "submissions": table(
                "submissions",
                {
                    "region": "01",
                    "year": Fraction(2026),
                    "resource": "pharmacies",
                    "asked": Fraction(3),
                },
                {
                    "region": "02",
                    "year": Fraction(2026),
                    "resource": "pharmacies",
                    "asked": Fraction(4),
                },
            ),
        }
    )


def change(**other):
    said = {
        "table": "populations",
        "row": ("01", "2024"),
        "column": "resident",
        "old": "100",
        "new": "150",
    }
    return Change(**(said | other))


def test_a_change_is_in_the_new_census_and_the_old_one_stays(census):
    made = overlaid(census, [change()], "多五十人")
    assert made.tables["populations"]["resident"].cells() == [150, 200]
    assert census.tables["populations"]["resident"].cells() == [100, 200]
    assert made.overlay == "多五十人"
    assert not census.overlay
    assert fingerprint(made) != fingerprint(census)


def test_a_changed_row_says_so_in_its_origin_and_no_other(census):
    made = overlaid(census, [change()], "x")
    assert made.tables["populations"].origin == (
        "测算:a.xlsx populations 2",
        "a.xlsx populations 3",
    )


def test_a_cell_is_made_unknown_by_an_empty_value_and_known_from_one(census):
    unknown = overlaid(census, [change(new="")], "x")
    assert unknown.tables["populations"]["resident"].cells() == [None, 200]
    known = overlaid(census, [change(column="aged_60", old="", new="12")], "x")
    assert known.tables["populations"]["aged_60"].cells() == [12, None]


def test_no_changes_leave_the_census_as_it_is(census):
    assert overlaid(census, [], "x") is census


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"old": "99"}, "overlay_old"),
        ({"row": ("03", "2024")}, "overlay_row"),
        ({"column": "region"}, "overlay_column"),
        ({"column": "nothing"}, "overlay_column"),
        ({"table": "about", "row": ("city",), "column": "value"}, "overlay_column"),
        ({"new": "much"}, "overlay_value"),
        ({"new": "1.5"}, "overlay_value"),
        ({"new": "1/0"}, "overlay_value"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(census, other, kind):
    with pytest.raises(RequestError) as told:
        overlaid(census, [change(), change(**other)], "x")
    assert [each.kind for each in told.value.faults] == [kind]


def test_every_column_but_the_key_may_be_assumed():
    assert "resident" in changeable("populations")
    assert "year" not in changeable("populations")
    assert changeable("regions") == () == changeable("no_such")


def test_rows_and_cells_are_found_by_their_spelling(census):
    row = row_at(census, "populations", ("02", "2024"))
    assert key_at(census, "populations", row) == ("02", "2024")
    assert cell_at(census, "populations", row, "resident") == "200"
    assert cell_at(census, "populations", row, "aged_60") == ""


@pytest.mark.clause("DX-34")
def test_submissions_replace_those_of_the_ledger_for_the_same_thing(census):
    asked = [
        Asked("02", 2026, "pharmacies", 7, "缺", "文1", "submission:5"),
        Asked("02", 2026, "inpatient_institutions", 1),
    ]
    table = with_submissions(census, asked).tables["submissions"]
    assert list(
        zip(table["region"].cells(), table["resource"].cells(), table["asked"].cells(), strict=True)
    ) == [
        ("01", "pharmacies", 3),
        ("02", "pharmacies", 7),
        ("02", "inpatient_institutions", 1),
    ]
    assert table.origin[1] == "submission:5"
    assert with_submissions(census, []) is census
