"""What a check of agreement finds: how much was compared, and where two places differ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that prints something else than it should.

    ``place`` is where in the file, ``key`` the figure (empty for words), ``found`` what stands
    there (empty: nothing) and ``wanted`` what should.
    """

    file: str
    place: str
    key: str
    found: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A file: how many numbers or texts of it were compared, and what differs."""

    file: str
    count: int
    differences: tuple[Difference, ...]
