"""Selections and tallies against a brute-force reader of three-valued logic, row by row."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.census import TABLES, Selection, Test, Where, make_census, table_from_rows, tally
from dingdian.core.census.census import BEDDED_KINDS

REGIONS = [
    {"code": "root", "name": "r", "level": "prefecture"},
    {"code": "a", "name": "a", "parent": "root", "level": "county"},
    {"code": "a1", "name": "a1", "parent": "a", "level": "township"},
    {"code": "b", "name": "b", "parent": "root", "level": "county"},
]
BELOW = {"root": {"root", "a", "a1", "b"}, "a": {"a", "a1"}, "a1": {"a1"}, "b": {"b"}}
KINDS = ("hospital", "clinic", "retail_pharmacy", None)
MAYBE = None  # the third value: neither in nor out

institutions = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(KINDS),
            "level": st.sampled_from(["tertiary", "primary", None]),
            "region": st.sampled_from(["a", "a1", "b", None]),
            "inpatient": st.sampled_from([True, False, None]),
            "dual_channel": st.sampled_from([True, False, None]),
        }
    ),
    max_size=6,
)
bed_rows = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.sampled_from(["general", "dialysis"]),
        st.sampled_from([None, 0, 1, 50]),
    ),
    max_size=6,
)
wheres = st.lists(
    st.sampled_from(
        [
            Where("kind", Test.IS, ("hospital", "clinic")),
            Where("kind", Test.IS_NOT, ("hospital",)),
            Where("level", Test.KNOWN),
            Where("region", Test.WITHIN, ("a",)),
            Where("region", Test.WITHIN, ("root",)),
            Where("dual_channel", Test.YES),
        ]
    ),
    max_size=3,
)


def holds(where, row):
    """True, False or ``MAYBE`` for one row, by the words of ``Test``."""
    cell = row.get(where.column.rpartition(".")[2])
    if where.test is Test.KNOWN:
        return cell is not None
    if cell is None:
        return MAYBE
    if where.test is Test.YES:
        return cell is True
    if where.test is Test.WITHIN:
        return cell in set().union(*(BELOW[word] for word in where.words))
    inside = cell in where.words
    return inside if where.test is Test.IS else not inside


def slow(rows, where, total):
    """Value, rows and unsure of a tally, one row at a time."""
    value, sure, unsure = Fraction(0), [], 0
    for at, row in enumerate(rows):
        answers = [holds(each, row) for each in where]
        if False in answers:
            continue
        summand = 1 if total is None else row.get(total)
        if MAYBE in answers or summand is None:
            unsure += 1
        else:
            value += summand
            sure.append(at)
    return value, sure, unsure


def census_of(rows, beds=()):
    coded = [{**row, "code": f"i{at}", "name": "n"} for at, row in enumerate(rows)]
    return make_census(
        {
            "regions": table_from_rows(TABLES["regions"], REGIONS),
            "institutions": table_from_rows(TABLES["institutions"], coded),
            "beds": table_from_rows(TABLES["beds"], list(beds)),
        }
    )


@settings(deadline=None)
@given(institutions, wheres)
def test_counts_are_those_of_a_row_by_row_reader(rows, where):
    found = tally(census_of(rows), Selection("institutions", tuple(where)))
    value, sure, unsure = slow(rows, where, None)
    assert (found.value, found.rows.tolist(), found.unsure) == (value, sure, unsure)


@settings(deadline=None)
@given(institutions, bed_rows, wheres)
def test_sums_of_beds_reach_through_the_institution_and_keep_the_unlisted(rows, drawn, where):
    listed = {}
    for at, kind, number in drawn:
        if at < len(rows):
            listed[at, kind] = number
    beds = [
        {
            "institution": f"i{at}",
            "bed_class": kind,
            "contracted": None if n is None else Fraction(n),
        }
        for (at, kind), n in listed.items()
    ]
    with_beds = {at for at, _ in listed}
    unlisted = [
        at
        for at, row in enumerate(rows)
        if row["kind"] in BEDDED_KINDS and at not in with_beds and row["inpatient"] is not False
    ]
    joined = [
        {**rows[at], "contracted": None if n is None else Fraction(n)}
        for (at, _), n in listed.items()
    ]
    joined += [{**rows[at], "contracted": None} for at in unlisted]
    through = tuple(Where(f"institution.{w.column}", w.test, w.words) for w in where)
    found = tally(census_of(rows, beds), Selection("beds", through, "contracted"))
    value, sure, unsure = slow(joined, where, "contracted")
    assert (found.value, found.rows.tolist(), found.unsure) == (value, sure, unsure)


@pytest.mark.parametrize(
    ("kind", "inpatient", "unsure"),
    [
        ("hospital", None, 1),
        ("hospital", True, 1),
        ("hospital", False, 0),
        ("clinic", True, 0),
        ("retail_pharmacy", None, 0),
    ],
)
def test_an_institution_that_lists_no_beds_makes_the_sum_unsure(kind, inpatient, unsure):
    census = census_of([{"kind": kind, "inpatient": inpatient, "region": "a"}])
    assert tally(census, Selection("beds", (), "contracted")).unsure == unsure


@pytest.mark.clause("DX-04")
def test_services_are_counted_each_by_its_own_flag():
    rows = [
        {"kind": "retail_pharmacy", "outpatient_chronic": True, "outpatient_mutual_aid": at < 2}
        for at in range(5)
    ]
    census = census_of(rows)
    counts = {
        name: tally(census, Selection("institutions", (Where(name, Test.YES),)))
        for name in ("outpatient_chronic", "outpatient_mutual_aid", "outpatient_chronic_special")
    }
    assert [int(c.value) for c in counts.values()] == [5, 2, 0]
    assert counts["outpatient_chronic_special"].unsure == 5  # not assumed to be the same service


def test_every_test_of_a_selection_is_tried_somewhere():
    here = {Test.IS, Test.IS_NOT, Test.WITHIN, Test.YES, Test.KNOWN}
    by_day = set(Test) - here  # tests/core/census/test_selection_days.py
    assert {each.value for each in by_day} >= {"open", "held"}
