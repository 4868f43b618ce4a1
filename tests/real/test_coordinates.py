"""Which system real points and boundaries are in: 西安, 沈阳 in two systems, 湖北, 武汉."""

import csv
import json
from fractions import Fraction

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from dingdian.actions.check_census import check
from dingdian.core.coordinates import from_wgs84
from dingdian.core.coordinates.detect import HYPOTHESES, detect
from dingdian.core.coordinates.mixture import Stated, mixture, telling
from dingdian.core.coordinates.outlines import area_m2, fit_by_system, shift_between
from dingdian.storage.census_files import read_census
from tests.ledgers import kinds
from tests.real import xian
from tests.real.xian import DATA, RENAMED

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs DINGDIAN_DATA")

NAMES = {"wgs84": "WGS84", "gcj02": "GCJ-02", "bd09": "BD-09"}


def outlines(name):
    """District -> polygon of a file of boundaries."""
    root = json.loads((DATA / f"boundaries/{name}.geojson").read_text("utf-8"))
    features = root.get("features", [{"geometry": root, "properties": {"Name_County": "all"}}])
    return {each["properties"]["Name_County"]: shape(each["geometry"]) for each in features}


@pytest.fixture(scope="module")
def hospitals():
    rows = [dict(zip(RENAMED, row, strict=True)) for row in xian.hospitals(DATA)]
    x, y = (np.array([float(row[name]) for row in rows]) for name in ("long", "lat"))
    return x, y, [row["adname"] for row in rows]


def test_the_hospitals_of_xian_are_in_wgs84(hospitals):
    found = detect(*hospitals, outlines("xian_610100"))
    assert dict(found.inside) == {"wgs84": 667, "gcj02": 646, "bd09": 586}
    assert found.against["gcj02"] == (30, 9)
    assert found.likely == "wgs84"
    assert found.margin == Fraction(21, 682)


@pytest.mark.parametrize(("system", "inside"), [("gcj02", (636, 667)), ("bd09", (609, 667))])
def test_put_into_another_system_they_are_found_to_be_in_it(hospitals, system, inside):
    x, y, districts = hospitals
    found = detect(*from_wgs84(x, y, system), districts, outlines("xian_610100"))
    assert found.likely == system
    assert (found.inside["wgs84"], found.inside[system]) == inside


@pytest.mark.parametrize("district", ["碑林区", "新城区", "莲湖区"])
def test_one_district_alone_never_names_a_wrong_system(hospitals, district):
    x, y, districts = hospitals
    rows = [at for at, each in enumerate(districts) if each == district]
    found = detect(x[rows], y[rows], [district] * len(rows), outlines("xian_610100"))
    assert found.likely in (None, "wgs84")
    assert not found.contradicts("wgs84")


def test_the_outline_of_shenyang_from_a_map_service_is_shifted_as_gcj02_is():
    ours, theirs = (list(outlines(f"shenyang_210100{its}").values()) for its in ("", "_gcj02"))
    found = shift_between(theirs, ours)
    # data/README.md measured about 500 m and 255 m; what GCJ-02 adds over the city is 450 to 520
    assert found.east == pytest.approx(455, abs=30)
    assert found.north == pytest.approx(249, abs=15)
    assert found.left < 65
    assert found.apart > 250
    fits = fit_by_system(theirs, ours)
    assert min(fits, key=lambda name: fits[name].apart) == "gcj02"
    assert np.hypot(fits["gcj02"].east, fits["gcj02"].north) < 15
    assert np.hypot(fits["wgs84"].east, fits["wgs84"].north) > 500


def test_outlines_of_four_cities_are_sound_and_do_not_overlap():
    for name in ("shenyang_210100", "xian_610100", "wuhan_420100", "daxinganling_232700"):
        shapes = list(outlines(name).values())
        assert all(each.is_valid for each in shapes)
        whole = area_m2(shapely.union_all(shapes))
        assert sum(map(area_m2, shapes)) == pytest.approx(whole, rel=1e-9)


