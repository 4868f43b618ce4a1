"""HRAD, PAD, Gini and Theil of the tiny city, whose agglomeration is a worked vector."""

import json
import math
from fractions import Fraction

import pytest

from dingdian.core.formulas import FORMULAS, gini, theil
from tests.city import BING, COUNTY, DISTRICTS, JIA, ROOT, URBAN, YI, rows
from tests.city_policy import policy, workings

MEXICO = "known_answers/inequality_mexico"


@pytest.fixture(scope="module")
def city():
    return workings()


def values(city, measure, scopes=DISTRICTS):
    return [city.figure(measure, scope).value for scope in scopes]


@pytest.mark.clause("SY-15", "SY-16")
def test_the_worked_vector_of_agglomeration(city):
    assert values(city, "hrad") == [Fraction(40, 3), Fraction(16, 15), Fraction(2, 21)]
    assert values(city, "pad") == [12, Fraction(6, 5), Fraction(1, 7)]
    assert values(city, "hrad_minus_pad") == [Fraction(4, 3), Fraction(-2, 15), Fraction(-1, 21)]
    assert values(city, "hrad_over_pad") == [Fraction(10, 9), Fraction(8, 9), Fraction(2, 3)]
    assert values(city, "hrad_sign") == [200_000, -100_000, -100_000]


@pytest.mark.clause("SY-15", "SY-16")
def test_the_whole_area_always_matches_itself(city):
    assert city.figure("hrad_minus_pad", ROOT).value == 0
    assert city.figure("hrad_sign", ROOT).value == 0


@pytest.mark.clause("SY-15")
def test_the_sign_needs_no_area():
    its = rows()
    its["regions"][1]["area_km2"] = None
    city = workings(its)
    assert city.figure("hrad", JIA).value is None
    assert city.figure("hrad_sign", JIA).value == 200_000


@pytest.mark.clause("SY-11", "SY-15")
def test_which_institutions_people_and_reference_count_are_readings():
    insured = workings(its_policy=policy(choices={"agglomeration_population": "insured"}))
    assert insured.figure("pad", JIA).value == Fraction(118, 10)
    assert insured.figure("pad_resident", JIA).value == 12
    in_zone = workings(its_policy=policy(choices={"agglomeration_reference": "zone"}))
    figure = in_zone.figure("hrad", JIA)
    assert figure.value == Fraction(10, 14) / Fraction(100, 600)
    assert "agglomeration_reference" in figure.readings
    assert in_zone.figure("hrad", URBAN).value == Fraction(14, 15) / Fraction(600, 2000)
    assert in_zone.figure("hrad_sign", BING).value == 0
    assert values(in_zone, "hrad_medical") == values(in_zone, "hrad_outpatient_pooling")


def test_a_district_without_a_zone_cannot_be_held_against_one():
    its = rows()
    its["regions"][2]["zone"] = None
    city = workings(its, policy(choices={"agglomeration_reference": "zone"}))
    assert city.figure("hrad", YI).why.code == "zone_unknown"
    assert city.figure("theil_within_medical", ROOT).why.code == "no_parts"
    assert city.figure("theil_medical", ROOT).value is not None


@pytest.mark.clause("DX-15")
def test_gini_of_the_city_by_hand(city):
    # people 6:3:1, institutions 10:4:1 of 15, ascending per head: 丙 1/20, 乙 4/60, 甲 10/120
    points = [
        (Fraction(1, 10), Fraction(1, 15)),
        (Fraction(3, 10), Fraction(4, 15)),
        (Fraction(6, 10), Fraction(10, 15)),
    ]
    below, area = Fraction(0), Fraction(0)
    for x, y in points:
        area, below = area + x * (2 * below + y), below + y
    assert city.figure("gini_population_medical", ROOT).value == 1 - area == Fraction(11, 150)
    assert city.figure("gini_population_medical", COUNTY).value == 0
    assert city.figure("gini_population_medical", URBAN).value == Fraction(1, 21)
    assert city.figure("gini_area_medical", ROOT).value == Fraction(59, 75)


