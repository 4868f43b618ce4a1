"""What a database says of itself, as the faults that a person is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, OperationalError

from dingdian.core.errors import RequestError, fault

_SQLITE_BUSY, _LOCK_NOT_AVAILABLE = 5, "55P03"


@contextmanager
def told(shown: str, wait: float) -> Iterator[None]:
    """Tell what stops a database as a fault; ``shown`` is its address, ``wait`` in seconds.

    Raises:
        RequestError: it is held by another writer, or cannot be read or written.
    """
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        if _busy(error):
            raise RequestError((fault("ledger_busy", seconds=f"{wait:g}"),)) from error
        if type(error) in (DatabaseError, InterfaceError, OperationalError):
            why = str(error).strip()
            raise RequestError((fault("ledger_unreachable", url=shown, why=why),)) from error
        raise


def _busy(error: Exception) -> bool:
    cause = error.__cause__
    if getattr(cause, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
        return True
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF == _SQLITE_BUSY
