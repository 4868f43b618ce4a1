"""A backup of an installation as one file, and an installation made from it.

``database`` is the copy of the database, ``data/`` the folder of uploads, plans, what is exchanged
and the keys, ``dingdian.toml`` the configuration, ``policy/`` a shelf of the bureau's own;
``manifest.json`` says what is in it, with a digest of each file, and where both chains ended.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from dingdian import __version__
from dingdian.core.errors import OutputError, RequestError, fault
from dingdian.storage.database_url import SQLITE, Address, address_of
from dingdian.storage.folders import Out, check_free, write_through
from dingdian.web.config import DEFAULT, Config

MANIFEST, DATABASE, DATA, POLICY = "manifest.json", "database", "data", "policy"
FORM = 1
#: In the data folder, and made anew by whoever runs.
_MADE_ANEW = frozenset({"static", "workers", "worker-beat"})
_KEPT_IN = "dingdian.sqlite3"


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; ``heads`` as ``storage.db.copies`` has them."""

    version: str
    made_at: str
    kind: str
    database: str
    heads: dict[str, tuple[int, str]]
    files: dict[str, str]
    form: int = FORM


def make_backup(config: Config, out: Path, *, now: dt.datetime) -> Manifest:
    """Write a backup of an installation, while it runs; whole or not at all.

    Raises:
        DingdianError: the database cannot be copied, or the file cannot be written.
    """
    check_free(Out(out), folder=False)
    address = address_of(config.database)
    made: list[Manifest] = []

    def write(path: Path) -> None:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
            from dingdian.storage.db.copies import copy_database

            copy = Path(folder) / DATABASE
            heads = copy_database(address, copy)
            files: dict[str, str] = {}
            hidden = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with (
                os.fdopen(hidden, "wb") as file,
                tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive,
            ):
                for name, where in (*_kept(config), (DATABASE, copy)):
                    if (digest := _add(archive, name, where)) is not None:
                        files[name] = digest
                said = Manifest(
                    __version__, now.isoformat(), config.kind, address.kind, heads, files
                )
                text = json.dumps(vars(said), ensure_ascii=False, indent=1).encode()
                _put(archive, MANIFEST, io.BytesIO(text), len(text))
        made.append(said)

    write_through(Out(out), write)
    return made[0]


def _kept(config: Config) -> Iterator[tuple[str, Path]]:
    """Name in the backup -> file, of everything but the database."""
    yield DEFAULT, config.file
    own = Path(config.policy)
    folders = [(DATA, config.data), *([(POLICY, own)] if own.is_dir() else [])]
    for name, folder in folders:
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            unfinished = any(part.startswith(".") for part in parts)
            made_anew = name == DATA and parts[0] in _MADE_ANEW
            if path.is_file() and not path.is_symlink() and not unfinished and not made_anew:
                yield f"{name}/{'/'.join(parts)}", path


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str | None:
    """Add a file as it is now; its digest, ``None`` where it went away meanwhile."""
    try:
        with path.open("rb") as file:
            if name == DATABASE:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                _put(archive, name, file, path.stat().st_size)
                return digest
            content = file.read()
    except FileNotFoundError:
        return None
    _put(archive, name, io.BytesIO(content), len(content))
    return hashlib.sha256(content).hexdigest()


def _put(archive: tarfile.TarFile, name: str, file: Any, size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    archive.addfile(member, file)


def restore(archive: Path, into: Path, *, database: str = "") -> tuple[Path, Manifest]:
    """Make an installation from a backup in a new folder; its configuration, and what was in it.

    A PostgreSQL database is restored into the empty one at ``database``. The tables are those of
    the release that made the backup: ``setting_up.make_tables`` is to follow.

    Raises:
        DingdianError: the backup is damaged or of a newer release, or a place is taken; nothing
            was then restored.
    """
    check_free(Out(into, inputs=(archive,)), folder=True)
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent, prefix=".restore-") as name:
        fresh = Path(name) / "office"
        fresh.mkdir(mode=0o700)
        said = _unpacked(archive, fresh)
        address = _address(said, into, database)
        (fresh / DATA).mkdir(exist_ok=True, mode=0o700)
        (fresh / MANIFEST).unlink()
        own = (fresh / POLICY).is_dir()
        _point(fresh / DEFAULT, address, database, own=own)
        _load(address, fresh, said)
        try:
            if into.exists():
                into.rmdir()
            fresh.rename(into)
        except OSError as error:
            why = error.strerror or str(error)
            raise OutputError((fault("output_unwritable", path=str(into), why=why),)) from error
    return into / DEFAULT, said


