"""Papers that people hand in: known by their content, kept by their fingerprint."""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO, Any

from django.conf import settings
from django.db import models
from django.http import FileResponse

from dingdian.core.errors import RequestError, fault

#: What a browser may take each for; none is ever shown within a page.
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
    "png": "image/png",
    "ofd": "application/ofd",
}
_SIGNATURES = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
#: The member by which an archive is known.
_MEMBERS = {"word/document.xml": "docx", "OFD.xml": "ofd"}
#: An archive that holds such a member has macros: it is of no kind that is taken.
_MACROS = "vbaproject.bin"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_CHUNK = 1 << 20
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the store: fingerprint, shown name, kind, size in bytes."""

    sha256: str
    name: str
    kind: str
    size: int


class Paper(models.Model):
    """A paper that was handed in: its bytes lie under ``uploads`` by their SHA-256."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8)
    size = models.IntegerField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:  # noqa: D106 -- of a model
        abstract = True
        ordering = ("id",)

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return path_of(self.sha256, self.kind)


def kind_of(file: IO[bytes]) -> str:
    """The kind of a file by its content, whatever its name says; empty for another one."""
    file.seek(0)
    head = file.read(16)
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            return kind
    if not head.startswith(b"PK\x03\x04"):
        return ""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""
    if any(each.casefold().endswith(_MACROS) for each in names):
        return ""
    return next((kind for member, kind in _MEMBERS.items() if member in names), "")


def shown_name(name: str, kind: str) -> str:
    """A name that is safe to save under, with the ending of its kind.

    >>> shown_name("../审核意见<b>.PDF", "pdf"), shown_name("...", "png")
    ('审核意见_b_.pdf', '附件.png')
    """
    stem = PurePath(name.replace("\\", "/")).name
    stem = _NOT_IN_NAMES.sub("_", stem.rpartition(".")[0] or stem).strip(" ._")
    return f"{stem[:_LONGEST] or '附件'}.{kind}"


def keep(files: Iterable[Any]) -> tuple[Kept, ...]:
    """Put uploaded files into the store, all of them or none; the same bytes are kept once.

    Raises:
        RequestError: one of them is of no kind that is taken; all such are told.
    """
    given = list(files)
    kinds = [kind_of(each.file) for each in given]
    if wrong := [each.name for each, kind in zip(given, kinds, strict=True) if not kind]:
        raise RequestError(tuple(fault("paper_wrong", name=name) for name in wrong))
    return tuple(_kept(each, kind) for each, kind in zip(given, kinds, strict=True))


def _kept(given: Any, kind: str) -> Kept:
    return Kept(_put(given.file, kind), shown_name(given.name, kind), kind, given.size)


def put(content: bytes, kind: str) -> str:
    """Put a file that was made here into the store; its fingerprint. The same bytes, once."""
    return _put(io.BytesIO(content), kind)


def _put(file: io.BufferedIOBase, kind: str) -> str:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    target = path_of(digest, kind)
    if not target.exists():
        _write(file, target)
    return digest


def path_of(sha256: str, kind: str) -> Path:
    """Where a file of the store lies."""
    return settings.CONFIG.data / "uploads" / f"{sha256}.{kind}"


def _write(file: io.BufferedIOBase, target: Path) -> None:
    """Write beside, then rename: a file of that name is always whole."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    file.seek(0)
    try:
        with beside.open("wb") as out:
            while part := file.read(_CHUNK):
                out.write(part)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def attachment(path: Path, name: str) -> FileResponse:
    """A file to be saved, never shown within a page.

    Raises:
        RequestError: it is gone.
    """
    try:
        opened = path.open("rb")
    except FileNotFoundError as error:
        raise RequestError((fault("no_such_file", path=name),)) from error
    kind = path.suffix.removeprefix(".")
    answer = FileResponse(
        opened,
        as_attachment=True,
        filename=name,
        content_type=TYPES.get(kind, "application/octet-stream"),
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
