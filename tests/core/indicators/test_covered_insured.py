"""Coverage of the insured: counted where localities give them, and named so."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dingdian.core.census.checks.sums import sum_faults
from dingdian.core.indicators import MEASURES, measures_of
from dingdian.core.indicators.coverage import INSURED, measures
from dingdian.core.workings import Workings
from tests import city
from tests.core.indicators.test_coverage import made, rows, value

#: Locality -> insured in the employees' and the residents' scheme: as many as 甲区 and 丙县 have.
SCHEMES = {
    "l1": (40_000, 10_000),
    "l2": (10_000, 15_000),
    "l3": (18_000, 25_000),
    "l4": (10_000, 14_000),
}


def insured(**left_out):
    found = rows()
    for row in found["localities"]:
        employee, resident = SCHEMES[row["code"]]
        row.update(insured_employee=city.n(employee), insured_resident=city.n(resident))
        row.update(left_out.get(row["code"], {}))
    return found


def works(its_rows, choice="as_is", limit="10%"):
    plain = made(choice, limit, its_rows)
    return Workings(
        census=plain.census,
        policy=plain.policy,
        measures=measures_of(plain.census),
        stock_day=city.STOCK_DAY,
    )


@pytest.mark.clause("DX-22")
def test_the_insured_of_both_schemes_are_counted_where_they_are_given():
    found = works(insured())
    assert value(found, "located_persons", city.JIA) == 118_000
    assert value(found, "covered_1_pharmacies", city.JIA) == 75_000
    assert value(found, "unserved_persons_pharmacies", city.ROOT) == 43_000 + 24_000
    assert value(found, "share_covered_1_pharmacies", city.JIA) == Fraction(75, 118)
    # held against the insured of the district, not its residents
    assert value(found, "located_share", city.JIA) == 1


def test_without_insured_the_residents_are_counted():
    found = works(rows())
    assert found.measures is MEASURES
    assert value(found, "covered_1_pharmacies", city.JIA) == 90_000
    assert value(found, "located_share", city.JIA) == Fraction(132, 120)


def test_a_number_stated_for_both_schemes_goes_before_their_sum():
    found = works(insured(l1={"insured": city.n(1_000)}))
    assert value(found, "covered_1_pharmacies", city.JIA) == 26_000


def test_the_number_alone_is_enough_and_one_scheme_is_not():
    alone = rows()
    alone["localities"][0]["insured"] = city.n(7)
    assert works(alone).measures is not MEASURES
    half = rows()
    half["localities"][0]["insured_employee"] = city.n(7)
    assert works(half).measures is MEASURES


def test_a_locality_whose_insured_are_unknown_leaves_its_district_open():
    found = works(insured(l1={"insured_resident": None}))
    assert value(found, "covered_1_pharmacies", city.JIA) is None
    assert found.figure("located_persons", city.JIA).why.code == "rows_unknown"
    assert value(found, "located_persons", city.TOWN) == 24_000


def test_rescaled_the_localities_sum_to_the_insured():
    found = works(insured(l3={"insured_employee": city.n(36_000)}), "rescaled")
    assert value(found, "located_persons", city.JIA) == 136_000
    assert value(found, "circle_persons", city.JIA) == 118_000
    assert value(found, "covered_1_pharmacies", city.JIA) == Fraction(75_000 * 118, 136)


@pytest.mark.parametrize(("limit", "known"), [("15%", False), ("16%", True)])
def test_refused_is_a_district_whose_insured_differ(limit, known):
    found = works(insured(l3={"insured_employee": city.n(36_000)}), "refused", limit)
    assert (value(found, "covered_1_pharmacies", city.JIA) is not None) is known


def test_the_names_say_who_is_counted_and_the_register_is_otherwise_the_same():
    own = {each.id: each for each in measures(INSURED)}
    assert own.keys() <= MEASURES.keys()
    for id, measure in own.items():
        plain = MEASURES[id]
        assert (measure.unit, measure.clauses, measure.decimals) == (
            plain.unit,
            plain.clauses,
            plain.decimals,
        )
        assert "人口" not in measure.zh
        assert "residents" not in measure.en
        if "人口" in plain.zh:
            assert "参保人数" in measure.zh
            assert "insured people" in measure.en
    share = own["located_share"]
    assert share.zh == "居民点参保人数合计占参保人数的比例（居民点参保人数合计÷参保人数）"
    assert share.en == "insured people in localities as a share of insured people"


def test_the_check_holds_the_insured_of_localities_against_those_of_the_district():
    def told(its_rows):
        faults = sum_faults(city.census(its_rows))
        found = [each.fields for each in faults if each.kind == "grid_disagrees"]
        return [(each["value"], each["whose_zh"], each["percent"]) for each in found]

    plain = told(insured())
    more = told(insured(l3={"insured_employee": city.n(36_000)}))
    assert set(more) - set(plain) == {(city.JIA, "参保人数", "115.3")}
