"""Rounds of the sample cities, decided on their plans: what holds from census to record."""

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest

from dingdian.actions.decide_applications import decide_applications, open_hearing
from dingdian.actions.record_decisions import record_decisions
from dingdian.core.admission.contract import TABLES
from dingdian.core.admission.decision import Met, Outcome, Stage
from dingdian.core.admission.hearing import Hearing
from dingdian.core.admission.record import DecisionsRecord
from dingdian.core.admission.rounds import round_of
from dingdian.core.admission.words import item_words
from dingdian.core.census import Census, make_census, table_from_rows
from dingdian.core.census.schema import TABLES as OF_A_CENSUS
from dingdian.core.errors import NotInForceError, RequestError
from dingdian.reports.admission.decisions_json import read_decisions, write_record
from dingdian.samples import SAMPLES
from dingdian.samples.rounds import ROUNDS
from dingdian.storage.policy_yaml import shelf_for
from tests.hearings import of

CITIES = ("daxinganling", "shenyang")


@cache
def sample(city: str):
    return SAMPLES[city]()


def census(city: str, **tables: list[dict]) -> Census:
    rows = {**sample(city).tables, **tables}
    made = {name: table_from_rows(OF_A_CENSUS[name], its) for name, its in rows.items()}
    features = sample(city).boundaries["features"]
    shapes = {f["properties"]["code"]: {**f["geometry"], "crs": "cgcs2000"} for f in features}
    return make_census(made, shapes)


@cache
def a_round(city: str):
    book, place = shelf_for(city)
    tables = {
        n: table_from_rows(TABLES[n], its) for n, its in ROUNDS[city](sample(city), 1).items()
    }
    words = item_words(book.on(place, dt.date(2026, 3, 1)))
    return round_of(tables, census(city), words=words)


def hearing(city: str, made: Census | None = None, book=None) -> Hearing:
    shelf, place = shelf_for(city)
    day = a_round(city).decided_on
    return open_hearing(made or census(city), book or shelf, place=place, year=2026, decided_on=day)


@cache
def decided(city: str):
    return decide_applications(hearing(city), a_round(city))


@cache
def record(city: str) -> DecisionsRecord:
    return record_decisions(decided(city), engine="test")


@pytest.mark.parametrize("city", CITIES)
def test_every_applicant_is_decided_with_every_condition(city):
    made = decided(city)

    assert len(made.decisions) == len(a_round(city).applications) > 15
    assert {Outcome.PROPOSED, Outcome.WAITING, Outcome.NEEDS_FACTS} <= {
        each.outcome for each in made.decisions
    }
    for each in made.decisions:
        stages = {condition.stage for condition in each.conditions}
        wanted = {Stage.INTAKE, Stage.MATERIALS, Stage.REFUSAL, Stage.CONDITIONS, Stage.EVALUATION}
        assert wanted <= stages
        in_the_way = [c for c in each.conditions if c.met not in (Met.PASSED, Met.FREE)]
        assert bool(in_the_way) is (each.outcome is not Outcome.PROPOSED)
        assert all(c.clauses and c.rule for c in each.conditions)
        assert all(c.why or c.value is not None or c.sources for c in in_the_way), in_the_way
        if each.outcome is not Outcome.PROPOSED:
            assert each.grounds


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.clause("SY-10", "SY-16", "DX-25", "DX-34")
def test_no_more_is_handed_out_than_the_plan_gives(city):
    left = {(each.resource, each.scope): each for each in record(city).left}
    numbered = [each for each in left.values() if each.quota is not None]

    assert numbered
    beside = {
        (take.resource, scope)
        for each in record(city).decisions
        if each.excepted is not None
        for take in each.takes
        for scope in (take.scope, decided(city).plan.census.tree.root)
    }
    for each in numbered:
        rest = int(each.quota) - int(each.before) - int(each.taken)
        assert rest >= 0 or (each.resource, each.scope) in beside
        assert int(each.left) == max(rest, 0)
    taken: dict[tuple[str, str], int] = {}
    for decision in record(city).decisions:
        for take in decision.takes:
            key = (take.resource, take.scope)
            taken[key] = taken.get(key, 0) + int(take.amount)
    assert {key: n for key, n in taken.items() if n} == {
        key: int(each.taken) for key, each in left.items() if int(each.taken) and key in taken
    }


