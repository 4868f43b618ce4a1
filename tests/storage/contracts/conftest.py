"""One suite for every storage of the ledger: memory, SQLite and PostgreSQL."""

import os
from itertools import count

import pytest

from tests.storage.contracts.houses import Database, Memory, drop_database, new_database
from tools.postgres import server

_numbers = count(1)
_ON_A_SERVER = pytest.param("postgresql", marks=pytest.mark.postgresql)


@pytest.fixture(scope="session")
def postgres():
    """The address of a server that may make databases."""
    given = os.environ.get("DINGDIAN_POSTGRES_URL")
    if given:
        yield given
        return
    with server("fsync=off") as url:
        yield url


def _house(kind, request, tmp_path):
    if kind == "memory":
        yield Memory()
    elif kind == "sqlite":
        found = Database(f"sqlite:///{tmp_path / '台账.db'}")
        yield found
        found.close()
    else:
        on = request.getfixturevalue("postgres")
        name = f"dingdian_{os.getpid()}_{next(_numbers)}"
        found = Database(new_database(on, name))
        yield found
        found.close()
        drop_database(on, name)


@pytest.fixture(params=["memory", "sqlite", _ON_A_SERVER])
def house(request, tmp_path):
    """Each storage in turn."""
    yield from _house(request.param, request, tmp_path)


@pytest.fixture(params=["sqlite", _ON_A_SERVER])
def database(request, tmp_path):
    """Each storage that is a database, in turn."""
    yield from _house(request.param, request, tmp_path)
