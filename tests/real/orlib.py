"""The forty p-median graphs of Beasley's OR-Library, as distances between all places."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.real.xian import DATA

FOLDER = DATA / "known_answers/orlib"
FAR = 1 << 28


def graph(number: int, folder: Path = FOLDER) -> tuple[NDArray[np.int64], int]:
    """Shortest ways between all places (n, n), and how many sites are asked for."""
    words = np.array((folder / f"pmed{number}.txt").read_text().split(), np.int64)
    n, edges, places = words[:3].tolist()
    far = np.full((n, n), FAR, np.int32)
    for one, other, cost in words[3 : 3 + 3 * edges].reshape(-1, 3).tolist():
        far[one - 1, other - 1] = far[other - 1, one - 1] = (
            cost  # of repeated edges the last counts
        )
    np.fill_diagonal(far, 0)
    for by in range(n):
        np.minimum(far, far[:, by : by + 1] + far[by], out=far)
    return far.astype(np.int64), places
