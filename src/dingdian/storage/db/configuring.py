"""Django without a project folder: configured once, with a connection for each address."""

from __future__ import annotations

from threading import Lock
from typing import Any

import django
from django.conf import settings
from django.db import connections
from django.db.utils import ConnectionHandler

from dingdian.storage.database_url import SQLITE, Address

APP = "dingdian.storage.db"
#: An acknowledged entry is on the disk: WAL by itself would let go of the last ones in a crash.
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"
_lock = Lock()


def database(address: Address) -> dict[str, Any]:
    """What Django calls a database, for an address; a web project takes it as its ``default``."""
    if address.kind == SQLITE:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": address.name,
            "OPTIONS": {"init_command": _PRAGMAS, "transaction_mode": "IMMEDIATE"},
        }
    options = {"sslmode": address.sslmode} if address.sslmode else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.name,
        "HOST": address.host,
        "PORT": str(address.port or ""),
        "USER": address.user,
        "PASSWORD": address.password,
        "OPTIONS": {**options, "client_encoding": "UTF8"},
    }


def alias_of(address: Address) -> str:
    """The alias under which Django knows the database; Django is configured where it is not yet.

    A web project that was set up before keeps its settings: the app is to be among its
    ``INSTALLED_APPS``.
    """
    wanted = database(address)
    with _lock:
        if not settings.configured:
            settings.configure(
                DATABASES={"default": wanted},
                INSTALLED_APPS=[APP],
                LOGGING_CONFIG=None,
                TIME_ZONE="Asia/Shanghai",
                USE_TZ=True,
            )
            django.setup()
        for alias, known in connections.settings.items():
            if _same(known, wanted):
                return str(alias)
        alias = f"ledger_{len(connections.settings)}"
        made = ConnectionHandler({"default": {}, alias: wanted})
        connections.settings[alias] = made.settings[alias]
        return alias


def _same(known: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a known connection is the one that is wanted; it may have options beside."""
    options = known.get("OPTIONS", {})
    return all(
        all(options.get(name) == option for name, option in value.items())
        if key == "OPTIONS"
        else known.get(key) == value
        for key, value in wanted.items()
    )
