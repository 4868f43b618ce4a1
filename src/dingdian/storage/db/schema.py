"""The versions of the tables: which steps a database has made, and the making of the rest."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

LABEL = "ledger"


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a database by name: those it made, and those this program knows.

    ``unknown`` were made by a newer program, ``ahead`` are still to be made.
    """

    made: tuple[str, ...]
    known: tuple[str, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Steps that this program does not know."""
        return tuple(each for each in self.made if each not in self.known)

    @property
    def ahead(self) -> tuple[str, ...]:
        """Steps to be made."""
        return tuple(each for each in self.known if each not in self.made)


def steps(alias: str) -> Steps:
    """Which steps a database has made."""
    loader = MigrationLoader(connections[alias])
    made = sorted(name for app, name in loader.applied_migrations if app == LABEL)
    known = sorted(name for app, name in loader.disk_migrations if app == LABEL)
    return Steps(tuple(made), tuple(known))


def upgrade(alias: str) -> int:
    """Make every step that is ahead; returns how many."""
    executor = MigrationExecutor(connections[alias])
    ahead = executor.migration_plan(executor.loader.graph.leaf_nodes(LABEL))
    executor.migrate(executor.loader.graph.leaf_nodes(LABEL), plan=ahead)
    return len(ahead)


def encoding(alias: str) -> str:
    """In what the database keeps text, as PostgreSQL names it."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        return "UTF8"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        return str(cursor.fetchone()[0])
