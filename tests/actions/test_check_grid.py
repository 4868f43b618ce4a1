"""People of the localities against the residents of their district, on both sides of the limit."""

import pytest

from dingdian.actions.check_census import check
from dingdian.core.census.checks.sums import GRID_DIFFERS
from dingdian.core.errors import Severity
from dingdian.core.faults import KINDS
from dingdian.wiring.shelf import opened
from tests.ledgers import SOUND, read
from tests.located import of

#: Kinds of fault that the tests of this module show.
SHOWN = ["grid_disagrees"]
HEAD = "code,region,persons\n"


def told(folder, *rows, **replaced):
    """What is told of localities given as (region, persons)."""
    lines = [f"L{at},{region},{persons}\n" for at, (region, persons) in enumerate(rows)]
    census = read(folder, localities=HEAD + "".join(lines), **replaced).census
    return of(check(census), "grid_disagrees")


def test_the_limit_is_the_number_of_the_national_reading():
    book, place = opened("shenyang")
    layers = [book.layers[name] for name in book.layers[place].card.layers]
    (found,) = (r for layer in layers for r in layer.readings if r.reading == "grid_disagreement")
    assert found.number == GRID_DIFFERS
    assert KINDS["grid_disagrees"].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("persons", "percent"),
    [("540", None), ("539.999", "90.0"), ("660", None), ("660.001", "110.0"), ("1200", "200.0")],
)
def test_a_tenth_of_the_residents_may_differ_and_no_more(tmp_path, persons, percent):
    found = told(tmp_path, ("210102", persons), ("210103", "400"))
    assert [each.fields["percent"] for each in found] == ([percent] if percent else [])
    if percent:
        assert str(found[0].place) == "regions.csv:区划代码:3"
        assert found[0].fields["located"] == persons
        assert found[0].fields["whole"] == "600"


def test_a_district_without_any_locality_disagrees_where_others_have_some(tmp_path):
    found = told(tmp_path, ("210102", "600"))
    assert [(each.fields["value"], each.fields["percent"]) for each in found] == [("210103", "0.0")]


def test_without_localities_there_is_nothing_to_hold_against_anything(tmp_path):
    assert not told(tmp_path)


def test_a_district_with_unknown_people_or_unknown_residents_is_passed_over(tmp_path):
    people = "region,year,resident\n210102,2024,600\n210103,2024,\n"
    assert not told(tmp_path, ("210102", ""), ("210102", "1"), ("210103", "1"), populations=people)


def test_localities_of_a_township_count_in_its_district(tmp_path):
    regions = SOUND["regions"] + "210102001,某镇,210102,乡镇,\n"
    assert not told(tmp_path, ("210102001", "600"), ("210103", "400"), regions=regions)


def test_residents_of_townships_are_those_of_their_district(tmp_path):
    regions = SOUND["regions"] + "210102001,某镇,210102,乡镇,\n"
    people = "region,year,resident\n210102001,2023,900\n210102001,2024,600\n210103,2024,400\n"
    rows = [("210102001", "600"), ("210103", "400")]
    assert not told(tmp_path, *rows, regions=regions, populations=people)
