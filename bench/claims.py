"""What is claimed: a thing, its peer, the limit of their ratio; and the table of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of the table.

    ``measured`` and ``peer`` are as printed; ``ratio`` is what is held against ``limit``. A
    line without a limit is for information.
    """

    what: str
    measured: str
    peer: str = ""
    ratio: float | None = None
    limit: float | None = None
    unit: str = "×"

    @property
    def kept(self) -> bool:
        """Whether the limit holds; a line without one is kept."""
        return self.limit is None or (self.ratio is not None and self.ratio <= self.limit)

    def cells(self) -> tuple[str, ...]:
        """The cells of the line."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} {self.unit}"
        limit = "" if self.limit is None else f"≤ {self.limit:g} {self.unit}"
        verdict = "" if self.limit is None else ("kept" if self.kept else "BROKEN")
        return (self.what, self.measured, self.peer, ratio, limit, verdict)


HEADS = ("what", "dingdian", "peer", "ratio", "limit", "")


def table(lines: Iterable[Line]) -> str:
    """The lines as a Markdown table, its columns aligned."""
    rows = [HEADS, *(line.cells() for line in lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADS))]
    told = [
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    rule = " | ".join("-" * max(3, width) for width in widths)
    return "\n".join(f"| {each} |" for each in (told[0], rule, *told[1:]))
