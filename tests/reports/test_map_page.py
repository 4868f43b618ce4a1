"""map.html without a browser: what it holds is what the plan and the ledger say."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
import re
from fractions import Fraction
from itertools import accumulate

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import mapping

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.actions.record_plan import record_plan
from dingdian.core.census import TABLES, make_census, table_from_rows
from dingdian.core.coordinates import from_wgs84
from dingdian.reports.map.packing import fronted, packed
from dingdian.reports.map.page import write_map
from dingdian.reports.wording import LANGUAGES, Words
from dingdian.reports.words.map import HEAD, SHOWN
from dingdian.samples import SAMPLES
from dingdian.storage.policy_yaml import shelf_for
from tests import city
from tests.reports.odd import MARKUP, RARE
from tests.reports.plans import CITIES

IMAGE = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>'
BOX = {city.JIA: (123, 41, 123.5, 42), city.YI: (123.5, 41, 124, 42), city.BING: (124, 41, 125, 42)}


# -- reading the page as the page's own script does ----------------------------------


def unpack(text):
    numbers, folded, shift = [], 0, 0
    for byte in base64.b64decode(text):
        folded |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(folded >> 1 if folded % 2 == 0 else -(folded + 1) // 2)
            folded = shift = 0
    return list(accumulate(numbers))


def unfront(texts):
    return list(accumulate(texts, lambda a, b: a[: ord(b[0]) - 48] + b[1:], initial=""))[1:]


def data_of(page):
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)
    return json.loads(found)


@functools.cache
def sample(place):
    """The plan of a sample, with its boundaries, and the record of it."""
    made = SAMPLES[place]()
    features = made.boundaries["features"]
    shapes = {
        each["properties"]["code"]: {
            **each["geometry"],
            "crs": "cgcs2000",
            "schematic": each["properties"]["schematic"],
        }
        for each in features
    }
    tables = {n: table_from_rows(TABLES[n], rows) for n, rows in made.tables.items()}
    book, name = shelf_for(place)
    plan = evaluate_plan(make_census(tables, shapes), book, place=name, year=2026)
    return plan, record_plan(plan, engine="test")


@functools.cache
def page(place, lang="zh"):
    return write_map(*sample(place), lang).decode()


@functools.cache
def held(place):
    return data_of(page(place))


def tiny(*, boundaries=None, **tables):
    """The page of the tiny city with other rows and boundaries."""
    rows = city.rows() | tables
    own = {n: table_from_rows(TABLES[n], each) for n, each in rows.items()}
    shapes = {
        code: {**mapping(shape), "crs": "wgs84", "schematic": False}
        for code, shape in (boundaries or {}).items()
    }
    book, _ = shelf_for("shenyang")
    plan = evaluate_plan(make_census(own, shapes), book, place="shenyang", year=2026, as_if=True)
    return write_map(plan, record_plan(plan, engine="test")).decode()


# -- columns --------------------------------------------------------------------------


@given(st.lists(st.integers(-(2**32) + 1, 2**32 - 1)))
def test_numbers_come_out_as_they_went_in(numbers):
    assert unpack(packed(numbers)) == numbers


@given(st.lists(st.text()))
def test_texts_come_out_as_they_went_in(texts):
    assert unfront(fronted(texts)) == texts


# -- the same numbers as the tables ---------------------------------------------------


@pytest.mark.parametrize("place", CITIES)
def test_every_measure_is_the_figure_of_the_record(place):
    record = sample(place)[1]
    words, codes = Words(record), record.shown("county")
    assert [each["code"] for each in held(place)["districts"]] == list(codes)
    assert len(held(place)["measures"]) > 20
    for measure in held(place)["measures"]:
        for code, value in zip(codes, measure["values"], strict=True):
            if value is None:
                assert f"{measure['id']}.{code}" not in record.figures
                continue
            figure = record.figures[value["key"]]
            assert (figure.measure, figure.scope) == (measure["id"], code)
            assert value["text"] == words.quantity(figure)
            assert (value["at"] is None) == (figure.number is None)


@pytest.mark.parametrize("place", CITIES)
def test_as_many_institutions_stand_in_a_district_as_its_figure_counts(place):
    record, given_ = sample(place)[1], held(place)["institutions"]
    stocks, districts = unpack(given_["stocks"]), unpack(given_["district"])
    for bit, stock in enumerate(held(place)["stocks"]):
        for at, code in enumerate(record.shown("county")):
            n = sum(
                bits >> bit & 1 for bits, own in zip(stocks, districts, strict=True) if own == at
            )
            assert record.figures[f"{stock['id']}.{code}"].number == n
            assert stock["figures"][at]["key"] == f"{stock['id']}.{code}"


def compare_unserved(record, given_):
    """How many figures of unserved people are, district by district, the sum of the page's."""
    own = given_["localities"]
    persons = [Fraction(each, own["scale"]) for each in unpack(own["persons"])]
    districts, unserved = unpack(own["district"]), given_["classes"]["order"].index("unserved")
    compared = 0
    for of in ("pharmacies", "medical_institutions"):
        classes = unpack(own["served"][of]["class"])
        alone = [row for row, at in enumerate(classes) if at == unserved]
        assert len(unpack(own["served"][of]["nearest"])) == len(alone)
        for at, code in enumerate(record.shown("county")):
            figure = record.figures[f"unserved_persons_{of}.{code}"]
            if figure.number is not None:
                assert figure.number == sum(persons[row] for row in alone if districts[row] == at)
                compared += 1
    return compared


