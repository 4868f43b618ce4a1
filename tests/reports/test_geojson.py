"""Maps: RFC 7946, and the same numbers as the tables."""

from __future__ import annotations

import functools
import json

import pytest

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.core.indicators.circles import standard
from dingdian.core.indicators.coverage import CLASSED, CLASSES
from dingdian.core.plan import Plan
from dingdian.core.workings import Reason
from dingdian.reports.geojson import layers, maps, workings_of
from dingdian.storage.policy_yaml import shelf_for
from tests import city
from tests.reports.plans import CITIES, sample_census


@functools.cache
def plan(place: str) -> Plan:
    book, name = shelf_for(place)
    return evaluate_plan(sample_census(place), book, place=name, year=2026)


@functools.cache
def drawn(place: str) -> dict[str, dict]:
    return {name: json.loads(content) for name, content in maps(plan(place))}


@pytest.mark.parametrize("place", CITIES)
def test_the_maps_are_geojson(place):
    found = drawn(place)
    assert list(found) == ["coverage.geojson", "unserved.geojson", "institutions.geojson"]
    for collection in found.values():
        assert collection["type"] == "FeatureCollection"
        assert "crs" not in collection
        assert collection["about"]["simulation"] is True
        assert collection["features"]
        for feature in collection["features"]:
            assert set(feature) == {"type", "geometry", "properties"}
            if feature["geometry"] is not None:
                lon, lat = feature["geometry"]["coordinates"]
                assert 73 < lon < 136
                assert 3 < lat < 54


def class_of(feature, of):
    """The class; where no rule sets a standard the counts say who surely has nobody."""
    if of not in feature:
        return None
    unserved = feature[of] == 0 and f"{of}_at_most" not in feature
    return feature.get(f"class_{of}", "unserved" if unserved else "")


@pytest.mark.parametrize("place", CITIES)
def test_a_class_is_left_out_where_the_counts_say_as_much(place):
    works = workings_of(plan(place))
    (layer, *_) = layers(works)
    written = drawn(place)["coverage.geojson"]["features"]
    for of in CLASSED:
        counted = isinstance(standard(works, of), Reason)
        assert (f"class_{of}" in layer.repeated) is counted
        for feature, told in zip(written, layer.properties[f"class_{of}"], strict=True):
            own = feature["properties"]
            assert (f"class_{of}" in own) is not counted
            said = class_of(own, of)
            assert (said == "unserved") is (json.loads(told) == "unserved")


def test_a_position_has_seven_decimals():
    rows = city.rows()
    rows["institutions"][0] |= {"lon": 123.123456789, "lat": 41.8, "crs": "wgs84"}
    book, _ = shelf_for("shenyang")
    made = evaluate_plan(city.census(rows), book, place="shenyang", year=2026, as_if=True)
    ((_, content),) = maps(made)
    points = [each["geometry"] for each in json.loads(content)["features"] if each["geometry"]]
    assert [123.1234568, 41.8] in [each["coordinates"] for each in points]


@pytest.mark.clause("DX-18", "DX-22", "DX-23")
@pytest.mark.parametrize("place", CITIES)
def test_the_maps_say_what_the_tables_say(place):
    figures, root = plan(place).figures, plan(place).census.tree.root
    features = [each["properties"] for each in drawn(place)["coverage.geojson"]["features"]]
    assert len(features) == figures[f"localities.{root}"].value
    for of in CLASSED:
        for area_class in CLASSES:
            figure = figures[f"{area_class}_persons_{of}.{root}"]
            if figure.why and figure.why.code == "no_standard":
                continue
            part = figure.value if figure.why is None else dict(figure.why.details)["part"]
            inside = [each for each in features if class_of(each, of) == area_class]
            assert sum(each["persons"] for each in inside) == int(part)
        for n in (1, 2, 3):
            figure = figures[f"covered_{n}_{of}.{root}"]
            part = figure.value if figure.why is None else dict(figure.why.details)["part"]
            assert sum(each["persons"] for each in features if each[of] >= n) == int(part)


@pytest.mark.parametrize("place", CITIES)
def test_the_unserved_have_their_nearest_institution_beyond_the_circle(place):
    collection = drawn(place)["unserved.geojson"]
    radii = collection["about"]["circles"]
    for feature in collection["features"]:
        own = feature["properties"]
        some = [of for of in CLASSED if f"nearest_{of}" in own]
        assert some
        assert all(own[f"metres_{of}"] > radii[of]["metres"] for of in some)
    for of, total in plan(place).gap_totals.items():
        own = [each for each in collection["features"] if f"nearest_{of}" in each["properties"]]
        assert len(own) == total
    gaps = {(gap.of, gap.code): gap for gap in plan(place).gaps}
    listed = {each["properties"]["code"]: each["properties"] for each in collection["features"]}
    for (of, code), gap in gaps.items():
        assert listed[code][f"nearest_{of}"] == gap.nearest
        assert listed[code][f"metres_{of}"] * 1000 == pytest.approx(gap.distance_mm)


def test_institutions_stand_on_the_map_with_their_services():
    features = [e["properties"] for e in drawn("daxinganling")["institutions.geojson"]["features"]]
    figures = plan("daxinganling").figures
    assert len(features) == figures["institutions.232700"].value
    dual = [
        each
        for each in features
        if each["kind"] == "retail_pharmacy" and "dual_channel" in each["services"]
    ]
    assert len(dual) == figures["dual_channel_pharmacies.232700"].value


def test_what_has_no_position_keeps_its_feature():
    features = drawn("daxinganling")["institutions.geojson"]["features"]
    without = [each for each in features if each["geometry"] is None]
    assert 0 < len(without) < 20


def test_the_same_plan_gives_the_same_bytes():
    assert dict(maps(plan("daxinganling"))) == dict(maps(plan("daxinganling")))


def test_names_are_escaped_and_an_empty_census_has_only_institutions():
    rows = city.rows()
    for row in rows["institutions"]:
        row["name"] = 'a "quoted" \\ name\n'
    book, _ = shelf_for("shenyang")
    made = evaluate_plan(city.census(rows), book, place="shenyang", year=2026, as_if=True)
    ((name, content),) = maps(made)
    assert name == "institutions.geojson"
    names = {each["properties"]["name"] for each in json.loads(content)["features"]}
    assert names == {'a "quoted" \\ name\n'}
