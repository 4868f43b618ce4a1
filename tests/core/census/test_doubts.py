"""The rows that make a number unknown are named, with the cell that is missing."""

from fractions import Fraction

import pytest

from dingdian.core.census import TABLES, Selection, Test, Where, make_census, table_from_rows, tally
from dingdian.core.census.doubts import called, row_name, unknown_column
from dingdian.core.workings import NAMED_ROWS
from tests.city import JIA, ROOT, rows
from tests.city_policy import workings

DAY = "2025-12-31"


def institutions(*found):
    named = [
        {"code": f"P{at}", "name": f"店{at}", "region": "1", **r} for at, r in enumerate(found)
    ]
    return make_census({"institutions": table_from_rows(TABLES["institutions"], named)})


@pytest.mark.parametrize(
    ("row", "where", "column"),
    [
        ({}, Where("kind", Test.IS, ("clinic",)), "kind"),
        ({}, Where("dual_channel", Test.OPEN, (DAY,)), "dual_channel"),
        ({"outpatient_pooling": False},
         Where("", Test.ANY_OPEN, (DAY, "outpatient_pooling", "outpatient_mutual_aid")),
         "outpatient_mutual_aid"),
        ({}, Where("", Test.DESIGNATED, (DAY, "in_force")), "standing"),
        ({"standing": "closed"}, Where("", Test.DESIGNATED, (DAY, "in_force")), "standing_since"),
        ({}, Where("kind", Test.YES), "kind"),
    ],
)  # fmt: skip
def test_the_missing_cell_is_that_of_the_first_condition_not_surely_met(row, where, column):
    census = institutions(row)
    selection = Selection("institutions", (Where("code", Test.KNOWN), where))

    assert tally(census, selection).doubtful.tolist() == [0]
    assert unknown_column(census, selection, 0) == column


def test_a_row_that_is_in_with_an_unknown_number_lacks_the_number():
    census = institutions({"position_error_m": Fraction(3)}, {})
    selection = Selection("institutions", (Where("code", Test.KNOWN),), "position_error_m")
    found = tally(census, selection)

    assert (found.rows.tolist(), found.doubtful.tolist()) == ([0], [1])
    assert unknown_column(census, selection, 1) == "position_error_m"


def test_a_row_without_code_and_name_is_called_by_where_it_came_from():
    census = make_census(
        {"releases": table_from_rows(TABLES["releases"], [{"number": "R1", "amount": Fraction(1)}])}
    )

    assert row_name(census, "releases", 0) == ("", "")
    assert called(census, "releases", 0) == census.origin("releases", 0)


@pytest.mark.clause("SY-02")
def test_an_institution_that_lists_no_beds_is_named():
    census = institutions({"kind": "hospital", "inpatient": True})
    selection = Selection("beds", (), "contracted")

    assert called(census, "beds", 0) == "P0 店0"
    assert unknown_column(census, selection, 0) == "contracted"


@pytest.mark.parametrize("n", [1, NAMED_ROWS, NAMED_ROWS + 1])
def test_the_reason_of_an_undefined_number_names_the_first_rows(n):
    its = rows()
    its["institutions"] = [{**row} for row in its["institutions"]]
    shops = [
        r for r in its["institutions"] if r["kind"] == "retail_pharmacy" and r["region"] == JIA
    ]
    for row in shops[:n]:
        row["standing"] = None
    why = workings(its).figure("pharmacies", ROOT).why

    named = [f"{row['code']} {row['name']}" for row in shops[: min(n, NAMED_ROWS)]]
    assert dict(why.details)["unsure"] == str(n)
    assert dict(why.details)["first"].split("; ") == named
