"""A whole invented year, from a round of applications to the quotas of the next year."""

import datetime as dt
from collections import Counter
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.actions.project_years import project_years
from dingdian.actions.rebuild_census import rebuild_census
from dingdian.actions.verify_ledger import verify_ledger
from dingdian.core.census import make_census, table_from_rows
from dingdian.core.census.canonical import fingerprint
from dingdian.core.census.vocabulary import DESIGNATED
from dingdian.core.indicators.releases import BEDS, CAUSES, STOCK_OF
from dingdian.core.lifecycle.books import books, released_in
from dingdian.core.lifecycle.reading import as_it_stood
from dingdian.core.lifecycle.releases import held
from dingdian.core.lifecycle.terms import Terms
from dingdian.core.projection import Entrant, Scenario
from dingdian.storage.policy_yaml import shelf_for
from tests.actions.test_decide_applications import a_round, census, record
from tests.city_year import FIRST, LAST, CityYear, at, live_through, opened

pytestmark = pytest.mark.slow
ONE_DAY = dt.timedelta(1)
CITIES = ["daxinganling", "shenyang"]
#: The small city is lived through day by day, the large one in steps of ten days.
STEPS = {"daxinganling": 1, "shenyang": 10}
ROOTS = {"daxinganling": "232700", "shenyang": "210100"}


class Evenings:
    """The stock every evening, and of every so many against a census rebuilt from scratch."""

    def __init__(self, weekly: int) -> None:
        self.weekly = weekly
        self.stock: list[Counter] = []
        self.differ: list[object] = []

    def __call__(self, year: CityYear) -> None:
        stock = Counter()
        for state in year.states.values():
            stock.update(held(state))
        self.stock.append(stock)
        if len(self.stock) % self.weekly == 0:
            made = rebuild_census(year.ledger, year.terms, year.day)
            counted = counted_in(made)
            if {k: stock[k] for k in counted} != counted:
                self.differ.append((year.day, stock, counted))


def counted_in(made) -> dict:
    """The designated institutions of each side and their beds, from the tables of a census."""
    table = made.tables["institutions"]
    standing = dict(zip(table["code"].cells(), table["standing"].cells(), strict=True))
    kinds = dict(zip(table["code"].cells(), table["kind"].cells(), strict=True))
    there = {code for code, its in standing.items() if its in (*DESIGNATED, "suspended")}
    pharmacies = sum(kinds[code] == "retail_pharmacy" for code in there)
    found = Counter(
        {
            ("pharmacies", ""): pharmacies,
            ("medical_institutions", ""): len(there) - pharmacies,
        }
    )
    beds = made.tables["beds"]
    columns = [beds[name].cells() for name in ("institution", "bed_class", "contracted")]
    for code, bed_class, n in zip(*columns, strict=True):
        if code in there and n:
            found["contracted_beds", bed_class] += int(n)
    return dict(found)


def new_ones(made, reported: set) -> list[dict]:
    """The bed use of whoever has beds since the year began: full nine days of ten."""
    codes = dict.fromkeys(made.tables["beds"]["institution"].cells())
    days = {"year": Fraction(2026), "occupied_bed_days": Fraction(9), "open_bed_days": Fraction(10)}
    return [{"institution": code, **days} for code in codes if code not in reported]


def with_money_of_the_year(made):
    """The rebuilt census with what the bureau adds at the end of the year: fund and bed use."""
    tables = dict(made.tables)
    for name in ("fund", "bed_use"):
        table = tables[name]
        rows = [table.row(at) for at in range(len(table))]
        later = [{**row, "year": row["year"] + 1} for row in rows]
        for row in later:
            if row.get("forecast_on"):
                row["forecast_on"] += dt.timedelta(365)
        if name == "bed_use":
            later += new_ones(made, {row["institution"] for row in later})
        tables[name] = table_from_rows(table.schema, later)
    return make_census(tables, made.boundaries)


@cache
def lived(city: str) -> tuple[CityYear, Evenings]:
    book, place = shelf_for(city)
    year = opened(census(city), Terms(book, place), seed=7)
    evenings = Evenings(weekly=7)
    live_through(year, a_round(city), record(city), evenings, step=STEPS[city])
    return year, evenings


