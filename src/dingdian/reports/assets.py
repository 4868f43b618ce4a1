"""The fonts and scripts that reports are made with: files of the package, fetched at set-up.

They are not committed: ``make`` fetches them from a package registry (tools/assets) into
``dingdian/assets``, with their licences and a manifest beside them, and a wheel carries them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from dingdian.core.errors import RequestError, fault

#: Where the files lie, also for a web server that serves them as they are.
FOLDER = Path(__file__).resolve().parents[1] / "assets"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: the package and version it is of, its licence (SPDX) and SHA-256 in hex."""

    name: str
    package: str
    version: str
    licence: str
    licence_file: str
    sha256: str

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return FOLDER / self.name


def assets() -> tuple[Asset, ...]:
    """Every asset by name; none when set-up never fetched them.

    >>> sorted({each.licence for each in assets()})
    ['Apache-2.0', 'BSD-2-Clause', 'OFL-1.1']
    """
    try:
        manifest = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        return ()
    return tuple(Asset(name=name, **facts) for name, facts in sorted(manifest.items()))


def asset_path(name: str) -> Path:
    """Where an asset lies, such as ``NotoSansSC-Regular.ttf``.

    Raises:
        RequestError: ``missing_asset``: it was never fetched; the fault says how to.

    >>> asset_path("leaflet.js").name
    'leaflet.js'
    """
    path = FOLDER / name
    if not path.is_file():
        raise RequestError((fault("missing_asset", name=name),))
    return path
