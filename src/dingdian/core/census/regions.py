"""The region tree and the areas (scopes) that a plan speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dingdian.core.census.table import Table

ZONE = "zone-"


@dataclass(frozen=True)
class RegionTree:
    """The regions of a census as a tree. Codes are opaque: nothing is derived from a prefix."""

    parents: Mapping[str, str | None]
    levels: Mapping[str, str]
    names: Mapping[str, str]
    zones: Mapping[str, str | None]

    @classmethod
    def of(cls, regions: Table) -> RegionTree:
        """The tree of a checked ``regions`` table (one root, no cycles, parents exist)."""
        codes = [str(code) for code in regions["code"].cells()]

        def by_code(column: str) -> dict[str, str | None]:
            cells = regions[column].cells()
            return {c: None if v is None else str(v) for c, v in zip(codes, cells, strict=True)}

        names = {code: name or code for code, name in by_code("name").items()}
        levels = {code: level or "" for code, level in by_code("level").items()}
        return cls(by_code("parent"), levels, names, by_code("zone"))

    @cached_property
    def root(self) -> str:
        """The region without a parent: the whole pooling area."""
        return next(code for code, parent in self.parents.items() if parent is None)

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {code: [] for code in self.parents}
        for code, parent in self.parents.items():
            if parent in found:
                found[parent].append(code)
        return {code: tuple(below) for code, below in found.items()}

    def children(self, code: str) -> tuple[str, ...]:
        """The regions directly below one, in the order of the ledger."""
        return self._children.get(code, ())

    def descend(self, code: str) -> Iterator[str]:
        """``code`` and everything below it."""
        yield code
        for child in self.children(code):
            yield from self.descend(child)

    def at_level(self, level: str, below: str | None = None) -> tuple[str, ...]:
        """The codes of a level, in the order of the ledger, optionally only those below one."""
        inside = frozenset(self.descend(below)) if below else None
        return tuple(
            code
            for code, its in self.levels.items()
            if its == level and (inside is None or code in inside)
        )

    def county_of(self, code: str) -> str | None:
        """The county-level region at or above ``code``; ``None`` above the counties or unknown."""
        at: str | None = code
        for _ in range(len(self.parents) + 1):  # a checked tree has no cycle
            if at is None or self.levels.get(at) == "county":
                break
            at = self.parents.get(at)
        return at

    @cached_property
    def districts(self) -> tuple[str, ...]:
        """The county-level regions in order of code: the rows of every table of a plan."""
        return tuple(sorted(self.at_level("county")))

    @cached_property
    def zone_scopes(self) -> tuple[str, ...]:
        """The zones that occur, as scopes (``zone-main_urban``)."""
        present = {self.zones[code] for code in self.districts}
        order = ("main_urban", "suburban", "county")
        return tuple(ZONE + zone for zone in order if zone in present)

    def zone_of(self, district: str) -> str | None:
        """The zone scope of a district; ``None`` when its zone is not known."""
        zone = self.zones.get(district)
        return ZONE + zone if zone else None

    def members(self, scope: str) -> tuple[str, ...]:
        """The regions that make up a scope: a region itself, or the districts of its zones.

        Zones taken together are written ``zone-main_urban+suburban``.

        Raises:
            KeyError: no such region or zone.
        """
        if scope.startswith(ZONE):
            zones = scope.removeprefix(ZONE).split("+")
            found = tuple(code for code in self.districts if self.zones[code] in zones)
            if not found:
                raise KeyError(scope)
            return found
        if scope not in self.parents:
            raise KeyError(scope)
        return (scope,)
