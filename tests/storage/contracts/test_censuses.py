"""A census comes back as it was kept, of any day, as it was known at any moment."""

import datetime as dt
import functools
from dataclasses import replace

import pytest

from dingdian.core.census import TABLES, Census, make_census, table_from_rows
from dingdian.core.census.canonical import fingerprint
from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.samples import SAMPLES
from dingdian.storage.boundaries import boundaries_text, read_boundaries
from tests import city
from tests.storage.contracts.houses import NOON, append, entry

DAY, LATER, LATEST = (dt.date(2026, month, 1) for month in (1, 2, 3))
SOON = NOON + dt.timedelta(hours=1)
LAST = NOON + dt.timedelta(hours=2)


def small(day: dt.date = DAY, **institutions: dict) -> Census:
    """The small city on a day, with institutions changed, added, or (``None``) left out."""
    rows = {name: list(own) for name, own in city.rows().items()}
    facts = [row for row in rows["about"] if row["item"] != "taken_on"]
    rows["about"] = [*facts, {"item": "taken_on", "value": day.isoformat()}]
    by_code = {row["code"]: row for row in rows["institutions"]}
    for code, changes in institutions.items():
        by_code[code] = (
            None if changes is None else {**by_code.get(code, {"code": code}), **changes}
        )
    rows["institutions"] = [row for row in by_code.values() if row is not None]
    return city.census(rows)


@functools.cache
def sample(name: str, folder_of) -> Census:
    """A sample with its boundaries, read as from a file."""
    made = SAMPLES[name]()
    tables = {n: table_from_rows(TABLES[n], rows) for n, rows in made.tables.items()}
    shapes = {
        feature["properties"]["code"]: {
            **feature["geometry"],
            "crs": feature["properties"]["crs"],
            "schematic": True,
        }
        for feature in made.boundaries["features"]
    }
    file = folder_of("bounds") / "bounds.geojson"
    file.write_text(boundaries_text(shapes), "utf-8")
    return make_census(tables, read_boundaries(file)[0])


def same(one: Census | None, other: Census) -> bool:
    """Whether two censuses are the same in content, order of rows and origins."""
    return (
        one is not None
        and fingerprint(one) == fingerprint(other)
        and one.boundaries == other.boundaries
        and list(one.boundaries) == list(other.boundaries)
        and all(
            one.tables[name].origin == table.origin
            and all(
                one.tables[name][field.name].cells() == table[field.name].cells()
                for field in table.schema
            )
            for name, table in other.tables.items()
        )
    )


def code(number: int) -> str:
    """The code of an institution of the small city."""
    return str(city.rows()["institutions"][number]["code"])


@pytest.mark.parametrize("name", [pytest.param("shenyang", marks=pytest.mark.slow), "daxinganling"])
def test_a_sample_city_comes_back_the_same(house, name, tmp_path_factory):
    kept = sample(name, tmp_path_factory.mktemp)
    assert kept.boundaries
    ledger = house.make()
    rows = sum(map(len, kept.tables.values())) + len(kept.boundaries)
    assert ledger.save_census(kept, NOON) == rows
    again = house.enter()
    found = again.census(kept.taken_on)
    assert same(found, kept)
    assert again.save_census(kept, SOON) == 0
    assert again.save_census(found, SOON) == 0


def test_a_census_of_every_table_comes_back_the_same(house):
    ledger = house.make()
    ledger.save_census(small(), NOON)
    assert same(house.enter().census(DAY), small())


def test_a_census_holds_from_its_day_until_the_next(house):
    ledger = house.make()
    first, second = small(), small(LATER, **{code(0): {"name": "改名医院"}})
    ledger.save_census(first, NOON)
    assert ledger.save_census(second, SOON) == 2  # taken_on, and the name
    assert ledger.census(DAY - dt.timedelta(days=1)) is None
    assert same(ledger.census(DAY), first)
    assert same(ledger.census(LATER - dt.timedelta(days=1)), first)
    assert same(ledger.census(LATER), second)
    assert same(ledger.census(dt.date(2099, 1, 1)), second)


def test_what_was_known_at_a_moment_stays_known(house):
    ledger = house.make()
    first, mended = small(), small(**{code(0): {"name": "更正医院"}})
    ledger.save_census(first, NOON)
    assert ledger.save_census(mended, SOON) == 1
    assert ledger.census(DAY, NOON - dt.timedelta(seconds=1)) is None
    assert same(ledger.census(DAY, NOON), first)
    assert same(ledger.census(DAY, SOON - dt.timedelta(seconds=1)), first)
    assert same(ledger.census(DAY, SOON), mended)
    in_utc = SOON.astimezone(dt.UTC)
    assert same(ledger.census(DAY, in_utc), mended)


