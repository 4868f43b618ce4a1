"""What a folder holds: the fingerprint of every file, so that a changed one is noticed."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes; empty where there is no file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return ""


def manifest(folder: Path) -> dict[str, str]:
    """Path inside ``folder`` (with ``/``) -> SHA-256, of every file in it, in order of path."""
    return {_inside(folder, each): file_digest(each) for each in _files(folder)}


def manifest_as_known(folder: Path) -> dict[str, str]:
    """The same, without reading a file anew that stands as it stood: size, moments and place."""
    return {_inside(folder, each): _digest_as_known(each) for each in _files(folder)}


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


def _inside(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _digest_as_known(path: Path) -> str:
    try:
        found = path.stat()
    except FileNotFoundError:
        return ""
    return _known(path, (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))


@lru_cache(maxsize=4096)
def _known(path: Path, stands: tuple[int, ...]) -> str:
    del stands
    return file_digest(path)
