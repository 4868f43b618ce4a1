"""The ledgers that are measured with: the samples, as ``dingdian sample`` writes them."""

from __future__ import annotations

from pathlib import Path

from bench.timing import child


def ledger(city: str, below: Path) -> Path:
    """The ledger of a sample city, in a folder of its own; written once."""
    folder = below / city
    if not folder.exists():
        child(["-m", "dingdian", "sample", city, "--out", str(folder)])
    return folder
