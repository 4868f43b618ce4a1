"""A street graph as it was read, kept beside its file: to read it again takes a moment."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np

from dingdian.core.circles import Points
from dingdian.core.errors import RequestError, fault
from dingdian.core.streets import Streets

_COLUMNS = ("tail", "head", "walk", "forward", "backward")


def kept_bytes(streets: Streets) -> bytes:
    """The graph as a file of arrays (npz)."""
    columns = {name: getattr(streets, name) for name in _COLUMNS}
    file = io.BytesIO()
    np.savez_compressed(file, lon=streets.points.lon, lat=streets.points.lat, **columns)
    return file.getvalue()


def read_kept(path: Path, fingerprint: str) -> Streets:
    """The graph of a file of arrays.

    Raises:
        RequestError: it is gone, damaged, or is not that of the fingerprint.
    """
    try:
        with np.load(path, allow_pickle=False) as held:
            points = Points(held["lon"], held["lat"])
            found = Streets(points, **{name: held[name] for name in _COLUMNS})
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        found = None
    if found is None or found.fingerprint != fingerprint:
        raise RequestError((fault("streets_changed", path=path.name),))
    return found
