"""Taking in an upload: by what the files hold, never by what they are called; all or nothing."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.conf import settings

from dingdian.core.errors import RequestError, fault
from dingdian.storage.workbook_guard import MAX_UNPACKED_BYTES

#: A file in an archive that unpacks to more than so many times its size is none of ours, once it
#: is of some size.
RATIO, SOME_SIZE = 100, 20_000_000
#: How much of a text is looked at to tell what it is.
HEAD = 1 << 16
_CHUNK = 1 << 20
_ARCHIVE, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: How other kinds of files begin, and what people call them.
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "Parquet"),
    (b"{\\rtf", "RTF"),
    (b"#!", "script"),
    (b"<", "HTML / XML"),
)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it was stored."""

    name: str
    bytes: int
    sha256: str

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return {"name": self.name, "bytes": self.bytes, "sha256": self.sha256}


def receive(uploads: Sequence[Any]) -> tuple[str, list[Received]]:
    """Store what was uploaded in a fresh folder: its name, and the files.

    Raises:
        RequestError: something is no part of a ledger; then nothing is kept.
    """
    if not uploads:
        raise RequestError((fault("import_nothing"),))
    name = secrets.token_hex(16)
    place = Path(settings.MEDIA_ROOT) / name
    files = place / "files"
    files.mkdir(parents=True, mode=0o700)
    place.chmod(0o700)
    try:
        received = [each for one in uploads for each in _received(one, files)]
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return name, received


def _received(upload: Any, folder: Path) -> Iterator[Received]:
    """What one uploaded file gives: itself, or what an archive holds."""
    name = clean(upload.name or "")
    if not upload.size:
        raise _refused("import_empty", name)
    head = upload.read(HEAD)
    upload.seek(0)
    if head.startswith(_ARCHIVE):
        yield from _archive(upload, name, folder)
    else:
        suffix = kind_of(head, name)
        yield _stored(upload, folder, _named(name, suffix))


def kind_of(head: bytes, name: str) -> str:
    r"""The ending that a text file is stored with, by how it begins.

    Raises:
        RequestError: it is neither csv nor geojson.

    >>> kind_of("编号,名称\n1,甲\n".encode("gb18030"), "a.dat")
    '.csv'
    """
    if head.startswith(_OLD):
        raise _refused("import_locked", name)
    bare = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for begin, kind in _OTHERS:
        if bare.startswith(begin):
            raise _refused("import_kind", name, found=kind)
    text = _text(head)
    if text is None:
        raise _refused("import_kind", name, found="binary")
    if text.lstrip("\ufeff \r\n\t").startswith(("{", "[")):
        if '"coordinates"' in text or "Feature" in text:
            return ".geojson"
        raise _refused("import_kind", name, found="JSON")
    if not any(mark in line for line in text.splitlines()[:20] for mark in ",\t;"):
        raise _refused("import_kind", name, found="text")
    return ".csv"


def _text(head: bytes) -> str | None:
    """The beginning of a text in one of the encodings that are read; ``None``: it is no text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _archive(upload: Any, name: str, folder: Path) -> Iterator[Received]:
    try:
        with ZipFile(upload) as archive:
            infos = archive.infolist()
            _check_archive(infos, name)
            names = {info.filename for info in infos}
            if "[Content_Types].xml" in names:
                _check_workbook(names, name)
            else:
                for info in infos:
                    if not _passed_over(info):
                        yield _unpacked(archive, info, name, folder)
                return
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # of the disk, not of the archive
        raise _refused("import_damaged", name) from error
    upload.seek(0)
    yield _stored(upload, folder, _named(name, ".xlsx"))


def _check_archive(infos: Sequence[ZipInfo], name: str) -> None:
    """That nothing in it is encrypted, leads out of it, or unpacks to too much."""
    total = sum(info.file_size for info in infos)
    bomb = total > MAX_UNPACKED_BYTES or len(infos) > 2000
    for info in infos:
        if info.flag_bits & 1:
            raise _refused("import_damaged", name)
        if _leads_out(info):
            raise _refused("import_zip_path", name, inside=info.filename)
        large = info.file_size > SOME_SIZE
        bomb = bomb or (large and info.file_size > RATIO * max(info.compress_size, 1))
    if bomb:
        raise _refused("import_bomb", name, size=f"{total:,}")


def _leads_out(info: ZipInfo) -> bool:
    # ZipInfo cuts a name at its first NUL, and the reader turns backslashes round on Windows only
    path = info.orig_filename.replace("\\", "/")
    parts = PurePosixPath(path).parts
    linked = stat.S_ISLNK(info.external_attr >> 16)
    return linked or path.startswith("/") or ".." in parts or path[1:2] == ":" or "\0" in path


def _check_workbook(names: set[str], name: str) -> None:
    if any(each.lower().endswith("vbaproject.bin") for each in names):
        raise _refused("import_macros", name)
    if "xl/workbook.xml" not in names:
        kind = "DOCX" if "word/document.xml" in names else "PPTX / XLSB"
        raise _refused("import_kind", name, found=kind)


def _passed_over(info: ZipInfo) -> bool:
    """Folders, and what systems put beside files."""
    last = PurePosixPath(info.filename).name
    return info.is_dir() or info.filename.startswith("__MACOSX/") or last.startswith(".")


def _unpacked(archive: ZipFile, info: ZipInfo, name: str, folder: Path) -> Received:
    inside = clean(PurePosixPath(_inside(info)).name)
    if not info.file_size:
        raise _refused("import_empty", f"{name} / {inside}")
    with archive.open(info) as content:
        head = content.read(HEAD)
    if head.startswith(_ARCHIVE):
        raise _refused("import_kind", f"{name} / {inside}", found="ZIP")
    suffix = kind_of(head, f"{name} / {inside}")
    with archive.open(info) as content:
        return _stored(content, folder, _named(inside, suffix))


def _inside(info: ZipInfo) -> str:
    """The name of a file in an archive; one that does not say how it is written is in GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _stored(content: IO[bytes], folder: Path, name: str) -> Received:
    path = folder / name
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise _refused("import_twice", name) from error
    digest, size = hashlib.sha256(), 0
    read: Callable[[], bytes] = lambda: content.read(_CHUNK)  # noqa: E731 -- what iter wants
    with os.fdopen(descriptor, "wb") as file:
        for chunk in iter(read, b""):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Received(name, size, digest.hexdigest())


def clean(name: str) -> str:
    r"""A name as it may stand in a folder: no signs of paths or markup, not hidden, not too long.

    >>> clean("..\..\a<b>.csv"), clean(".台账.xlsx"), clean("")
    ('__.._a_b_.csv', '_台账.xlsx', '_')
    """
    made = re.sub(r"^[.~$]+", "_", _UNSAFE.sub("_", name.strip())) or "_"
    stem, dot, ending = made.rpartition(".")
    return f"{stem[:60]}{dot}{ending[:12]}" if stem else made[:72]


def _named(name: str, suffix: str) -> str:
    """A name with the ending of what the file is."""
    stem, dot, _ = name.rpartition(".")
    return f"{stem if dot else name}{suffix}"


def _refused(kind: str, name: str, **more: str) -> RequestError:
    return RequestError((fault(kind, None, name=name, **more),))
