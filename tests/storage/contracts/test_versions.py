"""Ledgers that are not there, not ours, older or newer: what is told of each."""

import datetime as dt
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dingdian.core.census.canonical import fingerprint
from dingdian.core.errors import RequestError
from dingdian.core.faults import KINDS
from dingdian.core.lifecycle import chain
from dingdian.storage.db.opening import create_ledger, open_ledger, upgrade_ledger
from tests.storage.contracts.houses import MARK, NOON, append, entry
from tests.storage.contracts.test_censuses import DAY, small

NEXT_RELEASE = "tests.storage.contracts.next_release"
GOLDEN = Path(__file__).parents[2] / "golden" / "ledger_version_1.json"


def told(call, *words, **more):
    """The one fault that a call is refused with, and its details."""
    with pytest.raises(RequestError) as error:
        call(*words, **more)
    (fault,) = error.value.faults
    KINDS[fault.kind].what.say("zh", **fault.fields)
    KINDS[fault.kind].cure.say("en", **fault.fields)
    return fault.kind, fault.fields


def test_no_file_is_no_ledger_and_none_is_made(tmp_path):
    file = tmp_path / "none.db"
    for call in (open_ledger, upgrade_ledger):
        assert told(call, f"sqlite:///{file}") == ("ledger_missing", {"url": str(file)})
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_no_ledger(database, tmp_path):
    if database.url.startswith("sqlite"):
        (tmp_path / "台账.db").touch()
    assert told(open_ledger, database.url)[0] == "ledger_missing"
    database.make()
    assert database.enter().mark == MARK


def test_a_ledger_is_not_made_over_another(database):
    append(database.make(), entry(1))
    assert told(create_ledger, database.url, replace(MARK, id="other"))[0] == "ledger_exists"
    assert database.enter().mark == MARK
    assert database.enter().head().entries == 1


def test_a_making_that_was_cut_short_is_taken_up_again(database):
    database.make()
    database.run("DELETE FROM ledger_mark")
    assert told(open_ledger, database.url)[0] == "ledger_missing"
    assert database.make().mark == MARK


@pytest.mark.parametrize("content", [b"no database at all, but long enough", b"SQLite format 3\0"])
def test_a_file_that_is_no_database(tmp_path, content):
    file = tmp_path / "ledger.db"
    file.write_bytes(content * 300)
    for call in (open_ledger, lambda url: create_ledger(url, MARK)):
        kind, fields = told(call, f"sqlite:///{file}")
        assert (kind, fields["url"]) == ("ledger_unreachable", str(file))
    assert file.read_bytes() == content * 300


def test_a_folder_that_is_not_there(tmp_path):
    url = f"sqlite:///{tmp_path / 'none' / 'ledger.db'}"
    assert told(create_ledger, url, MARK)[0] == "ledger_unreachable"


@pytest.mark.postgresql
def test_a_server_that_is_not_there_and_a_database_in_another_encoding(postgres):
    import psycopg

    kind, fields = told(open_ledger, "postgresql://li:s3cret@127.0.0.1:1/ledger")
    assert kind == "ledger_unreachable"
    assert "s3cret" not in str(fields)
    name = f"latin_{os.getpid()}"
    with closing(psycopg.connect(postgres, autocommit=True)) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'SQL_ASCII'")
    url = postgres.rpartition("/")[0] + f"/{name}"
    kind, fields = told(create_ledger, url, MARK)
    assert (kind, fields["found"]) == ("ledger_encoding", "SQL_ASCII")


def test_a_ledger_of_a_newer_program_is_left_alone(database):
    database.make()
    database.run(
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('ledger', '0099_later', '2027-01-01 00:00:00+00')"
    )
    for call in (open_ledger, upgrade_ledger):
        kind, fields = told(call, database.url)
        assert (kind, fields["found"]) == ("ledger_newer", "0099_later")
    assert told(create_ledger, database.url, MARK)[0] == "ledger_exists"


def test_a_mark_of_a_newer_version_is_told(database):
    database.make(replace(MARK, version=chain.VERSION + 1))
    kind, fields = told(database.enter)
    assert kind == "ledger_newer"
    assert fields == {"found": chain.VERSION + 1, "known": chain.VERSION}


def test_a_ledger_is_upgraded_to_the_next_release(database):
    """Its steps are those of this release and one more: how any later one will find its ledger."""
    from django.test.utils import override_settings

    ledger = database.make()
    head = append(ledger, entry(1), entry(2, "b-2", facts={"institution": "P1"}))
    ledger.save_census(small(), NOON)
    with override_settings(MIGRATION_MODULES={"ledger": NEXT_RELEASE}):
        assert told(open_ledger, database.url) == ("ledger_older", {"n": 1})
        assert told(create_ledger, database.url, MARK)[0] == "ledger_exists"
        assert upgrade_ledger(database.url) == 1
        assert upgrade_ledger(database.url) == 0
        again = database.enter()
        assert list(chain.breaks(again.mark, again.stored(), heads=[head])) == []
        assert fingerprint(again.census(DAY)) == fingerprint(small())
        assert again.differing_cases() == again.differing_censuses() == []
        assert append(again, entry(3)).entries == 3
    assert told(open_ledger, database.url)[1]["found"] == "0004_remark"


def test_a_ledger_of_the_release_before_is_upgraded(database):
    """That release had neither a journal nor an index of places taken: the first step alone."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    ledger = database.make()
    head = append(ledger, entry(1))
    ledger.save_census(small(), NOON)
    back = MigrationExecutor(connections[ledger.alias])
    back.migrate([("ledger", "0001_initial")])
    assert told(open_ledger, database.url) == ("ledger_older", {"n": 2})
    assert upgrade_ledger(database.url) == 2
    again = database.enter()
    assert list(chain.breaks(again.mark, again.stored(), heads=[head])) == []
    assert fingerprint(again.census(DAY)) == fingerprint(small())


def test_a_ledger_of_version_1_reads_as_it_was_written(database):
    """A ledger as the first program stored it, row by row: its bytes are never to change."""
    golden = json.loads(GOLDEN.read_text("utf-8"))
    opened_on = dt.date.fromisoformat(golden["mark"].pop("opened_on"))
    database.make(chain.Mark(**golden["mark"], opened_on=opened_on))
    for row in golden["entries"]:
        database.run("INSERT INTO ledger_entry VALUES (%s, %s, %s, %s)", *row)
    for row in golden["census_rows"]:
        database.run(
            "INSERT INTO ledger_census_row (table_name, row_key, valid_from, known_at, content,"
            " origin, position) VALUES (%s, %s, %s, %s, %s, %s, %s)",
            *row,
        )
    for row in golden["censuses"]:
        database.run(
            "INSERT INTO ledger_census (taken_on, known_at, fingerprint) VALUES (%s, %s, %s)", *row
        )
    ledger = database.enter()
    head = chain.Head(*golden["head"])
    assert list(chain.breaks(ledger.mark, ledger.stored(), heads=[head])) == []
    assert [each.move for each in ledger.entries()] == ["apply", "accept", "apply"]
    assert ledger.differing_censuses() == []
    assert ledger.differing_cases() == ["医-1", "药-“2”"]  # the index is made from the entries
    ledger.rebuild_cases()
    assert ledger.differing_cases() == []
    assert append(ledger, entry(4)).entries == 4


def test_an_sqlite_ledger_keeps_what_it_acknowledged(tmp_path):
    from django.db import connections

    ledger = create_ledger(f"sqlite:///{tmp_path / 'ledger.db'}", MARK)
    with connections[ledger.alias].cursor() as cursor:
        for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (wanted,)
    ledger.close()
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