@pytest.mark.clause("DX-15")
def test_theil_is_within_plus_between_and_the_contributions_are_shown(city):
    total, within, between = (
        city.figure(f"theil_{part}medical", ROOT).value for part in ("", "within_", "between_")
    )
    by_hand = sum(
        float(p) * math.log(float(p / r))
        for p, r in (
            (Fraction(6, 10), Fraction(10, 15)),
            (Fraction(3, 10), Fraction(4, 15)),
            (Fraction(1, 10), Fraction(1, 15)),
        )
    )
    assert total == pytest.approx(by_hand)
    assert within + between == pytest.approx(total)
    shares = [city.figure(f"share_theil_{p}_medical", ROOT).value for p in ("within", "between")]
    assert sum(shares) == pytest.approx(1)


def test_no_verdict_can_rest_on_a_logarithm(city):
    with pytest.raises(TypeError):
        _ = city.figure("theil_medical", ROOT).exact


def test_the_region_without_any_institution_is_named():
    its = rows()
    its["institutions"] = [row for row in its["institutions"] if row["region"] != "910301"]
    figure = workings(its).figure("theil_medical", ROOT)
    assert figure.value is None
    assert (figure.why.code, dict(figure.why.details)) == ("log_of_zero", {"regions": BING})


# ---------------------------------------------------------------- known answers


@pytest.fixture
def mexico(data_folder):
    lines = (data_folder / MEXICO / "mexico.csv").read_text().splitlines()
    header = lines[0].split(",")
    states = [dict(zip(header, line.split(","), strict=True)) for line in lines[1:]]
    return states, json.loads((data_folder / MEXICO / "reference.json").read_text())


def against_one_each(owned):
    """One unit of base for every state: the inequality of single observations."""
    x = {f"x:{i}": Fraction(1) for i in range(len(owned))}
    return {**x, **{f"y:{i}": value for i, value in enumerate(owned)}}


def swapped(inputs):
    """Base and resource changed over: Theil's T weights by income, ours by people."""
    other = {"x": "y", "y": "x"}
    return {other[role[0]] + role[1:]: value for role, value in inputs.items()}


def test_gini_of_the_mexican_states(mexico):
    states, reference = mexico
    incomes = [Fraction(state["pcgdp1940"]) for state in states]
    assert float(gini(against_one_each(incomes))) == pytest.approx(
        reference["gini_pcgdp1940"], abs=1e-15
    )


def test_theil_of_the_mexican_states_with_its_parts(mexico):
    states, reference = mexico
    for decade, (total, known_between) in enumerate(
        zip(reference["theil_pcgdp_1940_2000"], reference["theil_between_hanson98"], strict=True)
    ):
        column = f"pcgdp{1940 + 10 * decade}"
        groups = {}
        for state in states:
            groups.setdefault(state["hanson98"], []).append(Fraction(state[column]))
        incomes = [Fraction(state[column]) for state in states]
        assert theil(swapped(against_one_each(incomes))) == pytest.approx(total, abs=5e-9)
        between = {f"x:{g}": sum(its) for g, its in groups.items()}
        between |= {f"y:{g}": Fraction(len(its)) for g, its in groups.items()}
        assert theil(between) == pytest.approx(known_between, abs=5e-9)
        within = {f"x:{g}": sum(its) for g, its in groups.items()}
        within |= {f"y:{g}": theil(swapped(against_one_each(its))) for g, its in groups.items()}
        parts = FORMULAS["theil_within"].compute(within) + theil(between)
        assert parts == pytest.approx(total, abs=5e-9)


def test_the_toy_of_two_groups(mexico):
    toy = mexico[1]["toy"]
    inputs = swapped(against_one_each([Fraction(value) for value in toy["y"]]))
    assert theil(inputs) == pytest.approx(toy["T"])