@pytest.mark.parametrize("city", CITIES)
def test_the_record_reads_back_and_is_the_same_in_another_order(city):
    content = write_record(record(city))
    assert read_decisions(content) == record(city)
    assert write_record(read_decisions(content)) == content

    turned = a_round(city)
    turned = replace(turned, applications=tuple(reversed(turned.applications)))
    again = record_decisions(decide_applications(hearing(city), turned), engine="test")
    assert write_record(again) == content


def test_no_clause_that_is_not_verified_refuses_anybody():
    for city in CITIES:
        clauses = record(city).clauses
        policy = decided(city).plan.policy
        for each in record(city).decisions:
            for c in each.conditions:
                if c.met is Met.FAILED and c.stage not in (
                    Stage.MATERIALS,
                    Stage.RED_LINE,
                    Stage.PLACES,
                ):
                    assert policy.clauses[c.clauses[0]].mark == "verified"
                    assert c.clauses[0] in clauses


def warned(city: str, received: dt.date) -> Census:
    """The sample city with a warning letter that came on a day."""
    letter = {"number": "警示〔2026〕1号", "received_on": received}
    return census(city, letters=[letter])


@pytest.mark.clause("SY-28")
@pytest.mark.parametrize(
    ("received", "open_cases", "met"),
    [
        (dt.date(2026, 3, 20), "yes", Met.FAILED),
        (dt.date(2026, 3, 21), "yes", Met.PASSED),
        (dt.date(2026, 3, 20), "no", Met.PASSED),
    ],
)
def test_a_red_line_of_the_day_of_decision_reaches_open_cases_by_the_reading(
    received, open_cases, met
):
    book, _ = shelf_for("shenyang")

    def switched(layer):
        readings = tuple(
            each.model_copy(update={"chosen": open_cases})
            if each.reading == "red_line_open_cases"
            else each
            for each in layer.readings
        )
        return replace(layer, readings=readings)

    book = replace(book, layers={n: switched(each) for n, each in book.layers.items()})
    at = hearing("shenyang", warned("shenyang", received), book)
    first = a_round("shenyang").applications[0]
    made = decide_applications(at, replace(a_round("shenyang"), applications=(first,)))

    condition = of(made.decisions[0], Stage.RED_LINE)
    assert condition.met is met
    assert condition.sources
    if met is Met.FAILED:
        assert [each for each in condition.sources if each.startswith("warning_letters")]
        assert any("." not in each or " " in each for each in condition.sources)  # the row itself


def test_a_round_of_another_day_or_year_is_refused_whole():
    found = a_round("daxinganling")
    wrong = replace(found, year=2027, decided_on=dt.date(2026, 4, 1))
    at = hearing("daxinganling")
    with pytest.raises(RequestError) as told:
        decide_applications(at, wrong)

    assert [each.kind for each in told.value.faults] == ["round_other_year", "round_other_day"]


def test_a_day_outside_the_plan_is_refused():
    book, place = shelf_for("shenyang")
    made, day = census("shenyang"), dt.date(2028, 1, 1)
    with pytest.raises(NotInForceError):
        open_hearing(made, book, place=place, year=2026, decided_on=day)


def test_another_place_is_looked_for_only_when_asked_and_is_advice():
    found = a_round("shenyang")
    near = decide_applications(hearing("shenyang"), found, reach_mm=5_000_000)
    pairs = zip(decided("shenyang").decisions, near.decisions, strict=True)
    moved = [
        (one, other)
        for one, other in pairs
        if any(c.change and c.change.code == "change_other_spot" for c in other.conditions)
    ]

    assert moved
    for one, other in moved:
        assert one.outcome is other.outcome
        condition = of(other, Stage.SPACING)
        assert float(dict(condition.change.details)["metres"].split("/")[0]) > 0


@pytest.mark.clause("DX-23", "DX-24")
@pytest.mark.parametrize(("district", "told"), [("same", False), ("other", True)])
def test_a_pharmacy_whose_place_is_unknown_may_stand_in_the_area(district, told):
    city = "daxinganling"
    known = hearing(city)
    classed = ((each, known.class_of(each)) for each in known.cases(a_round(city)))
    case, found = next((c, f) for c, f in classed if f.found == "unserved")
    own = case.application.district
    rows = sample(city).tables["institutions"]
    shop = next(r for r in rows if r["kind"] == "retail_pharmacy" and r["standing"] == "in_force")
    where = own if district == "same" else next(d for d in known.census.tree.districts if d != own)
    unplaced = {**shop, "code": "X1", "region": where, "lon": None, "lat": None}
    again = hearing(city, census(city, institutions=[*rows, unplaced]))

    assert again.class_of(case).count == found.count
    assert again.class_of(case).found == ("unserved" if told else None)
