"""How large an OpenStreetMap extract unpacks, by what its blocks say; nothing of it is unpacked.

The file is a row of blocks: four bytes with the length of a BlobHeader, the header, and a Blob
whose ``raw_size`` bounds what a reader takes from it (wiki.openstreetmap.org, PBF Format).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

#: True extracts unpack to two or three times their size.
RATIO, SOME_BYTES = 20, 200_000_000
MOST_HEADER, MOST_BLOB = 64 * 1024, 32 * 1024 * 1024
#: The start of a Blob in which its sizes stand.
_HEAD = 64


def unpacks_to_too_much(path: Path) -> bool:
    """Whether an extract unpacks to more than extracts do.

    Raises:
        ValueError: its blocks are damaged.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        return sum(_blocks(file, size)) > max(RATIO * size, SOME_BYTES)


def _blocks(file: BinaryIO, size: int) -> Iterator[int]:
    """The size of each block once it is unpacked."""
    while head := file.read(4):
        length = int.from_bytes(head, "big")
        if len(head) < 4 or length > MOST_HEADER:
            raise ValueError("a block has no header")
        sizes = dict(_numbers(file.read(length)))
        blob, start = sizes.get(3, -1), file.tell()  # BlobHeader.datasize
        if not 0 <= blob <= MOST_BLOB or start + blob > size:
            raise ValueError("a block breaks off")
        raw = dict(_numbers(file.read(min(blob, _HEAD)))).get(2, blob)  # Blob.raw_size
        if raw > MOST_BLOB:
            raise ValueError(f"a block unpacks to {raw:,} bytes")
        yield raw
        file.seek(start + blob)


def _numbers(message: bytes) -> Iterator[tuple[int, int]]:
    """Field and value of the whole numbers of a message, as far as the bytes go."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        value, at = _varint(message, at)
        if key & 7 == 0:
            yield key >> 3, value
        elif key & 7 == 2:
            at += value
        else:
            raise ValueError("a block holds what no block holds")


def _varint(message: bytes, at: int) -> tuple[int, int]:
    found = shift = 0
    while at < len(message):
        byte = message[at]
        found |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            break
    return found, at
