"""Packages, Word files among them: the same parts, the same bytes, whatever the clock says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_DAY = (1980, 1, 1, 0, 0, 0)


def same_bytes(content: bytes) -> bytes:
    """The package written anew: parts in their order, no time of day within."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for each in sorted(old.infolist(), key=_order):
            new.writestr(zipfile.ZipInfo(each.filename, _DAY), old.read(each), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _order(part: zipfile.ZipInfo) -> tuple[bool, str]:
    """The list of types first, as programs that write such files have it."""
    return part.filename != "[Content_Types].xml", part.filename


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip, in the order of their names: the same files, the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        for name, content in sorted(files.items()):
            new.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