def test_a_correction_of_an_older_day_leaves_the_days_after_it(house):
    ledger = house.make()
    first, second, third = small(), small(LATER), small(LATEST, **{code(1): {"name": "三月"}})
    for census in (first, second, third):
        ledger.save_census(census, NOON)
    mended = small(
        **{code(0): {"name": "更正"}, code(2): None, "P-new": {"name": "补登", "kind": "clinic"}}
    )
    ledger.save_census(mended, SOON)
    again = house.enter()
    for moment in (None, SOON, LAST):
        assert same(again.census(DAY, moment), mended)
        assert same(again.census(LATER, moment), second)
        assert same(again.census(LATEST, moment), third)
    for day, census in ((DAY, first), (LATER, second), (LATEST, third)):
        assert same(again.census(day, NOON), census)


def test_a_census_between_two_days_and_one_before_all(house):
    ledger = house.make()
    first, third = small(DAY), small(LATEST)
    ledger.save_census(third, NOON)
    ledger.save_census(first, NOON)
    second = small(LATER, **{code(0): None, code(3): {"name": "二月"}})
    ledger.save_census(second, SOON)
    for census in (first, second, third):
        assert same(ledger.census(census.taken_on), census)
    assert same(ledger.census(LATER, NOON), first)


def test_a_row_that_disappears_and_comes_back(house):
    ledger = house.make()
    with_it, without = small(), small(LATER, **{code(0): None})
    back = small(LATEST)
    assert ledger.save_census(with_it, NOON) > 0
    assert ledger.save_census(without, SOON) == 2  # taken_on, and the row that is gone
    assert ledger.save_census(back, LAST) == 2
    for census in (with_it, without, back):
        assert same(ledger.census(census.taken_on), census)


def test_order_and_origins_are_kept_and_are_no_change_of_content(house):
    ledger = house.make()
    ledger.save_census(small(), NOON)
    table = small().tables["institutions"]
    moved = table_from_rows(
        table.schema,
        [table.row(row) for row in reversed(range(len(table)))],
        [f"新表 {n}" for n in range(len(table))],
    )
    turned = replace(small(), tables={**small().tables, "institutions": moved})
    assert ledger.save_census(turned, SOON) == 0
    assert same(ledger.census(DAY), turned)
    assert same(ledger.census(DAY, NOON), small())


def test_rows_of_the_same_key_and_odd_text_are_kept(house):
    ledger = house.make()
    odd = {"name": "“引号” 'x'\t\"y\"\n二行 \U0002070e 无", "lon": 123.1, "lat": -0.0}
    rows = city.rows()
    rows["institutions"] = [*rows["institutions"], *({**rows["institutions"][0], **odd},) * 2]
    twice = city.census({**rows, "about": [{"item": "taken_on", "value": DAY.isoformat()}]})
    ledger.save_census(twice, NOON)
    assert same(ledger.census(DAY), twice)


def test_a_census_without_a_day_or_known_too_early_is_refused(house):
    ledger = house.make()
    with pytest.raises(RequestError) as error:
        ledger.save_census(make_census({}), NOON)
    assert [each.kind for each in error.value.faults] == ["census_without_day"]
    ledger.save_census(small(), SOON)
    with pytest.raises(RequestError) as error:
        ledger.save_census(small(LATER), NOON)
    assert [each.kind for each in error.value.faults] == ["census_known_before"]
    assert error.value.faults[0].fields["last"] == str(SOON)
    assert same(ledger.census(LATER), small())


def test_censuses_and_entries_do_not_touch_each_other(house):
    ledger = house.make()
    append(ledger, entry(1))
    before = list(ledger.stored())
    ledger.save_census(small(), NOON)
    assert list(ledger.stored()) == before
    assert SHANGHAI.utcoffset(None) == dt.timedelta(hours=8)


def test_a_changed_version_is_found(database):
    ledger = database.make()
    ledger.save_census(small(), NOON)
    ledger.save_census(small(LATER), SOON)
    assert ledger.differing_censuses() == []
    database.run(
        "UPDATE ledger_census_row SET content = NULL WHERE position = 1 AND table_name = 'beds'"
    )
    assert ledger.differing_censuses() == [(DAY, NOON), (LATER, SOON)]


def test_a_census_of_a_newer_program_is_told(database):
    ledger = database.make()
    ledger.save_census(small(), NOON)
    database.run("UPDATE ledger_census_row SET table_name = 'robots' WHERE table_name = 'beds'")
    with pytest.raises(RequestError) as error:
        ledger.census(DAY)
    assert [(each.kind, each.fields) for each in error.value.faults] == [
        ("census_newer", {"found": "robots"})
    ]


def test_a_census_and_entries_of_one_desk_stand_or_fall_together(house):
    ledger = house.make()

    def broken_off():
        with ledger.writing() as desk:
            desk.save_census(small(), NOON)
            desk.append([entry(1)])
            raise KeyError

    with pytest.raises(KeyError):
        broken_off()
    assert ledger.census(LATEST) is None
    assert ledger.head().entries == 0
    with ledger.writing() as desk:
        assert desk.last_kept_at is None
        assert desk.save_census(small(), NOON) > 0
        desk.append([entry(1)])
        assert desk.last_kept_at == NOON
    assert same(ledger.census(LATEST), small())
    assert ledger.head().entries == 1
