"""The same work on many pieces, by one or more threads; numpy lets go of the lock meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Piece = TypeVar("Piece")
Done = TypeVar("Done")


def each_of(pieces: Iterable[Piece], work: Callable[[Piece], Done], workers: int) -> list[Done]:
    """What the work makes of each piece, in their order.

    Raises:
        ValueError: there is less than one worker.

    >>> each_of([1, 2, 3], lambda piece: piece * piece, workers=2)
    [1, 4, 9]
    """
    if workers < 1:
        raise ValueError(f"at least 1 worker is needed, not {workers}")
    if workers == 1:
        return [work(piece) for piece in pieces]
    # Imported late: it brings logging with it, which a command with one thread can do without.
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(work, pieces))
