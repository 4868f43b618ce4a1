"""Pictures: the same bytes, what is missing is said, names shown as they are."""

import dataclasses
import io
import json

import matplotlib.image
import pytest
import shapely

from dingdian.reports.charts import charts
from dingdian.reports.figures.atlas import Atlas, atlas_of
from dingdian.reports.figures.chart import picture
from dingdian.reports.figures.maps import _free, maps
from dingdian.reports.wording import Words
from dingdian.samples import SAMPLES
from dingdian.storage.boundaries import read_boundaries
from tests.reports.plans import sample_plan, small


def shades(content):
    """The picture as an array, from 0 (black) to 1."""
    return matplotlib.image.imread(io.BytesIO(content))


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """The words and the atlas of a sample, with the schematic outlines that come with it."""
    plan, record = sample_plan("daxinganling")
    file = tmp_path_factory.mktemp("outlines") / "boundaries.geojson"
    file.write_text(json.dumps(SAMPLES["daxinganling"]().boundaries), "utf-8")
    shapes, _ = read_boundaries(file)
    census = dataclasses.replace(plan.census, boundaries=shapes)
    return Words(record), atlas_of(dataclasses.replace(plan, census=census))


def test_charts_are_the_same_bytes_and_grey(city):
    words, _ = city
    made = {each.id: each for each in charts(words, paper=True)}

    assert {"structure", "beds_per_1000", "agglomeration", "growth", "share_aged_60"} <= set(made)
    for chart in made.values():
        content = picture(chart)
        assert content == picture(chart)
        colours = shades(content)
        assert colours.ndim == 2  # greys
        assert colours.min() < 0.3


def test_a_chart_says_what_is_missing(city):
    words, _ = city
    coverage = next(c for c in charts(words) if c.id == "share_covered_1_pharmacies")

    assert "无法计算的：" in coverage.description
    assert "坐标" in coverage.description


def test_maps_draw_the_land_and_say_that_it_is_schematic(city):
    words, atlas = city
    made = {
        each.id: each for each in maps(words, dataclasses.replace(atlas, approval="辽S〔2026〕1号"))
    }

    assert set(made) == {
        "map_beds_per_1000",
        "map_pharmacies_per_10k_insured",
        "map_unserved_pharmacies",
        "map_unserved_medical_institutions",
        "map_circles_pharmacies",
        "map_circles_medical_institutions",
    }
    for each in made.values():
        assert "边界为示意" in each.note
        assert "没有可用坐标" in each.note
    assert made["map_circles_pharmacies"].draw() == made["map_circles_pharmacies"].draw()


def test_a_district_without_an_outline_is_named(city):
    words, atlas = city
    rest = {code: each for code, each in atlas.outlines.items() if code != "232701"}
    (first, *_) = maps(words, dataclasses.replace(atlas, outlines=rest))

    assert "没有边界、未画出：漠河市" in first.note
    assert first.draw()


def test_without_outlines_the_places_are_drawn(city):
    words, atlas = city
    bare = dataclasses.replace(atlas, outlines={})
    made = {each.id: each for each in maps(words, bare)}

    assert shades(made["map_unserved_pharmacies"].draw()).min() < 0.1


def test_without_any_place_the_map_says_so_in_a_low_picture(city):
    words, _ = city
    made = next(each for each in maps(words, Atlas()) if each.id == "map_unserved_pharmacies")
    content = shades(made.draw())

    assert content.shape[0] < 250
    assert content.min() < 0.1
    assert "没有边界" in made.note


def test_names_like_formulas_are_drawn_as_they_are():
    words = Words(small(east="$\\frac{x$ {", west="𠮷<b>"))

    for chart in charts(words):
        assert picture(chart)


def test_a_name_stays_within_its_district_and_clear_of_others():
    land, middle = shapely.box(0, 0, 10, 4), (5.0, 2.0)

    assert _free(land, [], (2, 1)) == middle
    moved = _free(land, [middle], (2, 1))
    assert shapely.contains_xy(land, *moved)
    assert abs(moved[0] - 5) >= 2 or abs(moved[1] - 2) >= 1
    small = shapely.box(4.5, 1.5, 5.5, 2.5)
    assert _free(small, [middle], (2, 1)) == (3, 2)  # beside the other
    ring = [(5 + x, 2.0 + y) for x in (-2, 0, 2) for y in (-1, 0, 1)]
    assert _free(small, ring, (2, 1)) == middle  # over the other
