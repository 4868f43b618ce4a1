"""Covered area: against circles, three-valued, summed over districts, undefined with reason."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import shapely
from shapely.geometry import mapping

from dingdian.core.census import make_census, table_from_rows
from dingdian.core.census.schema import TABLES
from dingdian.core.coordinates.outlines import area_m2
from dingdian.core.indicators import MEASURES
from dingdian.core.workings import Workings
from tests import city
from tests.city_policy import policy, rule

#: 甲区 and 乙区 are 8.3 km by 11.1 km; 丙县 lies apart.
SHAPES = {
    city.JIA: shapely.box(123.0, 41.0, 123.1, 41.1),
    city.YI: shapely.box(123.1, 41.0, 123.2, 41.1),
    city.BING: shapely.box(123.5, 41.0, 123.6, 41.1),
}
#: In 甲区, all alone; in 乙区, both on one spot; in 丙县 none.
PLACES = {"P9101001": (123.05, 41.05), "P9102001": (123.15, 41.05), "P9102002": (123.15, 41.05)}
CIRCLE = np.pi * 0.8**2


def made(places=PLACES, shapes=SHAPES, metres="800", **institution):
    rows = city.rows()
    rows["institutions"] = [
        {**each, **institution}
        | dict(zip(("lon", "lat"), places[each["code"]] or (None, None), strict=True))
        | {"crs": "cgcs2000"}
        for each in rows["institutions"]
        if each["code"] in places
    ]
    tables = {name: table_from_rows(TABLES[name], its) for name, its in rows.items()}
    boundaries = {
        code: {**mapping(each), "crs": "wgs84", "schematic": code == city.BING}
        for code, each in shapes.items()
    }
    circle = rule(
        "circle",
        "coverage",
        {"radius": {"straight": {"metres": metres}}},
        about=["pharmacies", "medical_institutions"],
        finds="served",
        at=["district"],
    )
    return Workings(
        census=make_census(tables, boundaries),
        policy=policy(rules=(circle,)),
        measures=MEASURES,
        stock_day=city.STOCK_DAY,
    )


def value(works, measure, scope):
    return works.figure(measure, scope).value


def covered(works, scope, n=1):
    return works.figure(f"covered_area_{n}_pharmacies", scope)


@pytest.mark.clause("DX-22", "SY-09")
def test_one_circle_covers_its_own_area_and_two_on_one_spot_cover_it_twice():
    works = made()
    for scope, n in ((city.JIA, 1), (city.YI, 1), (city.YI, 2)):
        figure = covered(works, scope, n)
        error = float(dict(figure.detail)["error_km2"])
        assert 0 < error < 0.3
        assert abs(float(figure.value) - CIRCLE) < 3 * error
    assert covered(works, city.JIA, 2).value == 0
    assert covered(works, city.YI, 3).value == 0
    assert covered(works, city.BING).value == 0


def test_the_area_of_a_district_is_that_within_its_boundary_to_the_square_metre():
    works = made()
    for code, shape in SHAPES.items():
        figure = works.figure("outline_area", code)
        assert figure.value == Fraction(round(area_m2(shape)), 1_000_000)
        assert figure.formula == "measured"
    # the share is that of the points: covered area over area within the boundary
    figure = covered(works, city.JIA)
    points = int(dict(figure.detail)["points"])
    share = value(works, "share_covered_area_1_pharmacies", city.JIA)
    assert float(share * points) == pytest.approx(round(float(share * points)), abs=1e-3)


def test_a_larger_area_is_the_sum_of_its_districts():
    works = made()
    for scope, parts in ((city.ROOT, city.DISTRICTS), (city.URBAN, (city.JIA, city.YI))):
        for measure in ("outline_area", "covered_area_1_pharmacies"):
            total = sum(value(works, measure, each) for each in parts)
            assert value(works, measure, scope) == total
    share = value(works, "share_covered_area_1_pharmacies", city.ROOT)
    assert float(share) == pytest.approx(2 * CIRCLE / 280, rel=0.1)


def test_circles_reach_over_the_borders_of_districts():
    # on the border of 甲区 and 乙区: half of the circle in each, whosever it is
    works = made({"P9101001": (123.1, 41.05)})
    for scope in (city.JIA, city.YI):
        assert float(covered(works, scope).value) == pytest.approx(CIRCLE / 2, abs=0.15)


@pytest.mark.parametrize("metres", ["500", "800", "1500", "9000"])
def test_a_wider_circle_never_covers_less_nor_more_institutions_more(metres):
    narrow, wide = made(metres=metres), made(metres=str(int(metres) + 300))
    for scope in (city.JIA, city.YI, city.BING, city.ROOT):
        assert covered(narrow, scope).value <= covered(wide, scope).value
        for n in (1, 2):
            assert covered(wide, scope, n + 1).value <= covered(wide, scope, n).value


def test_a_district_within_one_circle_is_covered_whole():
    works = made(metres="9000")
    assert value(works, "share_covered_area_1_pharmacies", city.JIA) == 1
    assert dict(covered(works, city.JIA).detail)["error_km2"] == "0.00"


def test_without_a_boundary_it_is_undefined_with_the_reason():
    shapes = {code: each for code, each in SHAPES.items() if code != city.BING}
    works = made(shapes=shapes)
    for measure in ("outline_area", "covered_area_1_pharmacies"):
        figure = works.figure(measure, city.BING)
        assert (figure.value, figure.why.code) == (None, "no_outline")
        assert dict(figure.why.details) == {"region": city.BING}
        assert works.figure(measure, city.ROOT).why.code == "input_undefined"
        assert works.figure(measure, city.URBAN).value is not None


def test_without_any_boundary_every_district_says_so():
    works = made(shapes={})
    whys = {works.figure("covered_area_1_pharmacies", each).why.code for each in city.DISTRICTS}
    assert whys == {"no_outline"}
    assert works.figure("share_covered_area_1_pharmacies", city.ROOT).value is None


def test_without_a_circle_it_is_undefined():
    figure = made().figure("covered_area_1_pharmacies", city.JIA)
    assert figure.value is not None
    bare = Workings(census=made().census, policy=policy(), measures=MEASURES, stock_day=city.STOCK_DAY)  # fmt: skip  # noqa: E501
    assert bare.figure("covered_area_1_pharmacies", city.JIA).why.code == "no_circle"
    assert bare.figure("outline_area", city.JIA).value is not None


def test_a_boundary_that_is_only_schematic_is_said_to_be_so():
    works = made()
    assert dict(works.figure("outline_area", city.BING).detail) == {"boundary": "schematic"}
    assert not works.figure("outline_area", city.JIA).detail
    assert dict(covered(works, city.BING).detail)["boundary"] == "schematic"


def test_an_institution_without_position_leaves_its_own_district_open():
    works = made({**PLACES, "P9101002": None})
    figure = covered(works, city.JIA)
    assert (figure.value, figure.why.code) == (None, "area_unsure")
    told = dict(figure.why.details)
    assert told["institutions"] == "1"
    assert float(told["part"]) == pytest.approx(CIRCLE, abs=0.3)
    assert covered(works, city.BING).value == 0


def test_an_institution_without_position_may_stand_across_the_border_of_its_district():
    # nothing in 甲区 reaches 丙县; 乙区 lies beside it, and one beside the border would be near
    works = made({"P9101001": None})
    assert covered(works, city.YI).why.code == "area_unsure"
    assert dict(covered(works, city.YI).why.details) == {"institutions": "1", "part": "0.00"}
    assert covered(works, city.BING).value == 0


def test_where_all_is_covered_anyway_one_without_position_changes_nothing():
    works = made({**PLACES, "P9101002": None}, metres="9000")
    assert value(works, "share_covered_area_1_pharmacies", city.JIA) == 1
    assert covered(works, city.JIA, 2).why.code == "area_unsure"


def test_an_institution_that_may_count_leaves_open_what_it_would_cover():
    works = made(standing=None)
    assert covered(works, city.JIA).why.code == "area_unsure"
    assert dict(covered(works, city.JIA).why.details)["part"] == "0.00"
    assert covered(works, city.BING).value == 0