def _address(said: Manifest, into: Path, database: str) -> Address:
    """Where the database goes."""
    address = address_of(database or f"sqlite:///{into.resolve() / _KEPT_IN}")
    if address.kind != said.database or (database and address.kind == SQLITE):
        raise RequestError((fault("backup_kind", found=said.database, wanted=address.kind),))
    return address


def _load(address: Address, fresh: Path, said: Manifest) -> None:
    from dingdian.storage.db.copies import load_database

    if said.database == SQLITE:
        beside = Address(SQLITE, str(fresh / _KEPT_IN))
        load_database(beside, fresh / DATABASE)
    else:
        load_database(address, fresh / DATABASE)
        (fresh / DATABASE).unlink()


def _unpacked(archive: Path, folder: Path) -> Manifest:
    """Unpack a backup, and hold every file against the manifest."""
    try:
        with tarfile.open(archive, "r:gz") as packed:
            for member in packed:
                _take(packed, member, folder)
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
        if found["form"] > FORM or _parts(found["version"]) > _parts(__version__):
            newer = fault("backup_newer", found=found["version"], known=__version__)
            raise RequestError((newer,))
        said = Manifest(**{**found, "heads": {k: (n, d) for k, (n, d) in found["heads"].items()}})
    except (tarfile.TarError, EOFError, zlib.error, ValueError, TypeError, KeyError) as error:
        raise _damaged(archive.name, f"{type(error).__name__}: {error}") from error
    except OSError as error:
        raise _damaged(archive.name, error.strerror or str(error)) from error
    there = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    there.pop(MANIFEST)
    for name in sorted(there.keys() ^ said.files.keys()):
        raise _damaged(name, "missing" if name in said.files else "not in the manifest")
    for name, path in there.items():
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != said.files[name]:
                raise _damaged(name, "sha256")
    if DATABASE not in there or DEFAULT not in there:
        raise _damaged(archive.name, "incomplete")
    return said


def _take(packed: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Unpack one member: only a file, within the folder, for the owner only."""
    name = PurePosixPath(member.name)
    content = packed.extractfile(member) if member.isfile() else None
    if content is None or name.is_absolute() or ".." in name.parts:
        raise tarfile.TarError(member.name)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with content, os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
        shutil.copyfileobj(content, to)


def _parts(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def _damaged(name: str, why: str) -> RequestError:
    return RequestError((fault("backup_damaged", name=name, why=why),))


def _point(path: Path, address: Address, database: str, *, own: bool) -> None:
    """The configuration as it was, but for where its database, data and own shelf lie now."""
    lies = {"database": database if address.kind != SQLITE else f"sqlite:///{_KEPT_IN}"}
    lies |= {"data": DATA, **({"policy": POLICY} if own else {})}
    text = path.read_text("utf-8")
    for key, value in lies.items():
        parts = re.split(rf"^{key}\s*=.*$", text, maxsplit=1, flags=re.MULTILINE)
        text = f"{key} = {json.dumps(value)}".join(parts if len(parts) == 2 else ["", f"\n{text}"])
    path.write_text(text, "utf-8")


def backup_file(folder: Path, now: dt.datetime) -> Path:
    """The name of a backup in a folder of them: the later, the further down."""
    return folder / f"dingdian-{now:%Y%m%d-%H%M%S}.tar.gz"


def remove_old(folder: Path, keep: int) -> list[Path]:
    """Remove the oldest backups of a folder of them beyond the newest ``keep``; those removed."""
    found = sorted(folder.glob("dingdian-*.tar.gz"), key=lambda path: path.name)
    old = found[: max(len(found) - keep, 0)]
    for path in old:
        path.unlink()
    return old
