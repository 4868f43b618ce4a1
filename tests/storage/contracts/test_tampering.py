"""A ledger changed past the program is found by its chain, or by a head kept outside."""

# ruff: noqa: E501 -- a table reads best with one row a line

import os
from urllib.parse import urlsplit

import pytest

from dingdian.core.lifecycle.chain import Break, breaks
from tests.storage.contracts.houses import (
    NOON,
    Database,
    append,
    drop_database,
    entry,
    new_database,
)
from tests.storage.contracts.test_censuses import small

TAMPERINGS = {
    "body": (
        "UPDATE ledger_entry SET body = replace(body, 'li', 'wu') WHERE seq = 3",
        [("changed", 3)],
    ),
    "one space": ("UPDATE ledger_entry SET body = body || ' ' WHERE seq = 3", [("changed", 3)]),
    "digest": (
        "UPDATE ledger_entry SET digest = (SELECT digest FROM ledger_entry WHERE seq = 1) WHERE seq = 3",
        [("changed", 3), ("changed", 4)],
    ),
    "case column": ("UPDATE ledger_entry SET case_name = 'b-2' WHERE seq = 3", [("wrong_case", 3)]),
    "deleted row": ("DELETE FROM ledger_entry WHERE seq = 3", [("gap", 3), ("changed", 4)]),
    "first row": ("DELETE FROM ledger_entry WHERE seq = 1", [("gap", 1), ("changed", 2)]),
    "cut end": ("DELETE FROM ledger_entry WHERE seq >= 4", [("shortened", 3)]),
    "emptied": ("DELETE FROM ledger_entry", [("shortened", 0)]),
    "another place": ("UPDATE ledger_mark SET place = 'dalian'", [("changed", 1)]),
}
SWAP = (
    "UPDATE ledger_entry SET seq = 99 WHERE seq = 2",
    "UPDATE ledger_entry SET seq = 2 WHERE seq = 3",
    "UPDATE ledger_entry SET seq = 3 WHERE seq = 99",
)


@pytest.fixture
def kept(database):
    """A ledger of five entries, and its head as exported."""
    ledger = database.make()
    head = append(
        ledger, *(entry(n, f"c-{n}", facts={"institution": f"P{n}"}) for n in range(1, 6))
    )
    return database, head


def found(database, head):
    again = database.enter()
    return list(breaks(again.mark, again.stored(), heads=[head]))


def test_an_untouched_ledger_is_whole(kept):
    assert found(*kept) == []


@pytest.mark.parametrize("what", TAMPERINGS)
def test_a_change_is_found(kept, what):
    database, head = kept
    statement, wanted = TAMPERINGS[what]
    database.run(statement)
    assert found(database, head) == [Break(*each) for each in wanted]


def test_swapped_rows_are_found(kept):
    database, head = kept
    for statement in SWAP:
        database.run(statement)
    assert {each.kind for each in found(database, head)} >= {"changed"}


def test_a_new_history_is_found_by_the_head_alone(kept):
    database, head = kept
    database.run("DELETE FROM ledger_entry WHERE seq >= 4")
    database.run("DELETE FROM ledger_naming WHERE first_seq >= 4")
    database.run("DELETE FROM ledger_case WHERE first_seq >= 4")
    ledger = database.enter()
    append(ledger, entry(4, "other"), entry(5, "other"))
    assert list(breaks(ledger.mark, ledger.stored())) == []
    assert found(database, head) == [Break("other_history", 5)]


@pytest.mark.parametrize(
    ("statement", "cases"),
    [
        ("DELETE FROM ledger_naming WHERE first_seq = 2", ["c-2"]),
        ("UPDATE ledger_naming SET institution = 'P9' WHERE first_seq = 2", ["c-2"]),
        ("UPDATE ledger_case SET last_seq = 4 WHERE first_seq = 2", ["c-2"]),
        ("UPDATE ledger_case SET case_name = 'c-0' WHERE first_seq = 2", ["c-0", "c-2"]),
        ("INSERT INTO ledger_case VALUES (77, 'made up', 77)", ["made up"]),
    ],
)
def test_an_index_that_is_not_what_the_entries_say_is_found_and_mended(kept, statement, cases):
    database, head = kept
    assert database.ledger.differing_cases() == []
    database.run(statement)
    ledger = database.enter()
    assert ledger.differing_cases() == cases
    ledger.rebuild_cases()
    assert ledger.differing_cases() == []
    with ledger.writing() as desk:
        assert [desk.cases_of(f"P{n}") for n in range(1, 6)] == [[f"c-{n}"] for n in range(1, 6)]
    assert found(database, head) == []


@pytest.mark.postgresql
def test_a_role_that_may_only_add_is_enough_and_can_change_nothing(postgres):
    from django.db import ProgrammingError

    name = f"narrow_{os.getpid()}"
    owner = Database(new_database(postgres, name))
    owner.make()
    for statement in (
        f"CREATE ROLE {name} LOGIN PASSWORD 'narrow'",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"GRANT INSERT ON ledger_entry, ledger_census, ledger_census_row TO {name}",
        f"GRANT INSERT, UPDATE, DELETE ON ledger_case, ledger_naming, ledger_taking TO {name}",
        f"GRANT UPDATE ON ledger_mark TO {name}",  # what PostgreSQL asks of who locks a row
    ):
        owner.run(statement)
    place = urlsplit(owner.url)
    host = place.netloc.rpartition("@")[2]
    clerk = Database(place._replace(netloc=f"{name}:narrow@{host}").geturl())
    ledger = clerk.enter()
    append(ledger, entry(1), entry(2, facts={"institution": "P1"}))
    ledger.save_census(small(), NOON)
    ledger.rebuild_cases()
    for statement, _ in TAMPERINGS.values():
        if "ledger_entry" in statement:
            with pytest.raises(ProgrammingError, match="permission denied"):
                clerk.run(statement)
    assert list(breaks(ledger.mark, ledger.stored())) == []
    clerk.close()
    for statement in (f"DROP OWNED BY {name}", f"DROP ROLE {name}"):
        owner.run(statement)
    owner.close()
    drop_database(postgres, name)