@pytest.mark.parametrize("city", CITIES)
def test_the_books_balance(city):
    """In = out + stock: every evening's stock, counted twice, against the entries up to it."""
    year, evenings = lived(city)
    cases = list(year.cases.values())

    for number in range(0, len(evenings.stock), 5):
        stock, day = evenings.stock[number], FIRST + dt.timedelta(number * STEPS[city])
        accounts = books(cases, FIRST, day)
        assert all(each.balances for each in accounts)
        assert {(e.resource, e.bed_class): e.after for e in accounts if e.after} == {
            key: n for key, n in stock.items() if n
        }
    assert evenings.differ == []
    assert verify_ledger(year.ledger) == ()


@pytest.mark.parametrize("city", CITIES)
def test_something_of_everything_happened(city):
    year, _ = lived(city)

    moves = Counter(each.move for its in year.cases.values() for each in its)

    assert {"sign", "renew", "expire", "terminate", "close", "resume", "lapse"} <= set(moves)
    accounts = books(year.cases.values(), FIRST, LAST)
    whole = {each.resource: each for each in accounts if not each.bed_class}
    assert whole["medical_institutions"].taken
    assert whole["pharmacies"].released


@pytest.mark.clause("SY-12", "DX-25")
@pytest.mark.parametrize("city", CITIES)
def test_what_was_released_feeds_the_quotas_of_the_next_year(city):
    year, _ = lived(city)
    book, place = shelf_for(city)
    made = with_money_of_the_year(rebuild_census(year.ledger, year.terms, LAST))

    plan = evaluate_plan(made, book, place=place, year=2027)

    counted = CAUSES[plan.policy.choice("release_kinds")]
    wanted = sum(
        e.amount
        for e in released_in(year.cases.values(), 2026)
        if e.resource == "pharmacies" and e.cause in counted
    )
    figure = plan.figures[f"released_pharmacies.{ROOTS[city]}"]
    assert wanted > 0
    assert figure.value == Fraction(wanted)
    stock = plan.figures[f"pharmacies.{ROOTS[city]}"].value
    assert stock == counted_in(made)["pharmacies", ""]
    assert any(quota.key and plan.figures[quota.key].value for quota in plan.quotas)


def by_stock(what: Counter, apart: tuple[str, ...]) -> Counter:
    """What a case holds, by the stocks of a projection; ``apart``: classes of no general pool."""
    found = Counter()
    for (resource, bed_class), amount in what.items():
        if resource != BEDS:
            found[resource] += amount
            continue
        found[f"{BEDS}_{bed_class}"] += amount
        if bed_class != "dental_chair":
            found[BEDS] += amount
            found[STOCK_OF[BEDS]] += 0 if bed_class in apart else amount
    return found


def as_a_scenario(year: CityYear, plan) -> Scenario:
    """What the year brought, case by case: who went, who came, who has more or less than before."""
    pools = [each for each in plan.policy.rules.values() if each.rule.family == "pool"]
    apart = tuple(bed_class for each in pools for bed_class in each.value)
    district_of = {
        code: at for at in plan.census.tree.districts for code in plan.census.tree.descend(at)
    }
    causes = {e.case: e.cause for e in released_in(year.cases.values(), 2026)}
    leavers, changes, entrants = {}, {}, []
    for case, entries in year.cases.items():
        then, now = (as_it_stood(entries, day) for day in (FIRST - dt.timedelta(1), LAST))
        before, after = by_stock(held(then), apart), by_stock(held(now), apart)
        if before and not after:
            leavers[2026, then.institution] = causes[case]
        elif after and not before:
            side = "pharmacies" if "pharmacies" in after else "medical_institutions"
            stated = {(2026, district_of[now.about["region"]]): 1}
            entrants.append(Entrant(case, side, dict(after), stated=stated, exempt=True))
        elif before != after:
            its = {each: before[each] - after[each] for each in before | after}
            changes[2026, then.institution] = its
    return Scenario("lived", leavers=leavers, changes=changes, entrants=tuple(entrants))


