"""Open, make and upgrade a ledger by the address of its database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.core.errors import RequestError, fault
from dingdian.core.lifecycle import chain
from dingdian.storage.database_url import POSTGRESQL, SQLITE, Address, address_of

if TYPE_CHECKING:
    from dingdian.storage.db.ledger import DbLedger

#: How many seconds a writer waits for another one.
WAIT = 30.0


def open_ledger(url: str, *, wait: float = WAIT) -> DbLedger:
    """The ledger at ``url``.

    Raises:
        RequestError: there is none, it is of another version than this program, its database
            cannot be reached, or the packages for it are not installed.
    """
    address = address_of(url)
    if address.kind == SQLITE and not Path(address.name).exists():
        raise _missing(address)
    alias = _alias(address)
    from dingdian.storage.db import schema
    from dingdian.storage.db.ledger import DbLedger, read_mark
    from dingdian.storage.db.told import told

    with told(str(address), wait):
        steps = schema.steps(alias)
        if not steps.made:
            raise _missing(address)
        if steps.unknown:
            newer = fault("ledger_newer", found=steps.unknown[-1], known=steps.known[-1])
            raise RequestError((newer,))
        if steps.ahead:
            raise RequestError((fault("ledger_older", n=len(steps.ahead)),))
        mark = read_mark(alias)
    if mark is None:
        raise _missing(address)
    if mark.version > chain.VERSION:
        newer = fault("ledger_newer", found=mark.version, known=chain.VERSION)
        raise RequestError((newer,))
    return DbLedger(mark, alias, str(address), wait)


def create_ledger(url: str, mark: chain.Mark, *, wait: float = WAIT) -> DbLedger:
    """Make an empty ledger at ``url``: the tables where they are not there, and its mark.

    Raises:
        RequestError: a ledger is there already, its database cannot be reached or is not in
            UTF-8, or the packages for it are not installed.
    """
    address = address_of(url)
    alias = _alias(address)
    from dingdian.storage.db import schema
    from dingdian.storage.db.ledger import DbLedger, read_mark, write_mark
    from dingdian.storage.db.told import told

    with told(str(address), wait):
        encoding = schema.encoding(alias)
        if encoding != "UTF8":
            raise RequestError((fault("ledger_encoding", url=str(address), found=encoding),))
        steps = schema.steps(alias)
        if steps.unknown or (steps.made and read_mark(alias) is not None):
            raise RequestError((fault("ledger_exists", url=str(address)),))
        schema.upgrade(alias)
        if not write_mark(alias, mark):
            raise RequestError((fault("ledger_exists", url=str(address)),))
    return DbLedger(mark, alias, str(address), wait)


def upgrade_ledger(url: str, *, wait: float = WAIT) -> int:
    """Bring the tables of a ledger up to this program; returns how many steps were made.

    Raises:
        RequestError: there is none, it is newer than this program, or cannot be reached.
    """
    try:
        open_ledger(url, wait=wait)
    except RequestError as error:
        if error.faults[0].kind != "ledger_older":
            raise
    else:
        return 0
    address = address_of(url)
    alias = _alias(address)
    from dingdian.storage.db import schema
    from dingdian.storage.db.told import told

    with told(str(address), wait):
        return schema.upgrade(alias)


def _alias(address: Address) -> str:
    """The database in Django, which is loaded here.

    Raises:
        RequestError: the packages for it are not installed.
    """
    try:
        from dingdian.storage.db.configuring import alias_of

        if address.kind == POSTGRESQL:
            import psycopg  # noqa: F401 -- told here rather than from within Django
    except ModuleNotFoundError as error:
        raise RequestError((fault("ledger_without", names=str(error.name)),)) from error
    return alias_of(address)


def _missing(address: Address) -> RequestError:
    return RequestError((fault("ledger_missing", url=str(address)),))
