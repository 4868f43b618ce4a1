"""A real population grid that disagrees with its census: 武汉, 15 arc-seconds, people of 20+.

Cells and residents are real; the pharmacies are made up, one at each district's fullest cells.
"""

from __future__ import annotations

import csv
import json
from fractions import Fraction

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from dingdian.actions.check_census import check
from dingdian.core.census import TABLES, make_census, table_from_rows
from dingdian.core.circles import distance_mm
from dingdian.core.coordinates import from_wgs84
from dingdian.core.indicators import MEASURES
from dingdian.core.workings import Workings
from tests.city import STOCK_DAY, pharmacy
from tests.city_policy import policy, reading, rule
from tests.real.xian import COUNTIES, DATA

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs DINGDIAN_DATA")

CITY = "420100"
GRID = "population_grid/wuhan_pop_grid_15arcsec.csv"
SHAPES = "boundaries/wuhan_420100.geojson"
#: District -> people in its cells as a share of its residents, in whole per cent.
SHARES = {
    "420102": 73, "420103": 74, "420104": 73, "420105": 83, "420106": 70, "420107": 111,
    "420111": 67, "420112": 115, "420113": 70, "420114": 69, "420115": 67, "420116": 70,
    "420117": 90,
}  # fmt: skip
CIRCLE = rule(
    "circle",
    "coverage",
    {"radius": {"straight": {"metres": "1000"}}},
    about=["pharmacies"],
    finds="served",
    at=["district"],
)


@pytest.fixture(scope="module")
def census():
    cells = np.genfromtxt(DATA / GRID, delimiter=",", skip_header=1)
    features = json.loads((DATA / SHAPES).read_text("utf-8"))["features"]
    regions = [{"code": CITY, "name": "武汉市", "level": "prefecture"}]
    localities, shops = [], []
    for feature in features:
        code, outline = feature["properties"]["Code_County"], shape(feature["geometry"])
        name = feature["properties"]["Name_County"]
        regions.append({"code": code, "name": name, "parent": CITY, "level": "county"})
        own = cells[shapely.intersects_xy(outline, cells[:, 0], cells[:, 1])]
        at = [{"lon": lon, "lat": lat, "crs": "wgs84"} for lon, lat in own[:, :2].tolist()]
        localities += [
            {"code": f"{code}-{n}", "region": code, "persons": thousandths(persons), **place}
            for n, (place, persons) in enumerate(zip(at, own[:, 2], strict=True))
        ]
        shops += [
            pharmacy(f"{code}-{n}", code, **at[row])
            for n, row in enumerate(np.argsort(-own[:, 2], kind="stable")[:20].tolist())
        ]
    tables = {"regions": regions, "localities": localities, "institutions": shops}
    tables["populations"] = list(residents())
    made = {name: table_from_rows(TABLES[name], t) for name, t in tables.items()}
    shapes = {each["properties"]["Code_County"]: each["geometry"] for each in features}
    return make_census(made, {code: {**each, "crs": "wgs84"} for code, each in shapes.items()})


def thousandths(persons):
    return Fraction(round(persons * 1000), 1000)


def residents():
    with (DATA / COUNTIES).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["区划代码"] in SHARES:
                people = Fraction(row["人口数_合计"])
                yield {"region": row["区划代码"], "year": Fraction(2020), "resident": people}


def works(census, choice, limit="10"):
    own = policy(choices={"grid_disagreement": choice}, rules=(CIRCLE,))
    found = reading("grid_disagreement", choice)
    number = Fraction(limit) / 100
    own.readings["grid_disagreement"] = found.model_copy(update={"number": number})
    return Workings(census=census, policy=own, measures=MEASURES, stock_day=STOCK_DAY)


def value(workings, measure, scope):
    return workings.figure(measure, scope).value


@pytest.mark.parametrize("choice", ["as_is", "rescaled", "refused"])
def test_the_disagreement_is_shown_whatever_is_done_about_it(census, choice):
    made = works(census, choice)
    found = {code: round(100 * value(made, "located_share", code)) for code in SHARES}
    assert found == SHARES
    assert round(100 * value(made, "located_share", CITY)) == 76


@pytest.mark.clause("DX-22")
def test_rescaled_cells_sum_to_the_residents_and_leave_a_district_its_share(census):
    plain, scaled = works(census, "as_is"), works(census, "rescaled")
    for code in SHARES:
        assert value(scaled, "circle_persons", code) == value(scaled, "resident", code)
        one, other = (value(each, "share_covered_1_pharmacies", code) for each in (plain, scaled))
        assert one == other
        assert 0 < one < 1
    whole = value(scaled, "circle_persons", CITY)
    assert whole == sum(value(scaled, "resident", code) for code in SHARES)
    shares = [value(each, "share_covered_1_pharmacies", CITY) for each in (plain, scaled)]
    assert shares[0] != shares[1]


@pytest.mark.parametrize(
    ("limit", "kept"),
    [
        ("10", set()),
        ("20", {"420105", "420107", "420112", "420117"}),
        ("34", set(SHARES)),
    ],
)
def test_districts_beyond_the_limit_are_refused(census, limit, kept):
    made = works(census, "refused", limit)
    figures = {code: made.figure("covered_1_pharmacies", code) for code in SHARES}
    assert {code for code, each in figures.items() if each.value is not None} == kept
    assert {each.why.code for each in figures.values() if each.why} <= {"grid_refused"}
    assert (made.figure("covered_1_pharmacies", CITY).value is None) is (kept != set(SHARES))


def test_the_people_covered_are_those_of_a_slow_reader(census):
    cells, shops = (census.positions(table) for table in ("localities", "institutions"))
    persons = census.column("localities", "persons").values
    covered = 0
    for lon, lat, own in zip(cells.lon, cells.lat, persons, strict=True):
        near = distance_mm(np.array([lon]), np.array([lat]), shops.lon, shops.lat)
        covered += int(own) if (near <= 1_000_000).any() else 0
    assert value(works(census, "as_is"), "covered_1_pharmacies", CITY) == Fraction(covered, 1000)


def test_the_check_warns_of_every_district_that_differs_by_more_than_a_tenth(census):
    told = [each.fields for each in check(census) if each.kind == "grid_disagrees"]
    found = {str(each["value"]): float(str(each["percent"])) for each in told}
    assert found == pytest.approx(SHARES, abs=0.5)


def test_the_area_covered_is_that_of_circles_laid_together_on_a_map(census):
    grid = "EPSG:4547"  # Gauss-Krüger at 114°E
    made, shops = works(census, "as_is"), census.positions("institutions")
    disks = shapely.buffer(shapely.points(*from_wgs84(shops.lon, shops.lat, grid)), 1000)
    whole = shapely.union_all(disks)
    for code, outline in census.outlines.shapes.items():
        on_map = shapely.transform(outline, lambda at: np.column_stack(from_wgs84(*at.T, grid)))
        exact = shapely.area(shapely.intersection(on_map, whole)) / 1e6
        figure = made.figure("covered_area_1_pharmacies", code)
        error = float(dict(figure.detail)["error_km2"])
        assert abs(float(figure.value) - exact) < 3 * error + 0.01 * exact
        assert error < 0.01 * float(value(made, "outline_area", code))
