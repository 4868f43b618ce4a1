"""Long lists beside the database: one line of JSON a row, read a page at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, overload

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(path: Path, rows: Iterable[Any]) -> int:
    """Write rows; returns how many."""
    n = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for n, row in enumerate(rows, 1):  # noqa: B007 -- their number is the result
            file.write(_encode(row) + "\n")
    return n


class Lines(Sequence[Any]):
    """The rows of some files in their order, of which a page is read.

    ``parts`` are files with the number of rows that each holds; one that is gone holds none.
    """

    def __init__(self, parts: Iterable[tuple[Path, int]]) -> None:
        self.parts = [(path, n) for path, n in parts if n and path.is_file()]

    @cached_property
    def _length(self) -> int:
        return sum(n for _, n in self.parts)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Any]:
        """All rows, a line in memory at a time."""
        for path, n in self.parts:
            with path.open(encoding="utf-8") as file:
                yield from map(json.loads, islice(file, n))

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> list[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        """A row, or those of a slice without steps."""
        if isinstance(at, int):
            return self[at : at + 1][0]
        first, last, _ = at.indices(len(self))
        found: list[Any] = []
        for path, n in self.parts:
            if first < n and last > 0:
                with path.open(encoding="utf-8") as file:
                    found += map(json.loads, islice(file, max(first, 0), last))
            first, last = first - n, last - n
        return found