def test_the_year_run_forward_as_a_projection_gives_the_same_books():
    """From the opening stock, with what the year brought: stock and releases of its books."""
    year, _ = lived("daxinganling")
    book, place = shelf_for("daxinganling")
    plan = evaluate_plan(census("daxinganling"), book, place=place, year=2026)
    scenario = as_a_scenario(year, plan)

    found = project_years(
        plan, book, [scenario], through=2026, runs=2, draws=lambda: np.random.default_rng(1)
    )["lived"]

    stayed = {case for case, its in year.cases.items() if held(as_it_stood(its, FIRST - ONE_DAY))}
    released = Counter()
    for each in released_in(year.cases.values(), 2026):
        if each.case in stayed:
            released[each.resource, each.bed_class] += each.amount
    for account in books(year.cases.values(), FIRST, LAST):
        key = account.resource, account.bed_class
        stock = "_".join(filter(None, key))
        ends = found.stock(stock).sum(axis=2)
        assert ends.tolist() == [[account.before, account.after]] * 2, stock
        column = found.today.stocks.index(stock)
        told = found.released[:, 1, :, column].sum(axis=1).tolist()
        assert told == [released[key]] * 2, stock


@pytest.mark.clause("DX-25")
def test_the_places_after_that_year_are_those_of_the_plan_of_its_ledger():
    """The next plan, made of the rebuilt ledger, leaves what the projection said it would.

    But for what came and went within the year, of which a projection of years knows nothing.
    """
    year, _ = lived("daxinganling")
    book, place = shelf_for("daxinganling")
    plan = evaluate_plan(census("daxinganling"), book, place=place, year=2026)
    made = with_money_of_the_year(rebuild_census(year.ledger, year.terms, LAST))
    later = evaluate_plan(made, book, place=place, year=2027)

    found = project_years(
        plan,
        book,
        [as_a_scenario(year, plan)],
        through=2027,
        runs=2,
        draws=lambda: np.random.default_rng(1),
    )["lived"]

    counted = CAUSES[plan.policy.choice("release_kinds")]
    within = Counter()
    for each in released_in(year.cases.values(), 2026):
        if each.cause in counted and not held(as_it_stood(year.cases[each.case], FIRST - ONE_DAY)):
            within[each.resource] += each.amount
    assert not within["pharmacies"]
    pharmacies = found.places["pharmacies"][0, 1].tolist()
    wanted = {
        quota.scope: later.figures[quota.key].value
        for quota in later.quotas
        if quota.resource == "pharmacies" and quota.key
    }
    assert sum(pharmacies) > 0
    assert dict(zip(found.today.districts, pharmacies, strict=True)) == {
        at: wanted[at] for at in found.today.districts
    }
    assert found.whole["pharmacies"][0, 1] == wanted[made.tree.root]
    figure = later.figures[f"released_medical_institutions.{made.tree.root}"]
    own = sum(
        each.amount
        for each in released_in(year.cases.values(), 2026)
        if each.resource == "medical_institutions" and each.cause in counted
    )
    assert figure.value == own
    assert found.whole["medical_institutions"][0, 1] == own - within["medical_institutions"]


@pytest.mark.parametrize("city", CITIES)
def test_the_plan_of_a_past_day_is_the_same_again(city):
    """Rebuilt as it was known at the end of the year, whatever was recorded after."""
    year, _ = lived(city)
    book, place = shelf_for(city)
    then = at(LAST, 23)
    before = rebuild_census(year.ledger, year.terms, LAST, then)
    some = next(case for case, state in year.states.items() if state.stage in ("in_force",))
    year.day = LAST + dt.timedelta(10)
    year.move(some, "close")

    again = rebuild_census(year.ledger, year.terms, LAST, then)

    assert fingerprint(again) == fingerprint(before)
    plans = [evaluate_plan(each, book, place=place, year=2027) for each in (before, again)]
    assert len({plan.fingerprints.result for plan in plans}) == 1
