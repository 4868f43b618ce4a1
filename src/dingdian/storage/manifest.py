"""What a folder holds: the fingerprint of every file, so that a changed one is noticed."""

from __future__ import annotations

import hashlib
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
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): file_digest(each) for each in files}
