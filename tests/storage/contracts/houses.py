"""The storages of a ledger, each as a house that a test can enter, leave and tamper with."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from dingdian.core.lifecycle.chain import Mark
from dingdian.core.lifecycle.entry import SHANGHAI, Entry
from dingdian.storage.db.opening import create_ledger, open_ledger
from dingdian.storage.memory_ledger import MemoryLedger

MARK = Mark("sy-1", "shenyang", "sha256", dt.date(2026, 1, 1))
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)


def entry(seq: int, case: str = "a-1", **more: Any) -> Entry:
    """An entry; each is known a second after the one before."""
    plain = Entry(
        seq=seq,
        case=case,
        move="apply",
        source="",
        target="applied",
        held_on=dt.date(2026, 3, 1),
        known_at=NOON + dt.timedelta(seconds=seq),
        by="li",
        role="agency",
        clauses=("O2-07",),
        reason="第一批",
        facts={"name": f"{case}药房", "kind": "retail_pharmacy", "region": "210102"},
    )
    return replace(plain, **more)


def append(ledger: Any, *entries: Entry) -> Any:
    """Append entries in one transaction; returns the new head."""
    with ledger.writing() as desk:
        return desk.append(entries)


@dataclass
class Memory:
    """Memory: it is left only by forgetting it."""

    ledger: Any = None

    def make(self, mark: Mark = MARK, *, wait: float = 30.0) -> Any:
        self.ledger = MemoryLedger(mark, wait)
        return self.ledger

    def enter(self, *, wait: float = 30.0) -> Any:
        self.ledger.wait = wait
        return self.ledger

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Database:
    """A database by its address."""

    url: str
    ledger: Any = None

    def make(self, mark: Mark = MARK, *, wait: float = 30.0) -> Any:
        self.ledger = create_ledger(self.url, mark, wait=wait)
        return self.ledger

    def enter(self, *, wait: float = 30.0) -> Any:
        self.ledger = open_ledger(self.url, wait=wait)
        return self.ledger

    def run(self, statement: str, *values: Any) -> None:
        """One statement past the program, as who tampers would run it."""
        from django.db import connections

        with connections[self.ledger.alias].cursor() as cursor:
            cursor.execute(statement, values or None)

    def close(self) -> None:
        if self.ledger is not None:
            self.ledger.close()


def new_database(server: str, name: str) -> str:
    """Make an empty database on a server; returns its address."""
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(name)
            )
        )
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def drop_database(server: str, name: str) -> None:
    """Drop it, whoever is still there."""
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