@pytest.mark.parametrize("system", HYPOTHESES)
def test_the_report_contradicts_a_wrong_statement_and_no_right_one(tmp_path, system):
    folder = xian.build(tmp_path, DATA)
    reading = read_census(folder)
    stated = reading.census.tables["institutions"]
    # the same folder with points in another system, still stated as WGS84
    x, y = from_wgs84(stated["lon"].values, stated["lat"].values, system)
    lines = ["医保机构代码,机构名称,机构类别,所属区划代码,定点状态,经度,纬度,坐标系"]
    cells = zip(stated["code"].cells(), stated["region"].cells(), x, y, strict=True)
    lines += [f"{c},院{c},医院,{r},正常,{a:.7f},{b:.7f},WGS84" for c, r, a, b in cells]
    (folder / "医院.xlsx").unlink()
    (folder / "机构.csv").write_text("\n".join(lines), "utf-8")
    found = check(read_census(folder).census)
    told = [
        each for each in found if each.kind == "crs_contradicted" and not each.fields["where_zh"]
    ]
    assert [each.fields["likely"] for each in told] == (
        [NAMES[system]] if system != "wgs84" else []
    )
    if system == "wgs84":
        assert not kinds(found)["crs_contradicted"] + kinds(found)["boundary_crs_contradicted"]


def test_real_boundaries_have_nothing_odd_about_them(tmp_path):
    found = kinds(check(read_census(xian.build(tmp_path, DATA)).census))
    assert not [each for each in found if each.startswith("boundary")]


def test_real_names_that_repeat_are_not_taken_for_mixed_systems(tmp_path):
    found = kinds(check(read_census(xian.build(tmp_path, DATA)).census))
    assert found["repeated_name"] > 0
    assert found["crs_of_twin"] == 0


def test_the_wrong_points_of_hubei_lie_far_from_no_other(tmp_path):
    path = DATA / "institutions/hubei_hospitals_2020_no_personal_fields.csv"
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    lines = [f"HB{at},{r['hospital']},医院,1,正常,{r['lon']},{r['lat']},GCJ-02" for at, r in enumerate(rows)]  # noqa: E501  # fmt: skip
    head = "医保机构代码,机构名称,机构类别,所属区划代码,定点状态,经度,纬度,坐标系\n"
    (tmp_path / "机构.csv").write_text(head + "\n".join(lines), "utf-8")
    (tmp_path / "区划.csv").write_text("区划代码,名称,上级区划代码,层级\n1,湖北,,地级\n", "utf-8")
    found = kinds(check(read_census(tmp_path).census))
    assert found["crowded_point"] + found["shared_point"] == 28
    assert found["coordinate_far"] == 0


def blended(hospitals, system, share, seed):
    """The hospitals in WGS84, a share of them put into another system."""
    x, y, districts = hospitals
    names = outlines("xian_610100")
    own = np.array([list(names).index(each) for each in districts])
    mask = np.random.default_rng(seed).random(len(x)) < share
    moved = from_wgs84(x, y, system)
    return Stated(*(np.where(mask, a, b) for a, b in zip(moved, (x, y), strict=True)), own, list(names.values()), "wgs84")  # noqa: E501  # fmt: skip


def test_the_hospitals_of_xian_are_no_mixture_and_three_in_ten_could_be_told(hospitals):
    points = blended(hospitals, "gcj02", 0, 0)
    assert mixture(points) is None
    assert dict(telling(points)) == {"gcj02": 39, "bd09": 93}


@pytest.mark.parametrize(("system", "least"), [("gcj02", 10), ("bd09", 17)])
def test_a_mixture_of_real_points_is_told_or_not_and_never_misnamed(hospitals, system, least):
    found = [mixture(blended(hospitals, system, 0.3, seed)) for seed in range(20)]
    assert all(system in each.candidates for each in found if each)
    assert sum(each is not None for each in found) >= least


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_three_in_ten_within_the_polygons_of_shenyang_are_told(system):
    shapes = list(outlines("shenyang_210100").values())
    rng = np.random.default_rng(5)
    west, south, east, north = shapely.total_bounds(shapes)
    lon, lat = rng.uniform(west, east, 60_000), rng.uniform(south, north, 60_000)
    hits = shapely.STRtree(shapes).query(shapely.points(lon, lat), predicate="intersects")
    lon, lat, own = lon[hits[0]], lat[hits[0]], hits[1]
    mask = rng.random(len(lon)) < 0.3
    moved = from_wgs84(lon, lat, system)
    x, y = (np.where(mask, a, b) for a, b in zip(moved, (lon, lat), strict=True))
    assert mixture(Stated(lon, lat, own, shapes, "wgs84")) is None
    found = mixture(Stated(x, y, own, shapes, "wgs84"))
    assert found.candidates == (system,)
    assert float(found.share) == pytest.approx(0.3, abs=0.03)
