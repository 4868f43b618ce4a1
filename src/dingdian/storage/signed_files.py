"""Signed files of the exchange between two installations: a zip whose manifest is signed.

``manifest.json`` says what the file is and lists every part with its size and SHA-256;
``manifest.sig`` is the Ed25519 signature over it. A reader trusts nothing before the signature has
been verified, and then nothing that the manifest does not list: neither more parts, nor more bytes.
The same content gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from dingdian.core.errors import RequestError, fault
from dingdian.storage.exchange_keys import OwnKey, TrustedKey

FORMAT = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
#: What is signed begins with this, so that a signature of something else never fits.
_SIGNED = b"dingdian exchange 1\n"
#: The most that is read: of a file, of its manifest and directory, of all parts, and how many.
MAX_FILE, MAX_MANIFEST = 500_000_000, 4_000_000
MAX_UNPACKED, MAX_PARTS = 1_000_000_000, 20_000
_NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_.-]*/){0,6}[A-Za-z0-9][A-Za-z0-9_.-]*")
_LONGEST = 200
#: The end of a zip without comment: its signature, counts, and the size of its directory.
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Header:
    """What a file of the exchange says of itself.

    ``number`` counts the files of one ``kind`` from one sender, upwards. ``day`` is the day that
    its content describes, ``place`` the place of the shelf, ``facts`` what else the kind has.
    """

    kind: str
    number: int
    made_at: str
    day: str
    place: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A file whose signature is right: its header, parts, digest, and who signed."""

    path: Path
    header: Header
    parts: Mapping[str, Part]
    sha256: str
    key: str

    def read(self, name: str) -> bytes:
        """A part, held against the manifest.

        Raises:
            RequestError: it is not listed, or is not what was signed.
        """
        with ZipFile(self.path) as archive:
            return _part(archive, name, self.parts)

    def unpack(self, folder: Path) -> None:
        """Write all parts into a fresh folder, each held against the manifest.

        Raises:
            RequestError: a part is not what was signed; what was written is of no use then.
            OSError: the folder cannot be written.
        """
        with ZipFile(self.path) as archive:
            for name in self.parts:
                content = _part(archive, name, self.parts)
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())


def write_signed(path: Path, header: Header, parts: Mapping[str, bytes], key: OwnKey) -> str:
    """Write a file of the exchange; returns its SHA-256.

    Raises:
        ValueError: the name of a part is none that a reader takes.
        OSError: the file cannot be written.
    """
    for name in parts:
        if not _safe(name):
            raise ValueError(f"no name of a part: {name}")
    listed = {name: {"size": len(c), "sha256": _sha256(c)} for name, c in parts.items()}
    content = {"format": FORMAT, **asdict(header), "key": key.id, "parts": listed}
    manifest = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file, ZipFile(file, "w") as archive:
        _add(archive, MANIFEST, manifest)
        _add(archive, SIGNATURE, key.sign(_SIGNED + manifest))
        for name in sorted(parts):
            _add(archive, name, parts[name])
    return digest_of(path)


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
    archive.writestr(info, content, compresslevel=6)


def open_signed(path: Path, kind: str, key: TrustedKey | None) -> Signed:
    """A file of the exchange, once its directory and signature have been verified.

    Raises:
        RequestError: the file is none, is not of this kind, holds what a manifest may not list, or
            its signature is not that of ``key``.
    """
    if key is None:
        raise RequestError((fault("exchange_no_trust"),))
    try:
        _guard(path)
        with ZipFile(path) as archive:
            manifest = _plain(archive, MANIFEST, MAX_MANIFEST)
            signature = _plain(archive, SIGNATURE, 64)
            names = [info.filename for info in archive.infolist()]
    except (BadZipFile, OSError, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not key.verifies(signature, _SIGNED + manifest):
        raise RequestError((fault("exchange_signature", key=key.id),))
    try:
        return _read(path, kind, manifest, names)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise RequestError((fault("exchange_contents", why=MANIFEST),)) from error


def _read(path: Path, kind: str, manifest: bytes, names: list[str]) -> Signed:
    """What a manifest says whose signature is right."""
    found = json.loads(manifest)
    if found.get("format") != FORMAT:
        raise RequestError(
            (fault("exchange_version", found=str(found.get("format")), known=FORMAT),)
        )
    if found["kind"] != kind:
        raise RequestError((fault("exchange_kind", found=found["kind"], wanted=kind),))
    parts = {name: Part(each["size"], each["sha256"]) for name, each in found["parts"].items()}
    known = {MANIFEST, SIGNATURE, *parts}
    for name in (*names, *parts):
        if name not in known or not _safe(name):
            raise RequestError((fault("exchange_unsafe", name=name[:_LONGEST]),))
    if len(names) != len(set(names)) or len(names) != len(known):
        raise RequestError((fault("exchange_changed", name=MANIFEST),))
    if (size := sum(each.size for each in parts.values())) > MAX_UNPACKED:
        raise RequestError((fault("exchange_too_large", size=size, limit=MAX_UNPACKED),))
    header = Header(**{name: found[name] for name in Header.__dataclass_fields__})
    return Signed(path, header, parts, digest_of(path), found["key"])


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _guard(path: Path) -> None:
    """Refuse a file or a directory that is too large before anything of it is unpacked."""
    size = path.stat().st_size
    if size > MAX_FILE:
        raise RequestError((fault("exchange_too_large", size=size, limit=MAX_FILE),))
    with path.open("rb") as file:
        file.seek(max(0, size - _END.size))
        end = file.read()
    if len(end) != _END.size or not end.startswith(b"PK\5\6"):
        raise BadZipFile("no end of a zip")
    _, disk, first, here, entries, directory, _, comment = _END.unpack(end)
    if disk or first or here != entries or comment:
        raise BadZipFile("parts, or a comment")
    if entries > MAX_PARTS or directory > MAX_MANIFEST:
        raise RequestError((fault("exchange_too_large", size=directory, limit=MAX_MANIFEST),))


def _part(archive: ZipFile, name: str, parts: Mapping[str, Part]) -> bytes:
    try:
        listed = parts[name]
        content = _plain(archive, name, listed.size)
    except (KeyError, BadZipFile, OSError, zlib.error, EOFError, ValueError) as error:
        raise RequestError((fault("exchange_changed", name=name),)) from error
    if len(content) != listed.size or _sha256(content) != listed.sha256:
        raise RequestError((fault("exchange_changed", name=name),))
    return content


def _plain(archive: ZipFile, name: str, most: int) -> bytes:
    """A member of at most so many bytes; never more is unpacked, whatever the directory says."""
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise BadZipFile(f"no {name}") from error
    if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadZipFile(f"{name}: encrypted, or compressed in another way")
    with archive.open(info) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise BadZipFile(f"{name}: too large")
    return content


def _safe(name: str) -> bool:
    return len(name) <= _LONGEST and _NAME.fullmatch(name) is not None


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unreadable(path: Path, error: Exception) -> RequestError:
    return RequestError((fault("exchange_unreadable", name=path.name, why=str(error)),))
