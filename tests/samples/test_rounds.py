"""The invented rounds: they fit the contract and the shelf, and hold every kind of case."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from dingdian.core.admission.application import Round
from dingdian.core.admission.contract import TABLES
from dingdian.core.admission.rounds import round_of
from dingdian.core.admission.words import item_words
from dingdian.core.census import make_census, table_from_rows
from dingdian.core.census.schema import TABLES as OF_A_CENSUS
from dingdian.core.rules.checklist import OF_ADMISSION
from dingdian.samples import SAMPLES, Sample
from dingdian.samples.rounds import ROUNDS
from dingdian.samples.sample import Tables
from dingdian.storage.policy_yaml import shelf_for
from dingdian.storage.round_read import read_round
from dingdian.storage.workbook_write import write_workbook
from tests.ledgers import kinds

#: What is said of the applications of each round, kind by kind.
SAID = {
    "daxinganling": {"site_without_coordinates": 1},
    "shenyang": {
        "beds_without_number": 1,
        "day_after_decision": 2,
        "exception_incomplete": 1,
        "site_outside_city": 1,
        "site_without_coordinates": 1,
        "site_without_system": 1,
        "unknown_service": 1,
    },
}


@pytest.fixture(scope="module", params=sorted(ROUNDS))
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def sample(place: str) -> Sample:
    return SAMPLES[place]()


@pytest.fixture(scope="module")
def rows(place: str, sample: Sample) -> Tables:
    return ROUNDS[place](sample, 1)


@pytest.fixture(scope="module")
def made(place: str, sample: Sample, rows: Tables) -> Round:
    tables = {name: table_from_rows(TABLES[name], its) for name, its in rows.items()}
    census = {n: table_from_rows(OF_A_CENSUS[n], its) for n, its in sample.tables.items()}
    shapes = {
        each["properties"]["code"]: {**each["geometry"], "crs": "cgcs2000"}
        for each in sample.boundaries["features"]
    }
    book, name = shelf_for(place)
    words = item_words(book.on(name, dt.date(2026, 3, 1)))
    return round_of(tables, make_census(census, shapes), words=words)


def test_every_item_of_a_round_is_on_the_shelf_and_it_stops_over_nothing(
    place: str, made: Round
) -> None:
    assert made.faults == ()
    assert kinds(tuple(f for each in made.applications for f in each.faults)) == SAID[place]


def test_a_sound_application_answers_every_item_of_its_checklists(place: str, made: Round) -> None:
    book, name = shelf_for(place)
    policy = book.on(name, dt.date(2026, 3, 1))
    for side in ("medical_institutions", "pharmacies"):
        pharmacy = side == "pharmacies"
        sound = next(
            each
            for each in made.applications
            if (each.kind == "retail_pharmacy") is pharmacy and not each.faults
        )
        rules = [each.rule for each in policy.rules.values() if each.rule.family == "checklist"]
        items = [
            (rule.purpose, item)
            for rule in rules
            if side in rule.about and rule.purpose in OF_ADMISSION
            for item in rule.values[-1].value
            if not item.optional
        ]
        material = {item.item for purpose, item in items if purpose == "material"}
        asked = {item.item for _, item in items if item.by in ("fact", "present")}
        assert material == {each.item for each in sound.materials}
        assert asked == set(sound.facts) - {"insurance_department"}


def test_a_round_has_every_kind_of_case(place: str, made: Round) -> None:
    few = {"daxinganling": 20, "shenyang": 60}[place]
    ends = [each.opened_on for each in made.applications if each.opened_on]
    assert len(made.applications) >= few
    assert {each.side.value for each in made.applications} == {"medical", "pharmacy"}
    assert any(each.site is None for each in made.applications)
    assert any(each.beds for each in made.applications)
    assert any(each.exceptions for each in made.applications)
    assert min(ends).year < 2017 or place == "shenyang"
    people = {p.id_number: p.name for each in made.applications for p in each.people}
    aliases = [r for r in made.records if people.get(r.id_number, r.name) != r.name]
    assert aliases
    assert made.seed_published_on is not None
    assert made.decided_on is not None
    assert made.seed_published_on < made.decided_on


@pytest.mark.parametrize("column", ["uscc", "name"])
def test_only_one_institution_applies_twice(place: str, made: Round, column: str) -> None:
    counts = Counter(getattr(each, column) for each in made.applications)
    twice = [value for value, n in counts.items() if n > 1]
    assert len(twice) == (place == "shenyang")


def test_the_same_seed_gives_the_same_bytes_and_another_one_another_round(
    place: str, sample: Sample, rows: Tables, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("round")
    write_workbook(rows, folder / "one.xlsx", TABLES)
    write_workbook(ROUNDS[place](sample, 1), folder / "two.xlsx", TABLES)
    assert (folder / "one.xlsx").read_bytes() == (folder / "two.xlsx").read_bytes()
    assert ROUNDS[place](sample, 2)["applications"] != rows["applications"]
    read = read_round(folder / "one.xlsx")
    assert read.faults == ()
    assert {name: len(table) for name, table in read.tables.items()} == {
        name: len(its) for name, its in rows.items()
    }


def test_a_round_says_that_it_is_invented(rows: Tables) -> None:
    about = {row["item"]: row["value"] for row in rows["round"]}
    assert about["invented"] == "是"
    assert "虚构" in str(about["note"])
    for row in rows["applications"]:
        assert "示例" in str(row["name"])
    for row in rows["people"]:
        assert "示例" in f"{row['name']}{row['id_number']}"
