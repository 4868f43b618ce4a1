"""Projection: no change is today, rules bite as on a ledger, spreads hold what they say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import binom

from dingdian.core.errors import RequestError
from dingdian.core.indicators import MEASURES
from dingdian.core.plan import make_plan
from dingdian.core.projection import (
    Cohorts,
    Entrant,
    FundYears,
    Group,
    Growth,
    Scenario,
    Vital,
    project,
    side_by_side,
    spread,
    today_of,
)
from dingdian.core.projection.ruling import NO_NUMBER, UNKNOWN, ruled
from dingdian.core.workings import Workings
from tests.city import BING, DISTRICTS, JIA, ROOT, YI, census, n, rows
from tests.city_policy import policy, rule

PLACES, SHOPS = "outpatient_pooling_institutions", "pharmacies"
RULES = (
    rule("handed_out", "resources", [PLACES, SHOPS]),
    rule("cap", "stock_cap", "85%", resource=SHOPS, base_year="2025"),
    rule(
        "by_releases",
        "release_quota",
        {"met": "50%", "otherwise": "100%"},
        resource=PLACES,
        any_of=[{"measure": "hrad_minus_pad", "comparison": "more_than"}],
    ),
)
LINE = rule(
    "line",
    "red_line",
    {"triggers": ["deficit_last_year", "shortfall_forecast"], "consequence": "pause"},
    resources=[PLACES, SHOPS],
)
ALL_STAY = Fraction(1), Fraction(1)


def draws(seed: int = 7) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def works(*rules, its_rows=None, year=2025, **readings):
    its = policy(rules=rules or RULES, choices={"red_line_start": "evidence", **readings})
    return Workings(
        census=census(its_rows),
        policy=replace(its, day=dt.date(year + 1, 1, 1)),
        measures=MEASURES,
        stock_day=dt.date(year, 12, 31),
    )


def ahead(scenario=None, *rules, through=2028, runs=3, seed=7, its_rows=None, **more):
    start = works(*rules, its_rows=its_rows)
    later = {y: replace(start.policy, day=dt.date(y, 1, 1)) for y in range(2027, through + 1)}
    return project(
        today_of(start),
        scenario or Scenario("still"),
        more.pop("policies", later),
        through=through,
        runs=runs,
        draws=draws(seed),
        **more,
    )


def kinds(error):
    return [each.kind for each in error.value.faults]


def fund(income=(100, 100, 100), spending=(100, 100, 100), balance=50, last=2025):
    years = tuple(range(last - len(income) + 1, last + 1))
    return {
        name: FundYears(years, tuple(income), tuple(spending), balance)
        for name in ("employee_pool", "resident_pool")
    }


# ---------------------------------------------------------------- nothing changes


def test_no_change_returns_today():
    found = ahead(funds=fund())

    assert found.years == (2025, 2026, 2027, 2028)
    assert (found.stocks == found.today.stock()).all()
    assert not found.released.any()
    for name, each in found.people.items():
        assert (each == found.today.people[name]).all()
    for states in found.funds.values():
        assert {(int(s.income[0]), int(s.balance[0])) for s in states} == {(100, 50)}


def test_today_is_what_the_plan_counts():
    start = works()
    today = today_of(start)

    for column, stock in enumerate(today.stocks):
        wanted = [start.figure(stock, at).value for at in DISTRICTS]
        assert today.stock()[:, column].tolist() == wanted
    assert {"medical_institutions", SHOPS, "contracted_beds"} <= set(today.stocks)


def test_the_places_of_the_first_year_are_those_of_the_plan():
    start = works()
    plan = make_plan(start.census, start.policy, year=2026, shelf="")
    found = ahead(through=2026)

    for quota in plan.quotas:
        if quota.scope in DISTRICTS:
            place = found.places[quota.resource][0, 0, DISTRICTS.index(quota.scope)]
            value = plan.figures[quota.key].value if quota.key else None
            unknown = NO_NUMBER if quota.key is None else UNKNOWN
            assert place == (unknown if value is None else value)


# ---------------------------------------------------------------- the rules of later years

GONE = {
    (2026, "H9101004"): "closure",
    (2026, "H9101005"): "termination",
    (2026, "H9102004"): "closure",
    **{(2026, f"P910100{i}"): "closure" for i in range(1, 5)},
}


FEWER_PER_HEAD = {each: "closure" for each in GONE if each[1] != "H9102004"}
FEWER_PER_HEAD[2026, "H9101006"] = "closure"


def as_the_ledger_tells_it(gone):
    """The same year in the tables of a census: who went, what it released, what stood before."""
    told = rows()
    went = {code for _, code in gone}
    for each in told["institutions"]:
        if each["code"] in went:
            each |= {"standing": "terminated", "designated_until": dt.date(2026, 6, 1)}
    told["releases"] = [
        {
            "number": f"R{code}",
            "region": JIA if code[4] == "1" else YI,
            "year": n(2026),
            "institution": code,
            "cause": cause,
            "resource": PLACES if code[0] == "H" else SHOPS,
            "amount": n(1),
        }
        for (_, code), cause in gone.items()
    ]
    start = works()
    told.setdefault("history", []).extend(
        {"region": at, "year": n(2025), "measure": SHOPS, "amount": start.figure(SHOPS, at).value}
        for at in (ROOT, *DISTRICTS)
    )
    return works(its_rows=told, year=2026)


@pytest.mark.clause("SY-07", "SY-15", "SY-16")
@pytest.mark.parametrize(
    ("gone", "places"),
    [
        (GONE, [1, 1, 0]),  # more institutions per head than the city: half of two; else all
        (FEWER_PER_HEAD, [3, 0, 0]),  # three went, and fewer per head than the city are left
    ],
)
def test_the_rules_of_a_later_year_say_what_they_say_of_a_ledger_of_that_year(gone, places):
    found = ahead(Scenario("gone", leavers=gone), through=2027)
    ledger = ruled(as_the_ledger_tells_it(gone), 2027)

    for column, resource in enumerate(ledger.resources):
        assert found.places[resource][0, 1].tolist() == ledger.places[:, column].tolist()
    assert found.places[PLACES][0, 1].tolist() == places
    assert found.whole[SHOPS][0].tolist() == [0, 1]  # 85 % of 15 are 12, and 11 stand
    assert found.whole[SHOPS][0, 1] == ledger.whole[ledger.resources.index(SHOPS)]
    assert found.binding[2027, SHOPS, ROOT, "cap"] == 3
    for (resource, at), bound in ledger.binding.items():
        assert all(found.binding[2027, resource, at, each] == 3 for each in bound)


def test_who_leaves_takes_its_beds_along():
    found = ahead(Scenario("gone", leavers={(2027, "H9102001"): "termination"}))

    beds = found.stock("contracted_beds")[0].tolist()
    assert beds == [[420, 120, 60], [420, 120, 60], [420, 20, 60], [420, 20, 60]]


def test_who_stays_may_give_up_beds_and_releases_them_once():
    scenario = Scenario(
        "less",
        changes={
            (2026, "H9102001"): {"contracted_beds": 30, "inpatient_institutions": 1},
            (2026, "H9103001"): {"contracted_beds": -5},
        },
        leavers={(2027, "H9102001"): "termination"},
    )

    found = ahead(scenario, through=2027)

    beds = found.today.stocks.index("contracted_beds")
    assert found.stocks[0, :, :, beds].tolist() == [[420, 120, 60], [420, 90, 65], [420, 20, 65]]
    assert found.released[0, :, :, beds].tolist() == [[0, 0, 0], [0, 30, 0], [0, 70, 0]]
    inpatient = found.stock("inpatient_institutions")[0].tolist()
    assert inpatient == [[2, 1, 1], [2, 0, 1], [2, 0, 1]]


def test_those_that_the_plan_does_not_limit_take_no_place():
    free = Entrant("free", SHOPS, {SHOPS: 1}, stated={(2026, YI): 2}, exempt=True)

    found = ahead(Scenario("free", entrants=(free,)), through=2026)

    assert found.stock(SHOPS)[0].tolist() == [[9, 4, 2], [9, 6, 2]]
    assert found.whole[SHOPS][0].tolist() == [0]


@pytest.mark.clause("SY-28")
def test_a_deficit_of_the_fund_stops_new_places_in_its_year():
    shrinking = Growth(Fraction(0), Fraction(1, 100))
    funds = fund(income=(10_000,) * 3, spending=(9_950,) * 3)
    gone = dict.fromkeys(((2026, "H9101004"), (2026, "H9101005")), "closure")

    found = ahead(
        Scenario("deficit", leavers=gone, fund=shrinking), *RULES, LINE, funds=funds, through=2027
    )

    acts = {(e.year, e.trigger): e.met for e in found.lines if e.year == 2027}
    assert acts == {
        (2027, ""): 3,
        (2027, "deficit_last_year"): 3,
        (2027, "shortfall_forecast"): 3,
    }
    assert found.places[PLACES][:, 1].tolist() == [[0, 0, 0]] * 3
    assert found.binding[2027, PLACES, JIA, "line"] == 3


# ---------------------------------------------------------------- new ones and their trial


@pytest.mark.clause("SY-18", "SY-21")
def test_new_ones_come_while_places_last_and_may_fail_their_trial():
    clinic = Entrant(
        "clinic",
        "medical_institutions",
        {"medical_institutions": 1, PLACES: 1},
        stated={(2027, JIA): 1},
        applications={YI: Fraction(1000)},
        trial_years=1,
    )
    scenario = Scenario("new", leavers=GONE, entrants=(clinic,), trial_failure=Fraction(1))

    found = ahead(scenario)

    assert found.admitted["clinic"][0, 1].tolist() == [1, 1, 0]
    assert (found.refused["clinic"][:, 1, 1] > 800).all()
    assert found.stock(PLACES)[0].tolist() == [[10, 4, 1], [8, 3, 1], [9, 4, 1], [8, 3, 1]]


def test_what_a_scenario_states_against_the_rules_is_named():
    shop = Entrant("shop", SHOPS, {SHOPS: 1}, stated={(2026, YI): 2, (2027, BING): 0})

    with pytest.raises(RequestError) as error:
        ahead(Scenario("bold", entrants=(shop,)))

    (told,) = error.value.faults
    assert told.kind == "projection_against_rule"
    assert told.fields["stated"] == 2
    assert told.fields["allowed"] == 0
    assert told.fields["rules"] == "cap"
    assert (told.fields["year"], told.fields["district"]) == (2026, YI)


@pytest.mark.clause("SY-07")
def test_a_cap_of_the_whole_area_binds_all_districts_together():
    shop = Entrant("shop", SHOPS, {SHOPS: 1}, applications=dict.fromkeys(DISTRICTS, Fraction(9)))

    found = ahead(Scenario("many", leavers=GONE, entrants=(shop,)), runs=20)

    assert found.admitted["shop"].sum(axis=2).tolist() == [[0, 1, 0]] * 20
    assert found.stock(SHOPS).sum(axis=2).tolist() == [[15, 11, 12, 12]] * 20


# ---------------------------------------------------------------- people and fund


def table(*own, districts=DISTRICTS):
    """Residents of each district in the age groups 0-14, 15-59, 60+."""
    ends = ((0, 14), (15, 59), (60, None))
    return [
        Group(at, first, last, people)
        for at, numbers in zip(districts, own, strict=True)
        for (first, last), people in zip(ends, numbers, strict=True)
    ]


PEOPLE = ((20_000, 80_000, 20_000), (10_000, 40_000, 10_000), (3_000, 12_000, 5_000))


def test_people_grow_old_and_nobody_is_lost():
    cohorts = Cohorts.of(table(*PEOPLE), DISTRICTS)
    still = Vital((Fraction(1),) * 3, (Fraction(0),) * 3, (Fraction(0),) * 3)

    found = ahead(Scenario("older", vital=still), cohorts=cohorts)

    assert (found.people["resident"] == found.today.people["resident"]).all()
    assert (found.people["insured_employee"] == found.today.people["insured_employee"]).all()
    old = found.cohorts[..., 2]
    assert (np.diff(old, axis=1) > 0).all()
    assert abs(old[:, 1, 0].mean() - (20_000 + 80_000 / 45)) < 150


@pytest.mark.parametrize(
    ("rows_given", "kind"),
    [
        ([Group("a", 0, 14, 1), Group("a", 20, None, 1)], "projection_cohort_gap"),
        ([Group("a", 0, 14, 1), Group("a", 10, None, 1)], "projection_cohort_gap"),
        ([Group("a", 5, None, 1)], "projection_cohort_gap"),
        ([Group("a", 0, 14, 1), Group("a", 15, 84, 1)], "projection_cohort_end"),
        (
            [Group("a", 0, 14, 1), Group("a", 15, None, 1), Group("b", 0, 14, 1)],
            "projection_cohort_missing",
        ),
    ],
)
def test_a_cohort_table_with_gaps_is_named(rows_given, kind):
    districts = sorted({each.district for each in rows_given})

    with pytest.raises(RequestError) as error:
        Cohorts.of(rows_given, districts)

    assert kinds(error) == [kind]


OF_A, OF_B, OF_C = ([Group(at, 0, 14, 1), Group(at, 15, None, 1)] for at in "abc")


@pytest.mark.parametrize(
    ("rows_given", "kind", "said"),
    [
        ([*OF_A, *OF_B, OF_A[1]], "projection_cohort_twice", {"district": "a", "n": 2}),
        (
            [*OF_A, Group("b", 0, 17, 1), OF_B[1]],
            "projection_cohort_unlike",
            {"first": 0, "groups": "0-14, 0-17"},
        ),
        (
            [*OF_A, *OF_B, *OF_C],
            "projection_cohort_district",
            {"district": "c", "known": "a, b"},
        ),
    ],
)
def test_no_row_of_a_cohort_table_is_chosen_or_left_out_in_silence(rows_given, kind, said):
    with pytest.raises(RequestError) as error:
        Cohorts.of(rows_given, ["a", "b"])

    (told,) = (each for each in error.value.faults if each.kind == kind)
    assert said.items() <= told.fields.items()


@pytest.mark.parametrize(
    ("funds", "kind"),
    [
        (fund((100, 110), (90, 100)), "projection_fund_short"),
        (fund(last=2024), "projection_fund_other_year"),
        (
            {"employee_pool": FundYears((2022, 2024, 2025), (1, 1, 1), (1, 1, 1), 0)},
            "projection_fund_gap",
        ),
    ],
)
def test_a_fund_series_that_says_too_little_is_named(funds, kind):
    with pytest.raises(RequestError) as error:
        ahead(Scenario("drawn", fund=None), funds={**fund(), **funds})

    assert set(kinds(error)) == {kind}


def test_the_fund_is_that_of_the_ledger_where_no_other_is_given():
    found = ahead(through=2026)

    assert found.today.funds["resident_pool"] == FundYears(
        (2025,), (6_000_000_000,), (6_600_000_000,), 2_200_000_000
    )
    balances = [int(each.balance[0]) for each in found.funds["resident_pool"]]
    assert balances == [2_200_000_000, 1_600_000_000]


def test_growth_that_is_drawn_is_that_of_a_past_year():
    series = fund((1_000, 1_100, 1_100), (1_000, 1_000, 1_500))

    found = ahead(Scenario("drawn", fund=None), funds=series, runs=60, through=2026)

    after = found.funds["resident_pool"][1]
    pairs = set(zip(after.income.tolist(), after.spending.tolist(), strict=True))
    assert pairs == {(1_210, 1_500), (1_100, 2_250)}


def test_growth_that_is_stated_needs_no_series():
    grown = ahead(
        Scenario("stated", fund=Growth(Fraction(1, 10), Fraction(0))),
        funds=fund((1_000, 1_000), (900, 900)),
        through=2027,
    )

    assert [int(each.income[0]) for each in grown.funds["resident_pool"]] == [1_000, 1_100, 1_210]
    assert [int(each.balance[0]) for each in grown.funds["resident_pool"]] == [50, 250, 560]


def test_everything_else_that_is_wrong_is_told_at_once():
    wrong = Scenario(
        "wrong",
        exits={SHOPS: {"closure": Fraction(3, 5), "expiry": Fraction(1, 2)}, "shops": {}},
        trial_failure=Fraction(-1),
        leavers={(2026, "H0"): "closure"},
        entrants=(Entrant("new", SHOPS, {SHOPS: 1}), Entrant("new", SHOPS, {SHOPS: 2})),
        vital=Vital(ALL_STAY, ALL_STAY, ALL_STAY),
    )

    with pytest.raises(RequestError) as error:
        ahead(wrong, policies={}, cohorts=Cohorts.of(table(*PEOPLE[::-1]), DISTRICTS))

    assert sorted(set(kinds(error))) == [
        "projection_cohort_sum",
        "projection_entrant_twice",
        "projection_exits_over_one",
        "projection_name_unknown",
        "projection_no_rules",
        "projection_rate_wrong",
        "projection_vital_groups",
    ]


# ---------------------------------------------------------------- chance and spread

LEAVING = Scenario("leaving", exits={SHOPS: {"closure": Fraction(1, 10)}})


def test_the_same_seed_gives_the_same_and_another_does_not():
    one, same, other = (ahead(LEAVING, runs=20, seed=seed) for seed in (7, 7, 8))

    assert (one.stocks == same.stocks).all()
    assert (one.stocks != other.stocks).any()
    assert set(side_by_side({"one": one, "other": other}, SHOPS)) == {"one", "other"}


def many_shops(number: int = 2_000):
    """A city of so many pharmacies, all alike."""
    told = rows()
    shop = next(each for each in told["institutions"] if each["code"] == "P9102001")
    told["institutions"] = [{**shop, "code": f"P{i:07d}"} for i in range(number)]
    for name in ("beds", "bed_use", "releases"):
        told[name] = []
    return told


def test_nine_in_ten_of_a_known_process_lie_within_the_spread():
    """A tenth of 2,000 leaves each year: after two years a binomial of 0.81 stands."""
    count, runs = 2_000, 256
    start = works(rule("handed_out", "resources", [SHOPS]), its_rows=many_shops(count))
    today = today_of(start)
    later = {2027: replace(start.policy, day=dt.date(2027, 1, 1))}
    stands = binom(count, 0.81)
    covered = []
    for seed in range(20):
        found = project(today, LEAVING, later, through=2027, runs=runs, draws=draws(seed))
        low, _, high = (int(each[2]) for each in spread(found.stock(SHOPS).sum(axis=2)))
        covered.append(stands.cdf(high) - stands.cdf(low - 1))

    assert 0.88 <= np.mean(covered) <= 0.92
