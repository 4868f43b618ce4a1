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

from django import forms
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
#: So many papers go with one move at most.
MOST = 50
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the store: fingerprint, shown name, kind, size in bytes."""

    sha256: str
    name: str
    kind: str
    size: int


class ManyFiles(forms.FileField):
    """Any number of files, also none."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files."""
        single = super().clean
        found = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [single(each, initial) for each in found]


class FilesInput(forms.FileInput):
    """Lets several files be chosen at once."""

    allow_multiple_selected = True


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that is handed in: what it is kept as once it is in the store, and what for.

    ``item`` is the item of a checklist that it is handed in for, ``title`` its words; empty: none.
    """

    kept: Kept
    file: Any
    item: str = ""
    title: str = ""

    @property
    def named(self) -> str:
        """How an entry of the ledger names it."""
        said = f"{self.kept.name} SHA-256 {self.kept.sha256}"
        return f"{self.title}：{said}" if self.title else said

    def store(self) -> None:
        """Put it into the store; the same bytes are kept once."""
        _write_once(self.file, path_of(self.kept.sha256, self.kept.kind))


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
    found = look((each, "", "") for each in files)
    for each in found:
        each.store()
    return tuple(each.kept for each in found)


def look(files: Iterable[tuple[Any, str, str]]) -> tuple[Handed, ...]:
    """What uploaded files would be kept as, each with its item and title; nothing is kept yet.

    Raises:
        RequestError: there are too many, or some are of no kind that is taken; all are told.
    """
    given = list(files)
    if len(given) > MOST:
        raise RequestError((fault("paper_too_many", n=len(given), most=MOST),))
    kinds = [kind_of(each.file) for each, _item, _title in given]
    if wrong := [file.name for (file, *_), kind in zip(given, kinds, strict=True) if not kind]:
        raise RequestError(tuple(fault("paper_wrong", name=name) for name in wrong))
    return tuple(
        Handed(_kept(file, kind), file.file, item, title)
        for (file, item, title), kind in zip(given, kinds, strict=True)
    )


def store(given: Any, kind: str) -> Kept:
    """Put one uploaded file of a known kind into the store; the same bytes are kept once."""
    kept = _kept(given, kind)
    Handed(kept, given.file).store()
    return kept


def _kept(given: Any, kind: str) -> Kept:
    digest = _digest(given.file)
    return Kept(digest, shown_name(given.name, kind), kind, given.size)


def put(content: bytes, kind: str) -> str:
    """Put a file that was made here into the store; its fingerprint. The same bytes, once."""
    file = io.BytesIO(content)
    digest = _digest(file)
    _write_once(file, path_of(digest, kind))
    return digest


def put_as(content: bytes, name: str, kind: str) -> None:
    """Put a file into the store that is named by a fingerprint of what it says, not of itself."""
    _write_once(io.BytesIO(content), path_of(name, kind))


def _digest(file: IO[bytes]) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def path_of(sha256: str, kind: str) -> Path:
    """Where a file of the store lies."""
    return settings.CONFIG.data / "uploads" / f"{sha256}.{kind}"


def _write_once(file: IO[bytes], target: Path) -> None:
    """Write beside, then rename: a file of that name is always whole."""
    if target.exists():
        return
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
