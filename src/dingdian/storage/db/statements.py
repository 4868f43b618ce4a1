"""Statements of the ledger, as few journeys to the server as there can be.

Where the ORM takes a millisecond to say a statement, the database takes a tenth of one to do it:
what every move needs is written out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connections

Statement = tuple[str, Sequence[Any]]
#: How many statements travel together.
TOGETHER = 1000


def rows(alias: str, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that a statement gives."""
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def run(alias: str, statements: Iterable[Statement]) -> None:
    """Run statements that give nothing, in their order: on a server many in one journey."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement, values in statements:
                cursor.execute(statement, values)
            return
        for together in _batches(statements):
            words = ";".join(statement for statement, _ in together)
            cursor.execute(words, [each for _, values in together for each in values])


def _batches(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    ahead = iter(statements)
    while together := list(islice(ahead, TOGETHER)):
        yield together


def last_rows(alias: str, statements: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of the last statement, in one journey with those before it."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in statements:
                cursor.execute(statement)
        else:
            cursor.execute(";".join(statements))
            while cursor.nextset():
                pass
        return cursor.fetchall()
