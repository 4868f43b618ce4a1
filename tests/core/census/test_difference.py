"""What differs between two censuses: nothing is passed over, nothing is told that is not so."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.census import TABLES, make_census, table_from_rows
from dingdian.core.census.canonical import fingerprint
from dingdian.core.census.carrying import carried
from dingdian.core.census.difference import (
    BOUNDARIES,
    Change,
    difference,
    rows,
    unusual,
)
from tests import city

REGIONS = ("210102", "210103")
_INSTITUTION = st.fixed_dictionaries(
    {"code": st.sampled_from("abcd"), "name": st.sampled_from(("甲", "乙", "=1+1"))},
    optional={
        "standing": st.sampled_from(("in_force", "suspended")),
        "inpatient": st.booleans(),
        "lon": st.floats(120, 124),
    },
)
_BEDS = st.fixed_dictionaries(
    {"institution": st.sampled_from("abcd"), "bed_class": st.sampled_from(("general", "tcm"))},
    optional={"open": st.integers(0, 3).map(Fraction)},
)
_SHAPES = st.dictionaries(
    st.sampled_from(REGIONS),
    st.integers(0, 1).map(
        lambda x: {"type": "Polygon", "coordinates": [[[x, 0]]], "crs": "c", "schematic": True}
    ),
)


@st.composite
def censuses(draw):
    """Small censuses, also with several rows of the same key."""
    tables = {
        "institutions": draw(st.lists(_INSTITUTION, max_size=5)),
        "beds": draw(st.lists(_BEDS, max_size=4)),
    }
    made = {name: table_from_rows(TABLES[name], its) for name, its in tables.items()}
    return make_census(made, draw(_SHAPES))


def bag(census):
    """All rows of a census, whatever their order."""
    return Counter(
        (name, tuple(sorted(row.items())))
        for name in (*TABLES, BOUNDARIES)
        for row in rows(census, name)
    )


def applied(before, changes):
    """A bag of rows with reported changes made in it: the slow and obvious way."""
    found = bag(before)
    for each in changes:
        if each.change is not Change.ADDED:
            found[each.table, tuple(sorted(each.old.items()))] -= 1
        if each.change is not Change.GONE:
            found[each.table, tuple(sorted(each.new.items()))] += 1
    assert min(found.values(), default=0) >= 0
    return +found


@given(censuses())
def test_a_census_does_not_differ_from_itself(census):
    assert difference(census, census) == ()


@settings(deadline=None)
@given(censuses(), censuses())
def test_the_reported_changes_make_one_census_of_the_other(one, other):
    assert applied(one, difference(one, other)) == bag(other)


@given(censuses(), censuses())
def test_every_cell_told_differs_and_every_row_told_has_one(one, other):
    for each in difference(one, other):
        assert each.cells or each.key == ("",)
        assert all(cell.old != cell.new for cell in each.cells)


@given(censuses())
def test_without_a_census_before_everything_is_new(census):
    changes = difference(None, census)
    assert {each.change for each in changes} <= {Change.ADDED}
    assert len(changes) == bag(census).total()
    assert unusual(None, census, changes) == ()


def small(**more):
    tables = city.rows() | more
    return city.census(tables)


def test_the_order_of_rows_is_no_change():
    turned = small(institutions=city.rows()["institutions"][::-1])
    assert difference(small(), turned) == ()


def test_a_renamed_institution_is_one_cell():
    its = [dict(row) for row in city.rows()["institutions"]]
    old, its[0]["name"] = its[0]["name"], "新名"
    (found,) = difference(small(), small(institutions=its))
    assert (found.change, found.institution) == (Change.CHANGED, its[0]["code"])
    assert [(c.column, c.old, c.new) for c in found.cells] == [("name", old, "新名")]


def test_a_row_that_is_brought_in_again_keeps_where_it_came_from():
    its = [dict(row) for row in city.rows()["institutions"]]
    its[0]["name"] = "新名"
    before, after = small(), small(institutions=its[::-1])
    table = after.tables["institutions"]
    moved = {**after.tables, "institutions": replace(table, origin=("新",) * len(table))}
    found = carried(make_census(moved, {}), before)
    origins = dict(
        zip(
            before.tables["institutions"]["code"].cells(),
            before.tables["institutions"].origin,
            strict=True,
        )
    )
    for code, origin in zip(
        table["code"].cells(), found.tables["institutions"].origin, strict=True
    ):
        assert origin == ("新" if code == its[0]["code"] else origins[code])
    assert fingerprint(found) == fingerprint(make_census(moved, before.boundaries))
    assert carried(after, None) is after


def kinds(before, after):
    return {(each.kind, each.table) for each in unusual(before, after, difference(before, after))}


def test_what_goes_in_great_numbers_is_unusual():
    assert kinds(small(), small(beds=[])) >= {("table_gone", "beds")}
    its = city.rows()["institutions"]
    assert ("many_gone", "institutions") in kinds(small(), small(institutions=its[: len(its) // 2]))
    assert kinds(small(), small()) == set()


def test_a_column_in_which_nothing_is_left_is_unusual():
    its = city.rows()["institutions"]
    bare = [{name: cell for name, cell in row.items() if name != "level"} for row in its]
    assert ("column_gone", "institutions") in kinds(small(), small(institutions=bare))
    assert "column_gone" not in {kind for kind, _ in kinds(small(institutions=bare), small())}


@pytest.mark.parametrize(("standing", "told"), [("in_force", True), ("terminated", False)])
def test_a_designated_institution_that_would_be_gone_is_told(standing, told):
    its = [dict(row) for row in city.rows()["institutions"]]
    its[-1]["standing"] = standing
    found = kinds(small(institutions=its), small(institutions=its[:-1]))
    assert (("designated_gone", "institutions") in found) is told


def test_people_who_are_halved_or_doubled_are_unusual():
    for times, told in ((Fraction(1, 2), True), (2, True), (Fraction(9, 10), False)):
        people = [
            row | {"resident": Fraction(int(row["resident"] * times))}
            for row in city.rows()["populations"]
            if row.get("resident")
        ]
        same = [row for row in city.rows()["populations"] if row.get("resident")]
        before, after = small(populations=same), small(populations=people)
        assert (("number_moved", "populations") in kinds(before, after)) is told
