"""A copy of a whole database while others write in it, and its way back into an empty one.

SQLite copies itself page by page; of PostgreSQL its own programs make and load the copy. The ends
of both chains are those within the copy.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections, transaction

from dingdian.core.errors import OutputError, RequestError, fault
from dingdian.storage.database_url import SQLITE, Address
from dingdian.storage.db.configuring import alias_of
from dingdian.storage.db.told import told

#: Table of each chain -> its name in a manifest.
CHAINS = {"ledger_entry": "ledger", "ledger_note": "journal"}
#: How many pages SQLite copies at once: between them others write.
_PAGES = 2000
_DUMP, _LOAD = "pg_dump", "pg_restore"
#: Name of a chain -> how many entries it has and the digest of the last.
Heads = dict[str, tuple[int, str]]


def copy_database(address: Address, out: Path) -> Heads:
    """Write a copy of a database to a file; returns the ends of the chains within it.

    Raises:
        RequestError: it cannot be read, or the program for it is missing.
        OutputError: the file cannot be written.
    """
    return _copy_sqlite(address, out) if address.kind == SQLITE else _copy_server(address, out)


def load_database(address: Address, copy: Path) -> None:
    """Load a copy into a database that is empty: whole or not at all.

    Raises:
        RequestError: the database is not empty or cannot be reached, or the program is missing.
    """
    if address.kind == SQLITE:
        with closing(sqlite3.connect(copy)) as one:
            (said,) = one.execute("PRAGMA integrity_check").fetchone()
        if said != "ok":
            raise RequestError((fault("backup_damaged", name=copy.name, why=str(said)),))
        shutil.move(copy, address.name)
        return
    if _has_tables(address):
        raise RequestError((fault("backup_taken", url=str(address)),))
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run(_LOAD, address, [*words, f"--dbname={address.name}", str(copy)])


def _has_tables(address: Address) -> bool:
    """Whether a database holds anything; asked past Django, which has no settings for it yet."""
    given: dict[str, Any] = {
        "host": address.host,
        "port": address.port or None,
        "user": address.user,
        "password": address.password,
        "sslmode": address.sslmode,
    }
    try:
        with psycopg.connect(
            dbname=address.name, **{key: value for key, value in given.items() if value}
        ) as connection:
            said = "SELECT 1 FROM information_schema.tables WHERE table_schema = 'public'"
            return connection.execute(said).fetchone() is not None
    except psycopg.Error as error:
        why = str(error).strip()
        raise RequestError((fault("ledger_unreachable", url=str(address), why=why),)) from error


def _copy_sqlite(address: Address, out: Path) -> Heads:
    if not Path(address.name).is_file():
        raise RequestError((fault("ledger_missing", url=str(address)),))
    try:
        with (
            closing(sqlite3.connect(f"{Path(address.name).as_uri()}?mode=ro", uri=True)) as here,
            closing(sqlite3.connect(out)) as there,
        ):
            here.backup(there, pages=_PAGES)
            there.execute("PRAGMA journal_mode=DELETE")
            return _heads(lambda said: there.execute(said).fetchone(), "sqlite_master", "name")
    except sqlite3.Error as error:
        raise OutputError((fault("output_unwritable", path=str(out), why=str(error)),)) from error


def _copy_server(address: Address, out: Path) -> Heads:
    alias = alias_of(address)
    with told(str(address), 0), transaction.atomic(using=alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()

            def first(said: str) -> Any:
                cursor.execute(said)
                return cursor.fetchone()

            heads = _heads(first, "information_schema.tables", "table_name")
        words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        _run(_DUMP, address, [*words, f"--file={out}", f"--dbname={address.name}"])
    return heads


def _heads(first: Callable[[str], Any], tables: str, column: str) -> Heads:
    """The ends of the chains whose tables are there; ``tables`` lists those of the database."""
    found = {}
    for table, name in CHAINS.items():
        if first(f"SELECT 1 FROM {tables} WHERE {column} = '{table}'"):  # noqa: S608 -- ours
            last = first(f"SELECT seq, digest FROM {table} ORDER BY seq DESC LIMIT 1")  # noqa: S608
            if last:
                found[name] = (int(last[0]), str(last[1]))
    return found


def _run(program: str, address: Address, words: list[str]) -> None:
    """Run one of PostgreSQL's programs on a database; its password is in no list of processes.

    Raises:
        RequestError: it is not installed, or did not do it.
    """
    there = shutil.which(program)
    if there is None:
        raise RequestError((fault("backup_program", name=program),))
    where = {
        "PGHOST": address.host,
        "PGPORT": str(address.port or ""),
        "PGUSER": address.user,
        "PGPASSWORD": address.password,
        "PGSSLMODE": address.sslmode,
    }
    given = {**os.environ, **{name: value for name, value in where.items() if value}}
    done = subprocess.run(  # noqa: S603 -- found on the path of the system
        [there, *words], env=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        raise RequestError((fault("backup_failed", name=program, why=why),))
