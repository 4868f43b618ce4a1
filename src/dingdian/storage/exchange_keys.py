"""The keys of the exchange: an installation's own pair, and the public key of the other side."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from dingdian.core.errors import RequestError, fault

#: In the folder of the exchange: the own pair (owner only) and the other side's public key.
OWN, TRUSTED = "own-key.pem", "trusted-key.pem"
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class OwnKey:
    """The pair with which this installation signs."""

    private: Ed25519PrivateKey

    @property
    def id(self) -> str:
        """The first letters of the digest of its public half: what a person compares."""
        return _id(self.private.public_key())

    def sign(self, content: bytes) -> bytes:
        """The signature over ``content``."""
        return self.private.sign(content)

    @property
    def public_pem(self) -> str:
        """The public half, for the other side."""
        public = self.private.public_key()
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """The public key whose signatures are taken."""

    public: Ed25519PublicKey

    @property
    def id(self) -> str:
        """As ``OwnKey.id``."""
        return _id(self.public)

    def verifies(self, signature: bytes, content: bytes) -> bool:
        """Whether a signature is that of this key over ``content``."""
        with suppress(InvalidSignature, ValueError):
            self.public.verify(signature, content)
            return True
        return False


def own_key(folder: Path) -> OwnKey:
    """The pair of an installation, made where there is none yet: readable by the owner only.

    Raises:
        RequestError: what lies there is no key of this kind.
    """
    path = folder / OWN
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):  # another process made it a moment ago
            _write_new(path, pem)
    try:
        found = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError) as error:
        raise RequestError((fault("exchange_no_key", path=str(path)),)) from error
    if not isinstance(found, Ed25519PrivateKey):
        raise RequestError((fault("exchange_no_key", path=str(path)),))
    return OwnKey(found)


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there: whole before it has its name."""
    fresh = path.with_name(f".{path.name}-{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def trusted_key(folder: Path) -> TrustedKey | None:
    """The public key of the other side; ``None`` before it was brought here.

    Raises:
        RequestError: what lies there is no key of this kind.
    """
    path = folder / TRUSTED
    return _public(path) if path.exists() else None


def trust(folder: Path, path: Path, *, replace: bool = False) -> TrustedKey:
    """Take the public key in a file as that of the other side.

    Raises:
        RequestError: it is no such key, or another one is trusted already and not to be replaced.
    """
    if not path.is_file():
        raise RequestError((fault("no_such_file", path=str(path)),))
    found, before = _public(path), trusted_key(folder)
    if before is not None and before.id != found.id and not replace:
        raise RequestError((fault("exchange_trusts_another", key=before.id),))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = folder / f".{TRUSTED}-{os.getpid()}"
    fresh.write_bytes(path.read_bytes())
    fresh.replace(folder / TRUSTED)
    return found


def _public(path: Path) -> TrustedKey:
    try:
        with path.open("rb") as file:
            found = load_pem_public_key(file.read(_LONGEST))
    except (ValueError, TypeError) as error:
        raise RequestError((fault("exchange_no_key", path=str(path)),)) from error
    if not isinstance(found, Ed25519PublicKey):
        raise RequestError((fault("exchange_no_key", path=str(path)),))
    return TrustedKey(found)


def _id(public: Ed25519PublicKey) -> str:
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]