@pytest.mark.clause("DX-18", "DX-22", "DX-23")
@pytest.mark.parametrize("place", CITIES)
def test_the_unserved_people_of_a_district_are_those_of_its_figure(place):
    assert compare_unserved(sample(place)[1], held(place)) > 5


def test_the_insured_are_shown_where_coverage_counts_them():
    tables = {n: list(rows) for n, rows in SAMPLES["daxinganling"]().tables.items()}
    tables["localities"] = [{**row, "insured": row["persons"] / 4} for row in tables["localities"]]
    own = {n: table_from_rows(TABLES[n], rows) for n, rows in tables.items()}
    book, name = shelf_for("daxinganling")
    plan = evaluate_plan(make_census(own), book, place=name, year=2026)
    record = record_plan(plan, engine="test")
    given_ = data_of(write_map(plan, record).decode())

    assert given_["localities"]["insured"]
    assert given_["localities"]["scale"] == 1000
    assert compare_unserved(record, given_) > 5


@pytest.mark.parametrize("place", CITIES)
def test_the_nearest_of_a_gap_is_the_one_of_the_record(place):
    record, own = sample(place)[1], held(place)["localities"]
    codes, institutions = unfront(own["code"]), unfront(held(place)["institutions"]["code"])
    unserved = held(place)["classes"]["order"].index("unserved")
    for gap in record.gaps:
        served = own["served"][gap.of]
        alone = [row for row, at in enumerate(unpack(served["class"])) if at == unserved]
        at = alone.index(codes.index(gap.code))
        assert institutions[unpack(served["nearest"])[at]] == gap.nearest
        assert unpack(served["metres"])[at] == (gap.distance_mm + 500) // 1000


# -- the page -------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", CITIES)
def test_the_page_forbids_the_network_and_runs_only_its_own_script(place, lang):
    text = page(place, lang)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    script = text.rpartition("<script>")[2].partition("</script>")[0]
    (css,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)

    assert policy.startswith("default-src 'none'; ")
    for kind, content in (("script", script), ("style", css)):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in html.unescape(policy)
    assert re.findall(r"(?:src|href)=\"(?!#|plan\.html)", text.replace(script, "")) == []
    assert len(text.encode()) < 6_000_000


def test_the_same_plan_gives_the_same_bytes():
    assert write_map(*sample("daxinganling")).decode() == page("daxinganling")


def test_the_english_page_has_no_chinese_of_the_program():
    every = [text.en for table in (HEAD, SHOWN) for text in table.values()]
    given_ = data_of(page("daxinganling", "en"))
    told = [*every, *given_["groups"].values(), *given_["classes"]["names"].values()]
    told += [term for terms in given_["terms"].values() for term in terms.values()]
    told += [each["title"] for each in given_["measures"]]

    assert [each for each in told if re.search("[\u4e00-\u9fff]", each)] == []
    assert {f for t in SHOWN.values() for f in re.findall(r"\{(\w+)\}", t.zh)} == {
        f for t in SHOWN.values() for f in re.findall(r"\{(\w+)\}", t.en)
    }


@pytest.mark.parametrize("place", CITIES)
def test_marks_stand_on_the_map(place):
    said = page(place)
    for mark in ("测算", "示例数据", "示意图"):
        assert f"<b>{mark}</b>" in said
    assert "示意图：区划边界为示意，不作为行政区域界线依据。" in said
    assert "审图号：未填写" in said


