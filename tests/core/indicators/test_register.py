"""The register as a whole: every measure for every area, its words, and the shelf's names."""

from pathlib import Path

import pytest
import yaml

import dingdian
from dingdian.core.formulas import FORMULAS
from dingdian.core.indicators import MEASURES, TOPICS, scopes_of
from dingdian.core.indicators.recipes import ByReading, WholeOnly
from dingdian.core.indicators.releases import CAUSES
from dingdian.core.units import UNITS
from dingdian.core.workings import LEAVES
from tests.city import DISTRICTS, ROOT, SCOPES, URBAN
from tests.city_policy import workings

SHELF = Path(dingdian.__file__).parent / "policies"


def shelf(name):
    for file in sorted(SHELF.glob("*/*.yaml")):
        if not file.name.endswith(".cases.yaml"):
            content = yaml.safe_load(file.read_text("utf-8"))
            yield from (content or {}).get(name, [])


def named_measures():
    for rule in shelf("rules"):
        yield from ((rule["rule"], rule[field]) for field in ("measure", "demand") if field in rule)
        for condition in rule.get("any_of", []):
            yield rule["rule"], condition["measure"]
        if rule["family"] in ("report", "structure"):
            for value in rule["values"]:
                yield from ((rule["rule"], each) for each in value["value"])
        if rule["family"] == "resources":
            for each in rule["values"][0]["value"]:
                yield from ((rule["rule"], f"{part}{each}") for part in ("", "released_", "asked_"))


@pytest.fixture(scope="module")
def city():
    return workings()


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_every_measure_has_a_number_or_a_reason_in_every_area(city, name):
    for scope in SCOPES:
        figure = city.figure(name, scope)
        assert (figure.value is None) == (figure.why is not None)
        assert figure.formula in LEAVES or figure.formula in FORMULAS
        assert figure.unit == MEASURES[name].unit
        assert figure.key == f"{name}.{scope}"


def test_every_figure_can_be_recomputed_from_its_inputs_alone(city):
    for name in MEASURES:
        for scope in SCOPES:
            city.figure(name, scope)
    for figure in list(city.figures.values()):
        if figure.formula in LEAVES or figure.value is None:
            continue
        inputs = {role: city.figures[key].value for role, key in figure.inputs}
        again = FORMULAS[figure.formula].compute({**inputs, **dict(figure.constants)})
        assert again == figure.value, figure.key


def test_the_words_and_units_of_every_measure():
    for measure in MEASURES.values():
        assert measure.unit in UNITS
        assert measure.zh.strip()
        assert measure.en.strip()
        assert measure.zh != measure.en
        assert measure.clauses
    for language in ("zh", "en"):
        names = [getattr(measure, language) for measure in MEASURES.values()]
        assert len(set(names)) == len(names), {n for n in names if names.count(n) > 1}


def test_every_ratio_names_what_it_is_per():
    for measure in MEASURES.values():
        if "per_" in measure.unit or measure.unit == "share":
            words = measure.en.lower()
            assert any(word in words for word in ("per ", "share", "÷", "contribution")), measure.id


@pytest.mark.parametrize(("rule", "name"), sorted(set(named_measures())))
def test_the_shelf_names_only_measures_of_the_register(rule, name):
    assert name in MEASURES


def test_every_option_on_the_shelf_has_a_measure_where_a_reading_chooses_one():
    choosing = {}
    for measure in MEASURES.values():
        recipe = measure.recipe.recipe if isinstance(measure.recipe, WholeOnly) else measure.recipe
        if isinstance(recipe, ByReading):
            choosing.setdefault(recipe.reading, []).append(dict(recipe.options))
            assert set(dict(recipe.options).values()) <= set(MEASURES)
    raised = {}
    for reading in shelf("readings"):
        raised.setdefault(reading["reading"], set()).update(reading["options"])
    for reading, all_options in choosing.items():
        for options in all_options:
            assert set(options) == raised[reading], reading
    assert set(CAUSES) == raised["release_kinds"]


def test_a_measure_of_the_whole_area_says_so_elsewhere(city):
    assert city.figure("reserve_months", DISTRICTS[0]).why.code == "whole_area_only"
    assert city.figure("gini_area_medical", DISTRICTS[0]).why.code == "no_parts"
    tree = city.census.tree
    assert list(scopes_of(MEASURES["reserve_months"], tree)) == [ROOT]
    assert list(scopes_of(MEASURES["theil_between_medical"], tree)) == [ROOT]
    assert list(scopes_of(MEASURES["gini_area_medical"], tree))[:2] == [ROOT, URBAN]
    assert tuple(scopes_of(MEASURES["pharmacies"], tree)) == SCOPES


def test_topics_hold_every_measure_once():
    ids = [measure.id for measures in TOPICS.values() for measure in measures]
    assert sorted(ids) == sorted(MEASURES)
