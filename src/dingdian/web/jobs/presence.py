"""Which workers of this machine live: each holds a lock on a file of its own as long as it does.

The kernel lets go of the lock when the process dies, however it dies. A worker is so told from one
that only cannot write for a while, because another holds the database.
"""

from __future__ import annotations

import fcntl
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ENDING = ".worker"


def name_of_worker() -> str:
    """The name of the worker in this thread: machine, process, thread."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident() % 10_000}"


@contextmanager
def present(folder: Path, name: str) -> Iterator[None]:
    """Be known as living, until the end."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}{_ENDING}"
    with path.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def lives(folder: Path, name: str) -> bool | None:
    """Whether a worker of this machine lives; ``None``: it is of another one, nobody knows."""
    if not name.startswith(f"{socket.gethostname()}:"):
        return None
    path = folder / f"{name}{_ENDING}"
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)  # it died: nobody else takes this name
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