def test_the_approval_number_is_the_one_given_else_the_ledgers():
    plan, record = sample("daxinganling")
    about = [*city.rows()["about"], {"item": "map_approval", "value": "示审字(2026)第1号"}]

    assert "审图号：甲&lt;1&gt;" in write_map(plan, record, approval="甲<1>").decode()
    assert "审图号：示审字(2026)第1号" in tiny(about=about)


# -- odd ledgers ----------------------------------------------------------------------


def boxes(*codes):
    return {code: shapely.box(*BOX[code]) for code in codes}


def test_names_that_are_markup_stay_text():
    rows = city.rows()
    for row in rows["regions"]:
        row["name"] = {city.JIA: MARKUP, city.YI: RARE}.get(row["code"], row["name"])
    for row in rows["institutions"]:
        row["name"] = IMAGE
    text = tiny(boundaries=boxes(city.JIA), **rows)

    assert "<img" not in text.partition("<script>")[0]
    assert text.count("</script>") == 2
    assert set(data_of(text)["institutions"]["name"]) == {IMAGE}
    assert [each["name"] for each in data_of(text)["districts"]] == [MARKUP, RARE, "丙县"]


def test_a_district_without_an_outline_is_named():
    text = tiny(boundaries=boxes(city.JIA))

    assert "没有边界、图上未画出的区县：乙区、丙县" in text
    assert [bool(each["rings"]) for each in data_of(text)["districts"]] == [True, False, False]


def test_a_map_of_nothing_says_why_and_keeps_the_numbers():
    text = tiny()

    assert "没有区划边界，也没有一家机构、一个居民点有可用坐标" in text
    assert "坐标：原为" not in text
    assert data_of(text)["measures"] != []


def test_one_district_and_overlapping_outlines_are_drawn():
    one = {city.JIA: shapely.box(123, 41, 124, 42)}
    two = {**one, city.YI: shapely.box(123.2, 41.2, 123.8, 41.8)}

    assert sum(bool(each["rings"]) for each in data_of(tiny(boundaries=one))["districts"]) == 1
    assert sum(bool(each["rings"]) for each in data_of(tiny(boundaries=two))["districts"]) == 2


def test_holes_and_parts_keep_their_rings():
    holed = shapely.box(123, 41, 124, 42) - shapely.box(123.4, 41.4, 123.6, 41.6)
    parts = shapely.union_all([shapely.box(124, 41, 124.1, 42), shapely.box(124.5, 41, 125, 42)])
    found = data_of(tiny(boundaries={city.JIA: holed, city.YI: parts}))["districts"]

    assert [len(each["rings"]) for each in found] == [2, 2, 0]
    lon, lat = map(unpack, found[0]["rings"][1])
    assert {(min(lon), max(lon)), (min(lat), max(lat))} == {
        (12_340_000, 12_360_000),
        (4_140_000, 4_160_000),
    }


def test_points_of_several_systems_are_converted_and_counted():
    rows = city.rows()["institutions"]
    (x,), (y,) = from_wgs84([123.4], [41.8], "gcj02")
    rows[0] |= {"lon": x, "lat": y, "crs": "gcj02"}
    rows[1] |= {"lon": 123.4, "lat": 41.8, "crs": "cgcs2000"}
    text = tiny(institutions=rows)
    own = data_of(text)["institutions"]

    assert abs(unpack(own["lon"])[0] - 12_340_000) <= 1
    assert unpack(own["lon"])[1:3] == [12_340_000, 0]
    assert "GCJ-02" in text
    assert "没有可用坐标、图上未画出的" in text


def test_a_circle_is_told_with_its_rule_and_one_that_is_not_drawn_with_the_reason():
    drawn = {each["id"]: each for each in held("daxinganling")["stocks"]}
    assert drawn["pharmacies"]["metres"] == 1000
    assert "1,000米" in drawn["pharmacies"]["circle"]
    assert "DX-22" in drawn["pharmacies"]["circle"]

    book, _ = shelf_for("national")
    plan = evaluate_plan(city.census(), book, place="national", year=2026, as_if=True)
    without = data_of(write_map(plan, record_plan(plan, engine="test")).decode())["stocks"]
    assert {each["metres"] for each in without} == {None}
    assert without[0]["circle"] == "没有规则给“定点零售药店数”划定服务圈"
