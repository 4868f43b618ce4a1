"""A PostgreSQL server to throw away: for tests and benches, on the machine's own programs."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PROGRAMS = Path("/usr/lib/postgresql")  # where Debian keeps every version
_BARE = ("postgres", "nobody")  # who may own the server's files when root starts it
MISSING = (
    "PostgreSQL is needed here: apt-get install postgresql, or name a server that may make "
    "databases, DINGDIAN_POSTGRES_URL=postgresql://user:password@host:5432/postgres"
)


def programs() -> Path:
    """The folder of the newest PostgreSQL that is installed.

    Raises:
        FileNotFoundError: none is.
    """
    beside = shutil.which("initdb")
    found = [Path(beside)] if beside else list(PROGRAMS.glob("*/bin/initdb"))
    if not found:
        raise FileNotFoundError(MISSING)
    return max(found, key=lambda path: float(path.parts[-3]) if not beside else 0).parent


@contextmanager
def server(*settings: str) -> Iterator[str]:
    """Run a server until the end; gives the address of its database ``postgres``.

    It listens on a socket in its own folder and is owned by nobody of importance. ``settings``
    are of its configuration, such as ``fsync=off``.

    Raises:
        FileNotFoundError: PostgreSQL is not installed.
        CalledProcessError: the server does not start.
    """
    there = programs()
    folder = Path(tempfile.mkdtemp(prefix="dingdian-pg-"))
    owner = _owner(folder)
    data = folder / "data"

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [str(there / program), *words],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            user=owner,
        )

    try:
        run("initdb", "-D", str(data), "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync")
        options = ["-k", str(folder), "-c", "listen_addresses="]
        options += [word for each in settings for word in ("-c", each)]
        log = str(folder / "log")
        run("pg_ctl", "-D", str(data), "-w", "-l", log, "-o", " ".join(options), "start")
        try:
            yield f"postgresql://postgres@{quote(str(folder), safe='')}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> str | None:
    """Who runs the server: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    owner = next(name for name in _BARE if name in known)
    shutil.chown(folder, owner)
    return owner
