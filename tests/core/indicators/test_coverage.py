"""Covered people: the reading of a grid that disagrees with the district, kinds, shares."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dingdian.core.indicators import MEASURES
from dingdian.core.indicators.gaps import gaps
from dingdian.core.workings import Workings
from tests import city
from tests.city_policy import policy, reading, rule

GRID = "grid_disagreement"
CIRCLE = rule(
    "circle",
    "coverage",
    {"radius": {"straight": {"metres": "800"}}},
    about=["pharmacies", "medical_institutions"],
    finds="served",
    at=["district"],
)


def place(code, lat, lon=123.4):
    return {"code": code, "lon": lon, "lat": lat, "crs": "cgcs2000"}


def rows(**more):
    """The tiny city with three localities in 甲区 and one in 丁镇; a pharmacy at the first."""
    found = city.rows()
    near = {"P9101001": 41.8, "P9101002": 41.801}
    for row in found["institutions"]:
        own = place(row["code"], near.get(row["code"], 43.0))
        row.update(own)
    found["localities"] = [
        {**place("l1", 41.8), "region": city.JIA, "persons": city.n(60_000), "kind": "community"},
        {**place("l2", 41.805), "region": city.JIA, "persons": city.n(30_000), "kind": "community"},
        {**place("l3", 41.9), "region": city.JIA, "persons": city.n(42_000), "kind": "village"},
        {**place("l4", 41.9), "region": city.TOWN, "persons": city.n(20_000), "kind": "township"},
    ]
    return found


def made(choice="as_is", limit="10%", its_rows=None):
    own = policy(choices={GRID: choice}, rules=(CIRCLE,))
    found = reading(GRID, choice).model_copy(update={"number": Fraction(limit.rstrip("%")) / 100})
    return Workings(
        census=city.census(its_rows or rows()),
        policy=_with(own, found),
        measures=MEASURES,
        stock_day=city.STOCK_DAY,
    )


def _with(own, found):
    own.readings[GRID] = found
    return own


def value(works, measure, scope):
    return works.figure(measure, scope).value


@pytest.mark.clause("DX-22")
def test_people_are_summed_over_the_localities_within_the_circle():
    works = made()

    assert value(works, "located_persons", city.JIA) == 132_000
    assert value(works, "covered_1_pharmacies", city.JIA) == 90_000
    assert value(works, "covered_2_pharmacies", city.JIA) == 90_000
    assert value(works, "covered_3_pharmacies", city.JIA) == 0
    assert value(works, "share_covered_1_pharmacies", city.ROOT) == Fraction(90, 152)
    assert value(works, "covered_1_pharmacies", city.URBAN) == 90_000
    assert value(works, "covered_1_pharmacies_community", city.ROOT) == 90_000
    assert value(works, "covered_1_pharmacies_village", city.ROOT) == 0
    assert value(works, "share_covered_localities_pharmacies", city.ROOT) == Fraction(2, 4)
    assert value(works, "unserved_persons_pharmacies", city.ROOT) == 62_000


def test_what_the_localities_miss_is_always_shown():
    for choice in ("as_is", "rescaled", "refused"):
        works = made(choice)
        assert value(works, "located_share", city.JIA) == Fraction(132, 120)
        assert value(works, "located_share", city.YI) == 0
        assert value(works, "located_share", city.BING) == 1


def test_rescaled_localities_sum_to_the_district():
    works = made("rescaled")

    assert value(works, "circle_persons", city.JIA) == 120_000
    assert value(works, "covered_1_pharmacies", city.JIA) == Fraction(90_000 * 120, 132)
    assert value(works, "share_covered_1_pharmacies", city.JIA) == Fraction(90, 132)
    assert works.figures[f"as_located.covered_1_pharmacies.{city.JIA}"].value == 90_000
    # 乙区 has residents and no locality: nothing can be rescaled to them
    assert works.figure("covered_1_pharmacies", city.YI).why.code == "division_by_zero"
    assert works.figure("covered_1_pharmacies", city.ROOT).why.code == "input_undefined"
    assert value(works, "covered_1_pharmacies", city.COUNTY) == 0
    assert value(works, "covered_1_pharmacies", city.TOWN) == 0


def test_rescaled_districts_sum_to_the_whole():
    its_rows = rows()
    extra = {**place("l5", 41.8), "region": city.YI, "persons": city.n(30_000)}
    its_rows["localities"].append(extra)
    works = made("rescaled", its_rows=its_rows)

    parts = [value(works, "covered_1_pharmacies", each) for each in city.DISTRICTS]
    assert value(works, "covered_1_pharmacies", city.ROOT) == sum(parts)
    assert parts[1] == 60_000
    assert value(works, "circle_persons", city.ROOT) == 200_000


@pytest.mark.parametrize(("limit", "refused"), [("9%", True), ("10%", False), ("11%", False)])
def test_a_district_that_differs_by_more_than_the_limit_is_refused(limit, refused):
    works = made("refused", limit)

    figure = works.figure("covered_1_pharmacies", city.JIA)
    assert (figure.value is None) is refused
    if refused:
        assert figure.why.code == "grid_refused"
        assert works.figures[dict(figure.why.details)["share"]].value == Fraction(11, 10)
    else:
        assert figure.value == 90_000
    assert works.figure("covered_1_pharmacies", city.YI).why.code == "grid_refused"


@pytest.mark.parametrize(("choice", "code"), [(None, "reading_open"), ("other", "option_unknown")])
def test_without_the_reading_no_people_are_covered(choice, code):
    works = made(choice)

    assert works.figure("covered_1_pharmacies", city.JIA).why.code == code
    assert value(works, "covered_localities_pharmacies", city.JIA) == 2


def test_a_census_without_localities_covers_nobody_it_could_name():
    works = made(its_rows=rows() | {"localities": []})

    assert works.figure("covered_1_pharmacies", city.JIA).why.code == "table_empty"
    assert gaps(works) == ()


@pytest.mark.clause("DX-23")
def test_the_largest_gaps_come_first_with_the_nearest_institution():
    found = [gap for gap in gaps(made(), first=1) if gap.of == "pharmacies"]
    every = [gap.code for gap in gaps(made()) if gap.of == "pharmacies"]

    assert every == ["l3", "l4"]
    (gap,) = found
    assert (gap.code, gap.persons, gap.nearest) == ("l3", 42_000, "P9101002")
    assert 10_990_000 < gap.distance_mm < 11_010_000


def test_a_gap_has_no_nearest_where_nobody_is_located():
    its_rows = rows()
    for row in its_rows["institutions"]:
        row |= {"standing": "terminated"}
    found = gaps(made(its_rows=its_rows))

    assert {(gap.nearest, gap.distance_mm) for gap in found} == {(None, None)}
